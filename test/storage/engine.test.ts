import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import type { Engine, EngineOptions, JobProgress, QueryChunk } from '../../shared/engine/engine-interface.ts';
import type { RowRef } from '../../shared/model/ids.ts';
import { generateLogs, generateMetrics, generateTraces } from '../perf/generate-otlp.ts';
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
async function ask(engine: Engine, sql: string): Promise<readonly (readonly unknown[])[]> {
  const columns: unknown[][] = [];
  for await (const { values } of engine.query({ sql }))
    values.forEach((column, i) => (columns[i] ??= []).push(...column));
  return columns;
}

describe('import', () => {
  it('gives the same rows under the same ids on any number of parse threads', async () => {
    const paths = [
      generateTraces(temporary('a.jsonl'), 4e6, 'a'),
      generateLogs(temporary('b.jsonl'), 2e6, 'b'),
      generateMetrics(temporary('c.jsonl'), 2e6, 'c'),
      generateTraces(temporary('d.jsonl'), 1e6, 'd'),
    ].map(({ path }) => path);
    const answers = [];
    for (const parseThreads of [1, 3]) {
      const engine = await engineOn(`threads-${parseThreads}.case`, { parseThreads });
      const report = await (await engine.import({ paths })).result;
      expect(report.files.map(({ path }) => path)).toEqual(paths);
      answers.push([
        report.totals,
        await ask(engine, 'SELECT id, span_id, source_file_id, entity_id FROM spans WHERE id % 97 = 0'),
        await ask(engine, 'SELECT id, body, template_row FROM log_records WHERE id % 97 = 0'),
        await ask(engine, 'SELECT id, series_id, time FROM metric_points WHERE id % 97 = 0'),
        await ask(engine, 'SELECT * FROM v_entities'),
      ]);
      for (const { depth, bound, maxDepth } of await engine.queues()) {
        expect(depth).toBe(0);
        expect(maxDepth).toBeLessThanOrEqual(bound);
      }
    }
    expect(answers[1]).toEqual(answers[0]);
  });

  it('counts a second import of the same files as duplicates', async () => {
    const { path, records } = generateLogs(temporary('logs.jsonl'), 1e6, 'again');
    const engine = await engineOn('again.case');
    await (
      await engine.import({ paths: [path] })
    ).result;
    const second = await (await engine.import({ paths: [path] })).result;
    expect(second.totals).toMatchObject({ duplicates: records });
    expect((await engine.info()).records.logRecords).toBe(records);
  });

  it('reports progress that rises, and history that stays', async () => {
    const { path } = generateTraces(temporary('t.jsonl'), 6e6, 'progress');
    const engine = await engineOn('progress.case');
    const seen: JobProgress[] = [];
    engine.onProgress((progress) => seen.push(progress));
    const { id, result } = await engine.import({ paths: [path] });
    await expect(engine.import({ paths: [path] })).rejects.toMatchObject({ code: 'failed_precondition' });
    await result;
    expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, i) => i + 1));
    expect(seen.every(({ share }, i) => share >= (seen[i - 1]?.share ?? 0) && share <= 1)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ jobId: id, status: 'succeeded', share: 1, remainingMs: 0 });
    expect(await engine.jobs()).toMatchObject([{ id, kind: 'import', status: 'succeeded', error: null }]);
  });

  it('goes on to the end, and can be stopped, while a person is at work without a pause', async () => {
    const { path, records } = generateTraces(temporary('t.jsonl'), 6e6, 'aside');
    const engine = await engineOn('aside.case');
    expect(engine.standAside()).toBe(false);
    const atWork = setInterval(() => engine.standAside(), 10);
    try {
      const { result } = await engine.import({ paths: [path] });
      expect(engine.standAside()).toBe(true);
      expect((await result).totals.records.spans).toBe(records);
      expect(engine.standAside()).toBe(false);
      const analysis = await engine.analyze({});
      engine.standAside();
      await engine.cancel(analysis.id);
      await expect(analysis.result).rejects.toMatchObject({ code: 'cancelled' });
    } finally {
      clearInterval(atWork);
    }
  });

  // How soon a cancel answers is held by cancel.test.ts, and of an analysis measured by `npm run bench`.
  it('stops on its way when cancelled, and goes on later', async () => {
    const { path, records } = generateTraces(temporary('t.jsonl'), 60e6, 'cancel');
    const engine = await engineOn('cancel.case');
    const { id, result } = await engine.import({ paths: [path] });
    await new Promise<void>((resolve) => engine.onProgress(({ rows }) => rows > 0 && resolve()));
    expect(await engine.cancel(id)).toBe(true);
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    expect(await engine.jobs()).toMatchObject([{ status: 'cancelled' }]);
    const [[kept] = []] = await ask(engine, 'SELECT count(*) FROM spans');
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(records);
    expect(await engine.cancel(id)).toBe(false);
    await (
      await engine.import({ paths: [path] })
    ).result;
    expect(await ask(engine, 'SELECT count(*), count(DISTINCT span_id) FROM spans')).toEqual([[records], [records]]);
  });

  it('says when the disk is full, and keeps what was saved', async () => {
    const { path, records } = generateTraces(temporary('t.jsonl'), 20e6, 'full');
    const small = await engineOn('full.case', { maxCaseBytes: 8e6 });
    const { result } = await small.import({ paths: [path] });
    await expect(result).rejects.toMatchObject({ code: 'resource_exhausted' });
    await expect(result).rejects.toThrow(/disk is full/);
    expect(await small.jobs()).toMatchObject([{ status: 'failed' }]);
    const [kept = []] = await ask(small, "SELECT (SELECT count(*) FROM spans) = records ->> 'spans' FROM source_files");
    expect(kept).toEqual([1]);
    await small.close();
    const roomy = await engineOn('full.case');
    await (
      await roomy.import({ paths: [path] })
    ).result;
    expect(await ask(roomy, 'SELECT count(*), count(DISTINCT span_id) FROM spans')).toEqual([[records], [records]]);
  });

  it('goes on when someone who watches it fails', async () => {
    const { path, records } = generateTraces(temporary('t.jsonl'), 1e6, 'listener');
    const engine = await engineOn('listener.case');
    let heard = 0;
    const warned = new Promise((resolve) => process.once('warning', resolve));
    engine.onProgress(() => {
      heard++;
      throw new Error('planted failure of a listener');
    });
    const seen: JobProgress[] = [];
    engine.onProgress((progress) => seen.push(progress));
    const report = await (await engine.import({ paths: [path] })).result;
    expect(report.totals.records).toMatchObject({ spans: records });
    expect(heard).toBe(1);
    expect(seen.at(-1)).toMatchObject({ status: 'succeeded' });
    expect(String(await warned)).toMatch(/planted failure of a listener/);
  });

  it('names a path that is not there', async () => {
    const engine = await engineOn('absent.case');
    await expect(engine.import({ paths: [temporary('nothing')] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a second writer of the same case', async () => {
    await engineOn('twice.case');
    await expect(createEngine({ caseFile: temporary('twice.case') })).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('analysis', () => {
  it('is stored, comes back as it was, and says the same twice', async () => {
    const { path } = generateTraces(temporary('t.jsonl'), 2e6, 'analysis');
    const engine = await engineOn('analysis.case');
    await (
      await engine.import({ paths: [path] })
    ).result;
    const first = await (await engine.analyze({})).result;
    const second = await (await engine.analyze({})).result;
    expect(second.result).toEqual(first.result);
    expect(await engine.analysis(first.analysisId)).toEqual(first);
    expect((await engine.analysis())?.analysisId).toBe(second.analysisId);
    expect(await ask(engine, 'SELECT DISTINCT fingerprint FROM analyses')).toEqual([[first.result.fingerprint]]);
    expect((await engine.jobs()).map(({ kind, status }) => [kind, status])).toEqual([
      ['analysis', 'succeeded'],
      ['analysis', 'succeeded'],
      ['import', 'succeeded'],
    ]);
  });

  it('stops when cancelled, long before it would have ended', async () => {
    const { path } = generateTraces(temporary('t.jsonl'), 40e6, 'cancel analysis');
    const engine = await engineOn('stop.case');
    await (
      await engine.import({ paths: [path] })
    ).result;
    const stages: string[] = [];
    engine.onProgress(({ stage }) => stages.push(stage));
    const { id, result } = await engine.analyze({});
    await engine.cancel(id);
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    // Cancelled as it began, it came no further than its first stage.
    expect([...new Set(stages)]).toEqual(['loading']);
    expect((await engine.jobs())[0]).toMatchObject({ kind: 'analysis', status: 'cancelled' });
  });
});

describe('reading', () => {
  it('gives rows as people read them', async () => {
    const { path } = generateTraces(temporary('t.jsonl'), 1e5, 'rows');
    const engine = await engineOn('rows.case');
    await (
      await engine.import({ paths: [path] })
    ).result;
    const [span, none, odd] = await engine.rows(['span:1', 'span:99999999', 'nonsense' as RowRef] as RowRef[]);
    expect(span).toMatchObject({ table: 'span', found: true, sourcePath: path });
    const fields = new Map(span?.fields.map(({ name, value }) => [name, value]));
    expect(fields.get('trace_id')).toMatch(/^[0-9a-f]{32}$/);
    expect(fields.get('service')).toBe('service-0');
    expect(typeof fields.get('start_time_unix_nano')).toBe('bigint');
    expect([none?.found, odd?.found]).toEqual([false, false]);
  });

  it('shows what could not be read', async () => {
    const path = temporary('broken.jsonl');
    const { path: good } = generateTraces(temporary('t.jsonl'), 1e4, 'quarantine');
    writeFileSync(path, `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz","spanId":"1","name":"x"}]}]}]}\n`);
    const engine = await engineOn('quarantine.case');
    const report = await (await engine.import({ paths: [good, path] })).result;
    expect(report.totals.rejected).toBe(1);
    expect(await engine.quarantine({ path })).toMatchObject({ total: 1, records: [{ path, line: 1 }] });
    expect(await engine.quarantine({ path: good })).toEqual({ total: 0, records: [] });
  });

  it.each([
    ["ATTACH 'x.db' AS x", 'invalid_argument'],
    ["VACUUM INTO 'x.db'", 'invalid_argument'],
    ['DELETE FROM jobs RETURNING id', 'invalid_argument'],
    ['SELECT 1; SELECT 2', 'invalid_argument'],
    ['SELEKT', 'invalid_argument'],
  ])('refuses %s', async (sql, code) => {
    const engine = await engineOn('sql.case');
    await expect(ask(engine, sql)).rejects.toMatchObject({ code });
  });

  it('gives blocks, cuts at the limit and says so', async () => {
    const engine = await engineOn('blocks.case');
    const chunks: QueryChunk[] = [];
    const sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    for await (const chunk of engine.query({ sql, maxRows: 5_000 })) chunks.push(chunk);
    expect(chunks.reduce((total, { rowCount }) => total + rowCount, 0)).toBe(5_000);
    expect(chunks.at(-1)).toMatchObject({ isTruncated: true, isLast: true });
    expect(chunks.flatMap(({ values }) => values[0] ?? [])).toEqual(Array.from({ length: 5_000 }, (_, i) => i + 1));
  });

  it('ends a statement that gives no row in time, and answers the next one', async () => {
    const engine = await engineOn('slow.case');
    const sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
    const slow = (async () => {
      for await (const chunk of engine.query({ sql, timeoutMs: 50 })) expect(chunk.isLast).toBe(false);
    })();
    await expect(slow).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(await ask(engine, 'SELECT 7')).toEqual([[7]]);
  });

  it('opens read-only when asked, and then writes nothing', async () => {
    const writer = await engineOn('plain.case');
    await writer.close();
    const reader = await engineOn('plain.case', { isReadOnly: true });
    expect(await reader.files()).toEqual([]);
    await expect(reader.import({ paths: [temporary('plain.case')] })).rejects.toMatchObject({
      code: 'failed_precondition',
    });
  });
});
