/**
 * Joins the lines of a delimited file into rows (RFC 4180, with any delimiter): a quoted cell may hold line breaks. Quotes
 * are read by d3-dsv; what is ours is to know, line by line and in bounded memory, where a row ends.
 */
import { dsvFormat } from 'd3-dsv';

/** Lines that one quoted cell may span; a quote that is never closed must not swallow the file. */
const MAX_LINES_PER_ROW = 200;

export interface CsvRow {
  readonly cells: readonly string[];
  /** 1-based line the row begins on. */
  readonly line: number;
  readonly byteOffset: number;
}

export class CsvRowReader {
  readonly #delimiter: string;
  #pending = '';
  #pendingLines = 0;
  #line = 0;
  #byteOffset = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The row that ends with this line; undefined for an empty line and inside a quoted cell. */
  line(text: string, line: number, byteOffset: number): CsvRow | undefined {
    if (this.#pendingLines === 0) {
      if (text === '') return undefined;
      this.#line = line;
      this.#byteOffset = byteOffset;
    }
    const joined = this.#pendingLines === 0 ? text : `${this.#pending}\n${text}`;
    const cells = splitRow(joined, this.#delimiter);
    if (cells === undefined && this.#pendingLines < MAX_LINES_PER_ROW) {
      this.#pending = joined;
      this.#pendingLines += 1;
      return undefined;
    }
    this.#pending = '';
    this.#pendingLines = 0;
    return { cells: cells ?? joined.split(this.#delimiter), line: this.#line, byteOffset: this.#byteOffset };
  }

  /** A row that the end of the file left open. */
  finish(): CsvRow | undefined {
    if (this.#pendingLines === 0) return undefined;
    this.#pendingLines = 0;
    return { cells: this.#pending.split(this.#delimiter), line: this.#line, byteOffset: this.#byteOffset };
  }
}

/** The cells of one row; undefined when a quote is left open. */
export function splitRow(text: string, delimiter: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter);
  if (text.split('"').length % 2 === 0) return undefined;
  return dsvFormat(delimiter).parseRows(text)[0] ?? [];
}

const DELIMITERS = [',', '\t', ';', '|'];

/** The delimiter that splits the first lines into the same number of cells, two at least; undefined when none does. */
export function guessDelimiter(lines: readonly string[]): string | undefined {
  const sample = lines.filter((line) => line.trim() !== '').slice(0, 50);
  let best: { delimiter: string; cells: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const counts = sample.map((line) => splitRow(line, delimiter)?.length ?? 0);
    const cells = mostFrequent(counts);
    const agreeing = counts.filter((count) => count === cells).length;
    if (cells < 2 || agreeing < 0.9 * counts.length) continue;
    if (best === undefined || cells > best.cells) best = { delimiter, cells };
  }
  return best?.delimiter;
}

function mostFrequent(counts: readonly number[]): number {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  return [...seen].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
