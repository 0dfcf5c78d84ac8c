/** Hot statements reach their rows through the index their comment names. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCaseForWriting, type CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { finishingSteps } from '../../shared/engine/storage/finish-case.ts';
import { traceInsert } from '../../shared/engine/storage/statements/dictionaries.ts';
import {
  dropIndexesForLoad,
  missingIndexes,
  secondaryIndexes,
} from '../../shared/engine/storage/statements/secondary-indexes.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
let database: CaseDatabase;
beforeEach(() => {
  database = openCaseForWriting(temporary('plans.case'));
  for (const _step of finishingSteps(database));
});
afterEach(() => database.close());
function plan(sql: string): string {
  return (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
    .map(({ detail }) => detail)
    .join('; ');
}

it('has every secondary index after finishing', () => {
  expect(missingIndexes(database)).toEqual([]);
  expect(secondaryIndexes.length).toBeGreaterThan(0);
});

it('drops for a load the indexes of tables that are small beside it; a trace has several spans', () => {
  const insert = traceInsert(database);
  const traces = 100;
  for (let i = 1; i <= traces; i++) {
    const at = insert.nextRow();
    insert.values[at] = i;
    insert.values[at + 1] = new Uint8Array(16).fill(i);
  }
  insert.flush();
  const missingAfter = (expectedNewRows: number): readonly string[] => {
    database.exec('BEGIN');
    dropIndexesForLoad(database, expectedNewRows);
    const missing = missingIndexes(database).map(({ name }) => name);
    database.exec('ROLLBACK');
    return missing;
  };
  expect(missingAfter(0)).toEqual([]);
  expect(missingAfter(traces)).not.toContain('traces_by_trace_id');
  expect(missingAfter(traces * 10)).toContain('traces_by_trace_id');
});

it.each([
  ['SELECT * FROM v_spans WHERE id = 7', 'SEARCH s USING INTEGER PRIMARY KEY'],
  ['SELECT * FROM v_logs WHERE id = 7', 'SEARCH l USING INTEGER PRIMARY KEY'],
  ['SELECT * FROM spans WHERE trace_row = 7', 'spans_by_trace (trace_row=?)'],
  [
    'SELECT * FROM spans WHERE entity_id = 7 AND start_time BETWEEN 1 AND 2',
    'spans_by_entity_and_time (entity_id=? AND start_time>? AND start_time<?)',
  ],
  [
    "SELECT * FROM v_spans WHERE trace_row = (SELECT id FROM traces WHERE trace_id = x'00')",
    'traces_by_trace_id (trace_id=?)',
  ],
  ['SELECT count(*) FROM log_records WHERE template_row = 7', 'log_records_by_template (template_row=?)'],
  ['SELECT * FROM log_records WHERE time BETWEEN 1 AND 2', 'log_records_by_time (time>? AND time<?)'],
  ['SELECT * FROM log_records WHERE trace_row = 7', 'log_records_by_trace (trace_row=?)'],
  [
    'SELECT 1 FROM metric_points WHERE series_id = 1 AND time = 2 AND source_file_id <> 3',
    'metric_points_by_series_and_time (series_id=? AND time=?)',
  ],
  [
    'SELECT time FROM metric_points WHERE series_id = 1 AND time BETWEEN 2 AND 3 ORDER BY time',
    'metric_points_by_series_and_time (series_id=? AND time>? AND time<?)',
  ],
  ["SELECT * FROM source_files WHERE head_sha256 = 'a'", 'source_files_by_head (head_sha256=?)'],
  ["SELECT id FROM entities WHERE type = 'a' AND name = 'b'", '(type=? AND name=?)'],
  [
    "SELECT body FROM log_records WHERE id IN (SELECT rowid FROM log_text WHERE log_text MATCH 'a')",
    'SEARCH log_records USING INTEGER PRIMARY KEY',
  ],
])('%s', (sql, expected) => {
  expect(plan(sql)).toContain(expected);
});

it('sorts nothing that an index already orders', () => {
  expect(
    plan('SELECT time FROM metric_points WHERE series_id = 1 AND time BETWEEN 2 AND 3 ORDER BY time'),
  ).not.toContain('TEMP B-TREE');
});
