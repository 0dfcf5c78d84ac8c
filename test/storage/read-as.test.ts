/** A file of a case is read another way: its rows take the place of the former ones, and nobody else's are touched. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import { EngineSession } from '../../shared/engine/api/engine-session.ts';
import { importHandlers } from '../../shared/engine/api/import-handlers.ts';
import type { Engine, ReadAs } from '../../shared/engine/engine-interface.ts';
import type { ImportFileReport, ImportReport } from '../../shared/model/import-report.ts';
import { generateTraces } from '../perf/generate-otlp.ts';
import { tarOf } from '../support/archive-builder.ts';
import { stateOfCase } from './case-state.ts';
import { useTemporaryFolder } from './temporary-case.ts';
import { eventually } from '../support/eventually.ts';

const temporary = useTemporaryFolder();
let engine: Engine;
beforeEach(async () => (engine = await createEngine({ caseFile: temporary('read-as.case'), parseThreads: 2 })));
afterEach(() => engine.close());

async function run(paths: readonly string[], readAs?: ReadAs): Promise<ImportReport> {
  return (await engine.import({ paths, readAs })).result;
}
async function ask(sql: string): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const { values, rowCount } of engine.query({ sql }))
    for (let i = 0; i < rowCount; i++) rows.push(values.map((column) => column[i]));
  return rows;
}
async function number(sql: string): Promise<unknown> {
  return (await ask(sql))[0]?.[0];
}
async function fileAt(path: string): Promise<ImportFileReport | undefined> {
  return (await engine.files()).find((file) => file.path === path);
}
/** What views, tables and full text say agree, and no row points at one that is not there. */
function expectWhole(): void {
  const state = stateOfCase(temporary('read-as.case'));
  expect(state).toMatchObject({ integrity: 'ok', brokenReferences: 0, columnsAgree: true });
  expect(state.spans + state.logs).toBe(state.countedInFiles);
}

const LOG = Array.from({ length: 30 }, (_, i) => `2026-11-18 14:04:${String(i).padStart(2, '0')} INFO request ${i}`);
function writeLog(name: string, lines: readonly string[] = LOG): string {
  const path = temporary(name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
/** An OTLP file of one span a line, each with a pod on a node. */
function writeSpans(name: string, ids: readonly number[]): string {
  const path = temporary(name);
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const attributes = [
    attribute('service.name', 'checkout'),
    attribute('k8s.pod.name', 'checkout-1'),
    attribute('k8s.node.name', 'node-a'),
  ];
  const lines = ids.map((id) =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: '0af7651916cd43dd8448eb211c80319c',
                  spanId: id.toString(16).padStart(16, '0'),
                  name: 'pay',
                  kind: 2,
                  startTimeUnixNano: String(1_795_010_671_000_000_000n + BigInt(id)),
                  endTimeUnixNano: String(1_795_010_671_900_000_000n + BigInt(id)),
                },
              ],
            },
          ],
        },
      ],
    }),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** Imports as a screen has it done. */
function importerOf(session: EngineSession): (paths: readonly string[], readAs?: ReadAs) => Promise<void> {
  const handlers = importHandlers(session);
  return async (paths, readAs) => {
    const { jobId } = await handlers['import.start']({ paths, readAs } as never, undefined as never);
    await session.importResult(jobId);
  };
}

describe('a file nobody recognised', () => {
  it('is read as plain text, once, at its place among the files, and so again whenever it comes', async () => {
    const unknown = writeLog('heap.bin', ['\u0001\u0002\u0003\u0004 start', 'second \u0005\u0006\u0007']);
    const log = writeLog('app.log');
    await run([unknown, log]);
    expect(await fileAt(unknown)).toMatchObject({ format: 'unrecognised', records: {} });
    const report = await run([unknown], { format: 'plain-text', file: unknown });
    expect(report.files).toMatchObject([{ path: unknown, format: 'plain-text', records: { logRecords: 2 } }]);
    expect((await engine.files()).map(({ path }) => path)).toEqual([unknown, log]);
    expect(await fileAt(unknown)).toMatchObject({ isReaderChosen: true, confidence: 0 });
    // Under another name, in an archive: the same bytes.
    writeFileSync(temporary('bundle.tar'), tarOf([{ name: 'in/heap.bin', content: await readText(unknown) }]));
    const again = await run([temporary('bundle.tar')]);
    const member = again.files.find(({ format }) => format !== 'archive');
    expect(member).toMatchObject({ format: 'plain-text', records: { lines: 2 }, duplicates: 2 });
    expect(await number('SELECT count(*) FROM log_records')).toBe(32);
    expectWhole();
  });
});

async function readText(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8');
}

describe('a file that was read', () => {
  it('gives its rows up for the new ones, and back again; those of others stay', async () => {
    const [first, spans, last] = [
      writeLog('first.log'),
      writeSpans('spans.jsonl', [1, 2, 3]),
      writeLog('z.log', ['last request']),
    ];
    await run([first, spans, last]);
    const before = stateOfCase(temporary('read-as.case'));
    const text = await run([spans], { format: 'plain-text', file: spans });
    expect(text.files).toMatchObject([{ records: { logRecords: 3 } }]);
    expect(await ask('SELECT (SELECT count(*) FROM spans), (SELECT count(*) FROM log_records)')).toEqual([[0, 34]]);
    expect(await ask("SELECT name FROM entities WHERE name LIKE '%checkout%' OR name = 'node-a'")).toEqual([]);
    expect(await number("SELECT count(*) FROM log_text WHERE log_text MATCH 'resourceSpans'")).toBe(3);
    expectWhole();
    await run([spans], { format: null, file: spans });
    expect(await fileAt(spans)).toMatchObject({ format: 'otlp-json', records: { spans: 3 } });
    expect(await fileAt(spans)).not.toHaveProperty('isReaderChosen');
    expect(await number("SELECT count(*) FROM log_text WHERE log_text MATCH 'resourceSpans'")).toBe(0);
    expect(await ask('SELECT kind, from_entity, to_entity FROM v_edges ORDER BY kind')).toEqual([
      ['partOf', 'instance:checkout-1', 'service:checkout'],
      ['runsOn', 'instance:checkout-1', 'node:node-a'],
    ]);
    expect(stateOfCase(temporary('read-as.case'))).toEqual(before);
    expectWhole();
  });

  it('is seen anew by the views that hold its rows in memory', async () => {
    const [log, spans] = [writeLog('app.log'), writeSpans('spans.jsonl', [1, 2, 3])];
    await run([log, spans]);
    const rows = async (text?: string) =>
      (await engine.view('logRows', { filter: { text }, index: 0, limit: 5 })).total;
    expect([await rows(), await rows('request')]).toEqual([30, 30]);
    expect((await engine.view('traceList', { limit: 5, offset: 0, sort: 'duration' } as never)).total).toBe(1);
    await run([spans], { format: 'plain-text', file: spans });
    expect([await rows(), await rows('request'), await rows('checkout')]).toEqual([33, 30, 3]);
    expect((await engine.view('windowTraffic', {})).nodes).toEqual([]);
  });

  it('leaves rows to a file that had them too: that one is read again with it', async () => {
    const [a, b, c] = [
      writeSpans('a.jsonl', [1, 2, 3]),
      writeSpans('b.jsonl', [2, 3, 4]),
      writeSpans('c.jsonl', [3, 9]),
    ];
    await run([a, b, c]);
    expect(await fileAt(b)).toMatchObject({ records: { spans: 1 }, duplicates: 2 });
    rmSync(c);
    await run([a], { format: 'plain-text', file: a });
    expect(await fileAt(b)).toMatchObject({ records: { spans: 3 }, duplicates: 0 });
    // Gone from the disk: it says what it lacks.
    expect((await fileAt(c))?.warnings.join()).toContain('import this one again');
    writeSpans('c.jsonl', [3, 9]);
    await run([c]);
    expect(await ask('SELECT span_id FROM v_spans ORDER BY span_id')).toEqual(
      ['2', '3', '4', '9'].map((id) => [id.padStart(16, '0')]),
    );
    expect((await fileAt(c))?.warnings).toEqual([]);
    expect(await number("SELECT count(*) FROM v_edges WHERE kind = 'runsOn'")).toBe(1);
    expectWhole();
  });

  it('takes analyses and anchors of notes along that point at its rows', async () => {
    const [spans, log] = [writeSpans('spans.jsonl', [1, 2]), writeLog('app.log')];
    await run([spans, log]);
    await (
      await engine.analyze({})
    ).result;
    const note = { author: 'a', text: 'x', anchorTime: null, entity: null, kind: 'note' } as const;
    await engine.addNote({ ...note, anchorRef: 'span:1' });
    await engine.addNote({ ...note, anchorRef: 'log:1' });
    await run([spans], { format: 'plain-text', file: spans });
    expect(await engine.newestAnalysis()).toBeUndefined();
    expect((await engine.notes()).map(({ anchorRef }) => anchorRef)).toEqual([null, 'log:1']);
    expectWhole();
  });

  it('leaves what people decided about alerts, which name them by what they say', async () => {
    const [spans, log] = [writeSpans('spans.jsonl', [1, 2]), writeLog('app.log')];
    await run([spans, log]);
    const grouping = {
      kind: 'together',
      members: ['alert:1795010671000000000:latency'],
      others: ['alert:1795010672000000000:errors'],
      by: 'a',
    } as const;
    await engine.addGrouping(grouping);
    await run([spans], { format: 'plain-text', file: spans });
    expect(await engine.groupings()).toMatchObject([grouping]);
  });

  it('has a new analysis afterwards, also where that has the number of one that went', async () => {
    const session = new EngineSession(createEngine);
    await session.open({ caseFile: temporary('session.case') });
    try {
      const imported = importerOf(session);
      const analysed = async () => {
        const { id, result } = await session.engine.analyze({});
        await result;
        return { jobId: id, stored: await session.newestAnalysis() };
      };
      const [a, b] = [writeSpans('a.jsonl', [1, 2, 3]), writeSpans('b.jsonl', [3, 4])];
      await imported([a, b]);
      rmSync(b);
      await imported([a], { format: 'plain-text', file: a });
      const first = await analysed();
      writeSpans('b.jsonl', [3, 4]);
      await imported([b]);
      const second = await analysed();
      expect(second.stored?.analysisId).toBe(first.stored?.analysisId);
      expect(second.stored?.createdTime).not.toBe(first.stored?.createdTime);
    } finally {
      await session.close();
    }
  });

  it('has those who show an analysis look again, which an import that only adds does not', async () => {
    const session = new EngineSession(createEngine);
    await session.open({ caseFile: temporary('shown.case') });
    try {
      const imported = importerOf(session);
      const [spans, log] = [writeSpans('spans.jsonl', [1, 2]), writeLog('app.log')];
      await imported([spans]);
      await (
        await session.engine.analyze({})
      ).result;
      const shown = await session.newestAnalysis();
      const read = vi.spyOn(session.engine, 'analysis');
      const touch = vi.spyOn(session.changes, 'touch');
      await imported([log]);
      // What looks for a changed analysis after an import asked the same reader before this does.
      expect(await session.newestAnalysis()).toBe(shown);
      expect(read).not.toHaveBeenCalled();
      expect(touch.mock.calls.flat()).not.toContain('analysis');
      await imported([spans], { format: 'plain-text', file: spans });
      await eventually(() => expect(touch.mock.calls.flat()).toContain('analysis'));
      expect(await session.newestAnalysis()).toBeUndefined();
    } finally {
      await session.close();
    }
  });

  it('has those look again who were shown an analysis only while the import ran', async () => {
    const session = new EngineSession(createEngine);
    await session.open({ caseFile: temporary('shown-late.case') });
    try {
      const spans = writeSpans('spans.jsonl', [1, 2]);
      await (
        await session.engine.import({ paths: [spans] })
      ).result;
      await (
        await session.engine.analyze({})
      ).result;
      const job = Promise.withResolvers<unknown>();
      session.watchAnalysisOver(job.promise);
      expect(await session.newestAnalysis()).toBeDefined();
      const readAs = { format: 'plain-text', file: spans };
      await (
        await session.engine.import({ paths: [spans], readAs })
      ).result;
      const touch = vi.spyOn(session.changes, 'touch');
      job.resolve(undefined);
      await eventually(() => expect(touch.mock.calls.flat()).toContain('analysis'));
    } finally {
      await session.close();
    }
  });

  it('inside an archive is found there, also when the archive has moved', async () => {
    const bytes = gzipSync(
      tarOf([
        { name: 'a/one.log', content: LOG.join('\n') },
        { name: 'a/two.log', content: 'two\n2\n' },
      ]),
    );
    mkdirSync(temporary('moved'), { recursive: true });
    const [old, moved] = [temporary('b.tar.gz'), temporary('moved/c.tar.gz')];
    writeFileSync(old, bytes);
    await run([old]);
    const member = `${old}!/a/one.log`;
    rmSync(old);
    writeFileSync(moved, bytes);
    expect(await engine.readers(member)).toMatchObject({ state: 'gone', current: 'application-log', isChosen: false });
    const ready = await engine.readers(member, moved);
    expect(ready).toMatchObject({ state: 'ready', recognised: 'application-log' });
    expect(ready.readers[0]).toMatchObject({ id: 'application-log' });
    await run([moved], { format: 'plain-text', file: member });
    expect((await engine.files()).map(({ path, format }) => [path, format])).toEqual([
      [member, 'plain-text'],
      [`${old}!/a/two.log`, 'application-log'],
      [old, 'archive'],
    ]);
    expect(await engine.readers(member, moved)).toMatchObject({ current: 'plain-text', isChosen: true });
    expectWhole();
  });

  it('stays as it is when its bytes are gone or others, when it is a copy, and when nobody is called so', async () => {
    const [log, other] = [writeLog('app.log'), writeLog('other.log', ['another beginning'])];
    const copy = writeLog('copy.log');
    await run([log, copy]);
    const before = stateOfCase(temporary('read-as.case'));
    const refusal = async (paths: readonly string[], readAs: ReadAs) => {
      const failed: unknown = await run(paths, readAs).catch((error: unknown) => error);
      return failed;
    };
    expect(await refusal([other], { format: 'plain-text', file: log })).toMatchObject({ code: 'failed_precondition' });
    expect(await engine.readers(log, other)).toMatchObject({ state: 'changed' });
    expect(await refusal([copy], { format: 'plain-text', file: copy })).toMatchObject({ code: 'failed_precondition' });
    expect(await refusal([log], { format: 'no-such', file: log })).toMatchObject({ code: 'invalid_argument' });
    expect(await refusal([log], { format: 'plain-text', file: 'no-such' })).toMatchObject({ code: 'not_found' });
    rmSync(log);
    expect(await refusal([log], { format: 'plain-text', file: log })).toMatchObject({ code: 'not_found' });
    expect(stateOfCase(temporary('read-as.case'))).toEqual(before);
  });

  it('goes on as chosen when it was stopped half-way and comes again', async () => {
    const path = writeLog(
      'long.log',
      Array.from({ length: 60_000 }, (_, i) => `2026-11-18T14:04:31Z INFO row ${i}`),
    );
    const stoppedHalfWay = async (): Promise<unknown> => {
      await run([path], { format: null });
      const { id, result } = await engine.import({ paths: [path], readAs: { format: 'plain-text', file: path } });
      const watch = engine.onProgress(({ jobId, rows }) => {
        if (jobId === id && rows > 0) void engine.cancel(id);
      });
      const ending: unknown = await result.then(
        () => 'done',
        (error: unknown) => error,
      );
      watch.dispose();
      return ending;
    };
    let ending = await stoppedHalfWay();
    // The end may come before the cancel: then from the beginning.
    for (let attempt = 0; ending === 'done' && attempt < 10; attempt++) ending = await stoppedHalfWay();
    expect(ending).toMatchObject({ code: 'cancelled' });
    const half = Number(await number('SELECT count(*) FROM log_records'));
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(60_000);
    expect((await fileAt(path))?.warnings.join()).toContain('import it again to continue');
    const again = await run([path]);
    expect(again.files).toMatchObject([{ format: 'plain-text', records: { logRecords: 60_000 } }]);
    expect((await engine.files()).length).toBe(1);
    expectWhole();
  });

  it('keeps its rows when the person cancels before they were taken out', async () => {
    const { path } = generateTraces(temporary('large.jsonl'), 8e6, 'cancel');
    await run([path]);
    const before = await engine.info();
    const { id, result } = await engine.import({ paths: [path], readAs: { format: 'plain-text', file: path } });
    await engine.cancel(id);
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    expect((await engine.info()).records).toEqual(before.records);
  });
});

describe('every file of the paths', () => {
  it('is read as told, in the place of what was read before', async () => {
    const [a, b] = [writeLog('a.log'), writeLog('b.log', ['{"msg": "one"', '{"msg": "two"'])];
    await run([a]);
    const report = await run([a, b], { format: 'plain-text' });
    expect(report.files.map(({ format, records }) => [format, records.logRecords])).toEqual([
      ['plain-text', 30],
      ['plain-text', 2],
    ]);
    expect(await number('SELECT count(*) FROM log_records')).toBe(32);
    expectWhole();
  });

  it('leaves a file alone that begins alike and holds more, under another path', async () => {
    const line = (i: number): string => `2026-11-18T14:04:31Z INFO row ${i} of a log that was collected twice`;
    // Longer than what is read to know a file by.
    const lines = Array.from({ length: 12_000 }, (_, i) => line(i));
    const [early, late] = [writeLog('early.log', lines), writeLog('late.log', [...lines, line(lines.length)])];
    const copy = writeLog('copy.log', lines);
    await run([early, late]);
    expect(await number('SELECT count(*) FROM log_records')).toBe(24_001);
    await run([copy], { format: 'plain-text' });
    expect((await engine.files()).map(({ path, format }) => [path, format])).toEqual([
      [copy, 'plain-text'],
      [late, 'application-log'],
    ]);
    expect(await number("SELECT count(*) FROM log_records WHERE body LIKE '%row 12000 of%'")).toBe(1);
    expectWhole();
  });
});
