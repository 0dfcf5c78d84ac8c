/** A case that fills up with random files, for tests of what views answer over it. The seed is printed; PROPERTY_SEED=… repeats a run. */
import { afterEach, beforeEach } from 'vitest';
import { createRandom, type Random } from '../../shared/base/random.ts';
import { openCaseForWriting, type CaseDatabase } from '../../shared/engine/storage/case-database.ts';
import { CaseWriter } from '../../shared/engine/storage/case-writer.ts';
import { takeOutFile } from '../../shared/engine/storage/take-out-file.ts';
import type { StorableBatch } from '../../shared/engine/storage/storable-batch.ts';
import { WANTED_SEED } from '../support/wanted-seed.ts';
import { fileEnd, fileStart } from './batches.ts';
import { useTemporaryFolder } from './temporary-case.ts';

export const FIRST_TIME = 1_700_000_000_000_000_000n;
export const LENGTH_NS = 600e9;

export interface TimeWindow {
  readonly from?: bigint;
  readonly to?: bigint;
}

export interface RandomCase {
  readonly database: CaseDatabase;
  readonly random: Random;
  importFile(batches: readonly StorableBatch[]): void;
  /** Takes one of the files out again, if there are any. */
  takeOut(): void;
  /** The store, having read what was imported since. */
  refreshed<S extends { refresh(open: CaseDatabase): boolean }>(store: S): S;
  someTime(): bigint;
  /** Times asked for, or an open side now and then. */
  someWindow(): TimeWindow;
}

/** Gives the case of the running test; anew for each. */
export function useRandomCase(testFile: string): () => RandomCase {
  const temporary = useTemporaryFolder();
  let current: RandomCase;
  beforeEach(() => (current = createRandomCase(temporary('views.case'))));
  afterEach(() => current.database.close());
  console.log(`${testFile}: PROPERTY_SEED=${WANTED_SEED}`);
  return () => current;
}

function createRandomCase(caseFile: string): RandomCase {
  const random = createRandom(String(WANTED_SEED));
  const database = openCaseForWriting(caseFile);
  let writer = new CaseWriter(database);
  let files = 0;
  const someTime = () => FIRST_TIME + BigInt(random.integer(0, LENGTH_NS));
  return {
    database,
    random,
    importFile(batches) {
      const name = `file ${files++}`;
      writer.beginFile(fileStart(name), null);
      for (const batch of batches) writer.writeBatch(batch);
      writer.endFile(fileEnd(name));
    },
    takeOut() {
      const ids = database.prepare('SELECT id FROM source_files').pluck().all() as number[];
      if (ids.length === 0) return;
      const id = random.choice(ids);
      database.transaction(() => takeOutFile(database, id, { isReadDifferently: false }))();
      writer = new CaseWriter(database);
    },
    refreshed(store) {
      database.transaction(() => store.refresh(database))();
      return store;
    },
    someTime,
    someWindow() {
      const [a, b] = [someTime(), someTime()];
      const [from, to] = a < b ? [a, b] : [b, a];
      return { ...(random.chance(0.8) && { from }), ...(random.chance(0.8) && { to }) };
    },
  };
}

export function inWindow(time: bigint, { from, to }: TimeWindow): boolean {
  return (from === undefined || time >= from) && (to === undefined || time < to);
}

/** As an idle view thread does; answers how many steps there were. */
export function prepared(store: { prepare(): boolean }): number {
  let steps = 0;
  while (store.prepare()) steps++;
  return steps;
}
