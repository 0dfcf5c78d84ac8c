/**
 * The moment at which most of a system changes its level: change points of error ratio and latency per service and of
 * metric series vote for a minute, each with its effect size. Cost: one pass over the spans plus a change-point search
 * per series; series beyond a bound are thinned evenly, since a vote needs no census.
 */
import { SPAN_STATUS } from '../../model/span.ts';
import type { MetricSeries, Telemetry } from '../../model/telemetry.ts';
import { NS_PER_MINUTE } from '../../model/time.ts';
import type { AnalysisContext } from '../context.ts';
import { strongestChangePoint, type ChangePoint } from '../series/change-point.ts';
import { cumulativeRates } from '../series/counter-rate.ts';

export interface Disturbance {
  /** Nanoseconds after origin. */
  readonly timeNs: number;
  /** Sum of the votes within two minutes. */
  readonly weight: number;
}

const STEPS = 120;
const LEAST_STEP_NS = 10e9;
const LEAST_CALLS_PER_STEP = 3;
const MAX_SERIES = 3_000;
/** Effects below are everyday noise; above the cap they say nothing more. */
const EFFECT = { least: 5, most: 20 } as const;
/** A change must also be one that people would care about. */
const LEAST_ERROR_RATIO = 0.02;
const LEAST_LATENCY_RATIO = Math.log(1.3);
const METRIC_VOTE = 0.3;

interface Vote {
  readonly timeNs: number;
  readonly weight: number;
}

export function findDisturbance(telemetry: Telemetry, context: AnalysisContext): Disturbance | undefined {
  const votes = [...votesOfSpans(telemetry, context), ...votesOfMetrics(telemetry, context)];
  votes.sort((a, b) => a.timeNs - b.timeNs || a.weight - b.weight);
  let best: Disturbance | undefined;
  let low = 0;
  let high = 0;
  let weight = 0;
  // Votes within two minutes around each vote, by two moving ends.
  for (const vote of votes) {
    while (high < votes.length && votes[high]!.timeNs <= vote.timeNs + 2 * NS_PER_MINUTE)
      weight += votes[high++]!.weight;
    while (votes[low]!.timeNs < vote.timeNs - 2 * NS_PER_MINUTE) weight -= votes[low++]!.weight;
    if (!best || weight > best.weight * 1.0001) best = { timeNs: vote.timeNs, weight };
  }
  return best;
}

function votesOfSpans(telemetry: Telemetry, context: AnalysisContext): Vote[] {
  const { spans, startNs, endNs } = telemetry;
  const stepNs = Math.max(LEAST_STEP_NS, (endNs - startNs) / STEPS);
  const steps = Math.max(1, Math.ceil((endNs - startNs + 1) / stepNs));
  const entities = telemetry.entities.length;
  const calls = new Float64Array(entities * steps);
  const errors = new Float64Array(entities * steps);
  const logDuration = new Float64Array(entities * steps);
  for (let i = 0; i < spans.length; i += 1) {
    if ((i & 0xffff) === 0) context.throwIfCancelled();
    const entity = spans.entity[i]!;
    const step = Math.floor((spans.startNs[i]! - startNs) / stepNs);
    if (entity < 0 || step < 0 || step >= steps) continue;
    const cell = entity * steps + step;
    calls[cell] = calls[cell]! + 1;
    if (spans.status[i] === SPAN_STATUS.error) errors[cell] = errors[cell]! + 1;
    logDuration[cell] = logDuration[cell]! + Math.log(Math.max(1, spans.durationNs[i]!));
  }
  const votes: Vote[] = [];
  const ratio = (sums: Float64Array, entity: number): Float64Array =>
    Float64Array.from({ length: steps }, (_, step) => {
      const n = calls[entity * steps + step]!;
      return n >= LEAST_CALLS_PER_STEP ? sums[entity * steps + step]! / n : Number.NaN;
    });
  for (let entity = 0; entity < entities; entity += 1) {
    context.throwIfCancelled();
    for (const [sums, least] of [
      [errors, LEAST_ERROR_RATIO],
      [logDuration, LEAST_LATENCY_RATIO],
    ] as const) {
      const point = strongestChangePoint(ratio(sums, entity));
      if (point && point.after - point.before >= least) pushVote(votes, startNs + point.index * stepNs, point, 1);
    }
  }
  return votes;
}

function votesOfMetrics(telemetry: Telemetry, context: AnalysisContext): Vote[] {
  const votes: Vote[] = [];
  const stride = Math.max(1, Math.ceil(telemetry.metrics.length / MAX_SERIES));
  for (let i = 0; i < telemetry.metrics.length; i += stride) {
    if (i % 16 === 0) context.throwIfCancelled();
    const { timesNs, values } = comparable(telemetry.metrics[i]!);
    const point = strongestChangePoint(values);
    if (point) pushVote(votes, timesNs[point.index]!, point, METRIC_VOTE);
  }
  return votes;
}

function comparable(series: MetricSeries): { timesNs: Float64Array; values: Float64Array } {
  if (series.type !== 'counter' || series.temporality === 'delta') return series;
  const rates = cumulativeRates(series.timesNs, series.values);
  return { timesNs: rates.timesNs, values: rates.ratesPerSecond };
}

function pushVote(votes: Vote[], timeNs: number, point: ChangePoint, share: number): void {
  if (point.effectSize < EFFECT.least) return;
  votes.push({ timeNs, weight: share * Math.min(point.effectSize, EFFECT.most) });
}
