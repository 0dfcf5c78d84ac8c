/**
 * What the platform reported during the incident and not (as often) before: kills, restarts, failed scheduling, probes,
 * pressure. The words are the reasons Kubernetes writes; any other event of warning level counts too, with less weight.
 */
import type { Finding } from '../../../model/finding.ts';
import { rowRef } from '../../../model/ids.ts';
import type { Detector } from '../detector.ts';
import { byEntityAndSubject } from '../finding-order.ts';
import { severityOfReason } from '../platform-reason.ts';

const PARAMETERS = { habitualShare: 0.5 } as const;

export const platformEvents: Detector = {
  id: 'platform-events',
  title: 'Platform: kills, restarts, pressure',
  version: 1,
  parameters: PARAMETERS,
  references: [],
  detect({ telemetry, graph }) {
    const { baseline, incident } = graph.windows;
    const before = new Map<string, number>();
    const findings: Finding[] = [];
    const keyOf = (reason: string, entity: number): string => `${reason} ${graph.serviceOf(entity)}`;
    telemetry.events.forEach((event) => {
      const time = Number(event.startTime - telemetry.origin);
      if (time >= baseline.startNs && time < baseline.endNs && event.entities[0] !== undefined)
        before.set(
          keyOf(event.reason, event.entities[0]),
          (before.get(keyOf(event.reason, event.entities[0])) ?? 0) + event.count,
        );
    });
    telemetry.events.forEach((event) => {
      const start = Number(event.startTime - telemetry.origin);
      const end = Number(event.endTime - telemetry.origin);
      const primary = event.entities[0];
      if (primary === undefined || end < incident.startNs || start >= incident.endNs) return;
      const { kind, weight } = severityOfReason(event.reason, event.message, event.severity);
      const isHabit = (before.get(keyOf(event.reason, primary)) ?? 0) >= PARAMETERS.habitualShare * event.count;
      const score = weight * (isHabit ? 0.3 : 1);
      if (score < 0.1) return;
      const folded = graph.foldedInto[primary]!;
      const owner = graph.serviceOf(folded);
      findings.push({
        detector: platformEvents.id,
        kind,
        signal: 'event',
        entity: owner,
        instance: owner === folded ? undefined : folded,
        subject: event.reason,
        onsetNs: Math.max(start, incident.startNs),
        onsetUncertaintyNs: event.isTimeInferred ? 600e9 : 5e9,
        endNs: end,
        effectSize: event.count,
        score,
        baseline: before.get(keyOf(event.reason, primary)) ?? 0,
        observed: event.count,
        unit: '1',
        sampleCount: event.count,
        text: `${telemetry.entities[primary]!.name}: ${event.reason}${event.count > 1 ? ` ×${event.count}` : ''} — ${event.message.slice(0, 200)}`,
        refs: [rowRef('event', event.rowId)],
      });
    });
    return findings.sort(byEntityAndSubject);
  },
};
