/** Traces written by hand: one line per span, `id parent start duration name entity`. */
import { spanTableOf } from '../../../../../renderer/charts/waterfall/span-table.ts';
import type { SpanChunk, SpanTable } from '../../../../../renderer/charts/waterfall/span-table.ts';
import { StringTable } from '../../../../../shared/contract/columns.ts';

export interface WrittenSpan {
  readonly id: number;
  /** 0 = root. */
  readonly parent: number;
  readonly start: number;
  readonly duration: number;
  readonly name?: string;
  readonly entity?: string;
  readonly peer?: string;
  readonly isError?: boolean;
}

export function tableOf(spans: readonly WrittenSpan[], origin?: bigint): SpanTable {
  return spanTableOf([chunkOf(spans, origin)]);
}

/** As the engine streams them. */
export function chunkOf(spans: readonly WrittenSpan[], origin = 1_000_000n): SpanChunk {
  const strings = new StringTable();
  const text = (of: (span: WrittenSpan) => string | undefined): Int32Array =>
    Int32Array.from(spans, (span) => strings.indexOf(of(span) ?? null));
  return {
    rowCount: spans.length,
    rowId: Float64Array.from(spans, ({ id }) => id),
    traceId: text(() => 'abc'),
    spanId: BigUint64Array.from(spans, ({ id }) => BigInt(id)),
    parentSpanId: BigUint64Array.from(spans, ({ parent }) => BigInt(parent)),
    startTimeUnixNano: BigInt64Array.from(spans, ({ start }) => origin + BigInt(start)),
    durationNs: Float64Array.from(spans, ({ duration }) => duration),
    spanKind: new Uint8Array(spans.length),
    status: Uint8Array.from(spans, ({ isError }) => (isError ? 2 : 0)),
    entity: text(({ entity }) => entity ?? 'service:a'),
    peer: text(({ peer }) => peer),
    name: text(({ name, id }) => name ?? `span ${id}`),
    strings: strings.strings,
  };
}
