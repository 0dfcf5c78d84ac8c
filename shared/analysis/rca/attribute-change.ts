/**
 * Which change goes with a candidate. One rollout is often told twice, by the tool that ordered it and by the platform
 * that carried it out: the order, which came first, stands for both. A change after the first sign caused nothing.
 */
import type { EntityIndex, TelemetryChange } from '../../model/telemetry.ts';
import { datedOnset } from './own-onset.ts';
import type { RankingState } from './ranking-state.ts';
import type { ScoredCandidate } from './score-candidates.ts';

/** A change is named with its entity from this many points on, and this share of the entity's score … */
const CHANGE_POINTS = 0.8;
const CHANGE_SHARE = 0.12;
/** … or when it came this shortly before the first sign and the entity's trouble is its own. */
const SHORTLY_NS = 10 * 60e9;
/** Clocks differ and onsets are estimates. */
const LATENESS_NS = 30e9;
const OWN_TROUBLE = 0.5;
/** Changes whose scores differ by less are told apart by time. */
const NEARLY = 0.75;
/** What an order sets off begins within this time. */
const ONE_ROLLOUT_NS = 2 * 60e9;

export interface Attribution {
  /** Index into `telemetry.changes`, -1 for none. */
  readonly change: number;
  /** It came shortly before the first sign, and nothing the entity calls explains its trouble. */
  readonly isTimely: boolean;
}

export function attributeChange(state: RankingState, candidate: ScoredCandidate): Attribution {
  const { telemetry, incident, graph } = state.input;
  const [best] = candidate.changes;
  const dated = datedOnset(state, candidate.items);
  const onsetNs = dated ?? incident.onsetNs;
  const lag = (change: number): number => onsetNs - Number(telemetry.changes[change]!.startTime - telemetry.origin);
  const isTimely = (change: number): boolean => lag(change) >= -LATENESS_NS && lag(change) <= SHORTLY_NS;
  if (best) {
    const isProven = candidate.items.some((item) => item.change === best.change && item.aspect.startsWith('version-'));
    const rivals = candidate.changes
      .filter(
        ({ change, score }) =>
          score >= NEARLY * best.score && isTimely(change) && isShipped(telemetry.changes[change]!),
      )
      .map(({ change }) => change);
    const nearest = rivals.reduce((a, b) => (lag(b) < lag(a) ? b : a), best.change);
    const change = orderOf(
      state,
      candidate,
      isProven || !isShipped(telemetry.changes[best.change]!) ? best.change : nearest,
    );
    const isOwn =
      graph.traffic[candidate.entity] !== null &&
      !candidate.hasRival &&
      isShipped(telemetry.changes[change]!) &&
      isTimely(change) &&
      state.explainedShare(candidate.entity) < OWN_TROUBLE;
    const isNotable = best.score >= CHANGE_POINTS && best.score >= CHANGE_SHARE * candidate.score;
    const isTooLate = !isProven && dated !== undefined && lag(change) < -LATENESS_NS;
    if (!isTooLate && (isOwn || isNotable)) return { change, isTimely: isOwn };
  }
  return { change: settingOfUser(state, candidate.entity, isTimely), isTimely: false };
}
/** Takes effect at once, so that what follows it may follow from it; a commit waits to be shipped. */
function isShipped({ changeKind }: TelemetryChange): boolean {
  return changeKind === 'deployment' || changeKind === 'configuration' || changeKind === 'feature_flag';
}

/** True when both tell of one rollout: same kind of change of one entity, begun within two minutes. */
export function isSameRollout(a: TelemetryChange, b: TelemetryChange): boolean {
  return (
    a.changeKind === b.changeKind &&
    a.changeKind === 'deployment' &&
    Math.abs(Number(a.startTime - b.startTime)) <= ONE_ROLLOUT_NS
  );
}

function orderOf(state: RankingState, { changes }: ScoredCandidate, best: number): number {
  const list = state.input.telemetry.changes;
  return changes
    .map(({ change }) => change)
    .filter((change) => change === best || isSameRollout(list[change]!, list[best]!))
    .reduce((first, change) => (list[change]!.startTime < list[first]!.startTime ? change : first), best);
}

/** Stores and queues are changed through the settings of those who use them: the latest one just before the first sign. */
function settingOfUser(state: RankingState, entity: EntityIndex, isTimely: (change: number) => boolean): number {
  const { telemetry, graph } = state.input;
  const { type } = telemetry.entities[entity]!;
  if (type !== 'database' && type !== 'queue') return -1;
  const users = new Set(graph.callsTo(entity).map((edge) => graph.calls[edge]!.from));
  let latest = -1;
  telemetry.changes.forEach((change, index) => {
    if (change.changeKind !== 'configuration' && change.changeKind !== 'feature_flag') return;
    if (!isTimely(index) || !change.entities.some((e) => users.has(state.fold(e)))) return;
    if (latest < 0 || change.startTime > telemetry.changes[latest]!.startTime) latest = index;
  });
  return latest;
}
