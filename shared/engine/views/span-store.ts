/**
 * Every span of a case in memory, by start time, kept up with the case: what a query sums over. About 45 bytes per span.
 * An entry span is one by which a request came into its entity: server, consumer, root, or called by another entity;
 * traffic of an entity is its entry spans.
 */
import { SPAN_KIND, SPAN_STATUS } from '../../model/span.ts';
import type { CaseDatabase } from '../storage/case-database.ts';
import { decodeBlock, runsAfter, type BlockColumns, type RowRun } from '../storage/column-blocks.ts';
import { blockGeneration, blocksAfter } from '../storage/statements/column-blocks.ts';
import { recordExtent } from '../storage/statements/view-reads.ts';
import { EdgeNumbers } from './edge-numbers.ts';
import { allocateColumns, TimeOrderedColumns, type ColumnsOf } from './time-ordered-columns.ts';
import { TimeOrigin, type OffsetWindow } from './time-window.ts';
import { TraceTable } from './trace-table.ts';
import { ViewDictionary } from './view-dictionary.ts';

const SHAPE = {
  time: 'f64',
  duration: 'f64',
  trace: 'i32',
  /** Entity id, 0 = none. */
  entity: 'i32',
  resource: 'i32',
  name: 'i32',
  peer: 'i32',
  /** Number of the call this span stands for (edge-numbers), 0 = none. */
  edge: 'i32',
  rowId: 'i32',
  flags: 'u8',
} as const;
export type SpanRows = ColumnsOf<typeof SHAPE>;

export const SPAN_FLAG = { error: 1, entry: 2, root: 4, calling: 8, serving: 16 } as const;

export class SpanStore {
  readonly dictionary = new ViewDictionary();
  readonly edges = new EdgeNumbers();
  readonly spans = new TimeOrderedColumns(SHAPE);
  traces = new TraceTable();
  origin = new TimeOrigin(0n);
  /** Rises whenever an answer could differ. */
  version = 0;
  #lastRow = 0;
  #generation = -1;
  #callerGeneration = -1;
  #caller = new Int32Array(0);
  #isAnswered = new Uint8Array(0);

  get rows(): SpanRows {
    return this.spans.columns;
  }

  /** From the first start to just behind the last; of all records of the case, so that views share one time axis. */
  extent: OffsetWindow = { start: 0, end: 0 };

  /** Brings memory up to the case. Call inside a read transaction. */
  refresh(database: CaseDatabase): void {
    const extent = recordExtent(database);
    const generation = blockGeneration(database, 'spans');
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
    const isRelinked = this.#readCallers(database);
    const before = this.#lastRow;
    this.#addRows([...runsAfter(database, 'spans', this.#lastRow)]);
    if (isRelinked && before > 0) this.#linkAll();
    if (isRelinked || this.#lastRow !== before) this.version++;
  }

  /** Rows [from, to) that start in the window. */
  range(window: OffsetWindow): { readonly from: number; readonly to: number } {
    return { from: this.spans.lowerBound(window.start), to: this.spans.lowerBound(window.end) };
  }

  #clear(first: bigint): void {
    this.spans.clear();
    this.traces = new TraceTable();
    this.origin = new TimeOrigin(first);
    this.#lastRow = 0;
    this.version++;
  }

  #readCallers(database: CaseDatabase): boolean {
    const generation = blockGeneration(database, 'callers');
    if (generation === this.#callerGeneration) return false;
    this.#callerGeneration = generation;
    const blocks = [...blocksAfter(database, 'callers', 0)];
    const rows = blocks.at(-1)?.lastRow ?? 0;
    this.#caller = new Int32Array(rows + 1);
    this.#isAnswered = new Uint8Array(rows + 1);
    for (const block of blocks) {
      const { caller, isAnswered } = decodeBlock('callers', block);
      this.#caller.set(caller, block.firstRow);
      this.#isAnswered.set(isAnswered, block.firstRow);
    }
    return true;
  }

  #addRows(runs: readonly RowRun<'spans'>[]): void {
    const count = runs.reduce((sum, { rows }) => sum + rows, 0);
    if (count === 0) return;
    const rows = allocateColumns(SHAPE, count);
    let at = 0;
    for (const run of runs) {
      this.#fill(rows, at, run);
      at += run.rows;
      this.#lastRow = run.firstRow + run.rows - 1;
    }
    this.traces.add(rows, count);
    this.spans.insert(rows, count);
  }

  #fill(rows: SpanRows, at: number, run: RowRun<'spans'>): void {
    const { columns } = run;
    const { entityOfResource } = this.dictionary;
    for (let i = 0; i < run.rows; i++) {
      const to = at + i;
      const kind = columns.kindStatus[i]! >> 2;
      rows.time[to] = this.origin.offsetAt(columns.time, i);
      rows.duration[to] = columns.duration[i]!;
      rows.trace[to] = columns.trace[i]!;
      rows.resource[to] = columns.resource[i]!;
      rows.entity[to] = entityOfResource[columns.resource[i]!] ?? 0;
      rows.name[to] = columns.name[i]!;
      rows.peer[to] = columns.peer[i]!;
      rows.rowId[to] = run.firstRow + i;
      rows.flags[to] = flagsOf(kind, columns, i);
      this.#link(rows, to);
    }
  }

  #linkAll(): void {
    const { columns, length } = this.spans;
    for (let i = 0; i < length; i++) this.#link(columns, i);
  }

  /** Sets what depends on the parent: whether the span is an entry, and the call it stands for. */
  #link(rows: SpanRows, at: number): void {
    const entity = rows.entity[at]!;
    const rowId = rows.rowId[at]!;
    const caller = this.#caller[rowId] ?? 0;
    const isRemote = caller !== 0 && caller !== entity;
    let flags = rows.flags[at]! & ~SPAN_FLAG.entry;
    if (isRemote || (flags & (SPAN_FLAG.root | SPAN_FLAG.serving)) !== 0) flags |= SPAN_FLAG.entry;
    rows.flags[at] = flags;
    const peer = rows.peer[at]!;
    if (entity === 0) rows.edge[at] = 0;
    else if (isRemote) rows.edge[at] = this.edges.numberOf(caller, entity);
    else if ((flags & SPAN_FLAG.calling) !== 0 && peer !== 0 && peer !== entity && !this.#isAnswered[rowId])
      rows.edge[at] = this.edges.numberOf(entity, peer);
    else rows.edge[at] = 0;
  }
}

function flagsOf(kind: number, columns: BlockColumns['spans'], i: number): number {
  let flags = (columns.kindStatus[i]! & 3) === SPAN_STATUS.error ? SPAN_FLAG.error : 0;
  if ((columns.parentId[i * 2]! | columns.parentId[i * 2 + 1]!) === 0) flags |= SPAN_FLAG.root;
  if (kind === SPAN_KIND.client || kind === SPAN_KIND.producer) flags |= SPAN_FLAG.calling;
  if (kind === SPAN_KIND.server || kind === SPAN_KIND.consumer) flags |= SPAN_FLAG.serving;
  return flags;
}
