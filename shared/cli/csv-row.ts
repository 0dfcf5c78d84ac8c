/** Lines of CSV that stay data in a spreadsheet. */
import type { SqlCell } from '../contract/sql-columns.ts';

/** Spreadsheets run what begins so; text of a bundle must not be run (OWASP, "CSV Injection"). Numbers are left alone. */
const FORMULA_START = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\n\r]/;

/** RFC 4180 with `\n`; null is an empty cell. */
export function csvRow(cells: readonly SqlCell[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: SqlCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
