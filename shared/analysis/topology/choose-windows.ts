/**
 * Which stretch is compared with which. People notice after the fact, so the incident is taken to begin some minutes
 * before the alarm; those minutes never count as known-good. A single rule for any length of data.
 */
import type { AnalysisWindows } from './service-graph.ts';

/** How long before the alarm trouble may have begun. */
const LOOK_BACK_NS = 5 * 60e9;
/** At most this share of the data before the alarm is given up to the look-back. */
const LARGEST_LOOK_BACK_SHARE = 0.25;

/**
 * `startNs`, `endNs`: the stretch that holds data or was asked for; `alarmNs`: when it was noticed. All nanoseconds
 * after origin. Without data before the alarm the baseline is empty, and detectors fall back to comparing siblings.
 */
export function chooseWindows(startNs: number, endNs: number, alarmNs: number): AnalysisWindows {
  const alarm = Math.min(Math.max(alarmNs, startNs), endNs);
  const lookBack = Math.min(LOOK_BACK_NS, (alarm - startNs) * LARGEST_LOOK_BACK_SHARE);
  const onset = alarm - lookBack;
  return {
    baseline: { startNs, endNs: onset },
    incident: { startNs: onset, endNs: Math.max(endNs + 1, onset + 1) },
  };
}
