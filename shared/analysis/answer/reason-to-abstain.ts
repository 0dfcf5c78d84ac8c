/**
 * Why nobody is blamed, in a sentence that is true and says what would settle it. Null when a cause is named. The rule
 * is written down in `docs/correlation.md`.
 */
import type { Incident } from '../../model/analysis-result.ts';
import type { Finding } from '../../model/finding.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import { NOTABLE_SCORE } from '../detectors/detector.ts';
import { JUDGEMENT, type JudgedDraft } from './judge-incidents.ts';

/** Fewer measurements than this show no habit to compare with. */
const FEW_MEASUREMENTS = 200;

export interface AbstentionInput {
  readonly telemetry: Telemetry;
  readonly findings: readonly Finding[];
  readonly judged: readonly JudgedDraft[];
  readonly incidents: readonly Incident[];
}

export function reasonToAbstain(input: AbstentionInput): string | null {
  const { telemetry, judged, incidents } = input;
  if (incidents.length === 0) return whyNoIncident(input);
  const best = Math.max(...incidents.map((incident) => incident.hypotheses[0]?.confidence ?? 0));
  if (best >= leastToName(telemetry, judged)) return null;
  if (measurements(telemetry) === 0) {
    return 'The case holds reports of trouble but no spans, metrics or log records, so no cause can be told from another. Add any of them for the same minutes.';
  }
  if (best === 0) {
    return 'Nothing in the data points at one place more than at others. Telemetry of the places below for the same minutes would settle it.';
  }
  return noneStandsOut(best);
}

/** From this confidence of the best hypothesis on a cause is named. */
export function leastToName(telemetry: Telemetry, judged: readonly JudgedDraft[]): number {
  const { leastConfidence, plainConfidence, plainWeight } = JUDGEMENT.parameters;
  // Reports alone can be plain without telling one place from another.
  const isPlain =
    measurements(telemetry) > 0 && judged.some(({ isIncident, weight }) => isIncident && weight >= plainWeight);
  return isPlain ? plainConfidence : leastConfidence;
}

export function noneStandsOut(best: number): string {
  return `No cause stands out: the likeliest has a confidence of ${Math.round(best * 100)} %. What is missing under it would settle it.`;
}

function whyNoIncident({ telemetry, findings, judged }: AbstentionInput): string {
  const count = measurements(telemetry);
  const reports = telemetry.alerts.length + telemetry.events.length + telemetry.changes.length;
  if (count === 0 && reports === 0) return 'The case holds no telemetry with a time, so there is nothing to compare.';
  const isSeen = judged.some(({ draft }) => draft.folds.length + draft.findings.length > 0);
  if (count === 0 && !isSeen) {
    return `The case holds ${held(telemetry)} but no spans, metrics or log records, so nothing says what went wrong. Add any of them for the same hours.`;
  }
  if (telemetry.endNs <= telemetry.startNs) {
    return 'All records carry one and the same time, so there is nothing to compare. Add data from before it.';
  }
  if (!isSeen) {
    return count < FEW_MEASUREMENTS
      ? `${count} measurements are too few to tell the unusual from the usual. Add an hour from before the trouble.`
      : 'Nothing exceeds what ordinary stretches of the data show. If people noticed something, say when (--at TIME).';
  }
  const strongest = findings.reduce<Finding | undefined>(
    (best, finding) => (finding.score >= NOTABLE_SCORE && !(best && best.score >= finding.score) ? finding : best),
    undefined,
  );
  const signs = judged.reduce((sum, { draft }) => sum + draft.folds.length + draft.findings.length, 0);
  const example = strongest ? ` The strongest: ${strongest.text}` : '';
  return `${signs === 1 ? 'One sign was' : `${signs} signs were`} seen, too weak or too far apart to be an incident.${example}${/[.!?]$/.test(example) ? '' : example ? '.' : ''} If one of them is what people noticed, say when (--at TIME).`;
}

function held({ alerts, events, changes }: Telemetry): string {
  const parts = [
    [alerts.length, 'alert'],
    [events.length, 'event'],
    [changes.length, 'change'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ');
}

/** Spans, log records and metric points. */
function measurements({ spans, logs, metrics }: Telemetry): number {
  return spans.length + logs.length + metrics.reduce((sum, { timesNs }) => sum + timesNs.length, 0);
}
