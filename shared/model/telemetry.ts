/**
 * The view of a case that analysis works on: columns over dense indexes, times as Float64 nanoseconds after `origin`.
 * Storage builds it from a case file, the accuracy harness from benchmark cases; analysis cannot tell the difference.
 */
import type { Alert } from './alert.ts';
import type { ChangeEvent } from './change-event.ts';
import type { EdgeKind, EdgeProvenance } from './edge.ts';
import type { EntityRef } from './entity.ts';
import type { PlatformEvent } from './event.ts';
import type { MetricType, Temporality } from './metric.ts';
import type { Attributes } from './resource.ts';
import type { UnixNano } from './time.ts';

/** Index into `Telemetry.entities`; -1 = unknown. */
export type EntityIndex = number;

export interface TelemetryEntity extends EntityRef {
  /** Row id in the case file. */
  readonly rowId: number;
  readonly attributes: Attributes;
  /** True when the entity sent telemetry of its own (spans, logs or metrics), false when it was only spoken about. */
  readonly isInstrumented: boolean;
}

/** Equal-length columns, ordered by startNs. */
export interface SpanTable {
  readonly length: number;
  readonly rowId: Float64Array;
  /** Nanoseconds after origin. */
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
  /** EntityIndex of the service (or other owner) that recorded the span. */
  readonly entity: Int32Array;
  /** EntityIndex of the instance (pod), -1 = unknown. */
  readonly instance: Int32Array;
  /** Index into `operations`. */
  readonly operation: Int32Array;
  readonly operations: readonly string[];
  /** SPAN_KIND */
  readonly kind: Uint8Array;
  /** SPAN_STATUS */
  readonly status: Uint8Array;
  /** Row number in this table of the parent span; -1 = root; -2 = named but absent. */
  readonly parent: Int32Array;
  /** EntityIndex of the called peer as the attributes name it, -1 = none. */
  readonly peer: Int32Array;
  /** Dense number of the trace. */
  readonly trace: Int32Array;
}

/** Equal-length columns, ordered by timeNs. */
export interface LogTable {
  readonly length: number;
  readonly rowId: Float64Array;
  readonly timeNs: Float64Array;
  readonly entity: Int32Array;
  readonly instance: Int32Array;
  /** SeverityNumber */
  readonly severity: Uint8Array;
  /** Index into `templates`. */
  readonly template: Int32Array;
  readonly templates: readonly LogTemplate[];
  /** Row number in the span table of the span the record belongs to, -1 = none. */
  readonly span: Int32Array;
  /** Dense trace number as in the span table, -1 = none. */
  readonly trace: Int32Array;
}

export interface LogTemplate {
  readonly rowId: number;
  /** Stable: hash of the template key, lower-case hex. */
  readonly id: string;
  /** With `<*>` for variables. */
  readonly text: string;
  /** One raw message. */
  readonly example: string;
}

export interface MetricSeries {
  readonly rowId: number;
  readonly entity: EntityIndex;
  readonly instance: EntityIndex;
  readonly name: string;
  readonly unit: string;
  readonly type: MetricType;
  readonly temporality: Temporality;
  readonly attributes: Attributes;
  /** Ascending, nanoseconds after origin. */
  readonly timesNs: Float64Array;
  /** Same length; NaN = no value. For histograms and summaries the mean. */
  readonly values: Float64Array;
  /** Histograms and summaries only: observations per point, as exported. */
  readonly counts?: Float64Array;
  readonly sums?: Float64Array;
  /** Histograms only: explicit bounds and, per point, a row of bounds.length + 1 counts (n×m, row-major). */
  readonly bucketBounds?: readonly number[];
  readonly bucketCounts?: Float64Array;
}

export interface TelemetryAlert extends Omit<Alert, 'entities'> {
  readonly rowId: number;
  readonly entities: readonly EntityIndex[];
}
export interface TelemetryChange extends Omit<ChangeEvent, 'entities'> {
  readonly rowId: number;
  readonly entities: readonly EntityIndex[];
}
export interface TelemetryEvent extends Omit<PlatformEvent, 'entities'> {
  readonly rowId: number;
  readonly entities: readonly EntityIndex[];
}
/** An edge from anything but spans; edges from spans are found by analysis. */
export interface TelemetryEdge {
  readonly rowId: number;
  readonly edgeKind: EdgeKind;
  readonly from: EntityIndex;
  readonly to: EntityIndex;
  readonly provenance: EdgeProvenance;
}

export interface Telemetry {
  readonly origin: UnixNano;
  /** The stretch that holds data, nanoseconds after origin. */
  readonly startNs: number;
  readonly endNs: number;
  readonly entities: readonly TelemetryEntity[];
  readonly spans: SpanTable;
  readonly logs: LogTable;
  readonly metrics: readonly MetricSeries[];
  readonly alerts: readonly TelemetryAlert[];
  readonly changes: readonly TelemetryChange[];
  readonly events: readonly TelemetryEvent[];
  readonly edges: readonly TelemetryEdge[];
  /** What the import already knows it lacks: truncated exports, rejected records, inferred times. */
  readonly knownGaps: readonly { readonly kind: string; readonly text: string; readonly entity?: EntityIndex }[];
}
