/**
 * The entities of a case as rows of the list: those measured in the range with their figures, worst first, then those the
 * case only names, so that logs or metrics alone still lead somewhere. Pure.
 */
import type { EntityRef, EntityType } from '../../../shared/model/entity.ts';
import { ENTITY_TYPES, entityKey } from '../../../shared/model/entity.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../shared/contract/derived-types.ts';
import type { Health } from '../../ui/entity-mark.tsx';

export type WindowNode = OutputOf<Contract['graph.window']>['nodes'][number];

/** What the analysis says of an entity over its own stretch: as the graph shows it. */
export type AnalysedNode = Omit<WindowNode, 'alertCount'>;

export interface EntityRow {
  readonly entity: EntityRef;
  /** Null where no span, alert or finding of the range speaks of it. */
  readonly node: WindowNode | null;
}

/** A service with more than this share of failing calls is coloured for its errors, whatever its health is from. */
const TELLING_ERROR_RATIO = 0.005;
const HEALTH_RANK: Readonly<Record<Health, number>> = { failing: 4, degraded: 3, atRisk: 2, healthy: 1, unknown: 0 };

/**
 * Values over the stretch of the analysis: its own where it has any, so that list and graph say the same; what only alerts
 * speak of stands as the window answers it. An alert counts for the health where the analysis found nothing. O(n).
 */
export function analysedNodes(analysed: readonly AnalysedNode[], window: readonly WindowNode[]): readonly WindowNode[] {
  const windowOf = new Map(window.map((node) => [entityKey(node.entity), node]));
  const known = analysed.map((node) => {
    const key = entityKey(node.entity);
    const { health = 'unknown', alertCount = 0 } = windowOf.get(key) ?? {};
    windowOf.delete(key);
    return { ...node, alertCount, health: HEALTH_RANK[health] > HEALTH_RANK[node.health] ? health : node.health };
  });
  return [...known, ...windowOf.values()];
}

/** Worst health first, of the same health instances last, then the busiest, then by kind and name. O(n log n). */
export function entityRows(nodes: readonly WindowNode[], named: readonly EntityRef[]): readonly EntityRow[] {
  const measured = new Set(nodes.map(({ entity }) => entityKey(entity)));
  const rest = named.filter((entity) => !measured.has(entityKey(entity)));
  return [
    ...nodes.map((node) => ({ entity: node.entity, node })),
    ...rest.map(({ type, name }) => ({ entity: { type, name }, node: null })),
  ].toSorted(byTrouble);
}

function byTrouble(left: EntityRow, right: EntityRow): number {
  return (
    rankOf(right) - rankOf(left) ||
    Number(left.entity.type === 'instance') - Number(right.entity.type === 'instance') ||
    (right.node?.requestsPerSecond ?? -1) - (left.node?.requestsPerSecond ?? -1) ||
    kindRank(left.entity.type) - kindRank(right.entity.type) ||
    (left.entity.name < right.entity.name ? -1 : 1)
  );
}

function rankOf({ node }: EntityRow): number {
  return node === null ? -1 : HEALTH_RANK[node.health];
}

/** What people call by name stands before what machines name. */
const KIND_ORDER: readonly EntityType[] = ['service', 'database', 'queue', 'external', 'workload', 'namespace', 'node'];

function kindRank(type: EntityType): number {
  const place = KIND_ORDER.indexOf(type);
  return place >= 0 ? place : KIND_ORDER.length + ENTITY_TYPES.indexOf(type);
}

/** Errors take the colour of the health only where errors are what it suffers from. */
export function errorLook({
  health,
  errorRatio,
}: {
  readonly health: Health;
  readonly errorRatio: number | null;
}): '' | 'fail' | 'warn' {
  if (errorRatio === null || errorRatio < TELLING_ERROR_RATIO) return '';
  return health === 'failing' ? 'fail' : health === 'degraded' ? 'warn' : '';
}
