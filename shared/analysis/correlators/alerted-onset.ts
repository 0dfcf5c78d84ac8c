/**
 * Since when has what an alert complains about been unusual? Rules fire late: a disk fills for half an hour, a latency
 * creeps for two, before a threshold is crossed. The alert's own metric tells, and minutes in which it was already off
 * must not count as known-good. The usual range comes from the first third of the data before the alert; from the alert
 * on the walk goes back until the metric was usual for some points in a row. Linear in the points of the alert's series.
 */
import type { MetricSeries, Telemetry, TelemetryAlert } from '../../model/telemetry.ts';
import { MAD_TO_SIGMA, median, medianAbsoluteDeviation } from '../series/robust-statistics.ts';

const LEARNING_SHARE = 1 / 3;
const LEAST_POINTS = 8;
/** Half-width of the usual range, in robust standard deviations and as a share of the level, whichever is wider. */
const USUAL_SPREADS = 5;
const USUAL_SHARE = 0.02;
/** This many usual points in a row end the walk back; single ones happen within trouble. */
const POINTS_IN_ROW = 3;

/** Nanoseconds after origin; the alert's start when its metric is unknown, was usual, or tells nothing earlier. */
export function onsetOfAlerted(telemetry: Telemetry, alert: TelemetryAlert): number {
  const alertNs = Number(alert.startTime - telemetry.origin);
  const { signal } = alert;
  if (signal?.kind !== 'metric') return alertNs;
  let earliest = alertNs;
  for (const series of telemetry.metrics) {
    // Counters only ever grow: when they began to is no onset.
    if (series.name !== signal.name || series.type === 'counter') continue;
    if (alert.entities.length > 0 && !alert.entities.includes(series.entity)) continue;
    earliest = Math.min(earliest, leftUsualAt(series, alertNs) ?? alertNs);
  }
  return earliest;
}

function leftUsualAt({ timesNs, values }: MetricSeries, alertNs: number): number | undefined {
  let last = timesNs.length - 1;
  while (last >= 0 && timesNs[last]! > alertNs) last -= 1;
  const learnt = Math.floor((last + 1) * LEARNING_SHARE);
  if (learnt < LEAST_POINTS) return undefined;
  const usual = values.slice(0, learnt);
  const level = median(usual);
  const reach = Math.max(USUAL_SPREADS * MAD_TO_SIGMA * medianAbsoluteDeviation(usual), USUAL_SHARE * Math.abs(level));
  let inRow = 0;
  let onset: number | undefined;
  for (let i = last; i >= learnt && inRow < POINTS_IN_ROW; i -= 1) {
    if (Math.abs(values[i]! - level) <= reach) inRow += 1;
    else {
      inRow = 0;
      onset = timesNs[i]!;
    }
  }
  return onset;
}
