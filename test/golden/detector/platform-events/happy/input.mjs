/**
 * `checkout` logs once at the start and once at the end. Its pod is killed for memory once, 100 s into the incident;
 * the failing probe of `search` is reported equally often before and during, and is a habit.
 */
export function fill(builder, at) {
  const checkout = builder.entity('service', 'checkout', true);
  const search = builder.entity('service', 'search', true);
  for (const second of [0, 1199])
    builder.addPoint({ entity: checkout, name: 'queue_depth' }, at(second), 1);
  const event = (second, reason, severity, message, entity) => ({
    externalId: `${reason}/${second}`, reason, message, severity, startTime: at(second), endTime: at(second), count: 1,
    isTimeInferred: false, entities: [entity], attributes: {},
  });
  return {
    events: [
      event(300, 'Unhealthy', 'warning', 'Readiness probe failed', search),
      event(650, 'Unhealthy', 'warning', 'Readiness probe failed', search),
      event(700, 'OOMKilled', 'error', 'Memory limit of 256 Mi reached', checkout),
    ],
  };
}
