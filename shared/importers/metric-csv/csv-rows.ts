/** Splits delimited text into cells (RFC 4180, with any delimiter): quotes, doubled quotes, line breaks inside quotes. */

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
      if (!text.includes('"')) return { cells: text.split(this.#delimiter), line, byteOffset };
    }
    const joined = this.#pendingLines === 0 ? text : `${this.#pending}\n${text}`;
    const cells = splitQuoted(joined, this.#delimiter);
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

/** undefined when a quote is left open. */
export function splitQuoted(text: string, delimiter: string): readonly string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text.charCodeAt(at) === 34) {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) return undefined;
        cell += text.slice(from, quote);
        from = quote + 1;
        if (text.charCodeAt(from) !== 34) break;
        cell += '"';
        from += 1;
      }
      const next = text.indexOf(delimiter, from);
      cells.push(cell + text.slice(from, next < 0 ? text.length : next).trimEnd());
      if (next < 0) return cells;
      at = next + delimiter.length;
    } else {
      const next = text.indexOf(delimiter, at);
      cells.push(text.slice(at, next < 0 ? text.length : next));
      if (next < 0) return cells;
      at = next + delimiter.length;
    }
  }
}

const DELIMITERS = [',', '\t', ';', '|'];

/** The delimiter that splits the first lines into the same number of cells, two at least; undefined when none does. */
export function guessDelimiter(lines: readonly string[]): string | undefined {
  const sample = lines.filter((line) => line.trim() !== '').slice(0, 50);
  let best: { delimiter: string; cells: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const counts = sample.map((line) => splitQuoted(line, delimiter)?.length ?? 0);
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
