/** How bad a platform event is, from the reasons Kubernetes and container runtimes write. */
import type { FaultKind } from '../../model/analysis-result.ts';
import type { FindingKind } from '../../model/finding.ts';

interface Reading {
  readonly kind: FindingKind;
  /** 0-1 */
  readonly weight: number;
  readonly hint: FaultKind | undefined;
}
const READINGS: readonly (readonly [RegExp, Reading])[] = [
  [/oom|out of memory|memory limit/, { kind: 'restart', weight: 0.95, hint: 'memory_leak' }],
  [
    /disk ?pressure|no space|ephemeral.?storage|freediskspace|imagegc|disk.*full/,
    { kind: 'platform_event', weight: 0.9, hint: 'disk_full' },
  ],
  [/certificate|x509|tls/, { kind: 'platform_event', weight: 0.8, hint: 'certificate_expiry' }],
  [/evict|preempt/, { kind: 'restart', weight: 0.8, hint: 'noisy_neighbour' }],
  [/memory ?pressure|pid ?pressure/, { kind: 'platform_event', weight: 0.8, hint: 'noisy_neighbour' }],
  [/node ?not ?ready|nodelost|unreachable/, { kind: 'platform_event', weight: 0.8, hint: 'noisy_neighbour' }],
  [/crashloop|back-?off|containerdied|failed.*start|restart/, { kind: 'restart', weight: 0.75, hint: 'crash' }],
  [
    /imagepullbackoff|errimagepull|invalidimage|createcontainerconfig/,
    { kind: 'platform_event', weight: 0.75, hint: 'configuration_error' },
  ],
  [/failedmount|failedattach/, { kind: 'platform_event', weight: 0.7, hint: 'disk_full' }],
  [/failedscheduling|insufficient/, { kind: 'platform_event', weight: 0.6, hint: undefined }],
  [/unhealthy|probe/, { kind: 'platform_event', weight: 0.3, hint: undefined }],
  [/killing/, { kind: 'restart', weight: 0.15, hint: undefined }],
  [/quota|forbidden/, { kind: 'platform_event', weight: 0.5, hint: 'configuration_error' }],
];

export function severityOfReason(reason: string, message: string, severity: 'normal' | 'warning' | 'error'): Reading {
  const text = `${reason} ${severity === 'normal' ? '' : message}`.toLowerCase();
  const found = READINGS.find(([pattern]) => pattern.test(text))?.[1];
  if (found) return severity === 'normal' ? { ...found, weight: 0.4 * found.weight } : found;
  return { kind: 'platform_event', weight: severity === 'normal' ? 0.02 : 0.15, hint: undefined };
}
