/**
 * A request to `checkout` every 10 s logs "start", then "charge card"; from minute ten every second one logs
 * "use voucher" instead of "charge card": 30 of 60.
 */
export function fill(builder, at) {
  const entity = builder.entity('service', 'checkout', true);
  for (let i = 0; i < 120; i += 1) {
    const ids = { traceId: `t${i}`, spanId: `s${i}` };
    builder.addSpan({
      ...ids, parentId: '', timeNs: at(i * 10), durationNs: 2e9, entity, instance: -1, operation: 'POST /pay', kind: 2, status: 0,
    });
    const second = i >= 60 && i % 2 === 0 ? 'use voucher' : 'charge card';
    ['start', second].forEach((text, k) =>
      builder.addLog({
        ...ids, timeNs: at(i * 10) + BigInt(k + 1) * 1_000_000n, entity, instance: -1, severity: 9,
        template: { id: text, text }, message: text,
      }),
    );
  }
}
