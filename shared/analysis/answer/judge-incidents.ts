/**
 * Which drafts are incidents that need a person, and which are the noise of any day? A draft counts when something
 * people would be paged for supports it; a lone warning beside a real incident, or weak findings alone, do not.
 */
import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { Correlation, IncidentDraft } from '../correlators/correlator.ts';
import { ALERT_WEIGHT } from '../correlators/build-signals.ts';
import { NOTABLE_SCORE } from '../detectors/detector.ts';
import { badDirection, roleOfMetric } from '../detectors/metric-role.ts';

export const JUDGEMENT = {
  id: 'judge-incidents',
  version: 2,
  parameters: {
    /** Weight a draft needs to be an incident. */
    leastWeight: 2,
    /** An alert whose own metric was measured to leave its usual range is no guess of a rule any more. */
    confirmedAlertWeight: 1,
    confirmingScore: 0.8,
    /** Share of the heaviest draft's weight that another one needs. */
    leastShare: 0.15,
    /** Below this confidence of the best hypothesis nobody is blamed … */
    leastConfidence: 0.3,
    /** … unless an incident is this plain: then the list is given and its confidence says how sure it is. */
    plainWeight: 5,
    plainConfidence: 0.05,
  },
} as const;

/** What users feel weighs more than what machines show. */
const KIND_WEIGHT: Readonly<Partial<Record<FindingKind, number>>> = {
  error_rate_increase: 1,
  latency_increase: 1,
  throughput_drop: 0.8,
  edge_error_increase: 0.7,
  edge_latency_increase: 0.7,
  saturation: 0.6,
  restart: 0.6,
  leak: 0.6,
  missing_data: 0.5,
};
const OTHER_KIND_WEIGHT = 0.3;
/** A metric that counts failures or waiting shows what users feel, as spans do. */
const FELT_METRIC_WEIGHT = 0.8;
const FELT_ROLES: ReadonlySet<string> = new Set(['errors', 'error-ratio', 'success-ratio', 'latency']);

export interface JudgedDraft {
  readonly draft: IncidentDraft;
  readonly weight: number;
  readonly isIncident: boolean;
}

/** In order of weight, heaviest first. */
export function judgeDrafts(
  telemetry: Telemetry,
  correlation: Correlation,
  findings: readonly Finding[],
): JudgedDraft[] {
  const { leastWeight, leastShare } = JUDGEMENT.parameters;
  const weighed = correlation.incidents
    .map((draft) => ({ draft, weight: weigh(telemetry, correlation, findings, draft) }))
    .sort((a, b) => b.weight - a.weight || a.draft.startNs - b.draft.startNs);
  const heaviest = weighed[0]?.weight ?? 0;
  return weighed.map(({ draft, weight }) => {
    const isPlain = weight >= leastWeight && weight >= leastShare * heaviest;
    const isIncident = !draft.isBackground && (isPlain || draft.decisions.length > 0);
    return { draft, weight, isIncident };
  });
}

function weigh(
  telemetry: Telemetry,
  correlation: Correlation,
  findings: readonly Finding[],
  draft: IncidentDraft,
): number {
  let weight = 0;
  for (const fold of draft.folds) weight += ALERT_WEIGHT[correlation.folds[fold]!.severity];
  if (isConfirmed(telemetry, correlation, findings, draft)) weight += JUDGEMENT.parameters.confirmedAlertWeight;
  // Many findings of one kind at one place say one thing; so does one message or event that turns up all over the place.
  const best = new Map<string, number>();
  for (const index of draft.findings) {
    const finding = findings[index]!;
    if (finding.kind === 'alert') continue;
    const kindWeight = KIND_WEIGHT[finding.kind];
    const key = `${finding.kind} ${kindWeight === undefined ? finding.subject : finding.entity}`;
    // A large system always has many findings that just pass; sure ones are rare on ordinary days.
    const excess = Math.max(0, (finding.score - NOTABLE_SCORE) / (1 - NOTABLE_SCORE)) ** 2;
    const value = excess * (kindWeight ?? (isFeltMetric(finding) ? FELT_METRIC_WEIGHT : OTHER_KIND_WEIGHT));
    best.set(key, Math.max(best.get(key) ?? 0, value));
  }
  for (const value of best.values()) weight += value;
  return weight;
}

/** A metric of failures or latency that went the bad way. */
export function isFeltMetric({ kind, subject, unit }: Finding): boolean {
  if (kind !== 'metric_shift_up' && kind !== 'metric_shift_down') return false;
  const role = roleOfMetric(subject, unit);
  return FELT_ROLES.has(role) && badDirection(role) === (kind === 'metric_shift_up' ? 1 : -1);
}

/** Does an alert of the draft speak of a metric that a sure finding of the draft measured as well? */
function isConfirmed(
  telemetry: Telemetry,
  correlation: Correlation,
  findings: readonly Finding[],
  draft: IncidentDraft,
): boolean {
  const measured = new Set<string>();
  for (const index of draft.findings) {
    const { signal, subject, entity, score } = findings[index]!;
    if (signal === 'metric' && score >= JUDGEMENT.parameters.confirmingScore) measured.add(`${entity} ${subject}`);
  }
  return draft.folds.some((fold) =>
    correlation.folds[fold]!.members.some((member) => {
      const { signal, entities } = telemetry.alerts[member]!;
      return signal?.kind === 'metric' && entities.some((entity) => measured.has(`${entity} ${signal.name}`));
    }),
  );
}
