/** The investigation as Markdown, for tickets and chat. Pure; the same report gives the same bytes. */
import type { Evidence, Hypothesis, Incident } from '../model/analysis-result.ts';
import { markdownText } from './document-blocks.ts';
import { clock, duration, faultWords, likelihoodWord, percent, plural, significant } from './format.ts';
import { headline } from './html-report.ts';
import type { InvestigationReport } from './investigation-report.ts';

const MOST_CAUSES = 5;

export function renderMarkdownReport(report: InvestigationReport): string {
  const { result, files } = report;
  const out: string[] = [
    `# ${markdownText(headline(result))}`,
    '',
    `Faultline report of ${markdownText(report.title)}.`,
  ];
  if (result.window) {
    out.push(`Window ${clock(result.window.start, true)} to ${clock(result.window.end, true)} UTC.`);
  }
  const { alertsIn, incidentsOut, noiseReduction } = result.metrics;
  out.push(
    `${plural(alertsIn, 'alert')} became ${plural(incidentsOut, 'incident')}, noise reduction ${percent(noiseReduction)}.`,
    '',
  );
  if (result.abstained) out.push(`**${markdownText(result.abstainReason ?? 'Not enough evidence.')}**`, '');
  for (const incident of result.incidents) out.push(...incidentLines(report, incident));
  if (result.blindSpots.length > 0) {
    out.push('## What this case cannot show', '');
    for (const spot of result.blindSpots) out.push(`- ${markdownText(spot.text)} ${markdownText(spot.effect)}`);
    out.push('');
  }
  out.push('## Sources', '', '| File | Read as | Rejected |', '|---|---|---|');
  for (const file of files)
    out.push(`| ${markdownText(file.path)} | ${markdownText(file.format)} | ${file.rejected} |`);
  out.push('', `Faultline ${report.productVersion}, fingerprint \`${result.fingerprint}\`.`, '');
  return out.join('\n');
}

function incidentLines(report: InvestigationReport, incident: Incident): string[] {
  const out = [
    `## ${markdownText(incident.title)}`,
    '',
    `${incident.severity}, ${clock(incident.start)} to ${clock(incident.end)} UTC (${duration(Number(incident.end - incident.start))}), ${plural(incident.entities.length, 'entity', 'entities')} hit, ${plural(incident.alerts.length, 'alert')}.`,
    '',
    '### Possible causes',
    '',
  ];
  for (const hypothesis of incident.hypotheses.slice(0, MOST_CAUSES)) out.push(...causeLines(report, hypothesis));
  if (incident.hypotheses.length === 0) out.push('No entity of this incident can be named as its cause.', '');
  return out;
}

function causeLines(report: InvestigationReport, h: Hypothesis): string[] {
  const out = [
    `${h.rank}. **${markdownText(h.entity.name)}** (${h.entity.type}): ${faultWords(h.faultKind)}, ${h.confidence.toFixed(2)} ${likelihoodWord(h.confidence)}`,
    '',
    `   ${markdownText(h.summary)}`,
    '',
  ];
  if (h.change) {
    out.push(
      `   - Change ${clock(h.change.time)} UTC: ${markdownText(h.change.title)}${h.change.revision ? ` (\`${code(h.change.revision)}\`)` : ''}`,
    );
  }
  for (const item of h.evidence) out.push(evidenceLine(report, item));
  if (h.disprovedBy) out.push(`   - Would be disproved by: ${markdownText(h.disprovedBy)}`);
  out.push('');
  return out;
}

function evidenceLine(report: InvestigationReport, item: Evidence): string {
  const rows = item.refs.slice(0, 3).map((ref) => `\`${code(report.rows.get(ref)?.ref ?? ref)}\``);
  const more = item.refs.length > 3 ? ` and ${significant(item.refs.length - 3)} more` : '';
  return `   - ${item.stance}, ${item.signal}: ${markdownText(item.text)}${rows.length > 0 ? ` [${rows.join(', ')}${more}]` : ''}`;
}

function code(text: string): string {
  return text.replace(/[`\s]+/g, ' ');
}
