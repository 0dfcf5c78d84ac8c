/** One line that tells a responder what is wrong, since when and how far it reaches. */
import type { Finding, FindingKind } from '../../model/finding.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import { formatUnixNano, unixNano } from '../../model/time.ts';
import { isFeltMetric } from './judge-incidents.ts';
import { metricHeadline } from './metric-headline.ts';
import type { AlertFold, IncidentDraft } from '../correlators/correlator.ts';
import { quoted } from '../sentences.ts';

/** What users feel comes first; causes are the hypotheses' business. */
const HEADLINE_ORDER: Readonly<Partial<Record<FindingKind, number>>> = {
  error_rate_increase: 6,
  latency_increase: 5,
  throughput_drop: 4,
  edge_error_increase: 3.5,
  edge_latency_increase: 3,
  restart: 3,
  missing_data: 2.5,
  saturation: 2,
  leak: 2,
};
const PHRASE: Readonly<Partial<Record<FindingKind, string>>> = {
  error_rate_increase: 'error rate',
  latency_increase: 'latency',
  throughput_drop: 'requests',
  throughput_increase: 'requests',
  edge_error_increase: 'errors of calls',
  edge_latency_increase: 'latency of calls',
};
/** A metric that the alert itself is about says best what people noticed. */
const ALERTED_METRIC_ORDER = 5.5;
const FELT_METRIC_ORDER = 3.5;
const MOST_QUOTED = 70;

export function incidentTitle(
  telemetry: Telemetry,
  draft: IncidentDraft,
  folds: readonly AlertFold[],
  findings: readonly Finding[],
): string {
  const since = clock(telemetry, draft.startNs);
  const services = draft.entities.filter((entity) => telemetry.entities[entity]!.type !== 'node').length;
  const reach = services > 1 ? `, ${services} services affected` : '';
  const headline = headlineFinding(draft, findings, alertedMetrics(telemetry, draft, folds));
  if (headline) return `${nameOf(telemetry, headline.entity)}: ${describe(headline)} since ${since}${reach}`;
  const fold = [...draft.folds]
    .map((index) => folds[index]!)
    .sort((a, b) => b.members.length - a.members.length || a.lead - b.lead)[0];
  if (fold) return `${nameOf(telemetry, fold.entities[0] ?? -1)}: ${fold.name} since ${since}${reach}`;
  return `Unusual behaviour since ${since}${reach}`;
}

/** `entity metric` of the alerts. */
function alertedMetrics(telemetry: Telemetry, draft: IncidentDraft, folds: readonly AlertFold[]): ReadonlySet<string> {
  const members = draft.folds.flatMap((fold) => folds[fold]!.members).map((member) => telemetry.alerts[member]!);
  return new Set(
    members.flatMap(({ signal, entities }) => (signal ? entities.map((entity) => `${entity} ${signal.name}`) : [])),
  );
}

function headlineFinding(
  draft: IncidentDraft,
  findings: readonly Finding[],
  alerted: ReadonlySet<string>,
): Finding | undefined {
  let best: Finding | undefined;
  let bestRank = -Infinity;
  for (const index of draft.findings) {
    const finding = findings[index]!;
    if (finding.entity < 0) continue;
    const rank = orderOf(finding, alerted) + finding.score + Math.min(1, Math.log10(1 + finding.sampleCount) / 6);
    if (rank > bestRank) [best, bestRank] = [finding, rank];
  }
  return best;
}

function orderOf(finding: Finding, alerted: ReadonlySet<string>): number {
  if (finding.signal === 'metric' && alerted.has(`${finding.entity} ${finding.subject}`)) return ALERTED_METRIC_ORDER;
  return isFeltMetric(finding) ? FELT_METRIC_ORDER : (HEADLINE_ORDER[finding.kind] ?? 1);
}

function describe(finding: Finding): string {
  if (finding.signal === 'log')
    return `logs ${quoted(finding.subject.replace(/^“|”$/g, ''), MOST_QUOTED)}, ${digits(finding.observed)} times`;
  if (finding.signal === 'event') return `${finding.subject}, ${digits(finding.observed)} times`;
  if (finding.signal === 'metric') {
    const { subject: name, unit, baseline, observed } = finding;
    return metricHeadline({ name, unit, baseline, observed, isMissing: finding.kind === 'missing_data' });
  }
  const what = PHRASE[finding.kind] ?? finding.subject;
  if (!Number.isFinite(finding.baseline) || !Number.isFinite(finding.observed)) return what;
  return `${what} ${formatQuantity(finding.baseline, finding.unit)} → ${formatQuantity(finding.observed, finding.unit)}`;
}

/** Three significant digits with the unit as people write it; shares become per cent. */
export function formatQuantity(value: number, unit: string): string {
  if (unit === '1' || unit === 'ratio') return `${digits(value * 100)} %`;
  if (unit === 'ns') return value >= 1e9 ? `${digits(value / 1e9)} s` : `${digits(value / 1e6)} ms`;
  if (unit === 's') return value < 1 ? `${digits(value * 1e3)} ms` : `${digits(value)} s`;
  if (unit === 'By') {
    const steps = ['B', 'KB', 'MB', 'GB', 'TB'];
    let at = 0;
    let scaled = value;
    for (; Math.abs(scaled) >= 1_000 && at < steps.length - 1; at += 1) scaled /= 1_000;
    return `${digits(scaled)} ${steps[at]}`;
  }
  return unit === '' ? digits(value) : `${digits(value)} ${unit}`;
}

function digits(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  return magnitude >= 100
    ? value.toFixed(0)
    : magnitude >= 10
      ? value.toFixed(1).replace(/\.0$/, '')
      : String(Number(value.toPrecision(2)));
}

function nameOf(telemetry: Telemetry, entity: number): string {
  return telemetry.entities[entity]?.name ?? 'Unknown place';
}
function clock(telemetry: Telemetry, timeNs: number): string {
  return `${formatUnixNano(unixNano(telemetry.origin + BigInt(Math.round(timeNs)))).slice(11, 16)} UTC`;
}
