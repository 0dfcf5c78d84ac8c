/**
 * One thing under several names becomes one node: a peer known by its address is the service of that name, and a peer
 * whose calls arrive at an instrumented service is that service. Only entities without telemetry of their own are folded
 * into others, so two instrumented services never merge.
 */
import type { Telemetry, TelemetryEntity } from '../../model/telemetry.ts';

/** Types that can be names of the same thing. Instances and nodes keep their identity. */
const CALLABLE = new Set(['service', 'database', 'queue', 'external', 'workload', 'resource']);

/** Port off, first DNS label of cluster-internal names, lower case, `_` and `.` as `-`. */
export function comparableName(name: string): string {
  let text = name.toLowerCase().replace(/:\d+$/, '');
  if (/\.svc(\.|$)/.test(text) || /\.(cluster\.local|local|internal)$/.test(text)) text = text.split('.')[0] ?? text;
  return text.replace(/[_.]/g, '-');
}

function rankAsTarget(entity: TelemetryEntity): number {
  const typeRank = entity.type === 'service' ? 0 : entity.type === 'database' || entity.type === 'queue' ? 1 : 2;
  return (entity.isInstrumented ? 0 : 10) + typeRank;
}

/**
 * Per entity the one it stands for. `observed` lists (peer, entity) pairs seen in traces: calls addressed to `peer`
 * were answered by `entity`, with their count.
 */
export function foldNames(
  telemetry: Telemetry,
  isInstrumented: Uint8Array,
  observed: ReadonlyMap<number, ReadonlyMap<number, number>>,
): Int32Array {
  const { entities } = telemetry;
  const foldedInto = Int32Array.from(entities, (_, index) => index);
  foldByName(entities, isInstrumented, foldedInto);
  for (const [peer, answers] of observed) {
    if (isInstrumented[peer] || foldedInto[peer] !== peer) continue;
    let total = 0;
    let best = -1;
    let bestCount = 0;
    for (const [entity, count] of answers) {
      total += count;
      if (count > bestCount || (count === bestCount && entity < best)) [best, bestCount] = [entity, count];
    }
    // A gateway address answers for many services; only a clear majority names one.
    if (best >= 0 && best !== peer && bestCount > 0.8 * total) foldedInto[peer] = best;
  }
  for (const edge of telemetry.edges) {
    if (edge.edgeKind !== 'sameAs') continue;
    if (!isInstrumented[edge.from] && foldedInto[edge.from] === edge.from) foldedInto[edge.from] = edge.to;
  }
  return resolveChains(foldedInto);
}

function foldByName(entities: readonly TelemetryEntity[], isInstrumented: Uint8Array, foldedInto: Int32Array): void {
  const targets = new Map<string, number>();
  const rank = (index: number): number => rankAsTarget(entities[index]!) - (isInstrumented[index] ? 10 : 0);
  for (let index = 0; index < entities.length; index++) {
    if (!CALLABLE.has(entities[index]!.type)) continue;
    const key = comparableName(entities[index]!.name);
    const known = targets.get(key);
    if (known === undefined || rank(index) < rank(known)) targets.set(key, index);
  }
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index]!;
    if (!CALLABLE.has(entity.type) || isInstrumented[index]) continue;
    foldedInto[index] = targets.get(comparableName(entity.name)) ?? index;
  }
}

function resolveChains(foldedInto: Int32Array): Int32Array {
  for (let index = 0; index < foldedInto.length; index++) {
    let at = foldedInto[index]!;
    for (let steps = 0; foldedInto[at] !== at && steps < 16; steps++) at = foldedInto[at]!;
    foldedInto[index] = at;
  }
  return foldedInto;
}
