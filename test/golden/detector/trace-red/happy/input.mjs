/**
 * A request to `checkout` every 10 s: 60 before and 60 during. Before, each takes 10 ms and succeeds; during, each takes
 * 40 ms and every second one fails.
 */
export function fill(builder, at) {
  const entity = builder.entity('service', 'checkout', true);
  for (let i = 0; i < 120; i += 1) {
    const isDuring = i >= 60;
    builder.addSpan({
      traceId: `t${i}`, spanId: `s${i}`, parentId: '', timeNs: at(i * 10), durationNs: (isDuring ? 40 : 10) * 1e6,
      entity, instance: -1, operation: 'GET /pay', kind: 2, status: isDuring && i % 2 === 0 ? 2 : 0,
    });
  }
}
