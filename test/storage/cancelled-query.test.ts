/** People share an engine: who stops waiting for an answer, or asks for one that never comes, must not take it from others. */
import { afterEach, expect, it } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import type { Engine } from '../../shared/engine/engine-interface.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

/** Counts to `rows` in SQLite: long enough to be cancelled on its way, short enough for a test. */
function counting(rows: number): string {
  return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT count(*) FROM n`;
}

async function first(engine: Engine, sql: string, signal?: AbortSignal, isOwn = true): Promise<unknown> {
  for await (const { values } of engine.query({ sql, signal, isOwn })) return values[0]?.[0];
  return undefined;
}

it('a view that stops waiting leaves the answers of the others alone', async () => {
  const engine = await createEngine({ caseFile: temporary('shared.case') });
  engines.push(engine);
  const abort = new AbortController();
  const given = first(engine, counting(3_000_000), abort.signal);
  const wanted = first(engine, counting(7));
  abort.abort();
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
  expect(await wanted).toBe(7);
  expect(await first(engine, counting(8))).toBe(8);
});

const ENDLESS = counting(1e15);

it('a statement of one person that never ends neither holds up nor takes along those of others', async () => {
  const engine = await createEngine({ caseFile: temporary('console.case') });
  engines.push(engine);
  const abort = new AbortController();
  const endless = first(engine, ENDLESS, abort.signal, false);
  expect(await first(engine, counting(7), undefined, false)).toBe(7);
  const wanted = first(engine, counting(3_000_000), undefined, false);
  abort.abort();
  await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
  expect(await wanted).toBe(3_000_000);
});

it('refuses a statement beyond those that may run at once, and takes one again when another has ended', async () => {
  const engine = await createEngine({ caseFile: temporary('full-console.case') });
  engines.push(engine);
  const aborts = Array.from({ length: 4 }, () => new AbortController());
  const running = aborts.map(({ signal }) => first(engine, ENDLESS, signal, false));
  await expect(first(engine, counting(7), undefined, false)).rejects.toMatchObject({ code: 'resource_exhausted' });
  for (const abort of aborts) abort.abort();
  const ended = await Promise.allSettled(running);
  expect(ended.map(({ status }) => status)).toEqual(running.map(() => 'rejected'));
  expect(await first(engine, counting(7), undefined, false)).toBe(7);
});
