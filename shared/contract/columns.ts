/**
 * Bulk rows on the wire: one typed array per column, all of the stated length, plus a table of strings that text columns
 * point into. A row costs its bytes, not an object, and the buffers are transferred instead of copied.
 */
import { z } from 'zod';

const CELL_ARRAYS = {
  u8: Uint8Array,
  i32: Int32Array,
  f64: Float64Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  /** Index into `strings`, -1 = none. */
  text: Int32Array,
} as const;
export type CellKind = keyof typeof CELL_ARRAYS;
interface CellArrays {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;
  readonly text: Int32Array;
}

export type Columns<Shape extends Readonly<Record<string, CellKind>>> = {
  readonly [Name in keyof Shape]: CellArrays[Shape[Name]];
} & { readonly rowCount: number; readonly strings: readonly string[] };

/** Schema of a chunk with these columns: every array of the right kind and `rowCount` long, every text index in range. */
export function columns<const Shape extends Readonly<Record<string, CellKind>>>(
  shape: Shape,
): z.ZodType<Columns<Shape>> {
  const names = Object.keys(shape);
  const schema = z.custom<Columns<Shape>>((value) => {
    if (typeof value !== 'object' || value === null) return false;
    const chunk = value as Record<string, unknown>;
    const { rowCount, strings } = chunk;
    if (!Number.isSafeInteger(rowCount) || !Array.isArray(strings)) return false;
    if (Object.keys(chunk).length !== names.length + 2) return false;
    return names.every((name) => isColumn(chunk[name], shape[name] as CellKind, rowCount as number, strings));
  }, 'is no chunk of the declared columns');
  TEXT_COLUMNS.set(
    schema,
    names.filter((name) => shape[name] === 'text'),
  );
  return schema;
}

const TEXT_COLUMNS = new WeakMap<z.ZodType, readonly string[]>();

/** Names of the columns that point into `strings`; undefined when the schema is none of columns. */
export function textColumnsOf(schema: z.ZodType): readonly string[] | undefined {
  return TEXT_COLUMNS.get(schema);
}

function isColumn(array: unknown, kind: CellKind, rowCount: number, strings: readonly unknown[]): boolean {
  const constructor: new (length: number) => { readonly length: number } = CELL_ARRAYS[kind];
  if (!(array instanceof constructor) || array.length !== rowCount) return false;
  if (kind !== 'text') return true;
  return (array as unknown as Int32Array).every((index) => index >= -1 && index < strings.length);
}

/** Collects the strings of one chunk, each once. */
export class StringTable {
  readonly strings: string[] = [];
  readonly #indexes = new Map<string, number>();

  /** Index of the text, -1 for null. */
  indexOf(text: string | null): number {
    if (text === null) return -1;
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.strings.push(text) - 1;
    this.#indexes.set(text, index);
    return index;
  }
}
