/**
 * What a guest of a masked room gets over a real socket of the real host, from a real case: whatever they call, and however
 * it ends, no frame holds a name of the case.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { contract } from '../../shared/contract/contract.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { ClientProcedures } from '../../shared/contract/derived-types.ts';
import { listDemos } from '../../shared/engine/api/demo-bundles.ts';
import { EngineSession } from '../../shared/engine/api/engine-session.ts';
import { reportHandlers } from '../../shared/engine/api/report-handlers.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import type { EntityRef } from '../../shared/model/entity.ts';
import { rowRef, ROW_TABLES } from '../../shared/model/ids.ts';
import { createSeal } from '../../shared/report/seal.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { webSocketPort } from '../../shared/serve/web-socket-port.ts';
import { startTestHost } from '../support/loopback-host.ts';
import type { TestHost } from '../support/loopback-host.ts';
import { eventually } from '../support/eventually.ts';

type Procedures = ClientProcedures<Contract>;

let folder: string;
let session: EngineSession;
let test: TestHost;
let owner: Procedures;
let guest: Procedures;
/** Everything the guest's socket received since the room was masked, as text. */
const frames: string[] = [];
let isListening = false;
/** In lower case; short ones and ordinary words would be found in anything. */
let names: readonly string[] = [];
const called = new Set<string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-guest-'));
  session = new EngineSession(createEngine);
  test = await startTestHost({ session, shareAddress: '127.0.0.1', isOutputChecked: true });
  const socket = (cookie: string): WebSocket => test.socket('/rpc', { origin: test.origin, cookie });
  owner = createClient(contract, webSocketPort(socket(await test.ownerCookie()))).procedures;
  const [link = ''] = test.host.viewerLinks;
  const guestSocket = socket(await test.cookieOf(link));
  guestSocket.on('message', (data: Buffer) => {
    if (isListening) frames.push(data.toString('latin1').toLowerCase());
  });
  guest = new Proxy(createClient(contract, webSocketPort(guestSocket)).procedures, {
    get(target, key) {
      called.add(String(key));
      return target[key as keyof Procedures];
    },
  });
  await owner['case.open']({ caseFile: join(folder, 'acme-outage.faultline') });
  const demos = await listDemos();
  const path = demos.find(({ name }) => name === 'errors-after-deploy')?.path ?? '';
  await owner['import.report']({ jobId: (await owner['import.start']({ paths: [path] })).jobId });
  await owner['analysis.get']({ jobId: (await owner['analysis.start']({})).jobId });
  await owner['note.add']({ text: 'budget-api was rolled back by zelda-q', author: 'zelda-q', kind: 'action' });
  await owner['setting.set']({ key: 'places', json: '{"service:budget-api":[1,2]}' });
  const { entities } = await owner['entity.list']({});
  names = [
    ...new Set([...entities.flatMap(({ name, aliases }) => [name, ...aliases]), 'acme-outage', 'zelda-q', 'nadia-p']),
  ]
    .map((name) => name.toLowerCase())
    .filter((name) => name.length > 4 && /[-.\d]/.test(name) && !/^[\d.]+$/.test(name));
  await owner['room.publish']({ stateJson: picture('service', 'budget-api'), presenter: 'zelda-q' });
  await owner['room.mask']({ isMasked: true });
  isListening = true;
});
afterAll(async () => {
  await test.close();
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});

function picture(type: EntityRef['type'], name: string): string {
  return JSON.stringify({
    address: '#/logs?level=instance',
    place: {
      incidentId: null,
      selection: { kind: 'entity', entity: { type, name } },
      filters: { logs: `service:${name} -"${name} is slow" timeout`, tracesEntity: `service:${name}` },
    },
    presentation: {
      isPresenting: false,
      scene: 'impact',
      isSpotlightOn: true,
      spotlight: `${type}:${name}`,
      frozenSinceMs: null,
    },
  });
}

/** Names that any frame so far holds, each with what stands around it. */
function told(): readonly string[] {
  return names.flatMap((name) => {
    const frame = frames.find((one) => one.includes(name));
    const at = frame?.indexOf(name) ?? 0;
    return frame === undefined ? [] : [`${name}: ${frame.slice(Math.max(0, at - 80), at + name.length + 40)}`];
  });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('a guest of a masked room', () => {
  it('would be told names by an open room', async () => {
    expect(names.length).toBeGreaterThan(60);
    const { entities } = await owner['entity.list']({});
    expect(entities.map(({ name }) => name)).toContain('budget-api');
  });

  it('reads no name in any answer', async () => {
    const bucketed = { bucketCount: 20 };
    const { table } = await owner['pseudonym.list']({});
    const entity = { type: 'service' as const, name: table['service:budget-api'] ?? '' };
    expect(entity.name).toMatch(/^service [A-Z][a-z]+$/);
    const { entities } = await guest['entity.list']({});
    expect(entities).toContainEqual(expect.objectContaining(entity));
    const { incidents } = await guest['incident.list']({});
    for (const { id } of incidents) {
      expect(await guest['incident.get']({ incidentId: id })).toMatchObject({ id });
      await guest['finding.list']({ incidentId: id });
    }
    const { traces } = await guest['trace.list']({ entity });
    expect(traces.length).toBeGreaterThan(0);
    const [{ traceId } = { traceId: '' }] = traces;
    const spans = await all(guest['trace.spans']({ traceId }));
    const spanCount = spans.reduce((sum, { rowCount }) => sum + rowCount, 0);
    expect(await guest['trace.edition']({ traceId })).toMatchObject({ traceId, spanCount });
    await guest['span.get']({ rowId: spans[0]?.rowId[0] ?? 0 });
    await all(guest['trace.logs']({ traceId }));
    const rows = await guest['log.rows']({ filter: { entity }, index: 0 });
    expect(rows.total).toBeGreaterThan(0);
    await guest['log.record']({ rowId: rows.columns.rowId[0] ?? 0 });
    const { templates } = await guest['log.templates']({ filter: {} });
    const [template] = templates;
    const ofTemplate = await guest['log.rows']({ filter: { templateIds: [template?.templateId ?? ''] }, index: 0 });
    expect(ofTemplate.total).toBe(template?.count);
    const { facets } = await guest['log.facets']({ filter: {} });
    const facet = facets.find(({ values }) => values.some(({ value }) => /^(service|copy) [A-Z]/.test(value)));
    const [value] = facet?.values ?? [];
    const fields = [{ key: facet?.key ?? '', value: value?.value ?? '', isExcluded: false }];
    expect((await guest['log.rows']({ filter: { fields }, index: 0 })).total).toBeGreaterThan(0);
    await guest['log.histogram']({ filter: { text: `"${entity.name}"` }, ...bucketed });
    await guest['log.locate']({ filter: {}, rowId: rows.columns.rowId[0] ?? 0 });
    await all(guest['log.scan']({ maxRows: 5_000 }));
    await all(guest['log.search']({ text: `"${entity.name}"` }));
    await all(guest['span.scan']({ entity, maxRows: 5_000 }));
    const { metrics } = await guest['metric.search']({ limit: 1_000 });
    const [metric] = metrics;
    const { series } = await guest['metric.list']({ name: metric?.name ?? '' });
    expect(series).toHaveLength(metric?.seriesCount ?? -1);
    await guest['metric.list']({});
    await all(guest['metric.points']({ seriesId: series[0]?.rowId ?? 0 }));
    await guest['metric.buckets']({ seriesIds: [series[0]?.rowId ?? 0], ...bucketed });
    const red = await guest['service.red']({ entity, ...bucketed });
    expect(red.instances.length + red.operations.length).toBeGreaterThan(0);
    await guest['graph.get']({});
    await guest['graph.window']({});
    await guest['timeline.lanes'](bucketed);
    for (const list of ['alert.list', 'change.list', 'event.list'] as const) await guest[list]({ limit: 10_000 });
    await guest['analysis.get']({});
    await guest['finding.list']({});
    await guest['hypothesis.judgements']({});
    await guest['note.list']({});
    await guest['grouping.list']({});
    const { files } = await guest['import.files']({});
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    await guest['quarantine.list']({ path: files[0]?.path ?? '' });
    await guest['quarantine.list']({});
    const { jobs } = await guest['job.list']({});
    for (const { id, kind } of jobs) {
      await guest['job.get']({ jobId: id });
      await new Promise((resolve) => guest['job.progress']({ jobId: id }, () => undefined, { onEnd: resolve }));
      if (kind === 'import') await guest['import.report']({ jobId: id });
    }
    await guest['row.get']({ refs: ROW_TABLES.flatMap((table) => [1, 2, 3, 40, 400].map((id) => rowRef(table, id))) });
    await guest['case.summary']({});
    await guest['engine.status']({});
    await guest['schema.get']({});
    await guest['room.members']({});
    expect((await guest['setting.get']({ key: 'places' })).json).toMatch(/^\{"service:service [A-Z][a-z]+":\[1,2\]\}$/);
    for (const kind of ['investigation', 'postMortem'] as const) {
      for (const format of ['markdown', 'html', 'json'] as const) await guest['report.render']({ kind, format });
    }
    expect(told()).toEqual([]);
  });

  it('is shown where the presenter looks, in pseudonyms', async () => {
    const seen: { readonly stateJson: string; readonly presenter: string; readonly isMasked: boolean }[] = [];
    const feed = guest['room.follow']({}, (event) => seen.push(event), { after: 0 });
    const changes = guest['case.changed']({}, () => undefined);
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject({ isMasked: true });
    const shown = JSON.parse(seen[0]?.stateJson ?? '') as { place: { selection: { entity: EntityRef } } };
    const { entities } = await guest['entity.list']({});
    expect(entities).toContainEqual(expect.objectContaining(shown.place.selection.entity));
    await owner['room.publish']({ stateJson: 'budget-api, which is no picture' });
    await eventually(() => expect(seen.at(-1)?.stateJson).toBe(''));
    feed.dispose();
    changes.dispose();
    expect(told()).toEqual([]);
  });

  it('is refused what cannot be masked, and told no name by what fails', async () => {
    await expect(all(guest['sql.run']({ sql: 'SELECT name FROM entities' }))).rejects.toMatchObject({
      code: 'permission_denied',
    });
    await expect(guest['setting.get']({ key: 'maskedNames' })).rejects.toMatchObject({ code: 'permission_denied' });
    await expect(guest['pseudonym.list']({})).rejects.toMatchObject({ code: 'permission_denied' });
    const { entities } = await guest['entity.list']({});
    const [{ type, name } = { type: 'service' as const, name: '' }] = entities;
    await expect(guest['incident.get']({ incidentId: name })).rejects.toMatchObject({ code: 'not_found' });
    await expect(guest['service.red']({ entity: { type, name: 'nobody' }, bucketCount: 1 })).resolves.toBeDefined();
    await expect(guest['log.rows']({ filter: { text: `"${name}` }, index: 0 })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    expect(told()).toEqual([]);
  });

  it('opens no sealed word by having it quoted in what fails', async () => {
    const { secret } = await owner['pseudonym.list']({});
    // Such as the folder of a file, or what a presenter has typed.
    const sealed = createSeal(secret).close('Acme Bank');
    const asked = guest['incident.get']({ incidentId: sealed });
    await expect(asked).rejects.toMatchObject({ code: 'not_found', message: expect.not.stringContaining('Acme') });
  });

  it('is not told which pseudonym is whose by a pseudonym that spells the setting', async () => {
    // Such as the author of a change in a bundle.
    const author = 'maskedNames.secret';
    await owner['note.add']({ text: 'hello', author, kind: 'note' });
    const { table } = await owner['pseudonym.list']({});
    const pseudonym = table[`person:${author}`] ?? '';
    expect(pseudonym).toMatch(/^person \d+$/);
    await expect(guest['setting.get']({ key: pseudonym })).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('has now called everything guests may call', () => {
    const open = Object.entries(contract).flatMap(([name, { scope }]) => (scope === 'viewer' ? [name] : []));
    expect(open.filter((name) => !called.has(name))).toEqual([]);
  });

  it('reads names again once they are shown', async () => {
    await owner['room.mask']({ isMasked: false });
    const { entities } = await guest['entity.list']({});
    expect(entities.map(({ name }) => name)).toContain('budget-api');
    expect(told().length).toBeGreaterThan(60);
    // But not which pseudonym is whose: that would undo every later masking.
    for (const key of ['maskedNames', 'maskedNames.secret'])
      await expect(guest['setting.get']({ key })).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('gets a masked report where masking begins while it is written', async () => {
    const render = reportHandlers(session)['report.render'];
    for (const kind of ['investigation', 'postMortem'] as const) {
      session.room.mask(false);
      const { signal } = new AbortController();
      const rendering = render({ kind, format: 'markdown', maskNames: false }, { signal, scope: 'viewer' });
      session.room.mask(true);
      expect((await rendering).text).not.toContain('budget-api');
    }
  });

  it('is not shown what was looked at in a case that was closed', async () => {
    await owner['room.mask']({ isMasked: true });
    await owner['room.publish']({ stateJson: picture('service', 'budget-api'), presenter: 'zelda-q' });
    const seen: { readonly stateJson: string; readonly presenter: string }[] = [];
    await owner['case.close']({});
    const first = guest['room.follow']({}, (event) => seen.push(event), { after: 0 });
    await eventually(() => expect(seen).toHaveLength(1));
    first.dispose();
    await owner['case.open']({ caseFile: join(folder, 'other.faultline') });
    const second = guest['room.follow']({}, (event) => seen.push(event), { after: 0 });
    await eventually(() => expect(seen).toHaveLength(2));
    second.dispose();
    expect(seen.map(({ stateJson }) => stateJson)).toEqual(['', '']);
    expect(JSON.stringify(seen)).not.toContain('zelda-q');
  });
});
