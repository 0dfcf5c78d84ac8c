/** Comma-separated text as rows of fields, without the empty line a file may end with. */
import { csvParseRows } from 'd3-dsv';

export function parseCsv(text: string): string[][] {
  return csvParseRows(text, (row) => (row.length > 1 || row[0] !== '' ? row : null));
}
