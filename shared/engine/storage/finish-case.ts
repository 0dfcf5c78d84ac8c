/**
 * Completes what loading leaves for later: column blocks that are missing, indexes of the big tables, who called whom,
 * then full text in blocks. Every step is one
 * transaction and knows from the case itself where to go on, so it can stop anywhere.
 */
import type { CaseDatabase } from './case-database.ts';
import { highestLogId, indexLogBodies, lastIndexedLogId, setLastIndexedLogId } from './statements/full-text.ts';
import { completeBlocks } from './column-blocks.ts';
import { areCallersMissing, linkCallers } from './link-callers.ts';
import { highestRow, lastBlockRow } from './statements/column-blocks.ts';
import { buildIndex, missingIndexes } from './statements/secondary-indexes.ts';

/** Log records per transaction: about a tenth of a second. */
const FULL_TEXT_BLOCK = 20_000;

export interface FinishingStep {
  readonly stage: 'columns' | 'indexing' | 'callers' | 'full text';
  /** 0-1 within the stage. */
  readonly share: number;
}

export function* finishingSteps(database: CaseDatabase): Generator<FinishingStep, void, void> {
  yield* missingColumns(database);
  const missing = missingIndexes(database);
  for (const [i, index] of missing.entries()) {
    yield { stage: 'indexing', share: i / missing.length };
    buildIndex(database, index);
  }
  if (areCallersMissing(database)) for (const share of linkCallers(database)) yield { stage: 'callers', share };
  const first = lastIndexedLogId(database);
  for (;;) {
    const after = lastIndexedLogId(database);
    const last = highestLogId(database);
    if (after >= last) return;
    const upTo = Math.min(last, after + FULL_TEXT_BLOCK);
    yield { stage: 'full text', share: (after - first) / (last - first) };
    database.transaction(() => {
      indexLogBodies(database, after, upTo);
      setLastIndexedLogId(database, upTo);
    })();
  }
}

/** Column blocks of rows that were stored without: by an older version, or before blocks were dropped. */
function* missingColumns(database: CaseDatabase): Generator<FinishingStep, void, void> {
  for (const signal of ['spans', 'logs', 'points'] as const) {
    for (;;) {
      const [done, last] = [lastBlockRow(database, signal), highestRow(database, signal)];
      if (done >= last) break;
      yield { stage: 'columns', share: done / last };
      if (!completeBlocks(database, signal)) break;
    }
  }
}
