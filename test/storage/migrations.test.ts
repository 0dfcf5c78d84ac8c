import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import {
  openCaseForReading,
  openCaseForWriting,
  type CaseDatabase,
} from '../../shared/engine/storage/case-database.ts';
import { migrations } from '../../shared/engine/storage/migrations/index.ts';
import { migrateCase, newestSchemaVersion } from '../../shared/engine/storage/migrations/migrate-case.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { useTemporaryFolder } from './temporary-case.ts';
import { eventually } from '../support/eventually.ts';

const temporary = useTemporaryFolder();
const open: CaseDatabase[] = [];
afterEach(() => {
  for (const database of open.splice(0)) database.close();
});
function opened(path: string): CaseDatabase {
  const database = openCaseForWriting(path);
  open.push(database);
  return database;
}
/** A case as an older version left it: only the first migrations have run. */
function caseAtVersion(path: string, version: number): CaseDatabase {
  const database = opened(path);
  if (version < 5)
    for (const column of ['undated', 'dated_first_time', 'dated_last_time'])
      database.exec(`ALTER TABLE source_files DROP COLUMN ${column}`);
  if (version < 4) for (const table of ['strikes', 'groupings']) database.exec(`DROP TABLE ${table}`);
  if (version < 3) {
    for (const table of ['column_blocks', 'column_state', 'judgements', 'settings'])
      database.exec(`DROP TABLE ${table}`);
    database.exec('ALTER TABLE notes DROP COLUMN kind');
  }
  const views = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all() as string[];
  if (version === 1) for (const view of views) database.exec(`DROP VIEW ${view}`);
  database.pragma(`user_version = ${version}`);
  return database;
}

describe('migrations', () => {
  it('are numbered without gaps and never edited once released', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
    for (const { sql, sha256, title } of migrations) {
      expect(createHash('sha256').update(sql).digest('hex'), title).toBe(sha256);
    }
  });

  it('bring a new file to the newest schema, all tables STRICT', () => {
    const database = opened(temporary('new.case'));
    expect(database.pragma('user_version', { simple: true })).toBe(newestSchemaVersion());
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    const loose = database
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all();
    expect(loose).toEqual([]);
  });

  it('keep the rows of schema 1 and let its views read them', () => {
    const path = temporary('old.case');
    const old = caseAtVersion(path, 1);
    old.exec(`INSERT INTO source_files (path, head_sha256, format, format_version, confidence, reason, status)
      VALUES ('a.log', 'aa', 'test', 1, 1, 'test', 'complete');
      INSERT INTO quarantine (source_file_id, line, byte_offset, reason, excerpt) VALUES (1, 7, 70, 'bad', '{')`);
    migrateCase(old);
    expect(old.prepare('SELECT path, line FROM v_quarantine').get()).toEqual({ path: 'a.log', line: 7 });
  });

  it('keep the rows of schema 2, and give them column blocks when the case is opened', async () => {
    const path = temporary('schema-2.case');
    const engine = await createEngine({ caseFile: path });
    const traces = generateTraces(temporary('t.jsonl'), 1e6, 'schema 2');
    const logs = generateLogs(temporary('l.jsonl'), 1e6, 'schema 2');
    await (
      await engine.import({ paths: [traces.path, logs.path] })
    ).result;
    const bucketed = { bucketCount: 7 };
    const before = await engine.view('spanLanes', bucketed);
    const logsBefore = await engine.view('logHistogram', { filter: {}, ...bucketed });
    await engine.close();
    const old = caseAtVersion(path, 2);
    old.exec(`INSERT INTO notes (created_time, author, text) VALUES (5, 'ada', 'seen')`);
    old.close();
    const migrated = await createEngine({ caseFile: path });
    expect(await migrated.view('spanLanes', bucketed)).toEqual(before);
    expect(await migrated.view('logHistogram', { filter: {}, ...bucketed })).toEqual(logsBefore);
    expect(before.spanCounts.reduce((sum, value) => sum + value, 0)).toBe(traces.records);
    expect(await migrated.notes()).toMatchObject([{ author: 'ada', text: 'seen', kind: 'note', createdTime: 5n }]);
    await eventually(async () => {
      const blocks: unknown[] = [];
      const sql = 'SELECT signal, sum(last_row - first_row + 1) FROM column_blocks GROUP BY signal ORDER BY signal';
      for await (const { values } of migrated.query({ sql })) blocks.push(...(values[1] ?? []));
      expect(blocks).toEqual([traces.records, logs.records, traces.records]);
    });
    await migrated.close();
  });

  it('keep what people said under schema 3, and let them strike and group', async () => {
    const path = temporary('schema-3.case');
    const old = caseAtVersion(path, 3);
    old.exec(`INSERT INTO judgements VALUES ('service', 'cart', 'crash', '', 'inc-1', 'rejected', 'ada', 'no', 7)`);
    old.close();
    const migrated = await createEngine({ caseFile: path });
    expect(await migrated.judgements()).toMatchObject([{ entity: { name: 'cart' }, verdict: 'rejected', time: 7n }]);
    const line = { entity: { type: 'service', name: 'cart' }, signal: 'log', text: 'panics' } as const;
    await migrated.strike({ ...line, isStruck: true, by: 'ada' });
    expect(await migrated.strikes()).toMatchObject([{ ...line, by: 'ada' }]);
    await migrated.strike({ ...line, isStruck: false, by: 'bob' });
    expect(await migrated.strikes()).toEqual([]);
    const apart = { kind: 'apart', members: ['alert:1'], others: ['alert:2', 'alert:3'], by: 'ada' } as const;
    const id = await migrated.addGrouping(apart);
    await migrated.setGroupingActive(id, false);
    expect(await migrated.groupings()).toMatchObject([{ ...apart, id, isActive: false }]);
    await expect(migrated.setGroupingActive(id + 1, true)).rejects.toMatchObject({ code: 'not_found' });
    await migrated.close();
  });

  it('take the times of files of schema 4 for their own', async () => {
    const path = temporary('schema-4.case');
    const old = caseAtVersion(path, 4);
    old.exec(`INSERT INTO source_files (path, head_sha256, format, format_version, confidence, reason, status, first_time, last_time)
      VALUES ('a.log', 'aa', 'test', 1, 1, 'test', 'complete', 5, 9)`);
    old.close();
    const migrated = await createEngine({ caseFile: path });
    const [file] = await migrated.files();
    expect(file).toMatchObject({ timeRange: { start: 5n, end: 9n } });
    expect(file).not.toHaveProperty('undated');
    await migrated.close();
  });

  it('roll back whole when one fails', () => {
    const database = opened(temporary('half.case'));
    const next = {
      version: newestSchemaVersion() + 1,
      title: 'broken',
      sha256: '',
      sql: 'CREATE TABLE half (a INTEGER) STRICT; nonsense',
    };
    expect(() => migrateCase(database, [...migrations, next])).toThrow(/syntax error/);
    expect(database.pragma('user_version', { simple: true })).toBe(newestSchemaVersion());
    expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  });

  it('refuse a case of a newer program, in a sentence', () => {
    const path = temporary('newer.case');
    opened(path).pragma(`user_version = ${newestSchemaVersion() + 1}`);
    expect(() => openCaseForWriting(path)).toThrow(/newer Faultline/);
    expect(() => openCaseForReading(path)).toThrow(/newer Faultline/);
  });
});

describe('opening', () => {
  it('refuses a database that is not a case', () => {
    const path = temporary('other.db');
    const database = opened(path);
    database.exec('DROP VIEW v_quarantine');
    database.pragma('application_id = 7');
    expect(() => openCaseForWriting(path)).toThrow(/not a Faultline case/);
  });
  it('says so when the file is not there', () => {
    expect(() => openCaseForReading(temporary('absent.case'))).toThrow(/cannot be opened/);
  });
  it('gives readers no way to write', () => {
    const path = temporary('readonly.case');
    opened(path);
    const reader = openCaseForReading(path);
    open.push(reader);
    expect(() => reader.exec('DELETE FROM jobs')).toThrow(/readonly/);
  });
});
