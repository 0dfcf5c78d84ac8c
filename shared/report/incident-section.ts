/** One incident of the report: what is hit, the graph, the ranked causes with their ledger, changes and alerts. */
import type { ChangeSummary, Evidence, EvidenceStance, Hypothesis, Incident } from '../model/analysis-result.ts';
import { clock, clocks, duration, faultWords, likelihoodWord, plural, significant } from './format.ts';
import { graphSvg } from './graph-svg.ts';
import { html, type Html } from './html-text.ts';
import { incidentGraph } from './incident-graph.ts';
import type { EvidenceRow, InvestigationReport } from './investigation-report.ts';
import { seriesSvg } from './series-svg.ts';

const STANCES: readonly { readonly stance: EvidenceStance; readonly word: string; readonly sign: string }[] = [
  { stance: 'supports', word: 'Supports', sign: '+' },
  { stance: 'contradicts', word: 'Contradicts', sign: '−' },
  { stance: 'missing', word: 'Missing', sign: '?' },
];
const MOST_CAUSES = 10;
const MOST_ROWS = 20;

export function incidentSection(report: InvestigationReport, incident: Incident, index: number): Html {
  const graph = incidentGraph(report.result.graph, incident);
  return html`<section aria-labelledby="incident-${index}"><h2 id="incident-${index}">${incident.title}</h2>
<p><span class="severity ${incident.severity}">${incident.severity}</span> · ${clocks(incident.start, incident.end)} UTC, ${duration(Number(incident.end - incident.start))} · ${plural(incident.entities.length, 'entity', 'entities')} hit · ${plural(incident.alerts.length, 'alert')}, ${plural(incident.alerts.filter((a) => a.foldedInto !== null).length, 'duplicate')} folded · <span class="mono quiet">${incident.id}</span></p>
${graph.nodes.length > 1 ? graphPanel(graph, index) : null}
${causes(report, incident)}
${changes(incident.changes)}
${grouping(incident)}
</section>`;
}

function graphPanel(graph: ReturnType<typeof incidentGraph>, index: number): Html {
  const omitted =
    graph.omittedNodes > 0 ? `${plural(graph.omittedNodes, 'further entity', 'further entities')} not drawn` : '';
  return html`<div class="panel"><div class="scroll">${graphSvg(graph, `graph-${index}`)}</div>
<div class="legend"><span>callers left, callees right</span><span>double ring and !: failing</span><span>open ring and triangle: degraded</span><span>dashed ring: no data</span><span>thick numbered path: from cause to symptom</span><span>dashed line: inferred</span><span>${omitted}</span></div></div>`;
}

function causes(report: InvestigationReport, incident: Incident): Html {
  const listed = incident.hypotheses.slice(0, MOST_CAUSES);
  if (listed.length === 0) return html`<p class="quiet">No entity of this incident can be named as its cause.</p>`;
  const shown = listed.reduce((sum, h) => sum + h.confidence, 0);
  const rest = incident.hypotheses.length - listed.length;
  return html`<h3>Possible causes</h3><div class="panel">${listed.map((h, i) => cause(report, h, i === 0))}
<p class="quiet">${rest > 0 ? `${plural(rest, 'weaker possibility', 'weaker possibilities')} not listed. ` : ''}${shown < 0.995 ? `Something this case does not show: ${significant(Math.max(0, Math.round((1 - shown) * 100) / 100))}.` : ''} A possible cause stays one until a person confirms it.</p></div>`;
}

function cause(report: InvestigationReport, hypothesis: Hypothesis, isOpen: boolean): Html {
  const count = (stance: EvidenceStance): number => hypothesis.evidence.filter((e) => e.stance === stance).length;
  const symptoms = hypothesis.explains.length + hypothesis.unexplained.length;
  const tally = `+${count('supports')} −${count('contradicts')} ?${count('missing')}`;
  const covers = symptoms > 0 ? ` · explains ${hypothesis.explains.length} of ${symptoms}` : '';
  return html`<details class="cause"${isOpen ? html` open` : null}><summary><span class="rank">${hypothesis.rank}</span><span><b>${hypothesis.entity.name}</b> ${faultWords(hypothesis.faultKind)}<br><span class="sub">${hypothesis.entity.type} · ${tally}${covers}</span></span>${meter(hypothesis.confidence)}<span class="share">${hypothesis.confidence.toFixed(2)}<span>${likelihoodWord(hypothesis.confidence)}</span></span></summary>
<div class="detail"><p class="claim">${hypothesis.summary}</p>${hypothesis.change ? changeLine(hypothesis.change) : null}
${STANCES.map((s) => stanceGroup(report, hypothesis, s))}
${hypothesis.unexplained.length > 0 ? html`<p><b>Left unexplained:</b> ${hypothesis.unexplained.map((e) => e.name).join(', ')}</p>` : null}
${hypothesis.disprovedBy ? html`<p><b>What would disprove it:</b> ${hypothesis.disprovedBy}</p>` : null}</div></details>`;
}

function meter(share: number): Html {
  const lit = Math.round(Math.min(1, Math.max(0, share)) * 10);
  return html`<span class="meter" aria-hidden="true">${Array.from({ length: 10 }, (_, i) => (i < lit ? html`<i class="on"></i>` : html`<i></i>`))}</span>`;
}

function changeLine(change: ChangeSummary): Html {
  return html`<p class="change-line">${change.changeKind.replaceAll('_', ' ')} ${clock(change.time)} UTC · ${change.title}${change.revision ? html` · <code>${change.revision}</code>` : null}</p>`;
}

function stanceGroup(report: InvestigationReport, hypothesis: Hypothesis, group: (typeof STANCES)[number]): Html {
  const items = hypothesis.evidence.filter((e) => e.stance === group.stance);
  if (items.length === 0) return html``;
  return html`<div class="stance ${group.stance}"><i aria-hidden="true">${group.sign}</i>${group.word} <span class="quiet">${items.length}</span></div>${items.map((item) => evidence(report, item))}`;
}

function evidence(report: InvestigationReport, item: Evidence): Html {
  const weight = item.weight === 0 ? '' : significant(Math.abs(item.weight));
  const line = html`<span class="kind">${item.signal}</span><span>${item.text}</span><span class="weight">${weight}</span>`;
  if (item.refs.length === 0) return html`<div class="evidence flat">${line}<span></span></div>`;
  const listed = item.refs.slice(0, MOST_ROWS);
  const rest = item.refs.length - listed.length;
  return html`<details class="evidence"><summary>${line}<span class="count">${plural(item.refs.length, 'row')}</span></summary><div class="rows">${listed.map((ref) => evidenceRow(ref, report.rows.get(ref)))}${rest > 0 ? html`<p class="quiet">${plural(rest, 'further row')}: ${item.refs.slice(MOST_ROWS, MOST_ROWS + 50).join(', ')}</p>` : null}</div></details>`;
}

function evidenceRow(ref: string, row: EvidenceRow | undefined): Html {
  if (!row) return html`<p class="mono">${ref}</p>`;
  if (row.kind === 'series')
    return html`<div class="row"><p>${row.title} <span class="mono quiet">${ref}</span></p>${seriesSvg(row)}</div>`;
  return html`<details class="row"><summary><span class="mono">${row.time?.slice(11, 23) ?? ''}</span> ${row.title} <span class="mono quiet">${ref}</span></summary><dl>${row.fields.map((f) => html`<dt>${f.name}</dt><dd class="mono">${f.value}</dd>`)}</dl></details>`;
}

function changes(all: readonly ChangeSummary[]): Html {
  if (all.length === 0) return html``;
  return html`<h3>Changes near the onset</h3><div class="panel scroll"><table><thead><tr><th>Time</th><th>Kind</th><th>Change</th><th>Revision</th></tr></thead><tbody>${all.map((c) => html`<tr><td class="mono">${clock(c.time)}</td><td>${c.changeKind.replaceAll('_', ' ')}</td><td>${c.title}</td><td class="mono">${c.revision ?? '–'}</td></tr>`)}</tbody></table></div>`;
}

function grouping(incident: Incident): Html {
  if (incident.links.length === 0) return html``;
  const listed = [...incident.links].sort((a, b) => b.strength - a.strength).slice(0, 100);
  return html`<details class="panel"><summary>Why these belong together: ${plural(incident.links.length, 'link')}</summary><div class="scroll"><table><thead><tr><th>From</th><th>To</th><th>Reason</th><th class="number">Strength</th></tr></thead><tbody>${listed.map((l) => html`<tr><td class="mono">${l.from}</td><td class="mono">${l.to}</td><td>${l.reason}</td><td class="number">${significant(l.strength)}</td></tr>`)}</tbody></table></div></details>`;
}
