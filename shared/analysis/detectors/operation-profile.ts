/**
 * What each operation of each service does by itself: self time before and during, and how often. One pass over the
 * spans; operations beyond `OPERATION_LIMIT` of a case share one entry per service, so that hostile names cannot eat
 * memory.
 */
import type { EntityIndex, Telemetry } from '../../model/telemetry.ts';
import { bucketOfDuration, RedPair } from '../topology/latency-sketch.ts';
import type { RedComparison, ServiceGraph } from '../topology/service-graph.ts';
import { linkSpans } from '../topology/span-links.ts';

const OPERATION_LIMIT = 10_000;

export interface OperationProfile {
  readonly entity: EntityIndex;
  /** Index into `spans.operations`, -1 for all that share one entry. */
  readonly operation: number;
  /** Time in the span itself; errors are those that no child had. */
  readonly self: RedComparison;
  /** Rows of the incident's failed or slowest spans, at most 3. */
  readonly examples: readonly number[];
}

export function profileOperations(telemetry: Telemetry, graph: ServiceGraph): OperationProfile[] {
  const { spans } = telemetry;
  const { baseline, incident } = graph.windows;
  const owner = Int32Array.from(spans.entity, (entity) => (entity < 0 ? -1 : graph.foldedInto[entity]!));
  const links = linkSpans(spans, owner);
  const profiles = new Map<number, { entity: number; operation: number; pair: RedPair; examples: number[] }>();
  const width = spans.operations.length + 1;
  for (let i = 0; i < spans.length; i++) {
    const entity = owner[i]!;
    const time = spans.startNs[i]!;
    const isDuring = time >= incident.startNs && time < incident.endNs;
    if (entity < 0 || links.isCall[i] || (!isDuring && (time < baseline.startNs || time >= baseline.endNs))) continue;
    let operation = spans.operation[i]!;
    if (profiles.size >= OPERATION_LIMIT && !profiles.has(entity * width + operation + 1)) operation = -1;
    const key = entity * width + operation + 1;
    let profile = profiles.get(key);
    if (!profile) profiles.set(key, (profile = { entity, operation, pair: new RedPair(), examples: [] }));
    const isOwnError = spans.status[i] === 2 && !links.hasFailedChild[i];
    profile.pair.add(isDuring ? 1 : 0, bucketOfDuration(links.selfNs[i]!), isOwnError);
    if (isDuring && (isOwnError || profile.examples.length < 3)) {
      profile.examples.unshift(i);
      if (profile.examples.length > 3) profile.examples.pop();
    }
  }
  return [...profiles.values()]
    .sort((a, b) => a.entity - b.entity || a.operation - b.operation)
    .map(({ entity, operation, pair, examples }) => ({
      entity,
      operation,
      examples,
      self: { baseline: pair.baseline.stats(), incident: pair.incident.stats() },
    }));
}
