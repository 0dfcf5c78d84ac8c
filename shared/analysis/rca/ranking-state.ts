/** What all terms of one ranking share: the input, series shifts and a few lookups, computed once. */
import { rowRef, type RowRef } from '../../model/ids.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import { roleOfMetric } from '../detectors/metric-role.ts';
import { measureSeriesShifts, type SeriesShift } from '../detectors/series-shift.ts';
import { explainedShareOf, explainedShares, failingCallees } from './explained-share.ts';
import { findFullEntities } from './full-entities.ts';
import { sharesExplainedByMetrics } from './terms/latency-excess.ts';
import type { CauseItem } from './cause-item.ts';
import type { RankCausesInput } from './rank-causes.ts';

export interface RankingState {
  readonly input: RankCausesInput;
  readonly shifts: readonly SeriesShift[];
  /** How much each kind of trouble matters: what people did not complain about counts less. */
  readonly focus: SymptomFocus;
  /** Instrumented entities called by it, through stand-ins that only name an address. Ascending. */
  instrumentedCallees(entity: EntityIndex): readonly EntityIndex[];
  /** Points for a metric that moved by `effect` baseline spreads. */
  metricWeight(effect: number): number;
  /** 0-1: how much of an entity's trouble its callees explain, by spans or by latency metrics. */
  explainedShare(entity: EntityIndex): number;
  /** 0-1: whether something it calls fails. */
  failingCallee(entity: EntityIndex): number;
  /** Name for sentences. */
  nameOf(entity: EntityIndex): string;
  /** Reference to the stretch of a series that lies in the incident. */
  seriesRef(series: number): RowRef;
  /** References to rows of the span table. */
  spanRefs(rows: readonly number[]): readonly RowRef[];
  changeRef(change: number): RowRef;
  readonly incidentLengthNs: number;
  /** When it was noticed: the request, else the first alert of the incident, else its onset. */
  readonly alarmNs: number;
  /** Folded entity of a series, its instance when known. */
  fold(entity: EntityIndex): EntityIndex;
}
/**
 * Spans, logs and metrics of single calls say where a request went wrong; beside them a metric that moved mostly says that work has moved, and
 * breaks ties.
 */
const SHARE_BESIDE_REQUESTS = 0.3;
const LARGEST_EFFECT_BESIDE_REQUESTS = 8;
const SMALLEST_REQUESTS = 50;
function hasRequests({ telemetry }: RankCausesInput): boolean {
  return telemetry.spans.length + telemetry.logs.length > SMALLEST_REQUESTS;
}
export interface SymptomFocus {
  readonly latency: number;
  readonly errors: number;
}
/** Left to a kind of trouble that no alert mentions while another one is. */
const UNMENTIONED_SHARE = 0.35;

/** One way of arguing. Switched off by its name in `disabledTerms`. */
export type CollectItems = (state: RankingState) => CauseItem[];

export function createRankingState(input: RankCausesInput): RankingState {
  const { telemetry, graph } = input;
  const origin = telemetry.origin;
  const { incident } = graph.windows;
  const range = `${origin + BigInt(Math.round(incident.startNs))}..${origin + BigInt(Math.round(incident.endNs))}`;
  const shifts = measureSeriesShifts(telemetry, graph.windows);
  const fold = (entity: EntityIndex): EntityIndex => (entity < 0 ? entity : graph.foldedInto[entity]!);
  const measured = {
    input,
    shifts,
    fold,
    instrumentedCallees: (entity: EntityIndex) => instrumentedCallees(input, entity),
  };
  const bySpans = explainedShares(input, findFullEntities(input, shifts));
  const byMetrics = sharesExplainedByMetrics(measured);
  const explained = bySpans.map((share, entity) =>
    graph.traffic[entity] ? Math.max(share, byMetrics.get(entity) ?? 0) : share,
  );
  const failing = failingCallees(input);
  return {
    ...measured,
    focus: focusOf(input),
    metricWeight:
      hasRequests(input) || shifts.some(({ edge }) => edge)
        ? (effect) => SHARE_BESIDE_REQUESTS * Math.log1p(Math.min(effect, LARGEST_EFFECT_BESIDE_REQUESTS))
        : Math.log1p,
    explainedShare: (entity) => explainedShareOf(input, explained, entity),
    failingCallee: (entity) => explainedShareOf(input, failing, entity),
    nameOf: (entity) => telemetry.entities[entity]?.name ?? 'unknown',
    seriesRef: (series) => `series:${telemetry.metrics[series]!.rowId}@${range}` as RowRef,
    spanRefs: (rows) => rows.map((row) => rowRef('span', telemetry.spans.rowId[row]!)),
    changeRef: (change) => rowRef('change', telemetry.changes[change]!.rowId),
    alarmNs: findAlarm(input),
    incidentLengthNs: incident.endNs - incident.startNs,
  };
}

/** Latency or failures, whichever the alerts of the incident speak about; both when they tell neither or both. */
function focusOf({ telemetry, incident }: RankCausesInput): SymptomFocus {
  let latency = false;
  let errors = false;
  for (const index of incident.alerts) {
    const alert = telemetry.alerts[index]!;
    const role = roleOfMetric(alert.signal?.name ?? alert.name, '');
    if (role === 'latency') latency = true;
    else if (role === 'errors' || role === 'error-ratio' || role === 'success-ratio') errors = true;
  }
  if (latency === errors) return { latency: 1, errors: 1 };
  return { latency: latency ? 1 : UNMENTIONED_SHARE, errors: errors ? 1 : UNMENTIONED_SHARE };
}

function instrumentedCallees({ graph, telemetry }: RankCausesInput, entity: EntityIndex): readonly EntityIndex[] {
  const found = new Set<EntityIndex>();
  const visit = (from: EntityIndex, depth: number): void => {
    for (const index of graph.callsFrom(from)) {
      const callee = graph.calls[index]!.to;
      const isStandIn = telemetry.entities[callee]!.type === 'external' && !graph.isInstrumented[callee];
      if (!isStandIn) found.add(callee);
      else if (depth < 3) visit(callee, depth + 1);
    }
  };
  visit(entity, 0);
  found.delete(entity);
  return [...found].sort((a, b) => a - b);
}

function findAlarm({ telemetry, incident, request }: RankCausesInput): number {
  if (request.at !== undefined) return Number(request.at - telemetry.origin);
  const starts = incident.alerts.map((index) => Number(telemetry.alerts[index]!.startTime - telemetry.origin));
  return starts.length > 0 ? Math.max(incident.onsetNs, Math.min(...starts)) : incident.onsetNs;
}
