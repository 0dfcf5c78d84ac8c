/**
 * Branded identifiers. A brand costs nothing at run time and keeps a span row from being used where a log row is meant.
 */
declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Id of a background job, unique in a case. */
export type JobId = Branded<string, 'JobId'>;

/** The tables a piece of evidence can point at. */
export const ROW_TABLES = [
  'span',
  'log',
  'template',
  'series',
  'alert',
  'change',
  'event',
  'edge',
  'entity',
  'finding',
  'quarantine',
] as const;
export type RowTable = (typeof ROW_TABLES)[number];

/**
 * A link to raw rows, as text: `span:12`, `log:7`, `series:3@1700000000000000000..1700000060000000000` (a stretch of a
 * metric series, inclusive Unix nanoseconds). The number is the row id in the case file.
 */
export type RowRef = Branded<string, 'RowRef'>;

export function rowRef(table: RowTable, rowId: number): RowRef {
  return `${table}:${rowId}` as RowRef;
}
