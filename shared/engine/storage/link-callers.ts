/**
 * Finds who called whom: for every span the entity of its parent, and whether another entity answered it. A span's parent
 * may come in a later file, so this is done over all spans when an import ends, a range of traces at a time to bound
 * memory (about 60 bytes per span of the range). O(spans) for each range.
 */
import type { CaseDatabase } from './case-database.ts';
import { allocateBlock, encodeBlock, runsAfter, type BlockColumns } from './column-blocks.ts';
import { SpanIndex } from './span-index.ts';
import { dropBlocks, highestRow, insertBlock, lastBlockRow } from './statements/column-blocks.ts';
import { allResources } from './statements/dictionaries.ts';
import { highestRowId } from './statements/secondary-indexes.ts';

const SPANS_PER_RANGE = 1_000_000;
const BLOCK_ROWS = 262_144;

/** Whether spans came since the callers were last found. */
export function areCallersMissing(database: CaseDatabase): boolean {
  return highestRow(database, 'spans') > lastBlockRow(database, 'callers');
}

/** Replaces all caller blocks in one transaction at its end; gives its share between ranges and can stop there. */
export function* linkCallers(database: CaseDatabase): Generator<number, void> {
  const lastRow = highestRow(database, 'spans');
  const links = allocateBlock('callers', lastRow);
  const entityOf = entityByResource(database);
  const traces = highestRowId(database, 'traces');
  const ranges = Math.max(1, Math.ceil(lastRow / SPANS_PER_RANGE));
  for (let range = 0; range < ranges; range++) {
    yield range / ranges;
    const first = Math.floor((range * traces) / ranges) + 1;
    linkRange(database, first, Math.floor(((range + 1) * traces) / ranges), entityOf, links);
  }
  database.transaction(() => {
    dropBlocks(database, 'callers');
    const insert = insertBlock(database);
    for (let at = 0; at < lastRow; at += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, lastRow - at);
      const part = {
        caller: links.caller.subarray(at, at + rows),
        isAnswered: links.isAnswered.subarray(at, at + rows),
      };
      insert('callers', { firstRow: at + 1, lastRow: at + rows, columns: encodeBlock('callers', part, rows) });
    }
  })();
}

function entityByResource(database: CaseDatabase): Int32Array {
  const resources = allResources(database);
  const entityOf = new Int32Array((resources.at(-1)?.id ?? 0) + 1);
  for (const { id, entityId } of resources) entityOf[id] = entityId ?? 0;
  return entityOf;
}

function linkRange(
  database: CaseDatabase,
  firstTrace: number,
  lastTrace: number,
  entityOf: Int32Array,
  links: BlockColumns['callers'],
): void {
  const spans = readRange(database, firstTrace, lastTrace, entityOf);
  const parents = new SpanIndex(spans).parents();
  for (let i = 0; i < spans.length; i++) {
    const parent = parents[i]!;
    if (parent < 0) continue;
    const caller = spans.entity[parent]!;
    links.caller[spans.rowId[i]! - 1] = caller;
    if (caller !== spans.entity[i]) links.isAnswered[spans.rowId[parent]! - 1] = 1;
  }
}

interface RangeSpans {
  length: number;
  rowId: Int32Array;
  trace: Int32Array;
  spanId: Float64Array;
  parentId: Float64Array;
  kind: Uint8Array;
  entity: Int32Array;
}

function readRange(database: CaseDatabase, firstTrace: number, lastTrace: number, entityOf: Int32Array): RangeSpans {
  let into = allocateRange(65_536);
  for (const { firstRow, rows, columns } of runsAfter(database, 'spans', 0)) {
    for (let i = 0; i < rows; i++) {
      const trace = columns.trace[i]!;
      if (trace < firstTrace || trace > lastTrace) continue;
      if (into.length === into.rowId.length) into = grown(into);
      const at = into.length++;
      into.rowId[at] = firstRow + i;
      into.trace[at] = trace;
      into.spanId[at] = low53(columns.spanId, i);
      // -1 = root, as the index wants it.
      into.parentId[at] = low53(columns.parentId, i) || -1;
      into.kind[at] = columns.kindStatus[i]! >> 2;
      into.entity[at] = entityOf[columns.resource[i]!] ?? 0;
    }
  }
  return cut(into);
}

function low53(words: Int32Array, at: number): number {
  return (words[at * 2 + 1]! & 0x1f_ffff) * 4_294_967_296 + (words[at * 2]! >>> 0);
}

function allocateRange(capacity: number): RangeSpans {
  return {
    length: 0,
    rowId: new Int32Array(capacity),
    trace: new Int32Array(capacity),
    spanId: new Float64Array(capacity),
    parentId: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    entity: new Int32Array(capacity),
  };
}
function grown(range: RangeSpans): RangeSpans {
  const next = allocateRange(range.rowId.length * 2);
  next.length = range.length;
  next.rowId.set(range.rowId);
  next.trace.set(range.trace);
  next.spanId.set(range.spanId);
  next.parentId.set(range.parentId);
  next.kind.set(range.kind);
  next.entity.set(range.entity);
  return next;
}
function cut(range: RangeSpans): RangeSpans {
  const { length } = range;
  return {
    length,
    rowId: range.rowId.subarray(0, length),
    trace: range.trace.subarray(0, length),
    spanId: range.spanId.subarray(0, length),
    parentId: range.parentId.subarray(0, length),
    kind: range.kind.subarray(0, length),
    entity: range.entity.subarray(0, length),
  };
}
