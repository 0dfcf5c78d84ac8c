/** The rows of one statement as they stream in: chunks kept as columns, cells made when they are shown. Free of React. */
import { sqlRow } from '../../../shared/contract/sql-columns.ts';
import type { SqlCell, SqlColumns } from '../../../shared/contract/sql-columns.ts';

export type SqlType = 'integer' | 'real' | 'text' | 'mixed' | 'null';

/** Immutable: each chunk makes a new one that shares the chunks before. */
export interface SqlResult {
  readonly columns: readonly string[];
  readonly chunks: readonly SqlColumns[];
  /** Rows before each chunk. */
  readonly starts: readonly number[];
  readonly rowCount: number;
  readonly isTruncated: boolean;
}

export const EMPTY_RESULT: SqlResult = { columns: [], chunks: [], starts: [], rowCount: 0, isTruncated: false };

export function withChunk(result: SqlResult, chunk: SqlColumns): SqlResult {
  return {
    columns: chunk.columns.map(({ name }) => name),
    chunks: [...result.chunks, chunk],
    starts: [...result.starts, result.rowCount],
    rowCount: result.rowCount + chunk.rowCount,
    isTruncated: result.isTruncated || chunk.isTruncated,
  };
}

/** Undefined beyond the end. O(log chunks). */
export function rowAt({ chunks, starts, rowCount }: SqlResult, index: number): readonly SqlCell[] | undefined {
  if (index < 0 || index >= rowCount) return undefined;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle - 1;
  }
  const chunk = chunks[low];
  return chunk && sqlRow(chunk, index - starts[low]!);
}

const SAMPLED_ROWS = 200;

/** What each column holds, by its first rows: SQLite types cells, not columns. */
export function columnTypes(result: SqlResult): readonly SqlType[] {
  const rows = Array.from(
    { length: Math.min(SAMPLED_ROWS, result.rowCount) },
    (_, index) => rowAt(result, index) ?? [],
  );
  return result.columns.map((_, column) => {
    const seen = new Set<SqlType>();
    for (const row of rows) {
      const cell = row[column] ?? null;
      if (cell !== null) seen.add(typeOf(cell));
    }
    if (seen.size === 0) return 'null';
    if (seen.size === 1) return [...seen][0] ?? 'null';
    return [...seen].every((type) => type === 'integer' || type === 'real') ? 'real' : 'mixed';
  });
}

function typeOf(cell: string | number | bigint): SqlType {
  if (typeof cell === 'bigint') return 'integer';
  if (typeof cell === 'number') return Number.isInteger(cell) ? 'integer' : 'real';
  return 'text';
}

/** As shown in a table; NULL is told apart from an empty text. */
export function cellText(cell: SqlCell): string {
  return cell === null ? 'NULL' : String(cell);
}

/** As a table has room for it: real numbers with eight digits, everything else as it is. */
export function shortCellText(cell: SqlCell): string {
  if (typeof cell !== 'number' || Number.isInteger(cell)) return cellText(cell);
  return String(Number(cell.toPrecision(8)));
}

/** Spreadsheets run what begins so; text of a bundle must not be run (OWASP, "CSV Injection"). Numbers are left alone. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** RFC 4180; null is an empty cell. `textOf` masks where names are masked. */
export function csvText(result: SqlResult, textOf: (text: string) => string): string {
  const lines = [result.columns.map((name) => csvCell(name)).join(',')];
  for (let index = 0; index < result.rowCount; index++) {
    const row = rowAt(result, index) ?? [];
    lines.push(row.map((cell) => (typeof cell === 'string' ? csvCell(textOf(cell)) : csvCell(cell))).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function csvCell(cell: SqlCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
