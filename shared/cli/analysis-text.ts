/** Incidents, ranked causes, evidence and blind spots for people at a terminal. */
import type { AnalysisResult, BlindSpot, Evidence, Hypothesis, Incident } from '../model/analysis-result.ts';
import { clock, clocks, duration, faultWords, percent, plural } from '../report/format.ts';
import type { CliIo } from './cli-io.ts';
import { bold, dim, safeText, withShortPaths, wrapped } from './text-layout.ts';

const MOST_HYPOTHESES = 5;
const MOST_REFS = 4;
/** Enough of a commit to find it; the report has all of it. */
const LONGEST_REVISION = 12;
/** Possibilities less likely than this are counted, not shown. */
const LEAST_CONFIDENCE = 0.02;
/** The first cause is shown with its ledger, the others with their best item. */
const MOST_EVIDENCE = {
  first: { supports: 3, contradicts: 2, missing: 2 },
  other: { supports: 1, contradicts: 0, missing: 0 },
} as const;
/** Signals that a case may lack, in the words of the line that names them together. */
const ABSENT: Readonly<Record<string, string>> = {
  no_traces: 'traces',
  no_metrics: 'metrics',
  no_logs: 'log records',
  no_changes: 'changes',
};
const SIGNS = { supports: '+', contradicts: '-', missing: '?' } as const;

export function analysisText(result: AnalysisResult, io: CliIo): string {
  const parts = [summaryText(result, io)];
  for (const [index, incident] of result.incidents.entries()) parts.push('\n', incidentText(incident, index + 1, io));
  if (result.blindSpots.length > 0) parts.push('\n', blindSpotText(result.blindSpots, io));
  parts.push('\n', dim(`fingerprint ${result.fingerprint}\n`, io));
  return parts.join('');
}

function summaryText(result: AnalysisResult, io: CliIo): string {
  const { alertsIn, incidentsOut, noiseReduction } = result.metrics;
  const counts = `${plural(result.incidents.length, 'incident')}, ${plural(result.findings.length, 'finding')}`;
  const folded = incidentsOut > 0 ? ` folded into ${incidentsOut} (noise -${percent(noiseReduction)})` : ' read';
  const noise = alertsIn > 0 ? `, ${plural(alertsIn, 'alert')}${folded}` : '';
  const window = result.window
    ? `${clock(result.window.start, true)} to ${clock(result.window.end, true)} UTC`
    : 'no record carries a time';
  const facts = wrapped(`${counts}${noise}; window ${window}`, io.columns, '');
  if (!result.abstained && result.incidents.length > 0) return facts;
  const reason = result.abstainReason ?? 'Nothing unusual was found.';
  return bold(wrapped(`No cause is named. ${reason}`, io.columns, '').trimEnd(), io) + '\n' + facts;
}

function incidentText(incident: Incident, number: number, io: CliIo): string {
  const lines = [
    bold(wrapped(incident.title, io.columns, `Incident ${number} [${incident.severity}] `).trimEnd(), io),
    '\n',
    wrapped(
      `${spanText(incident)}; ` +
        `${plural(incident.alerts.length, 'alert')}, ${plural(incident.findings.length, 'finding')}, ` +
        plural(incident.entities.length, 'entity', 'entities'),
      io.columns,
      '  ',
    ),
  ];
  const shown = incident.hypotheses
    .slice(0, MOST_HYPOTHESES)
    .filter(({ rank, confidence }) => rank === 1 || confidence >= LEAST_CONFIDENCE);
  for (const hypothesis of shown) lines.push(hypothesisText(hypothesis, io));
  const rest = incident.hypotheses.length - shown.length;
  if (rest > 0) lines.push(dim(`  ${plural(rest, 'weaker possibility', 'weaker possibilities')} not shown\n`, io));
  if (shown.length === 0) lines.push('  No entity of this incident can be named as its cause.\n');
  return lines.join('');
}

function spanText({ start, end }: Incident): string {
  if (end === start) return `${clock(start, true)} UTC, still on where the data end`;
  return `${clocks(start, end, true)} UTC, ${duration(Number(end - start))}`;
}

function hypothesisText(hypothesis: Hypothesis, io: CliIo): string {
  const { rank, entity, faultKind, confidence, change, summary } = hypothesis;
  const label = `  ${rank}. `;
  const indent = ' '.repeat(label.length);
  const head = `${entity.type} ${safeText(entity.name)}: ${faultWords(faultKind)}, confidence ${percent(confidence)}`;
  const lines = [bold(label + head, io), '\n'];
  if (rank === 1) lines.push(wrapped(summary, io.columns, indent));
  if (change) {
    const revision = change.revision === null ? '' : ` (${change.revision.slice(0, LONGEST_REVISION)})`;
    lines.push(wrapped(`change: ${change.title}${revision} at ${clock(change.time)} UTC`, io.columns, indent));
  }
  const most = rank === 1 ? MOST_EVIDENCE.first : MOST_EVIDENCE.other;
  for (const item of topEvidence(hypothesis.evidence, most)) {
    lines.push(wrapped(`${item.text}${refsText(item)}`, io.columns, `${indent}${SIGNS[item.stance]} ${item.signal}: `));
  }
  if (rank === 1 && hypothesis.disprovedBy !== '') {
    lines.push(wrapped(hypothesis.disprovedBy, io.columns, `${indent}disproved by: `));
  }
  return lines.join('');
}

/** The weightiest items of each stance, kept in the ledger's order so that what supports comes first. */
function topEvidence(
  evidence: readonly Evidence[],
  most: Readonly<Record<Evidence['stance'], number>>,
): readonly Evidence[] {
  const left: Record<Evidence['stance'], number> = { ...most };
  const ranked = evidence.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const chosen = new Set(ranked.filter(({ stance }) => left[stance]-- > 0));
  return evidence.filter((item) => chosen.has(item));
}

function refsText({ refs }: Evidence): string {
  if (refs.length === 0) return '';
  const rest = refs.length - MOST_REFS;
  return ` [${refs.slice(0, MOST_REFS).join(' ')}${rest > 0 ? ` +${rest}` : ''}]`;
}

function blindSpotText(blindSpots: readonly BlindSpot[], io: CliIo): string {
  const absent = blindSpots.filter(({ kind }) => ABSENT[kind] !== undefined);
  const isGrouped = absent.length > 1;
  const shown = isGrouped ? blindSpots.filter((spot) => !absent.includes(spot)) : blindSpots;
  const lines = shown.map(({ text, effect }) =>
    wrapped(withShortPaths(effect === '' ? text : `${text} ${effect}`), io.columns, '  - '),
  );
  if (isGrouped) {
    const names = absent.map(({ kind }) => ABSENT[kind]).join(', ');
    lines.unshift(
      wrapped(`Not in the case: ${names}. Causes that only they show cannot be found.`, io.columns, '  - '),
    );
  }
  return [bold('Blind spots', io), '\n', ...lines].join('');
}
