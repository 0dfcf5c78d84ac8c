/**
 * Writes batches of metric points. A point is a repeat when another file brought the same number for the same series and
 * time. Series remember the stretch that earlier files cover, and only points inside it are looked up, so that memory
 * grows with series, never with points.
 */
import type { CaseDatabase } from './case-database.ts';
import type { CaseDictionaries } from './case-dictionaries.ts';
import { BlockBuilder } from './column-blocks.ts';
import { wordsOf } from './span-writer.ts';
import type { BulkInsert } from './statements/bulk-insert.ts';
import { buildIndex, secondaryIndexes } from './statements/secondary-indexes.ts';
import { metricPointExists, metricPointInsert, seriesTimeRanges } from './statements/signals.ts';
import { unpackString, type StorableMetricBatch } from './storable-batch.ts';
import type { FileTimes } from './time-extent.ts';

interface CoveredRange {
  first: bigint;
  last: bigint;
}

export class MetricWriter {
  readonly #database: CaseDatabase;
  readonly #insert: BulkInsert;
  readonly #block: BlockBuilder<'points'>;
  readonly #earlierFiles = new Map<number, CoveredRange>();
  #thisFile = new Map<number, CoveredRange>();
  #pointExists: ReturnType<typeof metricPointExists> | undefined;

  constructor(database: CaseDatabase, stepAside?: () => void) {
    this.#database = database;
    this.#insert = metricPointInsert(database, stepAside);
    this.#block = new BlockBuilder(database, 'points');
    for (const { seriesId, first, last } of seriesTimeRanges(database))
      this.#earlierFiles.set(seriesId, { first, last });
  }

  /** Ends a file: from now on its points are what later files may repeat. */
  endFile(): void {
    for (const [seriesId, { first, last }] of this.#thisFile) {
      cover(this.#earlierFiles, seriesId, first);
      cover(this.#earlierFiles, seriesId, last);
    }
    this.#thisFile = new Map();
  }

  /** Returns the number of points kept; the rest were repeats. */
  write(batch: StorableMetricBatch, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): number {
    const resources = batch.resources.map((resource) => dictionaries.resource(resource, 'metrics', sourceFileId));
    const series = batch.series.map((key) => {
      const resource = resources[key.resource];
      if (!resource) throw new RangeError(`series ${key.name} names resource ${key.resource} of ${resources.length}`);
      return dictionaries.seriesId(key, resource);
    });
    const timeWords = wordsOf(batch.timeUnixNano);
    const { values } = this.#insert;
    const { columns } = this.#block;
    let kept = 0;
    for (let i = 0; i < batch.length; i++) {
      const seriesId = series[batch.seriesIndex[i] ?? 0] ?? 0;
      const time = batch.timeUnixNano[i] ?? 0n;
      const value = numberOrNull(batch.value[i]);
      const count = numberOrNull(batch.count[i]);
      if (this.#isRepeat(seriesId, time, sourceFileId, value, count)) continue;
      kept++;
      if (batch.isTimeInferred[i] === 1) times.addInferred(time);
      else times.add(time);
      cover(this.#thisFile, seriesId, time);
      if (this.#block.isFull) this.flushBlock();
      const at = this.#insert.nextRow();
      values[at] = sourceFileId;
      values[at + 1] = seriesId;
      values[at + 2] = time;
      values[at + 3] = batch.isTimeInferred[i] ?? 0;
      values[at + 4] = value;
      values[at + 5] = count;
      values[at + 6] = numberOrNull(batch.sum[i]);
      values[at + 7] = unpackString(batch.detail, i) || null;
      const row = this.#block.next();
      columns.time[row * 2] = timeWords[i * 2] ?? 0;
      columns.time[row * 2 + 1] = timeWords[i * 2 + 1] ?? 0;
      columns.value[row] = value ?? NaN;
      columns.series[row] = seriesId;
    }
    this.#insert.flush();
    return kept;
  }

  /** Writes the column block of the rows given so far; in their transaction. */
  flushBlock(): void {
    this.#insert.flush();
    this.#block.flush();
  }
  discardBlock(): void {
    this.#block.discard();
  }

  #isRepeat(seriesId: number, time: bigint, sourceFileId: number, value: number | null, count: number | null): boolean {
    const earlier = this.#earlierFiles.get(seriesId);
    if (!earlier || time < earlier.first || time > earlier.last) return false;
    if (!this.#pointExists) {
      const index = secondaryIndexes.find(({ table }) => table === 'metric_points');
      if (index) buildIndex(this.#database, index);
      this.#pointExists = metricPointExists(this.#database);
    }
    return this.#pointExists(seriesId, time, sourceFileId, value, count);
  }
}

/** SQLite has no NaN: a point without a number is NULL. Infinities stay. */
function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function cover(ranges: Map<number, CoveredRange>, seriesId: number, time: bigint): void {
  const range = ranges.get(seriesId);
  if (!range) ranges.set(seriesId, { first: time, last: time });
  else if (time < range.first) range.first = time;
  else if (time > range.last) range.last = time;
}
