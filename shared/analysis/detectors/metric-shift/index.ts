/**
 * Metrics that left their fault-free range for a good part of the incident, shares of a limit that came close to it,
 * values that climb without end, series that fell silent. Works on a few points: what counts is the margin beyond the
 * baseline's 99th percentile in units of the baseline's own spread, and how much of the incident lies beyond it.
 */
import type { Finding, FindingKind } from '../../../model/finding.ts';
import type { RowRef } from '../../../model/ids.ts';
import type { Detector, DetectorInput } from '../detector.ts';
import { byEntityAndSubject } from '../finding-order.ts';
import { badDirection, shareScaleOf } from '../metric-role.ts';
import { comparablePoints, measureSeriesShifts, valuesWithin, type SeriesShift } from '../series-shift.ts';
import { quantity } from '../quantity.ts';
import { percent, short, spreads } from '../../sentences.ts';
import { squash } from '../squash.ts';

const PARAMETERS = {
  smallestBaseline: 5,
  /** Margin in spreads at which the score is one half. */
  halfScoreMargin: 3,
  /** Share of the incident's points that must lie beyond the baseline for a full score. */
  sustainedShare: 0.4,
  saturatedShare: 0.85,
  weakestScore: 0.1,
} as const;

export const metricShift: Detector = {
  id: 'metric-shift',
  title: 'Metrics: shifts, saturation, silence',
  version: 2,
  parameters: PARAMETERS,
  references: ['Pham et al., BARO, FSE 2024 (robust scoring)'],
  detect(input, context) {
    const findings: Finding[] = [];
    measureSeriesShifts(input.telemetry, input.graph.windows, () => context.throwIfCancelled()).forEach(
      (shift, index) => {
        if (index % 512 === 0) context.throwIfCancelled();
        if (shift.entity >= 0) findings.push(...ofShift(input, shift));
      },
    );
    return findings.sort(byEntityAndSubject);
  },
};

function ofShift(input: DetectorInput, shift: SeriesShift): Finding[] {
  if (shift.baseline.count < PARAMETERS.smallestBaseline) return [];
  if (shift.incidentCount === 0) return silence(input, shift);
  const bad = badDirection(shift.role);
  const upMargin = (shift.high - shift.baseline.q99) / shift.baseline.spread;
  const downMargin = (shift.baseline.q01 - shift.low) / shift.baseline.spread;
  const isUp = upMargin >= downMargin;
  const margin = Math.max(upMargin, downMargin);
  const isHarmless = bad !== 0 && bad > 0 !== isUp;
  const sustained = shareBeyond(input, shift, isUp ? shift.baseline.q99 : shift.baseline.q01, isUp);
  const score =
    squash(margin, 0, PARAMETERS.halfScoreMargin) *
    Math.min(1, sustained / PARAMETERS.sustainedShare) *
    (isHarmless ? 0.4 : 1);
  const saturation = saturationOf(input, shift);
  if (!(score >= PARAMETERS.weakestScore) && saturation === undefined) return [];
  const reached = isUp ? shift.high : shift.low;
  const kind: FindingKind =
    saturation !== undefined && isUp ? 'saturation' : isUp ? 'metric_shift_up' : 'metric_shift_down';
  const { name, unit } = input.telemetry.metrics[shift.series]!;
  const text =
    kind === 'saturation'
      ? `${name} of ${nameOf(input, shift)} reached ${percent(saturation!)} of its limit.`
      : `${name} of ${nameOf(input, shift)} went ${isUp ? 'up' : 'down'} to ${quantity(reached, unit, name)} from ${quantity(shift.baseline.median, unit, name)}, ${shift.baseline.isFlat ? spreads(margin, true) : `${spreads(margin, false)} beyond what it showed before`}.`;
  return [
    {
      ...common(input, shift),
      kind,
      effectSize: isUp ? shift.effectUp : shift.effectDown,
      score: kind === 'saturation' ? Math.max(score, 0.6) : score,
      baseline: shift.baseline.median,
      observed: reached,
      unit,
      text,
    },
  ];
}

function common(input: DetectorInput, shift: SeriesShift) {
  const series = input.telemetry.metrics[shift.series]!;
  const { origin } = input.telemetry;
  const { incident } = input.graph.windows;
  const range = `${origin + BigInt(Math.round(incident.startNs))}..${origin + BigInt(Math.round(incident.endNs))}`;
  return {
    detector: metricShift.id,
    signal: 'metric',
    entity: input.graph.foldedInto[shift.edge?.from ?? shift.entity]!,
    peer: shift.edge ? input.graph.foldedInto[shift.edge.to]! : undefined,
    instance: shift.instance >= 0 ? shift.instance : undefined,
    subject: series.name,
    onsetNs: shift.onsetNs,
    onsetUncertaintyNs: shift.onsetUncertaintyNs,
    endNs: Math.min(incident.endNs, input.telemetry.endNs),
    sampleCount: shift.incidentCount,
    refs: [`series:${series.rowId}@${range}` as RowRef],
  } as const;
}
function nameOf(input: DetectorInput, shift: SeriesShift): string {
  return input.telemetry.entities[shift.instance >= 0 ? shift.instance : shift.entity]!.name;
}
function shareBeyond(input: DetectorInput, shift: SeriesShift, limit: number, isUp: boolean): number {
  const points = comparablePoints(input.telemetry.metrics[shift.series]!);
  const values = valuesWithin(points, { startNs: shift.onsetNs, endNs: input.graph.windows.incident.endNs });
  let beyond = 0;
  for (const value of values) if (isUp ? value > limit : value < limit) beyond++;
  return values.length > 0 ? beyond / values.length : 0;
}
/** Share of the limit reached, when it is high now and was not before. */
function saturationOf(input: DetectorInput, shift: SeriesShift): number | undefined {
  const { name, unit } = input.telemetry.metrics[shift.series]!;
  const scale = shareScaleOf(name, unit, Math.max(shift.high, shift.baseline.max));
  if (scale === undefined || badDirection(shift.role) <= 0 || shift.role === 'error-ratio') return undefined;
  const now = shift.high * scale;
  return now >= PARAMETERS.saturatedShare && shift.high > 1.2 * shift.baseline.q99 ? Math.min(1, now) : undefined;
}

function silence(input: DetectorInput, shift: SeriesShift): Finding[] {
  if (shift.expectedCount < 4) return [];
  const { name, unit } = input.telemetry.metrics[shift.series]!;
  return [
    {
      ...common(input, shift),
      kind: 'missing_data',
      effectSize: shift.expectedCount,
      score: 0.4,
      baseline: shift.baseline.median,
      observed: NaN,
      unit,
      text: `${name} of ${nameOf(input, shift)} fell silent; about ${short(shift.expectedCount)} points were to be expected.`,
    },
  ];
}
