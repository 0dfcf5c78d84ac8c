/**
 * Stores the answer of an analysis: whole, as JSON (what the engine gives back), and taken apart into tables for SQL.
 * Big integers in it are times and travel as decimal text.
 */
import type { AnalysisResult, Hypothesis, Incident } from '../../model/analysis-result.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { UnixNano } from '../../model/time.ts';
import type { StoredAnalysis } from '../engine-interface.ts';
import type { CaseDatabase } from './case-database.ts';
import * as rows from './statements/analyses.ts';

export interface NewAnalysis {
  readonly jobId: string | null;
  readonly parametersJson: string;
  readonly createdTime: UnixNano;
  readonly result: AnalysisResult;
}

/** One transaction. */
export function storeAnalysis(database: CaseDatabase, analysis: NewAnalysis): StoredAnalysis {
  const { jobId, parametersJson, createdTime, result } = analysis;
  const store = database.transaction((): number => {
    const analysisId = rows.insertAnalysis(database, {
      jobId,
      createdTime,
      fingerprint: result.fingerprint,
      parameters: parametersJson,
      result: resultToJson(result),
    });
    const entityId = rows.entityIdByName(database);
    const idOf = (ref: EntityRef | null): number | null => (ref ? entityId(ref.type, ref.name) : null);
    storeFindings(database, analysisId, result, idOf);
    for (const incident of result.incidents) storeIncident(database, analysisId, incident, idOf);
    return analysisId;
  });
  return { analysisId: store(), createdTime, parametersJson, result };
}

export function loadAnalysis(database: CaseDatabase, analysisId: number | null): StoredAnalysis | null {
  const row = rows.analysisById(database, analysisId);
  return row
    ? {
        analysisId: Number(row.id),
        createdTime: row.createdTime as UnixNano,
        parametersJson: row.parameters,
        result: resultFromJson(row.result),
      }
    : null;
}

type IdOf = (ref: EntityRef | null) => number | null;

function storeFindings(database: CaseDatabase, analysisId: number, result: AnalysisResult, idOf: IdOf): void {
  const insert = rows.insertFinding(database);
  for (const { entity, peer, instance, id, start, end, refs, ...rest } of result.findings) {
    insert({
      ...rest,
      analysisId,
      findingId: id,
      entityId: idOf(entity),
      peerId: idOf(peer),
      instanceId: idOf(instance),
      startTime: start,
      endTime: end,
      refs: JSON.stringify(refs),
    });
  }
}

function storeIncident(database: CaseDatabase, analysisId: number, incident: Incident, idOf: IdOf): void {
  const incidentRow = rows.insertIncident(database)({
    analysisId,
    incidentId: incident.id,
    title: incident.title,
    severity: incident.severity,
    startTime: incident.start,
    endTime: incident.end,
    alerts: JSON.stringify(incident.alerts),
    findings: JSON.stringify(incident.findings),
    entities: JSON.stringify(incident.entities),
  });
  for (const hypothesis of incident.hypotheses) storeHypothesis(database, incidentRow, hypothesis, idOf);
}

function storeHypothesis(database: CaseDatabase, incidentRow: number, hypothesis: Hypothesis, idOf: IdOf): void {
  const hypothesisId = rows.insertHypothesis(database)({
    incidentRow,
    rank: hypothesis.rank,
    entityId: idOf(hypothesis.entity),
    faultKind: hypothesis.faultKind,
    changeRow: hypothesis.change?.rowId ?? null,
    score: hypothesis.score,
    confidence: hypothesis.confidence,
    summary: hypothesis.summary,
    disprovedBy: hypothesis.disprovedBy,
  });
  const insert = rows.insertEvidence(database);
  for (const { stance, signal, text, weight, refs } of hypothesis.evidence) {
    insert({ hypothesisId, stance, signal, text, weight, refs: JSON.stringify(refs) });
  }
}

/** Keys whose values are Unix nanoseconds, wherever they are in a result. */
const TIME_KEYS: ReadonlySet<string> = new Set(['start', 'end', 'time']);

export function resultToJson(result: AnalysisResult): string {
  return JSON.stringify(result, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
export function resultFromJson(json: string): AnalysisResult {
  return JSON.parse(json, (key, value: unknown) =>
    TIME_KEYS.has(key) && typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : value,
  ) as AnalysisResult;
}
