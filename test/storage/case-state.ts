/** What a case holds, read straight from its tables: for tests that compare a disturbed case with an undisturbed one. */
import { createHash } from 'node:crypto';
import { openCaseForReading, type CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { runsAfter, tableRuns } from '../../shared/engine/storage/column-blocks.ts';
import type { RowSignal } from '../../shared/engine/storage/statements/column-blocks.ts';

export interface CaseState {
  readonly integrity: string;
  readonly brokenReferences: number;
  readonly spans: number;
  readonly logs: number;
  readonly distinctSpans: number;
  /** As the files' own reports say. */
  readonly countedInFiles: number;
  readonly indexedLogs: number;
  /** Whether what views read (column blocks, then rows without one) says the same as the tables. */
  readonly columnsAgree: boolean;
  /** SHA-256 over every span and log record as people read them, without row ids. */
  readonly content: string;
}

const SPANS = `SELECT trace_id, span_id, parent_span_id, service, instance, name, kind, status, start_time_unix_nano,
  duration_ms, peer, attributes, extra FROM v_spans ORDER BY trace_id, span_id`;
const LOGS = `SELECT time_unix_nano, severity_number, service, instance, body, template, trace_id, span_id, attributes
  FROM v_logs ORDER BY time_unix_nano, service, body, trace_id, span_id, attributes`;

export function stateOfCase(caseFile: string): CaseState {
  const database = openCaseForReading(caseFile);
  try {
    const number = (sql: string): number => Number(database.prepare(sql).pluck().get() ?? 0);
    const content = createHash('sha256');
    for (const sql of [SPANS, LOGS])
      for (const row of database.prepare(sql).raw().safeIntegers().iterate())
        content.update((row as readonly unknown[]).join('\u0000')).update('\n');
    return {
      integrity: String(database.pragma('integrity_check', { simple: true })),
      brokenReferences: (database.pragma('foreign_key_check') as readonly unknown[]).length,
      spans: number('SELECT count(*) FROM spans'),
      logs: number('SELECT count(*) FROM log_records'),
      distinctSpans: number('SELECT count(*) FROM (SELECT DISTINCT trace_row, span_id FROM spans)'),
      countedInFiles: number(
        "SELECT sum(coalesce(records ->> 'spans', 0) + coalesce(records ->> 'logRecords', 0)) FROM source_files",
      ),
      indexedLogs: number(
        "SELECT count(*) FROM log_text WHERE log_text MATCH 'request OR cache OR connection OR retrying'",
      ),
      columnsAgree: SIGNALS.every(
        (signal) => columnHash(database, signal, true) === columnHash(database, signal, false),
      ),
      content: content.digest('hex'),
    };
  } finally {
    database.close();
  }
}

const SIGNALS = ['spans', 'logs', 'points'] as const;

/** Row ids and columns of a signal, with its blocks or straight from its table. */
function columnHash(database: CaseDatabase, signal: RowSignal, withBlocks: boolean): string {
  const hash = createHash('sha256');
  const runs = withBlocks ? runsAfter(database, signal, 0) : tableRuns(database, signal, 0);
  for (const { firstRow, rows, columns } of runs) {
    const arrays = Object.values(columns) as (Int32Array | Float64Array | Uint8Array)[];
    for (let row = 0; row < rows; row++) {
      // Columns of 64-bit words have two numbers a row.
      const cells = arrays.map((array) =>
        array instanceof Int32Array && array.length >= 2 * rows ? [array[row * 2], array[row * 2 + 1]] : array[row],
      );
      hash.update(`${firstRow + row} ${cells.join(' ')}\n`);
    }
  }
  return hash.digest('hex');
}
