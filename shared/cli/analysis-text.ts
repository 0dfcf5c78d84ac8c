/** Incidents, ranked causes, evidence and blind spots for people at a terminal. */
import type { AnalysisResult, BlindSpot, Evidence, Hypothesis, Incident } from '../model/analysis-result.ts';
import { clock, duration, faultWords, percent, plural } from '../report/format.ts';
import type { CliIo } from './cli-io.ts';
import { bold, dim, safeText, withShortPaths, wrapped } from './text-layout.ts';

const MOST_HYPOTHESES = 5;
const MOST_REFS = 4;
/** The first cause is shown with its ledger, the others with their best item. */
const MOST_EVIDENCE_FIRST = 6;
const MOST_EVIDENCE_OTHER = 2;
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
  const lines = [bold(counts + noise, io), '\n', `window ${window}\n`];
  if (result.abstained || result.incidents.length === 0) {
    const reason = result.abstainReason ?? 'Nothing unusual was found.';
    lines.push(wrapped(reason, io.columns, ''));
  }
  return lines.join('');
}

function incidentText(incident: Incident, number: number, io: CliIo): string {
  const lines = [
    bold(wrapped(incident.title, io.columns, `Incident ${number} [${incident.severity}] `).trimEnd(), io),
    '\n',
    wrapped(
      `${clock(incident.start, true)} to ${clock(incident.end)} UTC, ${duration(Number(incident.end - incident.start))}; ` +
        `${plural(incident.alerts.length, 'alert')}, ${plural(incident.findings.length, 'finding')}, ` +
        plural(incident.entities.length, 'entity', 'entities'),
      io.columns,
      '  ',
    ),
  ];
  const shown = incident.hypotheses.slice(0, MOST_HYPOTHESES);
  for (const hypothesis of shown) lines.push(hypothesisText(hypothesis, io));
  const rest = incident.hypotheses.length - shown.length;
  if (rest > 0) lines.push(dim(`  ${plural(rest, 'weaker possibility', 'weaker possibilities')} not shown\n`, io));
  if (shown.length === 0) lines.push('  No entity of this incident can be named as its cause.\n');
  return lines.join('');
}

function hypothesisText(hypothesis: Hypothesis, io: CliIo): string {
  const { rank, entity, faultKind, confidence, change, summary } = hypothesis;
  const label = `  ${rank}. `;
  const indent = ' '.repeat(label.length);
  const head = `${entity.type} ${safeText(entity.name)}: ${faultWords(faultKind)}, confidence ${percent(confidence)}`;
  const lines = [bold(label + head, io), '\n', wrapped(summary, io.columns, indent)];
  if (change) {
    const revision = change.revision === null ? '' : ` (${change.revision})`;
    lines.push(wrapped(`change: ${change.title}${revision} at ${clock(change.time)} UTC`, io.columns, indent));
  }
  const most = rank === 1 ? MOST_EVIDENCE_FIRST : MOST_EVIDENCE_OTHER;
  for (const item of topEvidence(hypothesis.evidence, most)) {
    lines.push(wrapped(`${item.text}${refsText(item)}`, io.columns, `${indent}${SIGNS[item.stance]} ${item.signal}: `));
  }
  if (rank === 1 && hypothesis.disprovedBy !== '') {
    lines.push(wrapped(hypothesis.disprovedBy, io.columns, `${indent}disproved by: `));
  }
  return lines.join('');
}

/** The weightiest items, kept in the ledger's order so that what supports comes before what contradicts. */
function topEvidence(evidence: readonly Evidence[], most: number): readonly Evidence[] {
  const chosen = new Set(evidence.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most));
  return evidence.filter((item) => chosen.has(item));
}

function refsText({ refs }: Evidence): string {
  if (refs.length === 0) return '';
  const rest = refs.length - MOST_REFS;
  return ` [${refs.slice(0, MOST_REFS).join(' ')}${rest > 0 ? ` +${rest}` : ''}]`;
}

function blindSpotText(blindSpots: readonly BlindSpot[], io: CliIo): string {
  const lines = blindSpots.map(({ text, effect }) =>
    wrapped(withShortPaths(effect === '' ? text : `${text} (${effect})`), io.columns, '  - '),
  );
  return [bold('Blind spots', io), '\n', ...lines].join('');
}
