/**
 * Alerts that have nothing to do with any incident: the ones that are always there, the ones that come and go, and the
 * heartbeat. Each source is one or a few label sets; `source` says which belong together.
 */
import type { Random } from '../base/random.ts';
import { fingerprintOf } from './evaluate-alerts.ts';
import type { FiredAlert } from './evaluate-alerts.ts';
import { safeSuffix } from './names.ts';
import type { System } from './system.ts';

export interface ChronicAlert extends FiredAlert {
  readonly source: number;
}
interface Kind {
  readonly name: string;
  readonly severity: string;
  readonly summary: string;
  /** How many label sets of it there are. */
  readonly copies: number;
  labels(system: System, random: Random, copy: number): Readonly<Record<string, string>>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'CertificateExpiringSoon',
    severity: 'warning',
    summary: 'A certificate expires in less than 21 days',
    copies: 1,
    labels: (system, random) => ({
      namespace: 'cert-manager',
      name: `${random.choice(system.services).name}-staging-tls`,
      job: 'cert-manager',
    }),
  },
  {
    name: 'KubeJobFailed',
    severity: 'warning',
    summary: 'A job has failed to complete',
    copies: 2,
    labels: (_system, random) => ({
      namespace: 'batch',
      job_name: `db-backup-${29_000_000 + random.integer(0, 99_999)}`,
      job: 'kube-state-metrics',
    }),
  },
  {
    name: 'CPUThrottlingHigh',
    severity: 'info',
    summary: 'Processes experience elevated CPU throttling',
    copies: 3,
    labels: (_system, random) => ({
      namespace: 'monitoring',
      pod: `log-collector-${safeSuffix(random, 5)}`,
      container: 'log-collector',
    }),
  },
  {
    name: 'KubeHpaMaxedOut',
    severity: 'warning',
    summary: 'An autoscaler runs at its maximum',
    copies: 1,
    labels: (_system, random) => ({
      namespace: 'sandbox',
      horizontalpodautoscaler: `preview-${safeSuffix(random, 4)}`,
      job: 'kube-state-metrics',
    }),
  },
  {
    name: 'NodeClockSkewDetected',
    severity: 'warning',
    summary: 'Clock skew detected',
    copies: 1,
    labels: (_system, random) => ({ instance: `build-agent-${random.integer(1, 9)}:9100`, job: 'node-exporter' }),
  },
  {
    name: 'TargetDown',
    severity: 'warning',
    summary: 'One or more targets are unreachable',
    copies: 1,
    labels: (_system, random) => ({ namespace: 'staging', job: `load-test-${safeSuffix(random, 4)}` }),
  },
  {
    name: 'DeprecatedAPIInUse',
    severity: 'info',
    summary: 'A deprecated API is still in use',
    copies: 1,
    labels: () => ({ resource: 'poddisruptionbudgets', group: 'policy', version: 'v1beta1', job: 'apiserver' }),
  },
];

export function chronicAlerts(system: System, lengthSeconds: number, random: Random): readonly ChronicAlert[] {
  const alerts: ChronicAlert[] = [];
  const chosen = random.shuffle(KINDS).slice(0, 3);
  chosen.forEach((kind, source) => {
    const isFlapping = kind.name === 'CPUThrottlingHigh' || kind.name === 'TargetDown';
    for (let copy = 0; copy < kind.copies; copy += 1) {
      const labels = {
        alertname: kind.name,
        severity: kind.severity,
        cluster: system.clusterName,
        ...kind.labels(system, random, copy),
      };
      const startSecond = isFlapping
        ? Math.floor(random.uniform(30, lengthSeconds - 300))
        : -random.integer(7200, 900_000);
      alerts.push({
        fingerprint: fingerprintOf(labels),
        labels,
        summary: kind.summary,
        description: kind.summary,
        expression: `ALERTS{alertname="${kind.name}"}`,
        startSecond,
        endSecond: isFlapping ? startSecond + random.integer(120, 280) : Number.POSITIVE_INFINITY,
        source,
      });
    }
  });
  const labels = { alertname: 'Watchdog', severity: 'none', cluster: system.clusterName };
  alerts.push({
    fingerprint: fingerprintOf(labels),
    labels,
    summary: 'An alert that is meant to fire at all times',
    description: 'This alert checks that the whole alerting pipeline works.',
    expression: 'vector(1)',
    startSecond: -random.integer(900_000, 9_000_000),
    endSecond: Number.POSITIVE_INFINITY,
    source: chosen.length,
  });
  return alerts;
}
