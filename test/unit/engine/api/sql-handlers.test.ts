/** Guests may read by SQL, but neither for long nor in all the places there are. */
import { expect, it } from 'vitest';
import { sqlHandlers } from '../../../../shared/engine/api/sql-handlers.ts';
import type { EngineSession } from '../../../../shared/engine/api/engine-session.ts';
import type { QueryRequest } from '../../../../shared/engine/engine-interface.ts';

const REQUEST = { sql: 'SELECT 1', maxRows: 10, timeoutMs: 3_600_000 };

/** Handlers over an engine whose statements give block after block, and what it was asked. */
function handlersWithRequests() {
  const requests: QueryRequest[] = [];
  const engine = {
    query: async function* (request: QueryRequest) {
      requests.push(request);
      for (;;) yield { columns: ['n'], values: [[1]], rowCount: 1, isLast: false, isTruncated: false };
    },
  };
  const run = sqlHandlers({ engine } as unknown as EngineSession)['sql.run'];
  const started = (scope: 'viewer' | 'operator') =>
    run(REQUEST, { scope, signal: new AbortController().signal, after: undefined } as never)[Symbol.asyncIterator]();
  return { requests, started };
}

it('gives guests half of the places, one again when one of theirs has ended', async () => {
  const { started } = handlersWithRequests();
  const [first, second] = [started('viewer'), started('viewer')];
  await first.next();
  await second.next();
  await expect(started('viewer').next()).rejects.toMatchObject({ code: 'resource_exhausted' });
  expect((await started('operator').next()).done).toBe(false);
  await first.return?.();
  expect((await started('viewer').next()).done).toBe(false);
});

it('ends a guest’s statement within a minute, the owner’s when the owner says', async () => {
  const { requests, started } = handlersWithRequests();
  await started('viewer').next();
  await started('operator').next();
  expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([60_000, 3_600_000]);
});
