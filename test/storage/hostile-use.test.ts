/** What a case, a statement or a caller can do wrong ends in a sentence: nothing is written, hangs or stays open. */
import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineSession } from '../../shared/engine/api/engine-session.ts';
import { timelineHandlers } from '../../shared/engine/api/timeline-handlers.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import { EngineError } from '../../shared/engine/engine-error.ts';
import type { Engine, EngineOptions } from '../../shared/engine/engine-interface.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});
async function engineOn(name: string, options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ caseFile: temporary(name), ...options });
  engines.push(engine);
  return engine;
}
async function ask(engine: Engine, sql: string, timeoutMs = 20_000): Promise<readonly (readonly unknown[])[]> {
  const columns: unknown[][] = [];
  for await (const { values } of engine.query({ sql, timeoutMs }))
    values.forEach((column, i) => (columns[i] ??= []).push(...column));
  return columns;
}
async function filledCase(name: string): Promise<string> {
  const logs = generateLogs(temporary('logs.jsonl'), 1e6, 'hostile');
  const engine = await createEngine({ caseFile: temporary(name) });
  await (
    await engine.import({ paths: [logs.path] })
  ).result;
  await engine.close();
  return temporary(name);
}

describe('SQL of the console', () => {
  const refused = [
    'PRAGMA hard_heap_limit = 1',
    'EXPLAIN PRAGMA hard_heap_limit(1)',
    '/* harmless */ -- really\n PRAGMA query_only = OFF',
    'PRAGMA main.user_version = 99',
    'PRAGMA journal_mode = DELETE',
    'PRAGMA wal_checkpoint(TRUNCATE)',
    "SELECT load_extension('libm.so.6')",
    "INSERT INTO jobs (id) VALUES ('x') RETURNING id",
    "UPDATE jobs SET status = 'x'",
    'CREATE TEMP TABLE t (a)',
    "ATTACH ':memory:' AS other",
    'BEGIN IMMEDIATE',
  ];
  it('refuses what changes anything', async () => {
    const engine = await engineOn('console.case');
    for (const sql of refused) await expect(ask(engine, sql), sql).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('answers what only looks', async () => {
    const engine = await engineOn('console.case');
    for (const sql of ['PRAGMA table_info(spans)', 'PRAGMA user_version;', 'EXPLAIN QUERY PLAN SELECT * FROM spans'])
      expect((await ask(engine, sql)).length, sql).toBeGreaterThan(0);
  });

  it('answers other questions while a statement runs on for ever, and ends it', async () => {
    const engine = await engineOn('busy.case');
    const sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
    const slow = ask(engine, sql, 100).catch((error: unknown) => error);
    expect(await engine.info()).toMatchObject({ fileCount: 0 });
    expect(await slow).toMatchObject({ code: 'deadline_exceeded' });
  });
});

describe('a case file that is not whole', () => {
  it('says when it is no database, another database, or newer', async () => {
    writeFileSync(temporary('text.case'), 'not a database, just text\n'.repeat(1000));
    const other = new DatabaseSync(temporary('other.case'));
    other.exec('CREATE TABLE t (a)');
    other.close();
    const newer = await filledCase('newer.case');
    const database = new DatabaseSync(newer);
    database.exec('PRAGMA user_version = 9999');
    database.close();
    for (const isReadOnly of [false, true]) {
      const options = { isReadOnly };
      await expect(engineOn('text.case', options)).rejects.toThrow(/not a Faultline case/);
      await expect(engineOn('other.case', options)).rejects.toThrow(/not a Faultline case/);
      await expect(engineOn('newer.case', options)).rejects.toThrow(/newer Faultline/);
    }
    expect(readFileSync(temporary('text.case'), 'utf8')).toMatch(/^not a database/);
  });

  it('gives what can still be read when pages are overwritten or missing, and never an internal error', async () => {
    const whole = await filledCase('whole.case');
    const { size } = statSync(whole);
    const answers: string[] = [];
    for (const [name, damage] of Object.entries({
      'cut.case': (path: string) => truncateSync(path, Math.floor(size / 2)),
      'flipped.case': (path: string) => {
        const file = openSync(path, 'r+');
        for (let at = 0.5; at < 0.95; at += 0.05)
          writeSync(file, new Uint8Array(8192).fill(0xa5), 0, 8192, Math.floor((size * at) / 8192) * 8192);
        closeSync(file);
      },
    })) {
      copyFileSync(whole, temporary(name));
      damage(temporary(name));
      try {
        const engine = await engineOn(name, { isReadOnly: true });
        for (const sql of ['SELECT path FROM source_files', 'SELECT sum(length(body)) FROM log_records'])
          answers.push(await ask(engine, sql).then(() => 'ok', codeOf));
        answers.push(await engine.files().then(() => 'ok', codeOf));
      } catch (error) {
        answers.push(codeOf(error));
      }
    }
    expect(answers).toContain('data_loss');
    expect(answers).toContain('ok');
    expect(answers.filter((answer) => answer !== 'ok' && answer !== 'data_loss')).toEqual([]);
  });
});

describe('an engine that is closed', () => {
  it('ends what runs, starts nothing more, and can be closed twice', async () => {
    const traces = generateTraces(temporary('t.jsonl'), 20e6, 'close');
    const engine = await engineOn('close.case');
    const { result } = await engine.import({ paths: [traces.path] });
    const closing = engine.close();
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    await closing;
    for (const late of [() => engine.info(), () => ask(engine, 'SELECT 1'), () => engine.import({ paths: [] })])
      await expect(late()).rejects.toMatchObject({ code: 'failed_precondition' });
    await engine.close();
    const again = await engineOn('close.case');
    expect(await again.jobs()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('does not take away the lock of another when it could not open', async () => {
    writeFileSync(temporary('text.case'), 'x'.repeat(5000));
    await expect(engineOn('text.case')).rejects.toThrow(/not a Faultline case/);
    const held = await engineOn('held.case');
    await expect(engineOn('held.case')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(engineOn('held.case')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await held.jobs()).toEqual([]);
  });
});

function codeOf(error: unknown): string {
  return error instanceof EngineError ? error.code : `unexpected: ${String(error)}`;
}

it('a time at the end of what 64 bits hold leaves the strip of the case', async () => {
  const session = new EngineSession(createEngine);
  const engine = await session.open({ caseFile: temporary('end-of-time.case') });
  engines.push(engine);
  const logs = temporary('end-of-time.jsonl');
  const record = (timeUnixNano: string) =>
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano, body: { stringValue: 'x' } }] }] }] });
  writeFileSync(logs, [record('1795010671000000000'), record('9223372036854775807')].join('\n'));
  await (
    await engine.import({ paths: [logs] })
  ).result;
  const context = { signal: new AbortController().signal, scope: 'operator' } as const;
  const { logCounts } = await timelineHandlers(session)['timeline.lanes']({ bucketCount: 50 }, context);
  expect(logCounts[0]).toBe(1);
});
