/** Spans, as columns: one entry per span, equal lengths. */
import type { Utf8Texts } from '../base/utf8-texts.ts';
import type { Resource } from './resource.ts';

/** OpenTelemetry SpanKind numbers. */
export const SPAN_KIND = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
/** OpenTelemetry Status codes. */
export const SPAN_STATUS = { unset: 0, ok: 1, error: 2 } as const;

export interface SpanBatch {
  readonly kind: 'spans';
  readonly length: number;
  /** Per span 2 × uint64: high and low half of the 128-bit trace id (a 64-bit id has high half 0). */
  readonly traceId: BigUint64Array;
  /** 64-bit span id; 0 = the format had none. */
  readonly spanId: BigUint64Array;
  /** 0 = root. */
  readonly parentSpanId: BigUint64Array;
  readonly startTimeUnixNano: BigInt64Array;
  /** Never negative; a span that ended before it began is rejected by the importer. */
  readonly durationNs: Float64Array;
  /** SPAN_KIND */
  readonly spanKind: Uint8Array;
  /** SPAN_STATUS */
  readonly status: Uint8Array;
  /** Index into `resources`. */
  readonly resource: Uint32Array;
  /** Index into `names`. */
  readonly name: Uint32Array;
  /** Compact JSON object of the span's attributes, '' for none. */
  readonly attributesJson: Utf8Texts;
  /**
   * The peer this span calls, index into `peers`, or 0xffffffff: from `db.*`, `messaging.*`, `server.address`,
   * `service.peer.name` (`semconv/peer-of-span`).
   */
  readonly peer: Uint32Array;
  /** Compact JSON `{statusMessage?, events?, links?, scope?, traceState?}` of what has no column, '' for none. */
  readonly extraJson: readonly string[];
  readonly resources: readonly Resource[];
  readonly names: readonly string[];
  readonly peers: readonly import('./entity.ts').EntityRef[];
}
export const NO_INDEX = 0xffffffff;
