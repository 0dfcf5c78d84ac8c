/**
 * Callers found after each of several imports against callers found once over everything, in small ranges, slices and
 * blocks. The seed is printed; FAULTLINE_VIEW_SEED=… repeats a run.
 */
import { describe, expect, it } from 'vitest';
import { areCallersMissing, linkCallers } from '../../shared/engine/storage/link-callers.ts';
import type { CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { decodeBlock } from '../../shared/engine/storage/column-blocks.ts';
import { blocksAfter, blocksChangedAfter, dropBlocks } from '../../shared/engine/storage/statements/column-blocks.ts';
import { spanBatch, type SpanShape } from './batches.ts';
import { FIRST_TIME, useRandomCase } from './random-case.ts';

const current = useRandomCase('link-callers.test');
const SMALL = { spansPerRange: 40, sliceRows: 25, blockRows: 32 };

interface Links {
  readonly caller: readonly number[];
  readonly isAnswered: readonly number[];
}
function linksOf(database: CaseDatabase): Links {
  const parts = [...blocksAfter(database, 'callers', 0)].map((block) => decodeBlock('callers', block));
  return {
    caller: parts.flatMap((part) => [...part.caller]),
    isAnswered: parts.flatMap((part) => [...part.isAnswered]),
  };
}
function linked(database: CaseDatabase): Links {
  for (const share of linkCallers(database, SMALL)) expect(share >= 0 && share <= 1).toBe(true);
  expect(areCallersMissing(database)).toBe(false);
  return linksOf(database);
}

describe('callers found import by import', () => {
  it('are those found over everything at once', () => {
    const { database, random, importFile } = current();
    const traces = 30;
    for (let round = 0; round < 6; round++) {
      // Few traces and few ids: later files bring parents and children of spans that are there.
      const spans = Array.from({ length: random.integer(1, 60) }, (_, i): SpanShape => {
        const trace = BigInt(random.integer(1, traces));
        return {
          trace,
          id: trace * 1_000n + BigInt(round * 100 + i + 1),
          parent: random.chance(0.2) ? 0n : trace * 1_000n + BigInt(random.integer(1, 560)),
          start: FIRST_TIME + BigInt(random.integer(0, 1e9)),
          duration: 1e6,
          kind: random.integer(1, 3),
          status: 0,
          name: 'call',
          service: `service-${random.integer(0, 4)}`,
        };
      });
      importFile([spanBatch(spans)]);
      const stepwise = linked(database);
      dropBlocks(database, 'callers');
      expect(linked(database)).toEqual(stepwise);
    }
    expect(linksOf(database).caller.some((caller) => caller > 0)).toBe(true);
  });

  it('leave blocks alone in which nothing changed', () => {
    const { database, importFile } = current();
    const trace = (number: bigint, count: number): SpanShape[] =>
      Array.from({ length: count }, (_, i) => ({
        trace: number,
        id: number * 1_000n + BigInt(i + 1),
        parent: i === 0 ? 0n : number * 1_000n + 1n,
        start: FIRST_TIME,
        duration: 1,
        kind: 2,
        status: 0,
        name: 'call',
        service: `service-${i % 3}`,
      }));
    importFile([spanBatch(trace(1n, SMALL.blockRows * 2 + 5))]);
    linked(database);
    const lastId = Math.max(...blocksChangedAfter(database, 'callers', 0).map(({ id }) => id));
    importFile([spanBatch(trace(2n, SMALL.blockRows))]);
    linked(database);
    const changed = blocksChangedAfter(database, 'callers', lastId).map(({ firstRow, lastRow }) => [firstRow, lastRow]);
    // The one that was not full, and the one behind it.
    expect(changed).toEqual([
      [65, 96],
      [97, 101],
    ]);
  });
});
