/**
 * The packed form of rows that views sum over: per signal a fixed list of columns, each a little-endian array, eight-byte
 * columns first so that every array is aligned in place. `BlockBuilder` collects rows while they are stored; the block is
 * written in the same transaction, so a case holds both or neither.
 */
import type { CaseDatabase } from './case-database.ts';
import {
  blocksAfter,
  highestRow,
  insertBlock,
  lastBlockRow,
  rowsAfter,
  type BlockSignal,
  type RowSignal,
  type StoredBlock,
} from './statements/column-blocks.ts';

export interface BlockColumns {
  readonly spans: {
    /** Unix nanoseconds as pairs of 32-bit words, low word first; so are the ids. */
    readonly time: Int32Array;
    readonly duration: Float64Array;
    readonly spanId: Int32Array;
    readonly parentId: Int32Array;
    readonly trace: Int32Array;
    readonly resource: Int32Array;
    readonly name: Int32Array;
    /** Entity id, 0 = none. */
    readonly peer: Int32Array;
    /** kind * 4 + status */
    readonly kindStatus: Uint8Array;
  };
  readonly logs: {
    readonly time: Int32Array;
    readonly template: Int32Array;
    readonly resource: Int32Array;
    readonly severity: Uint8Array;
  };
  readonly points: {
    readonly time: Int32Array;
    /** NaN = none. */
    readonly value: Float64Array;
    readonly series: Int32Array;
  };
  readonly callers: {
    /** Entity id of the parent span, 0 = none known. */
    readonly caller: Int32Array;
    /** 1 = a child in another entity answered this span. */
    readonly isAnswered: Uint8Array;
  };
}

type ColumnKind = 'words' | 'f64' | 'i32' | 'u8';
const BYTES: Readonly<Record<ColumnKind, number>> = { words: 8, f64: 8, i32: 4, u8: 1 };
const LAYOUTS: { readonly [S in BlockSignal]: Readonly<Record<keyof BlockColumns[S], ColumnKind>> } = {
  spans: {
    time: 'words',
    duration: 'f64',
    spanId: 'words',
    parentId: 'words',
    trace: 'i32',
    resource: 'i32',
    name: 'i32',
    peer: 'i32',
    kindStatus: 'u8',
  },
  logs: { time: 'words', template: 'i32', resource: 'i32', severity: 'u8' },
  points: { time: 'words', value: 'f64', series: 'i32' },
  callers: { caller: 'i32', isAnswered: 'u8' },
};

function bytesPerRow(signal: BlockSignal): number {
  return Object.values<ColumnKind>(LAYOUTS[signal]).reduce((sum, kind) => sum + BYTES[kind], 0);
}

/** Arrays over one buffer, in the order of the layout. */
function viewsOf<S extends BlockSignal>(signal: S, buffer: ArrayBufferLike, at: number, rows: number): BlockColumns[S] {
  let offset = at;
  const views: Record<string, Int32Array | Float64Array | Uint8Array> = {};
  for (const [name, kind] of Object.entries<ColumnKind>(LAYOUTS[signal])) {
    if (kind === 'words') views[name] = new Int32Array(buffer, offset, rows * 2);
    else if (kind === 'f64') views[name] = new Float64Array(buffer, offset, rows);
    else if (kind === 'i32') views[name] = new Int32Array(buffer, offset, rows);
    else views[name] = new Uint8Array(buffer, offset, rows);
    offset += BYTES[kind] * rows;
  }
  return views as unknown as BlockColumns[S];
}

/** Fresh arrays for so many rows. */
export function allocateBlock<S extends BlockSignal>(signal: S, rows: number): BlockColumns[S] {
  return viewsOf(signal, new ArrayBuffer(bytesPerRow(signal) * rows), 0, rows);
}

/** The columns of a stored block, without copying where the buffer is aligned. */
export function decodeBlock<S extends BlockSignal>(signal: S, block: StoredBlock): BlockColumns[S] {
  const { columns } = block;
  const rows = block.lastRow - block.firstRow + 1;
  if (columns.byteLength !== rows * bytesPerRow(signal)) throw new RangeError('a column block has the wrong size');
  const aligned = columns.byteOffset % 8 === 0 ? columns : columns.slice();
  return viewsOf(signal, aligned.buffer, aligned.byteOffset, rows);
}

/** The first `rows` rows of some columns, as they are stored. */
export function encodeBlock<S extends BlockSignal>(signal: S, columns: BlockColumns[S], rows: number): Uint8Array {
  const packed = new Uint8Array(bytesPerRow(signal) * rows);
  const target = viewsOf(signal, packed.buffer, 0, rows) as unknown as Record<string, Float64Array>;
  for (const [name, column] of Object.entries(columns as unknown as Record<string, Float64Array>)) {
    const into = target[name]!;
    into.set(column.subarray(0, into.length));
  }
  return packed;
}

/** Rows per block: enough that the row around it costs nothing, few enough to be read in a breath. */
const BLOCK_ROWS = 16_384;

/** Collects rows of one signal; `columns` are written at index `next()`. */
export class BlockBuilder<S extends RowSignal> {
  columns: BlockColumns[S];
  readonly #signal: S;
  readonly #database: CaseDatabase;
  readonly #insert: ReturnType<typeof insertBlock>;
  #rows = 0;

  constructor(database: CaseDatabase, signal: S) {
    this.#database = database;
    this.#signal = signal;
    this.#insert = insertBlock(database);
    this.columns = allocateBlock(signal, BLOCK_ROWS);
  }

  get isFull(): boolean {
    return this.#rows === BLOCK_ROWS;
  }
  /** Index of a fresh row. The row must be stored before the block is flushed, and nothing else in between. */
  next(): number {
    return this.#rows++;
  }

  /** Writes what was collected, inside the transaction of its rows: they are the last ones of the table. */
  flush(): void {
    const rows = this.#rows;
    if (rows === 0) return;
    this.#rows = 0;
    const lastRow = highestRow(this.#database, this.#signal);
    const columns = encodeBlock(this.#signal, this.columns, rows);
    this.#insert(this.#signal, { firstRow: lastRow - rows + 1, lastRow, columns });
  }

  /** Forgets rows whose transaction was rolled back. */
  discard(): void {
    this.#rows = 0;
  }
}

export interface RowRun<S extends BlockSignal> {
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: BlockColumns[S];
}

/** Every row above `after`: from blocks, then, for rows without one, from the table. Runs have no gaps; ids ascend. */
export function* runsAfter<S extends RowSignal>(
  database: CaseDatabase,
  signal: S,
  after: number,
): Generator<RowRun<S>, void> {
  let last = after;
  for (const block of blocksAfter(database, signal, after)) {
    const columns = decodeBlock(signal, block);
    const known = Math.max(0, last - block.firstRow + 1);
    const rows = block.lastRow - block.firstRow + 1;
    yield known === 0
      ? { firstRow: block.firstRow, rows, columns }
      : { firstRow: block.firstRow + known, rows: rows - known, columns: cutColumns(signal, columns, known) };
    last = block.lastRow;
  }
  yield* tableRuns(database, signal, last);
}

/** Rows that no block covers yet, read from their table. */
export function* tableRuns<S extends RowSignal>(
  database: CaseDatabase,
  signal: S,
  after: number,
): Generator<RowRun<S>, void> {
  let last = after;
  for (;;) {
    const { runs, lastRow } = readRuns(database, signal, last);
    yield* runs;
    if (lastRow === last) return;
    last = lastRow;
  }
}

function readRuns<S extends RowSignal>(
  database: CaseDatabase,
  signal: S,
  after: number,
): { readonly runs: RowRun<S>[]; readonly lastRow: number } {
  const runs: RowRun<S>[] = [];
  let columns = allocateBlock(signal, BLOCK_ROWS);
  let firstRow = 0;
  let rows = 0;
  let lastRow = after;
  const close = (): void => {
    if (rows > 0) runs.push({ firstRow, rows, columns: decodeBlock(signal, asBlock(signal, columns, firstRow, rows)) });
    columns = allocateBlock(signal, BLOCK_ROWS);
    rows = 0;
  };
  for (const row of rowsAfter(database, signal, after, BLOCK_ROWS)) {
    const id = row[0]!;
    if (rows > 0 && id !== lastRow + 1) close();
    if (rows === 0) firstRow = id;
    fillRow(signal, columns, rows++, row);
    lastRow = id;
  }
  close();
  return { runs, lastRow };
}

function asBlock<S extends BlockSignal>(
  signal: S,
  columns: BlockColumns[S],
  firstRow: number,
  rows: number,
): StoredBlock {
  return { firstRow, lastRow: firstRow + rows - 1, columns: encodeBlock(signal, columns, rows) };
}

/** A row as `rowsAfter` gives it: 64-bit columns are two cells, high word first. */
function fillRow<S extends RowSignal>(
  signal: S,
  columns: BlockColumns[S],
  at: number,
  row: readonly (number | null)[],
): void {
  let cell = 1;
  const arrays = columns as unknown as Record<string, Int32Array | Float64Array>;
  for (const [name, kind] of Object.entries<ColumnKind>(LAYOUTS[signal])) {
    const array = arrays[name]!;
    if (kind === 'words') {
      array[at * 2 + 1] = row[cell++] ?? 0;
      array[at * 2] = row[cell++] ?? 0;
    } else array[at] = row[cell++] ?? NaN;
  }
}

function cutColumns<S extends BlockSignal>(signal: S, columns: BlockColumns[S], from: number): BlockColumns[S] {
  const arrays = columns as unknown as Record<string, Int32Array>;
  const cut = Object.entries<ColumnKind>(LAYOUTS[signal]).map(([name, kind]) => [
    name,
    arrays[name]!.subarray(kind === 'words' ? from * 2 : from),
  ]);
  return Object.fromEntries(cut) as BlockColumns[S];
}

/** Stores blocks for rows that have none, some at a time; answers whether there may be more. One transaction each. */
export function completeBlocks(database: CaseDatabase, signal: RowSignal): boolean {
  const insert = insertBlock(database);
  return database.transaction(() => {
    const last = lastBlockRow(database, signal);
    const { runs, lastRow } = readRuns(database, signal, last);
    for (const { firstRow, rows, columns } of runs) insert(signal, asBlock(signal, columns, firstRow, rows));
    return lastRow > last;
  })();
}
