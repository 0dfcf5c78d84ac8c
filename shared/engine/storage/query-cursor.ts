/**
 * One statement of the SQL console, read block by block. Only statements that read are let through: the file is opened
 * read-only, and whatever would reach other files (ATTACH, VACUUM INTO) gives no rows and is refused.
 */
import { EngineError } from '../engine-error.ts';
import type { QueryChunk, SqlValue } from '../engine-interface.ts';
import { storageError, type CaseDatabase } from './case-database.ts';
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
  readonly #path: string;
  #rowsGiven = 0;

  constructor(database: CaseDatabase, options: CursorOptions) {
    refuseSettings(options.sql);
    let statement;
    try {
      statement = database.prepare<SqlValue[], readonly SqlValue[]>(options.sql);
    } catch (error) {
      throw statementError(error, database.name);
    }
    if (!statement.reader) {
      throw new EngineError(
        'invalid_argument',
        'Only statements that read are allowed here (SELECT, WITH, EXPLAIN, PRAGMA).',
      );
    }
    this.#deadline = performance.now() + options.timeoutMs;
    this.#maxRows = options.maxRows;
    this.#path = database.name;
    try {
      this.#columns = statement.columns().map(({ name }) => name);
      this.#rows = statement
        .raw()
        .safeIntegers()
        .iterate(...options.parameters);
    } catch (error) {
      throw statementError(error, database.name);
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
      throw statementError(error, this.#path);
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

/** A damaged file or a failing disk says so; anything else is about the statement. */
function statementError(error: unknown, path: string): unknown {
  const known = storageError(error, path);
  if (known instanceof EngineError && known.code !== 'permission_denied') return known;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError('invalid_argument', `SQL: ${message}`, { cause: error });
}

/** Comments, blanks and EXPLAIN before the first word that says what a statement is. */
const STATEMENT_PREFIX = /^(?:[\s;\uFEFF]+|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$)|explain\b|query\s+plan\b)+/i;
const DESCRIBING_PRAGMA =
  /^pragma\s+(?:\w+\s*\.\s*)?(?:(?:table_x?info|table_list|index_list|index_x?info|foreign_key_list|foreign_key_check|integrity_check|quick_check)\s*(?:\([^)]*\))?|(?:database_list|function_list|collation_list|module_list|pragma_list|compile_options|user_version|application_id|schema_version|page_count|page_size|freelist_count|encoding|journal_mode))\s*;?\s*$/i;

/**
 * Lets through those PRAGMAs that only describe. Others change settings of the whole process (`hard_heap_limit`) and
 * some already while they are prepared, EXPLAIN or not, so this looks at the text.
 */
function refuseSettings(sql: string): void {
  const statement = sql.replace(STATEMENT_PREFIX, '');
  if (!/^pragma\b/i.test(statement) || DESCRIBING_PRAGMA.test(statement)) return;
  throw new EngineError(
    'invalid_argument',
    'This PRAGMA changes settings; only those that describe the case are allowed here, for example table_info(spans).',
  );
}
