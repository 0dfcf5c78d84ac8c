/** All spans of one trace as columns with one table of strings, whatever chunks they came in. Times count from `originTime`. */
import type { Contract } from '../../../shared/contract/contract.ts';
import type { ChunkOf } from '../../../shared/contract/derived-types.ts';

export type SpanChunk = ChunkOf<Contract['trace.spans']>;

/** One entry per span, equal lengths, in the order they came. */
export interface SpanTable {
  readonly count: number;
  /** Begin of the earliest span, Unix nanoseconds. */
  readonly originTime: bigint;
  readonly rowId: Float64Array;
  readonly spanId: BigUint64Array;
  readonly parentSpanId: BigUint64Array;
  /** After `originTime`; exact for 104 days. */
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
  readonly spanKind: Uint8Array;
  readonly status: Uint8Array;
  /** Index into `strings`, -1 = none. */
  readonly entity: Int32Array;
  readonly peer: Int32Array;
  readonly name: Int32Array;
  readonly strings: readonly string[];
}

/** O(n). */
export function spanTableOf(chunks: readonly SpanChunk[]): SpanTable {
  const count = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  let originTime: bigint | undefined;
  for (const { startTimeUnixNano } of chunks) {
    for (const time of startTimeUnixNano) if (originTime === undefined || time < originTime) originTime = time;
  }
  const origin = originTime ?? 0n;
  const table = {
    count,
    originTime: origin,
    rowId: new Float64Array(count),
    spanId: new BigUint64Array(count),
    parentSpanId: new BigUint64Array(count),
    startNs: new Float64Array(count),
    durationNs: new Float64Array(count),
    spanKind: new Uint8Array(count),
    status: new Uint8Array(count),
    entity: new Int32Array(count),
    peer: new Int32Array(count),
    name: new Int32Array(count),
    strings: [] as string[],
  };
  const indexes = new Map<string, number>();
  let at = 0;
  for (const chunk of chunks) {
    for (const column of ['rowId', 'spanId', 'parentSpanId', 'durationNs', 'spanKind', 'status'] as const) {
      (table[column] as { set(values: ArrayLike<number | bigint>, offset: number): void }).set(chunk[column], at);
    }
    const moved = chunk.strings.map((text) => stringIndex(text, table.strings, indexes));
    for (let row = 0; row < chunk.rowCount; row++) {
      table.startNs[at + row] = Number(chunk.startTimeUnixNano[row]! - origin);
      for (const column of ['entity', 'peer', 'name'] as const) {
        const index = chunk[column][row]!;
        table[column][at + row] = index < 0 ? -1 : moved[index]!;
      }
    }
    at += chunk.rowCount;
  }
  return table;
}

function stringIndex(text: string, strings: string[], indexes: Map<string, number>): number {
  const known = indexes.get(text);
  if (known !== undefined) return known;
  const index = strings.push(text) - 1;
  indexes.set(text, index);
  return index;
}

export function textAt(table: SpanTable, column: 'entity' | 'peer' | 'name', span: number): string {
  const index = table[column][span] ?? -1;
  return index < 0 ? '' : (table.strings[index] ?? '');
}
