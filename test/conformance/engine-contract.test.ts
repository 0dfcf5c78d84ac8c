/** The whole contract, answered by a real engine, over every transport, with every answer checked against its schema. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { ClientProcedures } from '../../shared/contract/derived-types.ts';
import type { JobProgress } from '../../shared/contract/job-schemas.ts';
import { sqlRow } from '../../shared/contract/sql-columns.ts';
import { contractErrorOf } from '../../shared/engine/api/contract-error-of.ts';
import { contractHandlers } from '../../shared/engine/api/contract-handlers.ts';
import { EngineSession } from '../../shared/engine/api/engine-session.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import type { JobId } from '../../shared/model/ids.ts';
import { rowRef } from '../../shared/model/ids.ts';
import type { UnixNano } from '../../shared/model/time.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { serve } from '../../shared/rpc/server.ts';
import { writeProbeBundle } from './probe-bundle.ts';
import { transports } from './transports.ts';
import type { PortPair } from './transports.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let bundle: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-contract-'));
  bundle = join(folder, 'bundle');
  writeProbeBundle(bundle);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(transports)('the contract over $name', ({ name, connect }) => {
  let ports: PortPair;
  let session: EngineSession;
  let engine: ClientProcedures<Contract>;
  const called = new Set<string>();
  let importJob: JobId;
  let analysisJob: JobId;

  beforeAll(async () => {
    ports = await connect();
    session = new EngineSession(createEngine, { recentCasesFile: join(folder, `${name}-recent.json`) });
    serve(contract, contractHandlers(session), ports.server, {
      engineVersion: 'test',
      scope: 'operator',
      isOutputChecked: true,
      errorOf: contractErrorOf,
      onBug: (error) => console.error(error),
    });
    const { procedures } = createClient(contract, ports.client);
    engine = new Proxy(procedures, {
      get(target, key) {
        called.add(String(key));
        return target[key as keyof typeof target];
      },
    });
  });
  afterAll(async () => {
    await session.close();
    await ports.tidy();
  });
  const rows = async (chunks: AsyncIterable<{ readonly rowCount: number }>): Promise<number> => {
    let count = 0;
    for await (const chunk of chunks) count += chunk.rowCount;
    return count;
  };

  it('says that no case is open', async () => {
    expect(await engine['engine.status']({})).toEqual({ caseFile: null, queues: [] });
    await expect(engine['case.summary']({})).rejects.toMatchObject({ code: 'failed_precondition' });
  });

  it('opens a case, once', async () => {
    const caseFile = join(folder, `${name}.faultline`);
    const summary = await engine['case.open']({ caseFile });
    expect(summary).toMatchObject({ caseFile, fileCount: 0, records: {}, revision: 1 });
    await expect(engine['case.open']({ caseFile })).rejects.toMatchObject({ code: 'failed_precondition' });
    expect((await engine['engine.status']({})).caseFile).toBe(caseFile);
  });

  it('imports, with progress that ends with the job', async () => {
    const started = await engine['import.start']({ paths: [bundle] });
    importJob = started.jobId;
    expect(started.revision).toBe(2);
    const seen: JobProgress[] = [];
    const over = new Promise<void>((resolve, reject) => {
      engine['job.progress']({ jobId: importJob }, (progress) => seen.push(progress), {
        onEnd: (error) => (error ? reject(error) : resolve()),
      });
    });
    const report = await engine['import.report']({ jobId: importJob });
    await over;
    expect(seen.at(-1)?.status).toBe('succeeded');
    expect(seen.map(({ sequence }) => sequence)).toEqual(
      seen.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
    );
    expect(report.totals.records).toMatchObject({
      spans: 41,
      alerts: 1,
      changes: 1,
      events: 1,
      metricPoints: 30,
      logRecords: 20,
    });
    expect(report.totals.rejected).toBeGreaterThan(0);
    expect((await engine['import.files']({})).files).toHaveLength(8);
    const file = report.files.find(({ path }) => path.endsWith('broken.jsonl'));
    const ranked = await engine['import.readers']({ file: file?.path ?? '' });
    expect(ranked).toMatchObject({ state: 'ready', problem: '', current: file?.format, isChosen: false });
    expect(ranked.readers[0]?.confidence).toBe(file?.confidence);
    expect(ranked.readers.map(({ id }) => id)).toContain('plain-text');
    await expect(engine['import.readers']({ file: 'no such file' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses jobs it does not know', async () => {
    const jobId = 'nobody' as JobId;
    await expect(engine['import.report']({ jobId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(engine['job.get']({ jobId })).rejects.toMatchObject({ code: 'not_found' });
    expect((await engine['job.cancel']({ jobId })).isCancelled).toBe(false);
    expect(await engine['job.yield']({})).toEqual({ isRunning: false });
    const ended = new Promise((resolve) => engine['job.progress']({ jobId }, () => undefined, { onEnd: resolve }));
    expect(await ended).toMatchObject({ code: 'not_found' });
  });

  it('analyses, and keeps the answer', async () => {
    await expect(engine['incident.list']({})).rejects.toMatchObject({ code: 'failed_precondition' });
    analysisJob = (await engine['analysis.start']({})).jobId;
    const stored = await engine['analysis.get']({ jobId: analysisJob });
    expect(await engine['analysis.get']({})).toEqual(stored);
    const list = await engine['incident.list']({});
    expect(list.fingerprint).toBe(stored.result.fingerprint);
    expect(list.incidents.map(({ id }) => id)).toEqual(stored.result.incidents.map(({ id }) => id));
    for (const { id, findingCount } of list.incidents) {
      expect((await engine['incident.get']({ incidentId: id })).id).toBe(id);
      expect((await engine['finding.list']({ incidentId: id })).findings).toHaveLength(findingCount);
    }
    await expect(engine['incident.get']({ incidentId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await engine['finding.list']({})).findings).toEqual(stored.result.findings);
    expect(await engine['graph.get']({})).toEqual(stored.result.graph);
    const jobs = await engine['job.list']({});
    expect(jobs.jobs.map(({ id }) => id).toSorted()).toEqual([importJob, analysisJob].toSorted());
    expect((await engine['job.get']({ jobId: analysisJob })).status).toBe('succeeded');
  });

  it('lists records in pages', async () => {
    const { alerts, next } = await engine['alert.list']({});
    expect(next).toBeNull();
    expect(alerts).toMatchObject([{ name: 'HighLatency', severity: 'critical', labels: { service: 'checkout' } }]);
    expect(alerts[0]?.entities).toContainEqual({ type: 'service', name: 'checkout' });
    expect(alerts[0]?.startTime).toBe(1_750_000_020_000_000_000n);
    expect((await engine['alert.list']({ limit: 1 })).next).toBe(alerts[0]?.rowId);
    expect((await engine['alert.list']({ after: alerts[0]?.rowId ?? 0 })).alerts).toEqual([]);
    expect((await engine['change.list']({})).changes).toHaveLength(1);
    expect((await engine['event.list']({})).events).toMatchObject([{ reason: 'BackOff', count: 3 }]);
    const { entities } = await engine['entity.list']({ type: 'service' });
    expect(entities.map((entity) => entity.name)).toEqual(expect.arrayContaining(['checkout', 'stock']));
    const { total, records } = await engine['quarantine.list']({});
    expect(total).toBe(records.length);
    expect(records[0]?.path).toMatch(/broken\.jsonl$/);
  });

  it('scans signals as columns', async () => {
    const spans = [];
    for await (const chunk of engine['span.scan']({ entity: { type: 'service', name: 'checkout' } })) spans.push(chunk);
    expect(spans.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(40);
    const [first] = spans;
    expect(first?.startTimeUnixNano[0]).toBe(1_750_000_000_000_000_000n);
    expect([first?.spanId[0], first?.parentSpanId[0], first?.durationNs[0], first?.spanKind[0]]).toEqual([
      1n,
      0n,
      5e6,
      2,
    ]);
    expect(first?.strings[first.name[0] ?? -1]).toBe('GET /');
    expect(first?.strings[first.traceId[0] ?? -1]).toBe('1'.padStart(32, '0'));
    expect(first?.strings[first.entity[0] ?? -1]).toBe('service:checkout');
    expect(await rows(engine['span.scan']({ maxRows: 7 }))).toBe(7);
    expect(await rows(engine['log.scan']({}))).toBe(20);
    expect(await rows(engine['log.search']({ text: 'payment refused' }))).toBe(20);
    expect(await rows(engine['log.search']({ text: '"payment 7"' }))).toBe(1);
    await expect(rows(engine['log.search']({ text: '"unbalanced' }))).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    const { series } = await engine['metric.list']({ name: 'queue_depth' });
    expect(series).toHaveLength(1);
    const points = [];
    for await (const chunk of engine['metric.points']({ seriesId: series[0]?.rowId ?? 0 })) points.push(...chunk.value);
    expect(points).toEqual(Array.from({ length: 30 }, (_, minute) => minute));
  });

  it('shows raw rows', async () => {
    const answer = await engine['row.get']({ refs: [rowRef('span', 1), rowRef('alert', 999), rowRef('log', 1)] });
    expect(answer.rows.map(({ found }) => found)).toEqual([true, false, true]);
    expect(answer.rows[2]?.fields).toContainEqual({ name: 'body', value: 'payment 0 refused' });
    expect(answer.rows[0]?.sourcePath).toMatch(/\.json/);
  });

  it('gives views their buckets', async () => {
    const start = 1_750_000_000_000_000_000n as UnixNano;
    const window = { from: start, to: (start + 120_000_000_000n) as UnixNano, bucketCount: 4 };
    const lanes = await engine['timeline.lanes'](window);
    expect(lanes).toMatchObject({ startTime: start, bucketNs: 30e9, bucketCount: 4, isPartial: false });
    expect([...lanes.alerts.critical]).toEqual([1, 0, 0, 0]);
    expect(lanes.spanCounts.reduce((sum, count) => sum + count, 0)).toBe(41);
    expect(lanes.logCounts.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(lanes.errorLogCounts).toEqual(lanes.logCounts);
    expect([...lanes.otherCounts]).toEqual([0, 0, 0, 0]);
    expect(lanes.latency.counts).toHaveLength(4 * lanes.latency.upperBoundsMs.length);
    const entity = { type: 'service', name: 'checkout' } as const;
    const red = await engine['service.red']({ ...window, entity });
    expect(red.requestCounts.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(red.operations).toMatchObject([{ name: 'GET /', calls: 40, errorRatio: 0 }]);
    // Every span takes 5 ms; the answer is the middle of a bucket one sixteenth of an octave wide.
    expect(red.latencyP50Ms[0]).toBeCloseTo(5, 0);
    expect(red.baseline.text).toMatch(/^(No b|B)aseline/);
    const graph = await engine['graph.window']({ from: window.from, to: window.to });
    const node = graph.nodes.find((other) => other.entity.name === 'checkout');
    expect(node).toMatchObject({ alertCount: 1, health: 'failing', requestsPerSecond: 40 / 120 });
    const { metrics } = await engine['metric.search']({ text: 'QUEUE' });
    expect(metrics).toMatchObject([{ name: 'queue_depth', seriesCount: 1, entities: [entity] }]);
    const { series } = await engine['metric.list']({ name: 'queue_depth' });
    const folded = await engine['metric.buckets']({ ...window, seriesIds: [series[0]?.rowId ?? 0] });
    expect([...(folded.series[0]?.max ?? [])]).toEqual([29, NaN, NaN, NaN]);
    expect(folded.series[0]).toMatchObject({ rate: null });
    expect([...(folded.series[0]?.mean ?? [])][0]).toBe(14.5);
  });

  it('shows logs under a filter', async () => {
    const filter = { minSeverity: 17 };
    const all = await engine['log.histogram']({ filter: {}, bucketCount: 1 });
    expect([all.total, all.error[0], all.info[0]]).toEqual([20, 20, 0]);
    expect((await engine['log.histogram']({ filter: { maxSeverity: 16 }, bucketCount: 1 })).total).toBe(0);
    const { templates } = await engine['log.templates']({ filter });
    expect(templates).toMatchObject([{ text: 'payment <*> refused', count: 20, severityNumber: 17 }]);
    const templateIds = templates.map(({ templateId }) => templateId);
    expect((await engine['log.rows']({ filter: { excludedTemplateIds: templateIds }, index: 0 })).total).toBe(0);
    const page = await engine['log.rows']({ filter: { templateIds }, index: 5, limit: 3 });
    expect([page.total, page.index, page.columns.rowCount]).toEqual([20, 5, 3]);
    expect(page.columns.strings[page.columns.body[0] ?? -1]).toBe('payment 5 refused');
    const found = await engine['log.rows']({ filter: { text: '"payment 7"' }, index: 0 });
    expect(found.total).toBe(1);
    const rowId = found.columns.rowId[0] ?? 0;
    expect(await engine['log.locate']({ filter, rowId })).toEqual({ index: 7, total: 20, isExact: true });
    const time = (found.columns.timeUnixNano[0] ?? 0n) + 1n;
    expect(await engine['log.locate']({ filter, time: time as UnixNano })).toMatchObject({ index: 8, isExact: false });
    await expect(engine['log.locate']({ filter })).rejects.toMatchObject({ code: 'invalid_argument' });
    expect(await engine['log.record']({ rowId })).toMatchObject({ body: 'payment 7 refused', severityNumber: 17 });
    const { facets, sampled, total } = await engine['log.facets']({ filter });
    expect([sampled, total]).toEqual([20, 20]);
    expect(facets).toContainEqual({ key: 'logger', values: [{ value: 'checkout', count: 20 }] });
    const passing = async (key: string, value: string, isExcluded: boolean): Promise<number> =>
      (await engine['log.rows']({ filter: { fields: [{ key, value, isExcluded }] }, index: 0 })).total;
    expect(await passing('logger', 'checkout', false)).toBe(20);
    expect(await passing('logger', 'checkout', true)).toBe(0);
    expect(await passing('logger', 'check', false)).toBe(0);
    expect(await passing('no such key', 'x', true)).toBe(20);
    await expect(engine['log.rows']({ filter: { text: '"open' }, index: 0 })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    await expect(engine['log.record']({ rowId: 999 })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists traces and opens one', async () => {
    const { total, traces } = await engine['trace.list']({ entity: { type: 'service', name: 'checkout' }, limit: 3 });
    expect([total, traces.length]).toEqual([40, 3]);
    const traceId = '1'.padStart(32, '0');
    const chunks = [];
    for await (const chunk of engine['trace.spans']({ traceId })) chunks.push(chunk);
    // Both services number their traces from 1.
    expect(chunks.map(({ rowCount }) => rowCount)).toEqual([2]);
    const rowId = chunks[0]?.rowId[0] ?? 0;
    expect(await engine['span.get']({ rowId })).toMatchObject({ traceId, name: 'GET /', durationNs: 5e6 });
    expect(await engine['trace.edition']({ traceId })).toMatchObject({ traceId, spanCount: 2 });
    expect(await engine['trace.edition']({ traceId: 'abc' })).toMatchObject({ spanCount: 0 });
    expect(await rows(engine['trace.logs']({ traceId }))).toBe(0);
    await expect(rows(engine['trace.spans']({ traceId: 'abc' }))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps what people add', async () => {
    const heard: string[][] = [];
    const feed = engine['case.changed']({}, ({ areas }) => heard.push([...areas]));
    const entity = { type: 'service', name: 'checkout' } as const;
    const { note, revision } = await engine['note.add']({ text: 'paged', author: 'ada', entity, kind: 'decision' });
    expect(note).toMatchObject({ text: 'paged', entity, kind: 'decision', anchorTime: null });
    const changed = await engine['note.change']({ id: note.id, text: 'called' });
    expect(changed.revision).toBeGreaterThan(revision);
    expect((await engine['note.list']({})).notes).toEqual([{ ...note, text: 'called' }]);
    await engine['note.remove']({ id: note.id });
    expect((await engine['note.list']({})).notes).toEqual([]);
    await expect(engine['note.remove']({ id: note.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(engine['note.add']({ text: 'x', entity: { type: 'service', name: 'nobody' } })).rejects.toMatchObject({
      code: 'not_found',
    });
    await engine['setting.set']({ key: 'pins', json: '{"a":1}' });
    expect(await engine['setting.get']({ key: 'pins' })).toEqual({ json: '{"a":1}' });
    await expect(engine['setting.set']({ key: 'pins', json: '{' })).rejects.toMatchObject({ code: 'invalid_argument' });
    await engine['setting.set']({ key: 'pins', json: null });
    expect(await engine['setting.get']({ key: 'pins' })).toEqual({ json: null });
    await eventually(() => expect(heard.flat()).toEqual(expect.arrayContaining(['notes', 'settings'])));
    feed.dispose();
  });

  it('keeps verdicts through a new analysis', async () => {
    const judged = {
      entity: { type: 'service', name: 'checkout' },
      faultKind: 'bad_deployment',
      changeId: null,
    } as const;
    await engine['hypothesis.judge']({ incidentId: 'i', ...judged, verdict: 'rejected', by: 'ada', reason: 'no' });
    await engine['hypothesis.judge']({ incidentId: 'i', ...judged, verdict: 'confirmed', by: 'bob' });
    const { incidents } = await engine['incident.list']({});
    for (const { id } of incidents) {
      const { hypotheses } = await engine['incident.get']({ incidentId: id });
      for (const { entity, faultKind, change } of hypotheses)
        await engine['hypothesis.judge']({
          incidentId: id,
          entity,
          faultKind,
          changeId: change?.id ?? null,
          verdict: 'rejected',
          by: 'cleo',
        });
    }
    await engine['analysis.get']({ jobId: (await engine['analysis.start']({})).jobId });
    for (const { id } of incidents) {
      const { hypotheses } = await engine['incident.get']({ incidentId: id });
      for (const { judgement } of hypotheses) expect(judgement).toMatchObject({ verdict: 'rejected', by: 'cleo' });
    }
    const { judgements } = await engine['hypothesis.judgements']({});
    expect(judgements.find(({ by }) => by === 'bob')).toMatchObject({ ...judged, verdict: 'confirmed', reason: '' });
    await engine['hypothesis.judge']({ incidentId: 'i', ...judged, verdict: 'none' });
    expect((await engine['hypothesis.judgements']({})).judgements.filter(({ by }) => by === 'bob')).toEqual([]);
  });

  it('keeps what was struck out, and leaves the answer of the analysis as it is', async () => {
    const { fingerprint } = await engine['incident.list']({});
    const line = { entity: { type: 'service', name: 'checkout' }, signal: 'log', text: 'fails 12 times' } as const;
    const struck = await engine['evidence.strike']({ ...line, isStruck: true, by: 'ada' });
    const back = await engine['evidence.strike']({ ...line, isStruck: false });
    expect(back.revision).toBeGreaterThan(struck.revision);
    expect((await engine['incident.list']({})).fingerprint).toBe(fingerprint);
    await expect(engine['evidence.strike']({ ...line, text: '', isStruck: true })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
  });

  it('groups only incidents there are', async () => {
    expect(await engine['grouping.list']({})).toEqual({ groupings: [] });
    const missing = { code: 'not_found' };
    await expect(engine['grouping.split']({ incidentId: 'x', alerts: [1] })).rejects.toMatchObject(missing);
    await expect(engine['grouping.merge']({ incidentIds: ['x', 'y'] })).rejects.toMatchObject(missing);
    const move = { incidentId: 'x', alerts: [1], toIncidentId: 'y' };
    await expect(engine['grouping.move'](move)).rejects.toMatchObject(missing);
    await expect(engine['grouping.set']({ ids: [7], isActive: false })).rejects.toMatchObject(missing);
  });

  it('shows a room what the presenter shows', async () => {
    expect(await engine['room.members']({})).toEqual({ viewers: 0, operators: 0, isMasked: true });
    const seen: unknown[] = [];
    await engine['room.publish']({ stateJson: '1' });
    const feed = engine['room.follow']({}, (event) => seen.push(event));
    await eventually(() => expect(seen).toEqual([{ stateJson: '1', presenter: '', isMasked: false }]));
    await engine['room.publish']({ stateJson: '2', presenter: 'ada' });
    await eventually(() => expect(seen.at(-1)).toEqual({ stateJson: '2', presenter: 'ada', isMasked: false }));
    expect(await engine['room.members']({})).toEqual({ viewers: 0, operators: 1, isMasked: false });
    await engine['room.mask']({ isMasked: true });
    await eventually(() => expect(seen.at(-1)).toEqual({ stateJson: '2', presenter: 'ada', isMasked: true }));
    // Another window of the presenter, which never masked anything, unmasks nothing.
    await engine['room.publish']({ stateJson: '3' });
    await eventually(() => expect(seen.at(-1)).toEqual({ stateJson: '3', presenter: '', isMasked: true }));
    await engine['room.mask']({ isMasked: false });
    feed.dispose();
    await eventually(async () => expect((await engine['room.members']({})).operators).toBe(0));
    await expect(engine['room.publish']({ stateJson: 'x'.repeat(70_000) })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
  });

  it('gives every name a pseudonym, once', async () => {
    const first = await engine['pseudonym.list']({ people: ['zelda'] });
    expect(first.table['service:checkout']).toMatch(/^service [A-Z][a-z]+$/);
    expect(first.table['person:zelda']).toMatch(/^person \d+$/);
    expect(first).toMatchObject({ isKept: true, secret: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await engine['pseudonym.list']({})).toEqual(first);
    // It was answered after half a second at the latest, kept or on its way.
    await eventually(async () => {
      const { json } = await engine['setting.get']({ key: 'maskedNames' });
      expect(JSON.parse(json ?? 'null')).toEqual(first.table);
    });
  });

  it('writes the report, and tells the tables', async () => {
    const html = (await engine['report.render']({ format: 'html' })).text;
    expect(html).toMatch(/^<!doctype html>/i);
    expect((await engine['report.render']({ format: 'markdown' })).text).toContain('#');
    const json = (await engine['report.render']({ format: 'json' })).text;
    expect(JSON.parse(json)).toHaveProperty('fingerprint');
    const masked = (await engine['report.render']({ format: 'markdown', maskNames: true })).text;
    expect(masked).not.toContain('checkout');
    const { tables } = await engine['schema.get']({});
    expect(tables.find((table) => table.name === 'v_spans')?.columns.map((column) => column.name)).toContain('service');
  });

  it('remembers cases that were opened', async () => {
    const { cases } = await engine['case.recent']({});
    expect(cases[0]).toMatchObject({ caseFile: join(folder, `${name}.faultline`) });
    expect(cases[0]?.sizeBytes).toBeGreaterThan(0);
  });

  it('names the demo incidents by their bundles', async () => {
    const { demos } = await engine['case.demos']({});
    expect(demos.map((demo) => demo.name)).toContain('slow-database');
    for (const demo of demos) expect(statSync(demo.path).size).toBe(demo.sizeBytes);
  });

  it('runs SQL that reads, and none that writes', async () => {
    const chunks = [];
    for await (const chunk of engine['sql.run']({ sql: 'SELECT id, 1.5, NULL FROM spans ORDER BY id LIMIT 2' }))
      chunks.push(chunk);
    expect(chunks.flatMap((chunk) => Array.from({ length: chunk.rowCount }, (_, row) => sqlRow(chunk, row)))).toEqual([
      [1, 1.5, null],
      [2, 1.5, null],
    ]);
    for (const sql of ['DROP TABLE spans', 'SELEC 1', 'PRAGMA user_version = 9']) {
      await expect(rows(engine['sql.run']({ sql }))).rejects.toMatchObject({ code: 'invalid_argument' });
    }
  });

  it('closes, and opens again for reading only', async () => {
    await engine['case.close']({});
    const caseFile = join(folder, `${name}.faultline`);
    const summary = await engine['case.open']({ caseFile, isReadOnly: true });
    expect(summary).toMatchObject({ fileCount: 8, analysisCount: 2 });
    await expect(engine['import.start']({ paths: [bundle] })).rejects.toMatchObject({ code: 'failed_precondition' });
    // Kept while the case could be written; what is new since is said not to be.
    expect(await engine['pseudonym.list']({})).toMatchObject({ isKept: true });
    expect(await engine['pseudonym.list']({ people: ['late'] })).toMatchObject({ isKept: false });
    await engine['engine.shutdown']({});
    expect((await engine['engine.status']({})).caseFile).toBeNull();
  });

  it('has now been called in full', () => {
    expect([...called].toSorted()).toEqual(Object.keys(contract).toSorted());
  });
});
