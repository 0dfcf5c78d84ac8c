/** Every log record of a case in memory but its text, by time, kept up with the case. About 21 bytes per record. */
import type { CaseDatabase } from '../storage/case-database.ts';
import { runsAfter, type RowRun } from '../storage/column-blocks.ts';
import { blockGeneration } from '../storage/statements/column-blocks.ts';
import { recordExtent } from '../storage/statements/view-reads.ts';
import { allocateColumns, TimeOrderedColumns, type ColumnsOf } from './time-ordered-columns.ts';
import { TimeOrigin, type OffsetWindow } from './time-window.ts';
import { ViewDictionary } from './view-dictionary.ts';

const SHAPE = { time: 'f64', template: 'i32', resource: 'i32', rowId: 'i32', severity: 'u8' } as const;
export type LogRows = ColumnsOf<typeof SHAPE>;

/** First and last time a template occurs, by template row. */
interface TemplateExtents {
  readonly first: Float64Array;
  readonly last: Float64Array;
}

export class LogStore {
  readonly dictionary = new ViewDictionary();
  readonly records = new TimeOrderedColumns(SHAPE);
  origin = new TimeOrigin(0n);
  extent: OffsetWindow = { start: 0, end: 0 };
  version = 0;
  /** Exclusive upper bound of template rows. */
  templateLimit = 1;
  templates: TemplateExtents = { first: new Float64Array(0), last: new Float64Array(0) };
  lastRow = 0;
  #generation = -1;

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
    this.#addRows([...runsAfter(database, 'logs', this.lastRow)]);
  }

  range(window: OffsetWindow): { readonly from: number; readonly to: number } {
    return { from: this.records.lowerBound(window.start), to: this.records.lowerBound(window.end) };
  }

  #clear(first: bigint): void {
    this.records.clear();
    this.origin = new TimeOrigin(first);
    this.templates = { first: new Float64Array(0), last: new Float64Array(0) };
    this.templateLimit = 1;
    this.lastRow = 0;
    this.version++;
  }

  #addRows(runs: readonly RowRun<'logs'>[]): void {
    const count = runs.reduce((sum, { rows }) => sum + rows, 0);
    if (count === 0) return;
    const rows = allocateColumns(SHAPE, count);
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
    this.#noteTemplates(rows, count);
    this.records.insert(rows, count);
    this.version++;
  }

  #noteTemplates(rows: LogRows, count: number): void {
    for (let i = 0; i < count; i++)
      if (rows.template[i]! >= this.templateLimit) this.templateLimit = rows.template[i]! + 1;
    if (this.templateLimit > this.templates.first.length) this.#growTemplates(this.templateLimit * 2);
    const { first, last } = this.templates;
    for (let i = 0; i < count; i++) {
      const template = rows.template[i]!;
      const time = rows.time[i]!;
      if (time < first[template]!) first[template] = time;
      if (time > last[template]!) last[template] = time;
    }
  }

  #growTemplates(length: number): void {
    const first = new Float64Array(length).fill(Infinity);
    const last = new Float64Array(length).fill(-Infinity);
    first.set(this.templates.first);
    last.set(this.templates.last);
    this.templates = { first, last };
  }
}
