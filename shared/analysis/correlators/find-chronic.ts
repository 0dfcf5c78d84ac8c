/**
 * Which alerts were there all along? A rule that fired at the same pace before anything happened, or that has been on
 * since long before, says nothing about the incident (methods.md §3: "suppress the usual"). It is set apart, not hidden.
 */
import type { Telemetry } from '../../model/telemetry.ts';
import type { AnalysisWindows } from '../topology/service-graph.ts';
import type { AlertFold } from './correlator.ts';

/** Firings before the incident that make a habit. */
const HABIT_FIRINGS = 3;
/** A habitual rule counts again when it fires this many times as often as usual. */
const BURST_RATIO = 3;
/** On since longer than this before the incident's first minutes: an old state, not a symptom. */
const LONG_STANDING_NS = 30 * 60e9;

/** Per fold: true when it is background. */
export function findChronic(telemetry: Telemetry, folds: readonly AlertFold[], windows: AnalysisWindows): boolean[] {
  const { baseline, incident } = windows;
  const baselineLength = Math.max(0, baseline.endNs - baseline.startNs);
  const incidentLength = Math.max(1, incident.endNs - incident.startNs);
  return folds.map((fold) => {
    if (fold.startNs < incident.startNs - LONG_STANDING_NS && fold.endNs > incident.startNs) return true;
    let before = 0;
    let during = 0;
    for (const member of fold.members) {
      const startNs = Number(telemetry.alerts[member]!.startTime - telemetry.origin);
      if (startNs < incident.startNs) before += 1;
      else during += 1;
    }
    if (before < HABIT_FIRINGS || baselineLength === 0) return false;
    const expected = (before * incidentLength) / baselineLength;
    return during <= Math.max(2, BURST_RATIO * expected);
  });
}
