/** Views share one thread for their small questions: who stops waiting for one must not take it from the others. */
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

async function first(engine: Engine, sql: string, signal?: AbortSignal): Promise<unknown> {
  for await (const { values } of engine.query({ sql, signal, isOwn: true })) return values[0]?.[0];
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
