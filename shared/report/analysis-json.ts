/** The JSON of `investigate --json` and `analyze --json` (product contract). */
import type { AnalysisResult, ChangeSummary, FindingSummary, Hypothesis, Incident } from '../model/analysis-result.ts';
import type { EntityRef } from '../model/entity.ts';
import { formatUnixNano, type TimeRange } from '../model/time.ts';

export function analysisJson(caseFile: string, result: AnalysisResult): string {
  return `${JSON.stringify(analysisShape(caseFile, result), null, 2)}\n`;
}

export function analysisShape(caseFile: string, result: AnalysisResult): Record<string, unknown> {
  const findings = new Map(result.findings.map((finding) => [finding.id, finding]));
  return {
    caseFile,
    fingerprint: result.fingerprint,
    window: timeRangeJson(result.window),
    incidents: result.incidents.map((incident) => incidentShape(incident, findings)),
    abstained: result.abstained,
    abstainReason: result.abstainReason,
    blindSpots: result.blindSpots.map(({ kind, text, effect }) => ({ kind, text, effect })),
    metrics: result.metrics,
  };
}

function incidentShape(incident: Incident, findings: ReadonlyMap<string, FindingSummary>): Record<string, unknown> {
  return {
    id: incident.id,
    title: incident.title,
    severity: incident.severity,
    start: formatUnixNano(incident.start),
    end: formatUnixNano(incident.end),
    // One alert may fire several times under one id.
    alerts: [...new Set(incident.alerts.map(({ id }) => id))],
    findings: incident.findings.flatMap((id) => {
      const finding = findings.get(id);
      return finding ? [findingShape(finding)] : [];
    }),
    entities: incident.entities.map(entityShape),
    changes: incident.changes.map(changeShape),
    hypotheses: incident.hypotheses.map(hypothesisShape),
  };
}

function hypothesisShape(hypothesis: Hypothesis): Record<string, unknown> {
  const { rank, entity, faultKind, change, score, confidence, summary, evidence } = hypothesis;
  return {
    rank,
    entity: entityShape(entity),
    faultKind,
    change: change && changeShape(change),
    score,
    confidence,
    summary,
    evidence: evidence.map(({ stance, signal, text, weight, refs }) => ({ stance, signal, text, weight, refs })),
    explains: hypothesis.explains.map(entityShape),
    unexplained: hypothesis.unexplained.map(entityShape),
    disprovedBy: hypothesis.disprovedBy,
  };
}

function findingShape(finding: FindingSummary): Record<string, unknown> {
  return {
    id: finding.id,
    kind: finding.kind,
    signal: finding.signal,
    entity: finding.entity && entityShape(finding.entity),
    subject: finding.subject,
    start: formatUnixNano(finding.start),
    end: formatUnixNano(finding.end),
    effectSize: finding.effectSize,
    score: finding.score,
    text: finding.text,
    refs: finding.refs,
  };
}

function changeShape({ id, changeKind, title, time, revision }: ChangeSummary): Record<string, unknown> {
  return { id, kind: changeKind, title, time: formatUnixNano(time), revision };
}

function entityShape({ type, name }: EntityRef): EntityRef {
  return { type, name };
}

export function timeRangeJson(range: TimeRange | null): { readonly start: string; readonly end: string } | null {
  return range && { start: formatUnixNano(range.start), end: formatUnixNano(range.end) };
}
