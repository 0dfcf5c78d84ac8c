/**
 * One statement of the SQL console, read block by block. Only statements that read are let through: the file is opened
 * read-only, and whatever would reach other files (ATTACH, VACUUM INTO) gives no rows and is refused.
 */
import { EngineError } from '../engine-error.ts';
import type { QueryChunk, SqlValue } from '../engine-interface.ts';
import type { CaseDatabase } from './case-database.ts';
import { narrowInteger } from './read-case.ts';

export interface CursorOptions {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  readonly maxRows: number;
  readonly timeoutMs: number;
}
/** Rows per block, and how long a block may take before what is there is sent. */
const BLOCK_ROWS = 2_000;
const BLOCK_MS = 100;

export class QueryCursor {
  readonly #columns: readonly string[];
  readonly #rows: Iterator<readonly SqlValue[]>;
  readonly #deadline: number;
  readonly #maxRows: number;
  #rowsGiven = 0;

  constructor(database: CaseDatabase, options: CursorOptions) {
    let statement;
    try {
      statement = database.prepare<SqlValue[], readonly SqlValue[]>(options.sql);
    } catch (error) {
      throw new EngineError('invalid_argument', `SQL: ${messageOf(error)}`, { cause: error });
    }
    if (!statement.reader) {
      throw new EngineError(
        'invalid_argument',
        'Only statements that read are allowed here (SELECT, WITH, EXPLAIN, PRAGMA).',
      );
    }
    this.#deadline = performance.now() + options.timeoutMs;
    this.#maxRows = options.maxRows;
    try {
      this.#columns = statement.columns().map(({ name }) => name);
      this.#rows = statement
        .raw()
        .safeIntegers()
        .iterate(...options.parameters);
    } catch (error) {
      throw new EngineError('invalid_argument', `SQL: ${messageOf(error)}`, { cause: error });
    }
  }

  /** The next block; after the last one the statement has ended. */
  next(): QueryChunk {
    const values: SqlValue[][] = this.#columns.map(() => []);
    const blockEnd = performance.now() + BLOCK_MS;
    let rowCount = 0;
    for (; rowCount < BLOCK_ROWS && (rowCount === 0 || performance.now() < blockEnd); rowCount++) {
      if (performance.now() > this.#deadline) {
        this.close();
        throw new EngineError('deadline_exceeded', 'The query took too long; narrow it or allow more time.');
      }
      const row = this.#nextRow();
      if (!row) return this.#block(values, rowCount, { isLast: true, isTruncated: false });
      if (this.#rowsGiven === this.#maxRows) {
        this.close();
        return this.#block(values, rowCount, { isLast: true, isTruncated: true });
      }
      this.#rowsGiven++;
      row.forEach((value, column) => values[column]?.push(narrowInteger(value)));
    }
    return this.#block(values, rowCount, { isLast: false, isTruncated: false });
  }

  close(): void {
    this.#rows.return?.();
  }

  #nextRow(): readonly SqlValue[] | undefined {
    try {
      const { value, done } = this.#rows.next();
      return done === true ? undefined : (value as readonly SqlValue[]);
    } catch (error) {
      throw new EngineError('invalid_argument', `SQL: ${messageOf(error)}`, { cause: error });
    }
  }

  #block(
    values: readonly (readonly SqlValue[])[],
    rowCount: number,
    end: Pick<QueryChunk, 'isLast' | 'isTruncated'>,
  ): QueryChunk {
    return { columns: this.#columns, rowCount, values, ...end };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
