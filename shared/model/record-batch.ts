/**
 * What importers give out. High-volume signals travel as columns (buffers can be transferred between threads), the rest
 * as plain objects. A batch belongs to whoever receives it; importers never touch it again.
 */
import type { Alert } from './alert.ts';
import type { ChangeEvent } from './change-event.ts';
import type { DeclaredEdge, DeclaredEntity } from './edge.ts';
import type { PlatformEvent } from './event.ts';
import type { LogBatch } from './log-record.ts';
import type { MetricBatch } from './metric.ts';
import type { SpanBatch } from './span.ts';

/** A record that could not be read. It is kept with its position; nothing is dropped in silence. */
export interface RejectedRecord {
  /** 1-based line, or 1-based record number where lines mean nothing; 0 = the file as a whole. */
  readonly line: number;
  /** Byte offset in the decompressed file, -1 when unknown. */
  readonly byteOffset: number;
  /** One sentence: what is wrong and what to do. */
  readonly reason: string;
  /** The start of the offending text, at most 1,000 characters. */
  readonly excerpt: string;
}

export interface ObjectBatch {
  readonly kind: 'objects';
  readonly alerts?: readonly Alert[];
  readonly changes?: readonly ChangeEvent[];
  readonly events?: readonly PlatformEvent[];
  readonly entities?: readonly DeclaredEntity[];
  readonly edges?: readonly DeclaredEdge[];
}
export interface RejectedBatch {
  readonly kind: 'rejected';
  readonly records: readonly RejectedRecord[];
}
export type RecordBatch = SpanBatch | LogBatch | MetricBatch | ObjectBatch | RejectedBatch;
