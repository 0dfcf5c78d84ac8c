/**
 * Metrics of calls: a series whose labels name both ends of a call (service meshes and clients export such) speaks about
 * the edge, not about the reporter alone.
 */
import type { AttributeValue, Attributes } from '../../model/resource.ts';
import type { EntityIndex, MetricSeries, Telemetry } from '../../model/telemetry.ts';

/** Istio's standard labels, and the OpenTelemetry service graph connector's. */
const CALLER_LABELS = ['source_workload', 'source_app', 'client'] as const;
const CALLEE_LABELS = ['destination_workload', 'destination_app', 'destination_service_name', 'server'] as const;

const indexes = new WeakMap<Telemetry, ReadonlyMap<string, EntityIndex>>();

/** Both ends, or undefined when the labels do not name two known entities. */
export function edgeEndsOfSeries(
  telemetry: Telemetry,
  series: MetricSeries,
): { readonly from: EntityIndex; readonly to: EntityIndex } | undefined {
  const caller = firstText(series.attributes, CALLER_LABELS);
  const callee = firstText(series.attributes, CALLEE_LABELS);
  if (caller === undefined || callee === undefined) return undefined;
  const index = indexOf(telemetry);
  const from = index.get(caller);
  const to = index.get(callee);
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}
function firstText(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value: AttributeValue | undefined = attributes[key];
    if (typeof value === 'string' && value !== '' && value !== 'unknown') return value;
  }
  return undefined;
}
/** Callable entities by name; services win over other types of one name. */
function indexOf(telemetry: Telemetry): ReadonlyMap<string, EntityIndex> {
  const known = indexes.get(telemetry);
  if (known) return known;
  const index = new Map<string, EntityIndex>();
  telemetry.entities.forEach((entity, position) => {
    if (entity.type === 'service' || !index.has(entity.name)) index.set(entity.name, position);
  });
  indexes.set(telemetry, index);
  return index;
}
