/**
 * Every span of a case in memory, in runs that are each ordered by start, kept up with the case: what a query sums over.
 * About 55 bytes per span. New rows go into the last run while it has room, so that the others and their totals stay.
 * An entry span is one by which a request came into its entity: server, consumer, root, or called by another entity;
 * traffic of an entity is its entry spans.
 */
import { SPAN_KIND, SPAN_STATUS } from '../../model/span.ts';
import type { CaseDatabase } from '../storage/case-database.ts';
import { decodeBlock, runsAfter, type BlockColumns, type RowRun } from '../storage/column-blocks.ts';
import { blockGeneration, blocksChangedAfter, type StoredBlock } from '../storage/statements/column-blocks.ts';
import { recordExtent } from '../storage/statements/view-reads.ts';
import { EdgeNumbers } from './edge-numbers.ts';
import { RUN_LIMITS, SPAN_FLAG, SPAN_SHAPE, SpanRun, type RunLimits, type SpanRows } from './span-run.ts';
import { allocateColumns } from './time-ordered-columns.ts';
import { TimeOrigin, type OffsetWindow } from './time-window.ts';
import { TraceTable } from './trace-table.ts';
import { ViewDictionary } from './view-dictionary.ts';

export class SpanStore {
  readonly dictionary = new ViewDictionary();
  readonly edges = new EdgeNumbers();
  runs: SpanRun[] = [];
  traces = new TraceTable();
  origin = new TimeOrigin(0n);
  /** Another one when rows were taken out, or blocks made anew. */
  generation = '';
  /** Rises whenever an answer could differ. */
  version = 0;
  readonly #limits: RunLimits;
  #lastRow = 0;
  #lastCallerBlock = 0;
  #caller = new Int32Array(0);
  #isAnswered = new Uint8Array(0);

  constructor(limits = RUN_LIMITS) {
    this.#limits = limits;
  }

  /** From the first start to just behind the last; of all records of the case, so that views share one time axis. */
  extent: OffsetWindow = { start: 0, end: 0 };

  /** Brings memory up to the case; whether anything was new. Call inside a read transaction. */
  refresh(database: CaseDatabase): boolean {
    const { version } = this;
    const extent = recordExtent(database);
    const generation = `${blockGeneration(database, 'spans')} ${blockGeneration(database, 'callers')}`;
    if (generation !== this.generation || (extent && this.origin.isBefore(extent.first))) {
      this.#clear(extent?.first ?? 0n);
      this.generation = generation;
    }
    if (extent) {
      const { start, end } = this.extent;
      this.extent = { start: this.origin.offsetOf(extent.first), end: this.origin.offsetOf(extent.last) + 1 };
      if (start !== this.extent.start || end !== this.extent.end) this.version++;
    }
    this.dictionary.refresh(database);
    const isRelinked = this.#readCallers(database);
    const before = this.#lastRow;
    this.#addRows(runsAfter(database, 'spans', this.#lastRow));
    if (isRelinked || this.#lastRow !== before) this.version++;
    return this.version !== version;
  }

  /** While nobody asks: makes one of the things that questions will want; false when there is nothing to make. */
  prepare(): boolean {
    return this.runs.some((run) => run.prepare(this.dictionary.entityLimit, this.edges.limit));
  }

  #clear(first: bigint): void {
    this.runs = [];
    this.traces = new TraceTable();
    this.origin = new TimeOrigin(first);
    this.#lastRow = 0;
    this.#lastCallerBlock = 0;
    this.#caller = new Int32Array(0);
    this.#isAnswered = new Uint8Array(0);
    this.version++;
  }

  /** Takes over the blocks of callers that are new or have changed; whether that changes a row that is here. */
  #readCallers(database: CaseDatabase): boolean {
    let isAny = false;
    for (const block of blocksChangedAfter(database, 'callers', this.#lastCallerBlock)) {
      this.#lastCallerBlock = Math.max(this.#lastCallerBlock, block.id);
      if (this.#linkBlock(block)) isAny = true;
    }
    return isAny;
  }

  #addRows(parts: Iterable<RowRun<'spans'>>): void {
    let pending: RowRun<'spans'>[] = [];
    let count = 0;
    const { runRows } = this.#limits;
    const room = (): number => runRows - (this.runs.at(-1)?.length ?? runRows) || runRows;
    for (const part of parts) {
      if (count + part.rows > room()) {
        this.#addToLast(pending, count);
        pending = [];
        count = 0;
      }
      pending.push(part);
      count += part.rows;
    }
    this.#addToLast(pending, count);
  }

  /** Into the last run when they fit, else into a new one. */
  #addToLast(parts: readonly RowRun<'spans'>[], count: number): void {
    if (count === 0) return;
    const rows = allocateColumns(SPAN_SHAPE, count);
    let at = 0;
    for (const part of parts) {
      this.#fill(rows, at, part);
      at += part.rows;
      this.#lastRow = part.firstRow + part.rows - 1;
    }
    this.traces.add(rows, count);
    let run = this.runs.at(-1);
    if (!run || run.length + count > this.#limits.runRows) this.runs.push((run = new SpanRun(this.#limits)));
    run.insert(rows, count);
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

  /** Links anew the rows of the block whose callers are others than before; runs without one keep their totals. */
  #linkBlock(block: StoredBlock): boolean {
    const { firstRow, lastRow } = block;
    if (lastRow >= this.#caller.length) this.#reachRow(lastRow);
    const now = decodeBlock('callers', block);
    const isChanged = now.caller.map((caller, i) =>
      caller !== this.#caller[firstRow + i] || now.isAnswered[i] !== this.#isAnswered[firstRow + i] ? 1 : 0,
    );
    this.#caller.set(now.caller, firstRow);
    this.#isAnswered.set(now.isAnswered, firstRow);
    let isAny = false;
    for (const run of this.runs) {
      if (!run.mayHold(firstRow, lastRow)) continue;
      const { rowId } = run.rows;
      let isRunChanged = false;
      for (let i = 0; i < run.length; i++) {
        const id = rowId[i]!;
        if (id < firstRow || id > lastRow || isChanged[id - firstRow] === 0) continue;
        isRunChanged = true;
        this.#link(run.rows, i);
      }
      if (isRunChanged) run.forget();
      isAny ||= isRunChanged;
    }
    return isAny;
  }

  #reachRow(row: number): void {
    const [caller, isAnswered] = [this.#caller, this.#isAnswered];
    // Callers come after their rows, in blocks: a little room saves copies.
    const length = Math.ceil((row + 1) * 1.1);
    this.#caller = new Int32Array(length);
    this.#isAnswered = new Uint8Array(length);
    this.#caller.set(caller);
    this.#isAnswered.set(isAnswered);
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
