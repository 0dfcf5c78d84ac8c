/** Answers of analyses: whole, and taken apart for SQL. */
import type { UnixNano } from '../../../model/time.ts';
import type { CaseDatabase } from '../case-database.ts';

export interface AnalysisRow {
  readonly id: bigint;
  readonly createdTime: bigint;
  readonly parameters: string;
  readonly result: string;
}
export function insertAnalysis(
  database: CaseDatabase,
  row: {
    readonly jobId: string | null;
    readonly createdTime: bigint;
    readonly fingerprint: string;
    readonly parameters: string;
    readonly result: string;
  },
): number {
  const statement = database.prepare(
    `INSERT INTO analyses (job_id, created_time, fingerprint, parameters, result)
     VALUES (@jobId, @createdTime, @fingerprint, @parameters, @result)`,
  );
  return Number(statement.run(row).lastInsertRowid);
}
/** By primary key; the newest when `id` is null. */
export function analysisById(database: CaseDatabase, id: number | null): AnalysisRow | undefined {
  return database
    .prepare<[number | null], AnalysisRow>(
      `SELECT id, created_time AS createdTime, parameters, result FROM analyses
       WHERE id = coalesce(?, (SELECT max(id) FROM analyses))`,
    )
    .safeIntegers()
    .get(id);
}

/** By the unique key (type, name). */
export function entityIdByName(database: CaseDatabase): (type: string, name: string) => number | null {
  const statement = database
    .prepare<[string, string], number>('SELECT id FROM entities WHERE type = ? AND name = ?')
    .pluck();
  return (type, name) => (statement.get(type, name) as number | undefined) ?? null;
}

export interface FindingRow {
  readonly analysisId: number;
  readonly findingId: string;
  readonly detector: string;
  readonly kind: string;
  readonly signal: string;
  readonly entityId: number | null;
  readonly peerId: number | null;
  readonly instanceId: number | null;
  readonly subject: string;
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly effectSize: number;
  readonly score: number;
  readonly baseline: number;
  readonly observed: number;
  readonly unit: string;
  readonly text: string;
  readonly refs: string;
}
export function insertFinding(database: CaseDatabase): (row: FindingRow) => void {
  const statement = database.prepare(
    `INSERT INTO findings (analysis_id, finding_id, detector, kind, signal, entity_id, peer_id, instance_id, subject,
       start_time, end_time, effect_size, score, baseline, observed, unit, text, refs)
     VALUES (@analysisId, @findingId, @detector, @kind, @signal, @entityId, @peerId, @instanceId, @subject,
       @startTime, @endTime, @effectSize, @score, @baseline, @observed, @unit, @text, @refs)`,
  );
  return (row) => void statement.run(row);
}

export interface IncidentRow {
  readonly analysisId: number;
  readonly incidentId: string;
  readonly title: string;
  readonly severity: string;
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly alerts: string;
  readonly findings: string;
  readonly entities: string;
}
export function insertIncident(database: CaseDatabase): (row: IncidentRow) => number {
  const statement = database.prepare(
    `INSERT INTO incidents (analysis_id, incident_id, title, severity, start_time, end_time, alerts, findings, entities)
     VALUES (@analysisId, @incidentId, @title, @severity, @startTime, @endTime, @alerts, @findings, @entities)`,
  );
  return (row) => Number(statement.run(row).lastInsertRowid);
}

export interface HypothesisRow {
  readonly incidentRow: number;
  readonly rank: number;
  readonly entityId: number | null;
  readonly faultKind: string;
  readonly changeRow: number | null;
  readonly score: number;
  readonly confidence: number;
  readonly summary: string;
  readonly disprovedBy: string;
}
export function insertHypothesis(database: CaseDatabase): (row: HypothesisRow) => number {
  const statement = database.prepare(
    `INSERT INTO hypotheses (incident_row, rank, entity_id, fault_kind, change_row, score, confidence, summary, disproved_by)
     VALUES (@incidentRow, @rank, @entityId, @faultKind, @changeRow, @score, @confidence, @summary, @disprovedBy)`,
  );
  return (row) => Number(statement.run(row).lastInsertRowid);
}

export interface EvidenceRow {
  readonly hypothesisId: number;
  readonly stance: string;
  readonly signal: string;
  readonly text: string;
  readonly weight: number;
  readonly refs: string;
}
export function insertEvidence(database: CaseDatabase): (row: EvidenceRow) => void {
  const statement = database.prepare(
    `INSERT INTO evidence (hypothesis_id, stance, signal, text, weight, refs)
     VALUES (@hypothesisId, @stance, @signal, @text, @weight, @refs)`,
  );
  return (row) => void statement.run(row);
}

/** Which analysis is the newest, without reading it. The id alone may be given again once an analysis was taken out. */
export interface NewestAnalysis {
  readonly analysisId: number;
  readonly createdTime: UnixNano;
}
/** By primary key; null = none. */
export function newestAnalysis(database: CaseDatabase): NewestAnalysis | null {
  const row = database
    .prepare<[], { id: bigint; createdTime: bigint }>(
      'SELECT id, created_time AS createdTime FROM analyses ORDER BY id DESC LIMIT 1',
    )
    .safeIntegers()
    .get();
  return row ? { analysisId: Number(row.id), createdTime: row.createdTime as UnixNano } : null;
}
