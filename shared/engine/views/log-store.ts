/**
 * Every log record of a case in memory but its text, by time, kept up with the case. About 33 bytes per record with its
 * lists. What came lately waits beside the rest, so that the lists over the rest hold while records stream in; it is
 * worked in when it has grown to a part of the whole, or, unless it is little, when nothing comes any more.
 */
import type { CaseDatabase } from '../storage/case-database.ts';
import { runsAfter, type RowRun } from '../storage/column-blocks.ts';
import { blockGeneration, highestRow } from '../storage/statements/column-blocks.ts';
import { recordExtent } from '../storage/statements/view-reads.ts';
import { LogLists } from './log-totals.ts';
import { allocateColumns, TimeOrderedColumns, type ColumnsOf } from './time-ordered-columns.ts';
import { TimeOrigin, type OffsetWindow } from './time-window.ts';
import { ViewDictionary } from './view-dictionary.ts';

const SHAPE = { time: 'f64', template: 'i32', resource: 'i32', rowId: 'i32', severity: 'u8' } as const;
export type LogRows = ColumnsOf<typeof SHAPE>;

/** When records that wait are worked in; tests make it soon, or never. */
export interface WaitLimits {
  /** More than so many, and more than this share of the others. */
  readonly least: number;
  readonly share: number;
  /** Or more than so many, when none came for so long and nobody asks: a few cost less to walk than all lists to make. */
  readonly idleLeast: number;
  readonly settledMs: number;
}
const WAIT_LIMITS: WaitLimits = { least: 262_144, share: 0.2, idleLeast: 16_384, settledMs: 1_000 };

/** Records from … to - 1 of one of the two stretches of the store, by time. */
export interface LogPart {
  readonly columns: TimeOrderedColumns<typeof SHAPE>;
  readonly from: number;
  readonly to: number;
  /** Place of the stretch's record 0: places count on from one stretch to the other. */
  readonly firstPlace: number;
  /** undefined = its records are walked. */
  readonly lists: LogLists | undefined;
}

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
  origin = new TimeOrigin(0n);
  extent: OffsetWindow = { start: 0, end: 0 };
  version = 0;
  /** Exclusive upper bound of template rows. */
  templateLimit = 1;
  templates: TemplateExtents = NO_TEMPLATES;
  lastRow = 0;
  readonly #settled = new TimeOrderedColumns(SHAPE);
  readonly #waiting = new TimeOrderedColumns(SHAPE);
  readonly #limits: WaitLimits;
  #lists: LogLists | undefined;
  #generation = -1;
  #changed = 0;

  constructor(limits = WAIT_LIMITS) {
    this.#limits = limits;
  }

  /** Changes whenever rows were taken out. */
  get generation(): number {
    return this.#generation;
  }

  /** The window's records: those with lists, then those that came lately; either may be none. */
  partsIn(window: OffsetWindow): readonly [LogPart, LogPart] {
    const [settled, waiting] = [this.#settled, this.#waiting];
    return [
      { columns: settled, ...rangeOf(settled, window), firstPlace: 0, lists: this.#listed() },
      { columns: waiting, ...rangeOf(waiting, window), firstPlace: settled.length, lists: undefined },
    ];
  }

  #listed(): LogLists {
    return (this.#lists ??= new LogLists(this.#settled.columns, {
      length: this.#settled.length,
      templates: this.templateLimit,
      resources: this.dictionary.resourceLimit,
      rowIds: this.lastRow + 1,
    }));
  }

  timeAt(place: number): number {
    return this.#at('time', place);
  }
  rowIdAt(place: number): number {
    return this.#at('rowId', place);
  }
  resourceAt(place: number): number {
    return this.#at('resource', place);
  }
  #at(column: 'time' | 'rowId' | 'resource', place: number): number {
    const [settled, waiting] = [this.#settled, this.#waiting];
    return place < settled.length ? settled.columns[column][place]! : waiting.columns[column][place - settled.length]!;
  }

  /** Brings memory up to the case; whether anything was new. Call inside a read transaction. */
  refresh(database: CaseDatabase): boolean {
    const { version } = this;
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
    return this.version !== version;
  }

  /** While nobody asks: makes one of the things that questions will want; false when there is nothing to make. */
  prepare(): boolean {
    if (performance.now() - this.#changed < this.#limits.settledMs) return false;
    if (this.#waiting.length > this.#limits.idleLeast) {
      this.#workIn();
      return true;
    }
    return this.#settled.length > 0 && this.#listed().prepare();
  }

  /** Answers stay the same: records keep their order. But places are others. */
  #workIn(): void {
    this.#settled.insert(this.#waiting.columns, this.#waiting.length);
    this.#waiting.clear();
    this.#lists = undefined;
    this.version++;
  }

  #clear(first: bigint): void {
    this.#settled.clear();
    this.#waiting.clear();
    this.#lists = undefined;
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
    let { lastRow } = this;
    for (const { firstRow, rows: length, columns } of runs) {
      rows.template.set(columns.template.subarray(0, length), at);
      rows.resource.set(columns.resource.subarray(0, length), at);
      rows.severity.set(columns.severity.subarray(0, length), at);
      for (let i = 0; i < length; i++) {
        rows.time[at + i] = this.origin.offsetAt(columns.time, i);
        rows.rowId[at + i] = firstRow + i;
      }
      at += length;
      lastRow = firstRow + length - 1;
    }
    this.#noteTemplates(rows, at);
    this.#waiting.insert(rows, at);
    // Not before: a run that cannot be read must not leave out those before it.
    this.lastRow = lastRow;
    this.#changed = performance.now();
    this.version++;
    const { least, share } = this.#limits;
    if (this.#waiting.length > Math.max(least, this.#settled.length * share)) this.#workIn();
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

function rangeOf(
  columns: TimeOrderedColumns<typeof SHAPE>,
  { start, end }: OffsetWindow,
): { readonly from: number; readonly to: number } {
  return { from: columns.lowerBound(start), to: columns.lowerBound(end) };
}
