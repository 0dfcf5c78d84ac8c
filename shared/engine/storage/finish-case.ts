/**
 * Completes what loading leaves for later: indexes of the big tables, then full text in blocks. Every step is one
 * transaction and knows from the case itself where to go on, so it can stop anywhere.
 */
import type { CaseDatabase } from './case-database.ts';
import { highestLogId, indexLogBodies, lastIndexedLogId, setLastIndexedLogId } from './statements/full-text.ts';
import { buildIndex, missingIndexes } from './statements/secondary-indexes.ts';

/** Log records per transaction: about a tenth of a second. */
const FULL_TEXT_BLOCK = 20_000;

export interface FinishingStep {
  readonly stage: 'indexing' | 'full text';
  /** 0-1 within the stage. */
  readonly share: number;
}

export function* finishingSteps(database: CaseDatabase): Generator<FinishingStep, void, void> {
  const missing = missingIndexes(database);
  for (const [i, index] of missing.entries()) {
    yield { stage: 'indexing', share: i / missing.length };
    buildIndex(database, index);
  }
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
