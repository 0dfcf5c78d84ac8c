/**
 * Finds who called whom: for every span the entity of its parent, and whether another entity answered it. A span's parent
 * may come in a later file, so this is done when an import ends, for the traces that it touched, a range of traces at a
 * time to bound memory (about 60 bytes per span of the range). O(all spans) reading for each range, but linking costs only
 * the spans of those traces.
 */
import type { CaseDatabase } from './case-database.ts';
import { allocateBlock, decodeBlock, encodeBlock, runsAfter, type BlockColumns } from './column-blocks.ts';
import { SpanIndex, type SpanLinkColumns } from './span-index.ts';
import { blocksAfter, highestRow, lastBlockRow, replaceBlock, type StoredBlock } from './statements/column-blocks.ts';
import { allResources } from './statements/dictionaries.ts';
import { highestRowId } from './statements/secondary-indexes.ts';
import { low53 } from './word-columns.ts';

/** How the work is cut; tests make the pieces small. */
export interface LinkLimits {
  readonly spansPerRange: number;
  /** Read without a pause. */
  readonly sliceRows: number;
  readonly blockRows: number;
}
const LINK_LIMITS: LinkLimits = { spansPerRange: 1_000_000, sliceRows: 500_000, blockRows: 262_144 };

/** Whether spans came since the callers were last found. */
export function areCallersMissing(database: CaseDatabase): boolean {
  return highestRow(database, 'spans') > lastBlockRow(database, 'callers');
}

/**
 * Stores the blocks of callers that are new or differ, in one transaction at its end. Gives its share as it goes on and
 * can stop there; no statement is open then.
 */
export function* linkCallers(database: CaseDatabase, limits = LINK_LIMITS): Generator<number, void> {
  const lastRow = highestRow(database, 'spans');
  const linkedRow = lastBlockRow(database, 'callers');
  const stored = [...blocksAfter(database, 'callers', 0)];
  const links = linksOf(stored, lastRow);
  const entityOf = entityByResource(database);
  const traces = highestRowId(database, 'traces');
  const isTouched = new Uint8Array(traces + 1);
  yield 0;
  if (linkedRow === 0) isTouched.fill(1);
  else for (const _ of slices(database, linkedRow, limits, (_row, trace) => (isTouched[trace] = 1))) yield 0;
  const touched = isTouched.reduce((sum, mark) => sum + mark, 0);
  const ranges = Math.max(1, Math.ceil((lastRow * touched) / Math.max(1, traces) / limits.spansPerRange));
  for (let range = 0; range < ranges; range++) {
    const first = Math.floor((range * traces) / ranges) + 1;
    const last = Math.floor(((range + 1) * traces) / ranges);
    const spans = new RangeSpans();
    const take: TakeRow = (row, trace, columns, i) => {
      if (trace >= first && trace <= last && isTouched[trace] === 1) spans.add(row, columns, i, entityOf);
    };
    for (const row of slices(database, 0, limits, take)) yield (range + row / lastRow) / ranges;
    linkRange(spans.cut(), links);
  }
  yield 1;
  storeChanged(database, links, { stored, lastRow, blockRows: limits.blockRows });
}

type SpanBlock = BlockColumns['spans'];
type TakeRow = (row: number, trace: number, columns: SpanBlock, i: number) => void;

/** Gives every span above `after` to `take`; yields the last row of each slice. */
function* slices(
  database: CaseDatabase,
  after: number,
  { sliceRows }: LinkLimits,
  take: TakeRow,
): Generator<number, void> {
  for (let last = after; ;) {
    const from = last;
    for (const { firstRow, rows, columns } of runsAfter(database, 'spans', from)) {
      for (let i = 0; i < rows; i++) take(firstRow + i, columns.trace[i]!, columns, i);
      last = firstRow + rows - 1;
      if (last - from >= sliceRows) break;
    }
    if (last === from) return;
    yield last;
  }
}

/** What is known of the rows so far; 0 for the others. */
function linksOf(stored: readonly StoredBlock[], lastRow: number): BlockColumns['callers'] {
  const links = allocateBlock('callers', lastRow);
  for (const block of stored) {
    const { caller, isAnswered } = decodeBlock('callers', block);
    links.caller.set(caller, block.firstRow - 1);
    links.isAnswered.set(isAnswered, block.firstRow - 1);
  }
  return links;
}

function storeChanged(
  database: CaseDatabase,
  links: BlockColumns['callers'],
  { stored, lastRow, blockRows }: { stored: readonly StoredBlock[]; lastRow: number; blockRows: number },
): void {
  const before = new Map(stored.map((block) => [block.firstRow, block.columns]));
  const replace = replaceBlock(database);
  database.transaction(() => {
    for (let at = 0; at < lastRow; at += blockRows) {
      const rows = Math.min(blockRows, lastRow - at);
      const part = {
        caller: links.caller.subarray(at, at + rows),
        isAnswered: links.isAnswered.subarray(at, at + rows),
      };
      const columns = encodeBlock('callers', part, rows);
      const known = before.get(at + 1);
      if (known && Buffer.compare(known, columns) === 0) continue;
      replace('callers', { firstRow: at + 1, lastRow: at + rows, columns });
    }
  })();
}

function entityByResource(database: CaseDatabase): Int32Array {
  const resources = allResources(database);
  const entityOf = new Int32Array((resources.at(-1)?.id ?? 0) + 1);
  for (const { id, entityId } of resources) entityOf[id] = entityId ?? 0;
  return entityOf;
}

function linkRange(spans: SpanLinks, links: BlockColumns['callers']): void {
  const parents = new SpanIndex(spans).parents();
  for (let i = 0; i < spans.length; i++) {
    links.caller[spans.rowId[i]! - 1] = 0;
    links.isAnswered[spans.rowId[i]! - 1] = 0;
  }
  for (let i = 0; i < spans.length; i++) {
    const parent = parents[i]!;
    if (parent < 0) continue;
    const caller = spans.entity[parent]!;
    links.caller[spans.rowId[i]! - 1] = caller;
    if (caller !== spans.entity[i]) links.isAnswered[spans.rowId[parent]! - 1] = 1;
  }
}

interface SpanLinks extends SpanLinkColumns {
  readonly rowId: Int32Array;
}

/** Spans of a range of traces, as they come. */
class RangeSpans {
  #columns = allocateLinks(65_536);
  #length = 0;

  add(row: number, columns: SpanBlock, i: number, entityOf: Int32Array): void {
    if (this.#length === this.#columns.rowId.length) this.#columns = resized(this.#columns, this.#length * 2);
    const into = this.#columns;
    const at = this.#length++;
    into.rowId[at] = row;
    into.trace[at] = columns.trace[i]!;
    into.spanId[at] = low53(columns.spanId, i);
    // -1 = root, as the index wants it.
    into.parentId[at] = low53(columns.parentId, i) || -1;
    into.kind[at] = columns.kindStatus[i]! >> 2;
    into.entity[at] = entityOf[columns.resource[i]!] ?? 0;
  }

  cut(): SpanLinks {
    return resized(this.#columns, this.#length);
  }
}

function allocateLinks(length: number): SpanLinks {
  return {
    length,
    rowId: new Int32Array(length),
    trace: new Int32Array(length),
    spanId: new Float64Array(length),
    parentId: new Float64Array(length),
    kind: new Uint8Array(length),
    entity: new Int32Array(length),
  };
}

/** With room for more, or without what was room; shorter ones share their memory. */
function resized(links: SpanLinks, length: number): SpanLinks {
  if (length <= links.length) {
    return {
      length,
      rowId: links.rowId.subarray(0, length),
      trace: links.trace.subarray(0, length),
      spanId: links.spanId.subarray(0, length),
      parentId: links.parentId.subarray(0, length),
      kind: links.kind.subarray(0, length),
      entity: links.entity.subarray(0, length),
    };
  }
  const next = allocateLinks(length);
  next.rowId.set(links.rowId);
  next.trace.set(links.trace);
  next.spanId.set(links.spanId);
  next.parentId.set(links.parentId);
  next.kind.set(links.kind);
  next.entity.set(links.entity);
  return next;
}
