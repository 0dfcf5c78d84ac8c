/** Answers of the SQL console as columns. SQLite types cells, not columns, so each cell carries its kind. */
import { z } from 'zod';
import { StringTable } from './columns.ts';

/** A cell as a client sees it; blobs are lower-case hex text, integers beyond 2^53 bigint. */
export type SqlCell = string | number | bigint | null;

const CELL_KIND = { null: 0, number: 1, text: 2, integer64: 3 } as const;

const sqlColumn = z.strictObject({
  name: z.string(),
  /** CELL_KIND per row. */
  kinds: z.instanceof(Uint8Array),
  /** The number, or the index of the text (decimal text for 64-bit integers) in `strings`. */
  values: z.instanceof(Float64Array),
});
export const sqlColumns = z.strictObject({
  rowCount: z.number().int().nonnegative(),
  columns: z.array(sqlColumn),
  strings: z.array(z.string()),
  /** True in the last chunk when the row limit cut the answer short. */
  isTruncated: z.boolean(),
});
export type SqlColumns = z.infer<typeof sqlColumns>;

/** `values[c]` are the cells of column `names[c]`, `rowCount` long. */
export function encodeSqlColumns(
  names: readonly string[],
  values: readonly (readonly (SqlCell | Uint8Array)[])[],
  rowCount: number,
  isTruncated: boolean,
): SqlColumns {
  const table = new StringTable();
  const columns = names.map((name, column) => encodeColumn(name, values[column] ?? [], rowCount, table));
  return { rowCount, columns, strings: table.strings, isTruncated };
}

function encodeColumn(
  name: string,
  cells: readonly (SqlCell | Uint8Array)[],
  rowCount: number,
  table: StringTable,
): z.infer<typeof sqlColumn> {
  const kinds = new Uint8Array(rowCount);
  const values = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const cell = cells[row] ?? null;
    if (cell === null) continue;
    if (typeof cell === 'number') {
      kinds[row] = CELL_KIND.number;
      values[row] = cell;
    } else {
      kinds[row] = typeof cell === 'bigint' ? CELL_KIND.integer64 : CELL_KIND.text;
      values[row] = table.indexOf(cell instanceof Uint8Array ? hexOf(cell) : String(cell));
    }
  }
  return { name, kinds, values };
}

/** Cells of one row, in the order of the columns. */
export function sqlRow(chunk: SqlColumns, row: number): SqlCell[] {
  return chunk.columns.map(({ kinds, values }) => {
    const value = values[row] ?? 0;
    switch (kinds[row]) {
      case CELL_KIND.number:
        return value;
      case CELL_KIND.text:
        return chunk.strings[value] ?? '';
      case CELL_KIND.integer64:
        return BigInt(chunk.strings[value] ?? '0');
      default:
        return null;
    }
  });
}

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
