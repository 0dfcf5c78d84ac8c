/** Log records, as columns: one entry per record after multi-line joining, equal lengths. */
import type { Resource } from './resource.ts';

export interface LogBatch {
  readonly kind: 'logs';
  readonly length: number;
  /** Event time. A record without a time of its own inherits one from its neighbours and says so in `isTimeInferred`. */
  readonly timeUnixNano: BigInt64Array;
  /** 1 where the time was inferred (no stamp, year-less stamp, file time). */
  readonly isTimeInferred: Uint8Array;
  /** OpenTelemetry SeverityNumber: TRACE 1-4, DEBUG 5-8, INFO 9-12, WARN 13-16, ERROR 17-20, FATAL 21-24; 0 = unknown. */
  readonly severityNumber: Uint8Array;
  /** Index into `resources`. */
  readonly resource: Uint32Array;
  /** The message without the header that was parsed off it; stack traces keep their lines, joined by \n. */
  readonly body: readonly string[];
  /** Compact JSON object of the other fields, '' for none. */
  readonly attributesJson: readonly string[];
  /** Per record 2 × uint64, zeros = none. */
  readonly traceId: BigUint64Array;
  readonly spanId: BigUint64Array;
  /** Non-empty physical lines this record was read from (1 unless joined). */
  readonly lineCount: Uint32Array;
  readonly resources: readonly Resource[];
}
