/**
 * Rows by index, loaded in pages around what is in sight. Asked is only what is seen and a page ahead in the direction of
 * travel; pages that scrolled out of sight before they came are cancelled. Never more than a few pages stay in memory, so
 * a million rows cost what a screen costs. Free of React.
 */
import type { Contract } from '../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../shared/contract/derived-types.ts';

export type LogRows = OutputOf<Contract['log.rows']>;
export type LogColumns = LogRows['columns'];

/** One row inside its page. */
export interface LogRowRef {
  readonly columns: LogColumns;
  readonly offset: number;
}

export type LoadLogRows = (index: number, limit: number, signal: AbortSignal) => Promise<LogRows>;

export const PAGE_ROWS = 200;
const KEPT_PAGES = 40;

export class LogPages {
  readonly #load: LoadLogRows;
  readonly #onChange: () => void;
  readonly #pages = new Map<number, LogColumns>();
  readonly #asked = new Map<number, AbortController>();
  #wanted: readonly number[] = [];
  #lastStart = 0;
  #total: number | undefined;
  #error: unknown = null;
  #isPartial = false;

  /** `onChange` is called when rows came, the total changed or loading failed. */
  constructor(load: LoadLogRows, onChange: () => void) {
    this.#load = load;
    this.#onChange = onChange;
  }

  /** Undefined until the first page came. */
  get total(): number | undefined {
    return this.#total;
  }
  get error(): unknown {
    return this.#error;
  }
  get isPartial(): boolean {
    return this.#isPartial;
  }
  /** Calls on their way, for tests. */
  get askedCount(): number {
    return this.#asked.size;
  }
  get pageCount(): number {
    return this.#pages.size;
  }

  row(index: number): LogRowRef | undefined {
    const page = Math.floor(index / PAGE_ROWS);
    const columns = this.#pages.get(page);
    const offset = index - page * PAGE_ROWS;
    return columns && offset < columns.rowCount ? { columns, offset } : undefined;
  }

  /** Rows `start` to `end` (exclusive) are in sight. */
  want(start: number, end: number): void {
    const last = this.#total === undefined ? 0 : Math.max(0, Math.ceil(this.#total / PAGE_ROWS) - 1);
    const clamp = (page: number): number => Math.min(last, Math.max(0, page));
    const first = clamp(Math.floor(start / PAGE_ROWS));
    const final = clamp(Math.floor(Math.max(start, end - 1) / PAGE_ROWS));
    const seen: number[] = [];
    for (let page = first; page <= final; page++) seen.push(page);
    const ahead = clamp(start < this.#lastStart ? first - 1 : final + 1);
    this.#lastStart = start;
    this.#wanted = [...new Set([...seen, ahead])];
    for (const [page, abort] of this.#asked) {
      if (this.#wanted.includes(page)) continue;
      this.#asked.delete(page);
      abort.abort();
    }
    for (const page of this.#wanted) this.#ask(page);
  }

  /** Cancels what is on its way. */
  dispose(): void {
    for (const abort of this.#asked.values()) abort.abort();
    this.#asked.clear();
    this.#wanted = [];
  }

  #ask(page: number): void {
    if (this.#asked.has(page)) return;
    const known = this.#pages.get(page);
    if (known) {
      // Used again: it is the last to be forgotten.
      this.#pages.delete(page);
      this.#pages.set(page, known);
      return;
    }
    const abort = new AbortController();
    this.#asked.set(page, abort);
    this.#load(page * PAGE_ROWS, PAGE_ROWS, abort.signal).then(
      (rows) => {
        if (this.#asked.get(page) === abort) this.#take(page, rows);
      },
      (error: unknown) => {
        if (this.#asked.get(page) !== abort) return;
        this.#asked.delete(page);
        this.#error = error;
        this.#onChange();
      },
    );
  }

  #take(page: number, rows: LogRows): void {
    this.#asked.delete(page);
    this.#pages.set(page, rows.columns);
    this.#total = rows.total;
    this.#isPartial = rows.isPartial;
    this.#error = null;
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) break;
      if (!this.#wanted.includes(old)) this.#pages.delete(old);
    }
    this.#onChange();
  }
}

/** Text of a text column; '' where there is none. */
export function logText(
  columns: LogColumns,
  column: 'entity' | 'template' | 'body' | 'traceId',
  offset: number,
): string {
  const index = columns[column][offset] ?? -1;
  return index < 0 ? '' : (columns.strings[index] ?? '');
}
