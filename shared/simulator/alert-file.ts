/**
 * Alerts as `GET /api/v2/alerts` of Alertmanager answers them, gathered by asking again and again during the recording
 * and keeping the last answer of each fingerprint, so that alerts that ended are in it with their end.
 */
import type { FiredAlert } from './evaluate-alerts.ts';
import type { Simulation } from './simulation.ts';

/** Prometheus sends a firing alert again and again with an end a few minutes ahead. */
const RESEND_SECONDS = 240;

export function* writeAlerts(simulation: Simulation, alerts: readonly FiredAlert[]): Generator<string> {
  const sorted = alerts.toSorted((a, b) => a.startSecond - b.startSecond || (a.fingerprint < b.fingerprint ? -1 : 1));
  yield '[';
  for (const [i, alert] of sorted.entries()) yield `${i > 0 ? ',' : ''}\n${JSON.stringify(entry(simulation, alert))}`;
  yield '\n]\n';
}

function entry(simulation: Simulation, alert: FiredAlert): object {
  const { clock, lengthSeconds } = simulation;
  const isFiring = alert.endSecond > lengthSeconds;
  const updated = isFiring ? lengthSeconds - 8 : alert.endSecond;
  return {
    annotations: { description: alert.description, summary: alert.summary },
    endsAt: clock.isoMillis(isFiring ? lengthSeconds + RESEND_SECONDS - 8 : alert.endSecond),
    fingerprint: alert.fingerprint,
    receivers: [{ name: alert.labels['severity'] === 'critical' ? 'pager' : 'chat' }],
    startsAt: clock.isoMillis(alert.startSecond),
    status: { inhibitedBy: [], mutedBy: [], silencedBy: [], state: 'active' },
    updatedAt: clock.isoMillis(updated),
    generatorURL: `http://prometheus.monitoring.svc:9090/graph?g0.expr=${encodeURIComponent(alert.expression)}&g0.tab=1`,
    labels: { ...alert.labels, prometheus: 'monitoring/main' },
  };
}
