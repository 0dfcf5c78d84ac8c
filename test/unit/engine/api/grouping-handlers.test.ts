/** Splitting and merging on a real engine: the case is analysed as decided, taken back whole, and the same each time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EngineSession } from '../../../../shared/engine/api/engine-session.ts';
import { groupingHandlers, requestOf } from '../../../../shared/engine/api/grouping-handlers.ts';
import { reportHandlers } from '../../../../shared/engine/api/report-handlers.ts';
import { newestAnalysis } from '../../../../shared/engine/api/newest-analysis.ts';
import { createEngine } from '../../../../shared/engine/engine.ts';
import type { HandlerContext } from '../../../../shared/contract/derived-types.ts';
import type { Incident } from '../../../../shared/model/analysis-result.ts';
import { eventually } from '../../../support/eventually.ts';

const BUNDLE = fileURLToPath(new URL('../../../../build/demo/errors-after-deploy', import.meta.url));
const context: HandlerContext = { signal: new AbortController().signal, scope: 'operator' };
const session = new EngineSession(createEngine);
const handlers = groupingHandlers(session);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-grouping-'));
  const engine = await session.open({ caseFile: join(folder, 'case.faultline') });
  await (
    await engine.import({ paths: [BUNDLE] })
  ).result;
  await (
    await engine.analyze({})
  ).result;
});
afterAll(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

async function incidents(jobId?: Awaited<ReturnType<(typeof handlers)['grouping.split']>>['jobId']) {
  if (jobId !== undefined) await session.analysisResult(jobId);
  return (await newestAnalysis(session)).result;
}
const rowsOf = ({ alerts }: Incident): readonly number[] => alerts.map(({ rowId }) => rowId).sort((a, b) => a - b);

describe('grouping by people', () => {
  it('splits, moves, merges, takes back, and refuses what would leave nothing', async () => {
    const before = await incidents();
    const [first] = before.incidents;
    expect(before.incidents).toHaveLength(1);
    const all = rowsOf(first!);
    const chosen = first!.alerts.filter(({ id, foldedInto }) => (foldedInto ?? id) === first!.alerts[0]!.id);
    const alerts = chosen.map(({ rowId }) => rowId);

    const split = await handlers['grouping.split']({ incidentId: first!.id, alerts, by: 'ada' }, context);
    const apart = await incidents(split.jobId);
    expect(apart.incidents).toHaveLength(2);
    expect(apart.metrics.incidentsOut).toBe(2);
    const own = apart.incidents.find(({ decisions }) => decisions!.some(({ side }) => side === 'members'))!;
    const rest = apart.incidents.find(({ id }) => id !== own.id)!;
    expect(rowsOf(own)).toEqual([...alerts].sort((a, b) => a - b));
    expect([...rowsOf(own), ...rowsOf(rest)].sort((a, b) => a - b)).toEqual(all);
    // Every finding is still in one of them, and each has causes of its own.
    expect([...own.findings, ...rest.findings].sort()).toEqual([...first!.findings].sort());
    expect(own.hypotheses.length).toBeGreaterThan(0);
    expect(apart.fingerprint).not.toBe(before.fingerprint);

    const [moved] = rest.alerts;
    const move = await handlers['grouping.move'](
      { incidentId: rest.id, alerts: [moved!.rowId], toIncidentId: own.id, by: 'ada' },
      context,
    );
    const pinned = await incidents(move.jobId);
    const holder = pinned.incidents.find((one) => rowsOf(one).includes(moved!.rowId))!;
    expect(rowsOf(holder)).toEqual([...rowsOf(own), moved!.rowId].sort((a, b) => a - b));
    expect(holder.links[0]).toMatchObject({ terms: { person: 1 }, decision: move.ids[1] });
    await incidents((await handlers['grouping.set']({ ids: move.ids, isActive: false }, context)).jobId);

    const merge = await handlers['grouping.merge']({ incidentIds: [own.id, rest.id], by: '' }, context);
    const merged = await incidents(merge.jobId);
    expect(merged.incidents.map(rowsOf)).toEqual([all]);
    expect(merged.incidents[0]!.decisions).toContainEqual({ grouping: merge.ids[0], side: 'both' });

    await incidents((await handlers['grouping.set']({ ids: merge.ids, isActive: false }, context)).jobId);
    expect((await incidents()).fingerprint).toBe(apart.fingerprint);
    await incidents((await handlers['grouping.set']({ ids: split.ids, isActive: false }, context)).jobId);
    expect(await incidents()).toEqual(before);
    const { groupings } = await handlers['grouping.list']({}, context);
    expect(groupings.map(({ isActive }) => isActive)).toEqual([false, false, false, false]);
    expect(groupings[0]).toMatchObject({ kind: 'apart', memberCount: alerts.length, by: 'ada' });
    const [splitId] = split.ids;
    const [left, joined] = move.ids;
    expect(groupings.map(({ id, pairId }) => [id, pairId])).toEqual([
      [splitId, null],
      [left, joined],
      [joined, left],
      [merge.ids[0], null],
    ]);

    const refused = (alertRows: readonly number[]) =>
      handlers['grouping.split']({ incidentId: first!.id, alerts: [...alertRows], by: '' }, context);
    await expect(refused(all)).rejects.toMatchObject({ code: 'invalid_argument', message: /leave one out/ });
    await expect(refused([999_999])).rejects.toMatchObject({ code: 'invalid_argument' });
    expect((await handlers['grouping.list']({}, context)).groupings).toHaveLength(4);
  });

  it('leaves the report to the analysis, and tells in it what people set aside', async () => {
    const reports = reportHandlers(session);
    const render = async (format: 'markdown' | 'json'): Promise<string> =>
      (await reports['report.render']({ kind: 'investigation', format, maskNames: false }, context)).text;
    const before = await Promise.all([render('markdown'), render('json')]);
    const { result } = await newestAnalysis(session);
    const [first] = result.incidents[0]!.hypotheses;
    const { entity, evidence } = first!;
    const { signal, text } = evidence[0]!;
    await session.engine.strike({ entity, signal, text, isStruck: true, by: 'ada' });
    const [markdown, json] = await Promise.all([render('markdown'), render('json')]);
    expect(markdown).toContain('People rejected 0 causes and struck out 1 line of evidence. The order here is that');
    expect(json).toBe(before[1]);
    await session.engine.strike({ entity, signal, text, isStruck: false, by: 'ada' });
    expect(await render('markdown')).toBe(before[0]);
  });

  it('keeps nothing of a decision whose analysis was cancelled', async () => {
    const { result } = await newestAnalysis(session);
    const [first] = result.incidents;
    const alerts = [first!.alerts[0]!.rowId];
    const split = await handlers['grouping.split']({ incidentId: first!.id, alerts, by: '' }, context);
    await session.engine.cancel(split.jobId);
    await expect(session.analysisResult(split.jobId)).rejects.toMatchObject({ code: 'cancelled' });
    await eventually(async () => {
      const { groupings } = await handlers['grouping.list']({}, context);
      expect(groupings.find(({ id }) => split.ids.includes(id))).toMatchObject({ isActive: false });
    });
    expect((await newestAnalysis(session)).result.fingerprint).toBe(result.fingerprint);
  });

  it('tells screens once more when it is taken back: they asked when the job ended', async () => {
    const { result } = await newestAnalysis(session);
    const [first] = result.incidents;
    const alerts = [first!.alerts[0]!.rowId];
    const split = await handlers['grouping.split']({ incidentId: first!.id, alerts, by: '' }, context);
    const write = session.engine.setGroupingActive.bind(session.engine);
    let revision = Infinity;
    const written = vi.spyOn(session.engine, 'setGroupingActive').mockImplementation(async (id, isActive) => {
      await write(id, isActive);
      ({ revision } = session);
    });
    await session.engine.cancel(split.jobId);
    await eventually(() => expect(session.revision).toBeGreaterThan(revision));
    written.mockRestore();
  });

  it('decides one thing when two windows decide at once, and keeps nothing of the other', async () => {
    const { result } = await newestAnalysis(session);
    const [first] = result.incidents;
    const active = async (): Promise<number> =>
      (await handlers['grouping.list']({}, context)).groupings.filter(({ isActive }) => isActive).length;
    const before = await active();
    const add = vi.spyOn(session.engine, 'addGrouping');
    const split = (at: number) =>
      handlers['grouping.split']({ incidentId: first!.id, alerts: [first!.alerts[at]!.rowId], by: '' }, context);
    const [one, other] = await Promise.allSettled([split(0), split(1)]);
    expect(add).toHaveBeenCalledTimes(1);
    add.mockRestore();
    expect([one.status, other.status]).toEqual(['fulfilled', 'rejected']);
    if (one.status !== 'fulfilled') return;
    await incidents(one.value.jobId);
    expect(await active()).toBe(before + 1);
    await expect(
      handlers['grouping.set']({ ids: [...one.value.ids, 999_999], isActive: false }, context),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await active()).toBe(before + 1);
    await incidents((await handlers['grouping.set']({ ids: one.value.ids, isActive: false }, context)).jobId);
  });

  it('decides nothing about incidents that were analysed anew before its turn came', async () => {
    const { result } = await newestAnalysis(session);
    const [first] = result.incidents;
    const split = (at: number) =>
      handlers['grouping.split']({ incidentId: first!.id, alerts: [first!.alerts[at]!.rowId], by: '' }, context);
    const look = session.engine.jobs.bind(session.engine);
    let looks = 0;
    const jobs = vi.spyOn(session.engine, 'jobs').mockImplementation(async () => {
      // The second comes to look when the analysis of the first has ended.
      if (++looks === 2) await eventually(async () => expect((await look())[0]?.status).toBe('succeeded'));
      return look();
    });
    const [one, other] = await Promise.allSettled([split(0), split(1)]);
    jobs.mockRestore();
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'failed_precondition' } });
    if (one.status !== 'fulfilled') throw one.reason;
    await incidents(one.value.jobId);
    await incidents((await handlers['grouping.set']({ ids: one.value.ids, isActive: false }, context)).jobId);
    expect(await incidents()).toEqual(result);
  });

  it('decides nothing beside a running job', async () => {
    const { result } = await newestAnalysis(session);
    const [first] = result.incidents;
    const [recorded] = await session.engine.jobs();
    // As long as the test wants; a real job would end when it likes.
    const jobs = vi.spyOn(session.engine, 'jobs').mockResolvedValue([{ ...recorded!, status: 'running' }]);
    const add = vi.spyOn(session.engine, 'addGrouping');
    await expect(
      handlers['grouping.split']({ incidentId: first!.id, alerts: [first!.alerts[0]!.rowId], by: '' }, context),
    ).rejects.toMatchObject({ code: 'failed_precondition' });
    expect(add).not.toHaveBeenCalled();
    for (const spy of [jobs, add]) spy.mockRestore();
  });

  it('asks again what was asked last time', () => {
    const text = '{"at":"12","from":"-3","candidates":[{"type":"service","name":"a"}]}';
    expect(requestOf(text)).toEqual({
      at: 12n,
      from: -3n,
      to: undefined,
      candidates: [{ type: 'service', name: 'a' }],
    });
  });
});
