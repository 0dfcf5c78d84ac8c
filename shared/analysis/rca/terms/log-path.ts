/**
 * Divergence of log paths: for each site the shares of what follows it, now against known-good traffic. (Nezha's idea of
 * comparing the support of event pairs, reduced to transitions inside one span.) A detour inside a span points at the
 * service itself; a sequence that merely ends early, or a framework handler that speaks, is what callers of a failing
 * service show.
 */
import {
  countTransitions,
  findSharedTemplates,
  PATH_END,
  PATH_START,
  type Transition,
} from '../../detectors/log-transitions.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';
import { isAboutBeingFull } from '../full-entities.ts';
import { isAboutCallee } from './error-mentions.ts';
import { rowRef } from '../../../model/ids.ts';

const SMALLEST_FOLLOWERS = 3;
const SMALLEST_Z = 2;
const DETOUR_FACTOR = 1.3;
const EARLY_END_FACTOR = 0.45;
/** A branch never taken before, or never any more, says more than one taken more or less often. */
const ABSOLUTE_FACTOR = 1.5;
const MIX_FACTOR = 0.5;
const SHARED_BY_SERVICES = 3;

export function collectLogPaths(state: RankingState): CauseItem[] {
  const { telemetry, graph } = state.input;
  if (telemetry.logs.length === 0) return [];
  const shared = findSharedTemplates(telemetry, SHARED_BY_SERVICES);
  const groups = new Map<string, Transition[]>();
  for (const transition of countTransitions(telemetry, graph)) {
    const key = `${transition.entity} ${transition.from} ${transition.operation}`;
    const group = groups.get(key);
    if (group) group.push(transition);
    else groups.set(key, [transition]);
  }
  const items: CauseItem[] = [];
  for (const group of groups.values()) {
    /** Whether the service's own lines usually follow here, rather than a framework handler's. */
    const usual = countOf(group);
    const isOwnVoice = group.some((t) => t.to >= 0 && shared[t.to] === 0 && 2 * t.baseline > usual.before);
    const [waiting, own] = [true, false].map((is) => group.filter((t) => speaksOfWaiting(state, t) === is));
    // What was turned away or waited in vain took the place of what else would have followed, so the rest is compared alone.
    for (const [part, whole] of [
      [waiting!, usual],
      [own!, countOf(own!)],
    ] as const) {
      if (whole.before < SMALLEST_FOLLOWERS || whole.during < SMALLEST_FOLLOWERS) continue;
      for (const transition of part) {
        const item = divergence(state, transition, whole, shared, isOwnVoice);
        if (item) items.push(item);
      }
    }
  }
  return items;
}

interface Followers {
  readonly before: number;
  readonly during: number;
}
function countOf(group: readonly Transition[]): Followers {
  return {
    before: group.reduce((sum, t) => sum + t.baseline, 0),
    during: group.reduce((sum, t) => sum + t.incident, 0),
  };
}
/** The next line is about somebody it calls, or about being full. */
function speaksOfWaiting(state: RankingState, transition: Transition): boolean {
  return isComplaint(state, transition) || (transition.to >= 0 && isAboutBeingFull(state.input, transition.to));
}
function isComplaint(state: RankingState, { entity, to }: Transition): boolean {
  return to >= 0 && isAboutCallee(state, entity, to);
}

function divergence(
  state: RankingState,
  transition: Transition,
  { before, during }: Followers,
  shared: Uint8Array,
  isOwnVoice: boolean,
): CauseItem | undefined {
  const shareBefore = transition.baseline / before;
  const shareDuring = transition.incident / during;
  const pooled = (transition.baseline + transition.incident) / (before + during);
  const difference = Math.abs(shareDuring - shareBefore);
  const z = difference / Math.sqrt(Math.max(pooled * (1 - pooled), 1e-6) * (1 / before + 1 / during));
  if (!(z >= SMALLEST_Z)) return undefined;
  const isGeneric = (site: number): boolean => site >= 0 && shared[site] === 1;
  /** The first thing an operation always says is not said: it fails before it, or no longer does its work. */
  const isSilent = transition.from === PATH_START && transition.to === PATH_END && isOwnVoice;
  const isWeak =
    (transition.to === PATH_END && !isSilent) || isGeneric(transition.to) || isComplaint(state, transition);
  const isAbsolute = Math.min(shareBefore, shareDuring) < 0.005;
  const strength =
    (isAbsolute ? ABSOLUTE_FACTOR : MIX_FACTOR) *
    z *
    (0.35 + difference) *
    (isWeak ? EARLY_END_FACTOR : transition.from === PATH_START && !isSilent ? 1 : DETOUR_FACTOR);
  const { templates } = state.input.telemetry.logs;
  const site = (index: number): string =>
    index === PATH_START
      ? 'the start'
      : index === PATH_END
        ? 'nothing more'
        : `“${(templates[index]?.text ?? '').slice(0, 80)}”`;
  const { logs, spans } = state.input.telemetry;
  const name = state.nameOf(transition.entity);
  const shares = `in ${percent(shareDuring)} of the cases, ${percent(shareBefore)} before`;
  return {
    entity: transition.entity,
    term: 'log-path',
    signal: 'log',
    aspect: 'log-path',
    weight: 1.5 * Math.log1p(strength),
    onsetNs: state.input.incident.onsetNs,
    onsetUncertaintyNs: state.incidentLengthNs,
    text:
      transition.from === PATH_START && transition.to === PATH_END
        ? `${spans.operations[transition.operation] ?? 'An operation'} of ${name} logs nothing at all ${shares}.`
        : `${name} takes another path: after ${site(transition.from)} comes ${site(transition.to)} ${shares}.`,
    refs:
      transition.silentSpans.length > 0
        ? state.spanRefs(transition.silentSpans)
        : transition.examples.map((row) => rowRef('log', logs.rowId[row]!)),
    hint: 'code_error',
    isPassedOn: speaksOfWaiting(state, transition),
    isComplaint: isComplaint(state, transition),
  };
}
function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
