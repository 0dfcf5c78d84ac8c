/** The timeline in one sentence, for people who do not see it. */
import type { Zone } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import type { LaneData } from './use-lane-data.ts';

export function timelineSummary({ lanes, changes, findings, notes }: LaneData, zone: Zone): string {
  if (!lanes) return 'The timeline is being read.';
  const sum = (counts: Float64Array): number => counts.reduce((total, value) => total + value, 0);
  const alerts = sum(lanes.alerts.critical) + sum(lanes.alerts.warning) + sum(lanes.alerts.info);
  const end = lanes.startTime + BigInt(Math.round(lanes.bucketNs * lanes.bucketCount));
  return [
    `Timeline from ${clockText(lanes.startTime, zone)} to ${clockText(end, zone)}:`,
    `${changes.length} changes, ${countText(alerts)} alerts (${countText(sum(lanes.alerts.critical))} critical),`,
    `${findings.shown.length + findings.foldedCount} findings, ${countText(sum(lanes.errorLogCounts))} error logs,`,
    `${notes.length} notes. The table button shows the same as rows.`,
  ].join(' ');
}
