/**
 * What kind of fault a candidate's evidence describes. Signs that name their cause (a kill for lack of memory, an expired
 * certificate in a message, connections that ran out) outweigh signs that any fault leaves (errors, slowness, busy
 * workers); the type of the entity and a deployment just before then say which of the general kinds it is.
 */
import type { FaultKind } from '../../model/analysis-result.ts';
import type { EntityType } from '../../model/entity.ts';
import type { CauseItem } from './cause-item.ts';

/** How much a sign of each sort says about the kind, beside what it says about the culprit. */
const NAMES_ITS_CAUSE = 3;
const WORDS = 2.5;
const BUSY = 0.4;
const CIRCUMSTANCE = 0.1;
const NOTABLE = 0.3;
/** Kinds that symptoms of other kinds look like. */
const GENERAL: ReadonlySet<FaultKind> = new Set([
  'code_error',
  'slow_dependency',
  'slow_query',
  'third_party_outage',
  'cpu_saturation',
  'unknown',
]);

export interface FaultSetting {
  readonly type: EntityType;
  /** The first sign came shortly after a new version of this entity, and its trouble is its own. */
  readonly isAfterDeployment: boolean;
  readonly isAfterSetting: boolean;
}

export function classifyFault(items: readonly CauseItem[], setting: FaultSetting): FaultKind {
  const votes = new Map<FaultKind, number>();
  for (const item of items) {
    if (!item.hint || item.weight <= 0) continue;
    votes.set(item.hint, Math.max(votes.get(item.hint) ?? 0, item.weight * authorityOf(item, setting.type)));
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const kind = best?.[0] === 'crash' && hasMemoryRisen(items) ? 'memory_leak' : (best?.[0] ?? 'unknown');
  if (!isVague(kind, items, setting.type)) return kind;
  // A store busy with slow queries is slow by its queries.
  const isSlow = (votes.get('slow_query') ?? 0) > NOTABLE;
  return inSetting(kind === 'cpu_saturation' && isSlow ? 'slow_query' : kind, setting);
}

function authorityOf({ signal, aspect, hint, change }: CauseItem, type: EntityType): number {
  if (change !== undefined) return aspect.startsWith('version-') ? 1 : CIRCUMSTANCE;
  if (signal === 'event' || aspect === 'cache-hits' || aspect === 'traffic' || aspect === 'starved-node')
    return NAMES_ITS_CAUSE;
  // A client without free connections says why it is slow; a server that is slow is held by many.
  if (aspect === 'connections') return type === 'service' ? NAMES_ITS_CAUSE : BUSY;
  if (aspect === 'saturation-pool' || aspect === 'threads') return BUSY;
  if (signal === 'log' && hint && !GENERAL.has(hint)) return WORDS;
  return 1;
}

/** What is killed again and again while its memory climbs is killed for that. */
function hasMemoryRisen(items: readonly CauseItem[]): boolean {
  return items.some(({ hint, weight }) => (hint === 'memory_leak' || hint === 'memory_saturation') && weight > NOTABLE);
}

/** A full worker pool without a word about connections is what any slowness ends in. */
function isVague(kind: FaultKind, items: readonly CauseItem[], type: EntityType): boolean {
  if (GENERAL.has(kind)) return true;
  return (
    kind === 'pool_exhaustion' &&
    !items.some((item) => item.hint === kind && item.weight > 0 && authorityOf(item, type) > BUSY)
  );
}

function inSetting(kind: FaultKind, { type, isAfterDeployment, isAfterSetting }: FaultSetting): FaultKind {
  if (type === 'queue') return 'queue_backlog';
  if (type === 'external') return 'third_party_outage';
  if (type === 'database') return kind === 'cpu_saturation' ? kind : 'slow_query';
  if (type !== 'service') return kind;
  if (isAfterDeployment) return 'bad_deployment';
  if (isAfterSetting) return 'configuration_error';
  return kind === 'slow_query' || kind === 'third_party_outage' ? 'code_error' : kind;
}
