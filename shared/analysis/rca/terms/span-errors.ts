/**
 * Where errors start: the deepest failed span of each failing request, none of whose children failed. A failed call that
 * its callee does not know of, or that reached nobody, is the callee's (it is down, unreachable, or a third party); any
 * other failed span is its own service's. What merely passes errors on gets nothing.
 */
import type { EntityIndex } from '../../../model/telemetry.ts';
import { percent } from '../../sentences.ts';
import { probabilityErrorRateRose } from '../../series/proportion.ts';
import { linkSpans } from '../../topology/span-links.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const POSTERIOR = 0.95;
const UNIT_RATE = 0.01;
/** Part of an unanswered call that is credited to its callee; the caller keeps the rest. */
const CALLEE_SHARE = 0.85;
const EXAMPLES = 3;

interface Origin {
  readonly entity: EntityIndex;
  readonly isCallee: boolean;
  before: number;
  during: number;
  firstNs: number;
  readonly examples: number[];
}

export function collectSpanErrors(state: RankingState): CauseItem[] {
  const origins = findOrigins(state);
  const { graph } = state.input;
  const calls = requestsPerEntity(state);
  const rises = [...origins.values()].flatMap((origin) => {
    const { before, during } = calls.get(origin.entity) ?? { before: 0, during: 0 };
    if (during === 0) return [];
    const total = { before: Math.max(before, origin.before), during: Math.max(during, origin.during) };
    const posterior = probabilityErrorRateRose(
      { errors: origin.before, total: total.before },
      { errors: origin.during, total: total.during },
    );
    if (posterior < POSTERIOR) return [];
    const usual = total.before > 0 ? origin.before / total.before : 0;
    const rate = origin.during / total.during - usual;
    return [{ origin, rate, usual, added: origin.during - usual * total.during }];
  });
  const total = rises.reduce((sum, { added }) => sum + added, 0);
  return rises.flatMap(({ origin, rate, usual, added }) => {
    const share = added / total;
    const item: CauseItem = {
      entity: origin.entity,
      term: 'errors',
      signal: 'trace',
      aspect: 'error-origin',
      weight:
        state.focus.errors * (0.4 + 0.8 * share) * Math.log1p(rate / UNIT_RATE) * (origin.isCallee ? CALLEE_SHARE : 1),
      onsetNs: origin.firstNs,
      onsetUncertaintyNs: 15e9,
      text: `${failureText(state, origin, rate + usual, usual)}; ${percent(share)} of all new errors start here.`,
      refs: state.spanRefs(origin.examples),
      hint: origin.isCallee && !graph.isInstrumented[origin.entity] ? 'third_party_outage' : 'code_error',
    };
    return [item];
  });
}

function failureText(state: RankingState, { entity, isCallee }: Origin, rate: number, usual: number): string {
  const name = state.nameOf(entity);
  if (!isCallee) return `${name} fails by itself: ${percent(rate)} of its requests against ${percent(usual)} before`;
  const unnoticed = state.input.graph.isInstrumented[entity] ? `, though ${name} records no failure` : '';
  return `${percent(rate)} of the calls to ${name} fail against ${percent(usual)} before${unnoticed}`;
}

function findOrigins(state: RankingState): Map<string, Origin> {
  const { telemetry, graph } = state.input;
  const { spans } = telemetry;
  const { baseline, incident } = graph.windows;
  const owner = Int32Array.from(spans.entity, (entity) => (entity < 0 ? -1 : graph.foldedInto[entity]!));
  const links = linkSpans(spans, owner);
  const origins = new Map<string, Origin>();
  for (let row = 0; row < spans.length; row++) {
    if (spans.status[row] !== 2 || links.hasFailedChild[row] || owner[row]! < 0) continue;
    const time = spans.startNs[row]!;
    const isDuring = time >= incident.startNs && time < incident.endNs;
    if (!isDuring && (time < baseline.startNs || time >= baseline.endNs)) continue;
    const child = links.remoteChild[row]!;
    const named = spans.peer[row]! >= 0 ? graph.foldedInto[spans.peer[row]!]! : -1;
    const callee = links.isCall[row] ? (child >= 0 ? owner[child]! : named) : -1;
    const isCallee = callee >= 0 && callee !== owner[row];
    const entity = isCallee ? callee : owner[row]!;
    const key = `${entity} ${isCallee}`;
    let origin = origins.get(key);
    if (!origin) origins.set(key, (origin = { entity, isCallee, before: 0, during: 0, firstNs: time, examples: [] }));
    if (!isDuring) origin.before++;
    else {
      if (origin.during++ === 0) origin.firstNs = time;
      if (origin.examples.length < EXAMPLES) origin.examples.push(row);
    }
  }
  return origins;
}

/** Requests an entity answered, or, where it records none, that were sent to it. */
function requestsPerEntity(state: RankingState): Map<EntityIndex, { before: number; during: number }> {
  const { graph } = state.input;
  const calls = new Map<EntityIndex, { before: number; during: number }>();
  for (const { to, red } of graph.calls) {
    if (!red) continue;
    const known = calls.get(to) ?? { before: 0, during: 0 };
    calls.set(to, { before: known.before + red.baseline.calls, during: known.during + red.incident.calls });
  }
  graph.traffic.forEach((traffic, entity) => {
    const known = calls.get(entity);
    if (!traffic) return;
    const { baseline, incident } = traffic.red;
    calls.set(entity, {
      before: Math.max(known?.before ?? 0, baseline.calls),
      during: Math.max(known?.during ?? 0, incident.calls),
    });
  });
  return calls;
}
