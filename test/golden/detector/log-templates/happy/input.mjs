/**
 * `checkout` writes "payment <*> accepted" every 2 s throughout, "cache warm" every 5 s before and never during, and the
 * error "pool exhausted" every 10 s from 50 s into the incident: 55 times.
 */
export function fill(builder, at) {
  const entity = builder.entity('service', 'checkout', true);
  const log = (second, severity, text) =>
    builder.addLog({
      timeNs: at(second), entity, instance: -1, severity, template: { id: text, text }, message: text, traceId: '', spanId: '',
    });
  for (let second = 0; second < 1200; second += 2) log(second, 9, 'payment <*> accepted');
  for (let second = 0; second < 600; second += 5) log(second, 9, 'cache warm');
  for (let second = 650; second < 1200; second += 10) log(second, 17, 'pool exhausted');
}
