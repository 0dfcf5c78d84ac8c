/**
 * Callers found after each of several imports against callers found once over everything, in small ranges, slices and
 * blocks. The seed is printed; PROPERTY_SEED=… repeats a run.
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
    // All spans of a few traces, dealt out to the files in any order: later ones bring parents and children of earlier ones.
    const ids = random.shuffle(Array.from({ length: 240 }, (_, i) => i));
    for (let round = 0; round < 6; round++) {
      const spans = ids.slice(round * 40, (round + 1) * 40).map((id): SpanShape => {
        const trace = BigInt(id % 30) + 1n;
        const parent = random.integer(0, 9) * 30 + (id % 30);
        return {
          trace,
          id: BigInt(id + 1),
          parent: parent === id ? 0n : BigInt(parent + 1),
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
