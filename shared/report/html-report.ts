/**
 * The investigation as one self-contained HTML page: no script, no font, no request; a strict content policy says so.
 * Every evidence item opens to the rows it rests on. Pure: the same report gives the same bytes.
 */
import type { AnalysisResult } from '../model/analysis-result.ts';
import { RECORD_KEYS, type ImportFileReport } from '../model/import-report.ts';
import { bytes, clock, duration, percent, plural, significant } from './format.ts';
import { html, raw, type Html } from './html-text.ts';
import { incidentSection } from './incident-section.ts';
import type { InvestigationReport } from './investigation-report.ts';
import { REPORT_STYLE } from './report-style.ts';

const MOST_LISTED_FINDINGS = 200;

export function renderHtmlReport(report: InvestigationReport): string {
  const { result } = report;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${headline(result)} · Faultline</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body>
<main>
<header>
<p class="quiet">Faultline incident report · ${report.title}</p>
<h1>${headline(result)}</h1>
${windowLine(result)}
${figures(result)}
</header>
${result.abstained ? abstained(result) : null}
${result.incidents.map((incident, i) => incidentSection(report, incident, i))}
${blindSpots(result)}
${findings(result)}
${sources(report.files)}
<footer>Faultline ${report.productVersion} · fingerprint <code>${result.fingerprint}</code> · same input, same fingerprint, same answer · times in UTC</footer>
</main>
</body>
</html>
`;
  return page.html;
}

/** One line that answers "what happened". */
export function headline(result: AnalysisResult): string {
  const first = result.incidents[0];
  if (result.abstained || !first) {
    return result.incidents.length > 0 ? 'Not enough evidence to name a cause' : 'Nothing unusual found';
  }
  return result.incidents.length === 1 ? first.title : `${result.incidents.length} incidents, first: ${first.title}`;
}

function windowLine({ window }: AnalysisResult): Html {
  if (!window) return html`<p class="quiet">No record in this case carries a time.</p>`;
  return html`<p class="quiet">${clock(window.start, true)} to ${clock(window.end, true)} UTC · ${duration(Number(window.end - window.start))}</p>`;
}

function figures({ metrics, incidents, findings: all }: AnalysisResult): Html {
  const hit = new Set(incidents.flatMap((i) => i.entities.map((e) => `${e.type}:${e.name}`))).size;
  return html`<div class="figures">
<div><b>${significant(metrics.alertsIn)} → ${significant(metrics.incidentsOut)}</b><span>alerts to incidents</span></div>
<div><b>${percent(metrics.noiseReduction)}</b><span>noise reduction</span></div>
<div><b>${significant(hit)}</b><span>entities hit</span></div>
<div><b>${significant(all.length)}</b><span>findings</span></div>
</div>`;
}

function abstained(result: AnalysisResult): Html {
  return html`<section class="panel"><p class="claim abstain">${result.abstainReason ?? 'Nothing exceeds what fault-free stretches of these signals show.'}</p></section>`;
}

function blindSpots({ blindSpots: spots }: AnalysisResult): Html {
  if (spots.length === 0) return html``;
  return html`<section><h2>What this case cannot show</h2><div class="panel scroll"><table>
<thead><tr><th>Blind spot</th><th>What it does to the answer</th></tr></thead>
<tbody>${spots.map((s) => html`<tr><td>${s.text}</td><td>${s.effect}</td></tr>`)}</tbody></table></div></section>`;
}

function findings({ findings: all }: AnalysisResult): Html {
  if (all.length === 0) return html``;
  const listed = [...all]
    .sort((a, b) => b.score - a.score || (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
    .slice(0, MOST_LISTED_FINDINGS);
  const rest = all.length - listed.length;
  return html`<section><h2>Findings</h2><details class="panel"><summary>${plural(all.length, 'finding')}, strongest first</summary><div class="scroll"><table>
<thead><tr><th>Since</th><th>Entity</th><th>Finding</th><th class="number">Effect</th></tr></thead>
<tbody>${listed.map((f) => html`<tr><td class="mono">${clock(f.start)}</td><td>${f.entity?.name ?? '–'}</td><td>${f.text}</td><td class="number">${significant(f.effectSize)}</td></tr>`)}</tbody></table></div>${rest > 0 ? html`<p class="quiet">${plural(rest, 'weaker finding')} not listed; the case file holds all.</p>` : null}</details></section>`;
}

function sources(files: readonly ImportFileReport[]): Html {
  if (files.length === 0) return html``;
  const rejected = files.reduce((sum, f) => sum + f.rejected, 0);
  const size = files.reduce((sum, f) => sum + f.bytes, 0);
  const lead = `${plural(files.length, 'file')} read, ${bytes(size)}${rejected > 0 ? `, ${plural(rejected, 'record')} in quarantine` : ''}`;
  return html`<section><h2>Sources</h2><details class="panel"><summary>${lead}</summary><div class="scroll"><table>
<thead><tr><th>File</th><th>Read as</th><th>Kept</th><th class="number">Rejected</th><th class="number">Duplicates</th><th>SHA-256</th></tr></thead>
<tbody>${files.map(sourceRow)}</tbody></table></div></details></section>`;
}

function sourceRow(file: ImportFileReport): Html {
  const kept = RECORD_KEYS.flatMap((key) => {
    const count = file.records[key] ?? 0;
    return count > 0 ? [`${significant(count)} ${key.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)}`] : [];
  });
  const why = [file.reason, ...file.warnings].filter(Boolean).join(' · ');
  return html`<tr><td>${file.path}</td><td>${file.format}${why ? html`<br><span class="quiet">${why}</span>` : null}</td><td>${kept.join(', ') || '–'}</td><td class="number">${file.rejected}</td><td class="number">${file.duplicates}</td><td class="mono">${file.sha256.slice(0, 12)}</td></tr>`;
}
