/** Every log record of a case in memory but its text, by time, kept up with the case. About 21 bytes per record. */
import type { CaseDatabase } from '../storage/case-database.ts';
import { runsAfter, type RowRun } from '../storage/column-blocks.ts';
import { blockGeneration, highestRow } from '../storage/statements/column-blocks.ts';
import { recordExtent } from '../storage/statements/view-reads.ts';
import { LevelTotals, NumberLists } from './log-totals.ts';
import { allocateColumns, TimeOrderedColumns, type ColumnsOf } from './time-ordered-columns.ts';
import { TimeOrigin, type OffsetWindow } from './time-window.ts';
import { ViewDictionary } from './view-dictionary.ts';

const SHAPE = { time: 'f64', template: 'i32', resource: 'i32', rowId: 'i32', severity: 'u8' } as const;
export type LogRows = ColumnsOf<typeof SHAPE>;

const SETTLED_MS = 1_000;

/** What is known of each template over the whole case, by template row. */
interface TemplateExtents {
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Least and greatest severity number. */
  readonly mildest: Uint8Array;
  readonly severest: Uint8Array;
}
const NO_TEMPLATES: TemplateExtents = {
  first: new Float64Array(0),
  last: new Float64Array(0),
  mildest: new Uint8Array(0),
  severest: new Uint8Array(0),
};

export class LogStore {
  readonly dictionary = new ViewDictionary();
  readonly records = new TimeOrderedColumns(SHAPE);
  origin = new TimeOrigin(0n);
  extent: OffsetWindow = { start: 0, end: 0 };
  version = 0;
  /** Exclusive upper bound of template rows. */
  templateLimit = 1;
  templates: TemplateExtents = NO_TEMPLATES;
  lastRow = 0;
  readonly #settledMs: number;
  #generation = -1;
  #changed = 0;
  #levels: LevelTotals | undefined;
  #byTemplate: NumberLists | undefined;
  #byResource: NumberLists | undefined;
  #indexOfRow: Int32Array | undefined;

  /** `settledMs`: records that did not change for so long are taken to stay. */
  constructor(settledMs = SETTLED_MS) {
    this.#settledMs = settledMs;
  }

  /** undefined while records still come: then they are walked. */
  get levelTotals(): LevelTotals | undefined {
    return this.#isSettled ? (this.#levels ??= new LevelTotals(this.rows, this.records.length)) : undefined;
  }
  get templateLists(): NumberLists | undefined {
    if (!this.#isSettled) return undefined;
    return (this.#byTemplate ??= new NumberLists(this.rows.template, this.records.length, this.templateLimit));
  }
  get resourceLists(): NumberLists | undefined {
    if (!this.#isSettled) return undefined;
    const limit = this.dictionary.resourceLimit;
    return (this.#byResource ??= new NumberLists(this.rows.resource, this.records.length, limit));
  }
  /** Index in time order by row id, -1 = no such record; undefined while records still come. */
  get indexOfRow(): Int32Array | undefined {
    if (!this.#isSettled) return undefined;
    return (this.#indexOfRow ??= inverse(this.rows.rowId, this.records.length, this.lastRow));
  }
  get #isSettled(): boolean {
    return performance.now() - this.#changed >= this.#settledMs;
  }

  /** Changes whenever rows were taken out. */
  get generation(): number {
    return this.#generation;
  }

  get rows(): LogRows {
    return this.records.columns;
  }

  /** Brings memory up to the case. Call inside a read transaction. */
  refresh(database: CaseDatabase): void {
    const extent = recordExtent(database);
    const generation = blockGeneration(database, 'logs');
    if (generation !== this.#generation || (extent && this.origin.isBefore(extent.first))) {
      this.#clear(extent?.first ?? 0n);
      this.#generation = generation;
    }
    if (extent) {
      const { start, end } = this.extent;
      this.extent = { start: this.origin.offsetOf(extent.first), end: this.origin.offsetOf(extent.last) + 1 };
      if (start !== this.extent.start || end !== this.extent.end) this.version++;
    }
    this.dictionary.refresh(database);
    const most = highestRow(database, 'logs') - this.lastRow;
    if (most > 0) this.#addRows(runsAfter(database, 'logs', this.lastRow), most);
  }

  /** While nobody asks: makes one of the things that questions will want; false when there is nothing to make. */
  prepare(): boolean {
    if (!this.#isSettled || this.records.length === 0) return false;
    if (!this.#levels) return this.levelTotals !== undefined;
    if (!this.#byTemplate) return this.templateLists !== undefined;
    if (!this.#byResource) return this.resourceLists !== undefined;
    return false;
  }

  range(window: OffsetWindow): { readonly from: number; readonly to: number } {
    return { from: this.records.lowerBound(window.start), to: this.records.lowerBound(window.end) };
  }

  #clear(first: bigint): void {
    this.records.clear();
    this.#forget();
    this.origin = new TimeOrigin(first);
    this.templates = NO_TEMPLATES;
    this.templateLimit = 1;
    this.lastRow = 0;
    this.version++;
  }

  /** At most `most` rows; runs are read one after the other, so that they need not all be held. */
  #addRows(runs: Iterable<RowRun<'logs'>>, most: number): void {
    const rows = allocateColumns(SHAPE, most);
    let at = 0;
    for (const { firstRow, rows: length, columns } of runs) {
      rows.template.set(columns.template.subarray(0, length), at);
      rows.resource.set(columns.resource.subarray(0, length), at);
      rows.severity.set(columns.severity.subarray(0, length), at);
      for (let i = 0; i < length; i++) {
        rows.time[at + i] = this.origin.offsetAt(columns.time, i);
        rows.rowId[at + i] = firstRow + i;
      }
      at += length;
      this.lastRow = firstRow + length - 1;
    }
    this.#noteTemplates(rows, at);
    this.records.insert(rows, at);
    this.#forget();
    this.version++;
  }

  #forget(): void {
    this.#levels = undefined;
    this.#byTemplate = undefined;
    this.#byResource = undefined;
    this.#indexOfRow = undefined;
    this.#changed = performance.now();
  }

  #noteTemplates(rows: LogRows, count: number): void {
    for (let i = 0; i < count; i++)
      if (rows.template[i]! >= this.templateLimit) this.templateLimit = rows.template[i]! + 1;
    if (this.templateLimit > this.templates.first.length) this.#growTemplates(this.templateLimit * 2);
    const { first, last, mildest, severest } = this.templates;
    for (let i = 0; i < count; i++) {
      const template = rows.template[i]!;
      const time = rows.time[i]!;
      if (time < first[template]!) first[template] = time;
      if (time > last[template]!) last[template] = time;
      const severity = rows.severity[i]!;
      if (severity < mildest[template]!) mildest[template] = severity;
      if (severity > severest[template]!) severest[template] = severity;
    }
  }

  #growTemplates(length: number): void {
    const next: TemplateExtents = {
      first: new Float64Array(length).fill(Infinity),
      last: new Float64Array(length).fill(-Infinity),
      mildest: new Uint8Array(length).fill(255),
      severest: new Uint8Array(length),
    };
    for (const name of ['first', 'last', 'mildest', 'severest'] as const) next[name].set(this.templates[name]);
    this.templates = next;
  }
}

function inverse(rowIds: Int32Array, length: number, lastRow: number): Int32Array {
  const indexes = new Int32Array(lastRow + 1).fill(-1);
  for (let i = 0; i < length; i++) indexes[rowIds[i]!] = i;
  return indexes;
}
