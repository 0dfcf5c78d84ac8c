/**
 * What the view threads answer: plain data close to the contract's shapes; the api adds what other threads know (alerts,
 * baselines' reasons, whether an import runs). Times are Unix nanoseconds.
 */
import type { EntityRef } from '../../model/entity.ts';
import type { LogFilter } from './log-filter.ts';
import type { WindowRequest } from './time-window.ts';

export interface BucketedRequest extends WindowRequest {
  readonly bucketCount: number;
}
export interface BucketAxis {
  readonly startTime: bigint;
  readonly bucketNs: number;
  readonly bucketCount: number;
}

export interface SpanLanes extends BucketAxis {
  readonly spanCounts: Float64Array;
  readonly errorSpanCounts: Float64Array;
  /** Of HEAT_BOUNDS_MS; rows × buckets. */
  readonly heatCounts: Float64Array;
}

export interface RedRequest extends BucketedRequest {
  readonly entity: EntityRef;
  /** Stretch to compare with; undefined = none. */
  readonly baseline?: { readonly from: bigint; readonly to: bigint } | undefined;
}
export interface Band {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}
export interface PeerTraffic {
  readonly entity: EntityRef;
  readonly calls: number;
  readonly errorRatio: number;
  readonly latencyP95Ms: number;
}
export interface NamedTraffic {
  readonly name: string;
  readonly calls: number;
  readonly errorRatio: number;
  readonly latencyP95Ms: number;
}
export interface ServiceRed extends BucketAxis {
  readonly requestCounts: Float64Array;
  readonly errorCounts: Float64Array;
  readonly latencyP50Ms: Float64Array;
  readonly latencyP95Ms: Float64Array;
  readonly latencyP99Ms: Float64Array;
  readonly baseline: {
    /** The stretch compared with, cut to the case and to whole buckets; null = none. */
    readonly window: { readonly from: bigint; readonly to: bigint } | null;
    readonly requestCount: number;
    readonly requests: Band | null;
    readonly errors: Band | null;
    readonly latency: Band | null;
  };
  readonly counts: readonly number[];
  readonly baselineCounts: readonly number[];
  readonly callers: readonly PeerTraffic[];
  readonly callees: readonly PeerTraffic[];
  readonly instances: readonly NamedTraffic[];
  readonly operations: readonly NamedTraffic[];
}

export interface WindowTraffic {
  /** Length of the window, seconds. */
  readonly seconds: number;
  readonly nodes: readonly {
    readonly entity: EntityRef;
    readonly calls: number;
    readonly errorRatio: number;
    readonly latencyP50Ms: number;
    readonly latencyP95Ms: number;
  }[];
  readonly edges: readonly {
    readonly from: EntityRef;
    readonly to: EntityRef;
    readonly calls: number;
    readonly errorRatio: number;
    readonly latencyP95Ms: number;
  }[];
}

export interface TraceListRequest extends WindowRequest {
  readonly entity?: EntityRef | undefined;
  readonly operation?: string | undefined;
  readonly onlyErrors: boolean;
  readonly minDurationNs?: number | undefined;
  readonly sort: 'time' | 'duration' | 'errors';
  /** 'middle' = the one trace in the middle of the order. */
  readonly offset: number | 'middle';
  readonly limit: number;
}
export interface TraceSummary {
  readonly traceId: string;
  readonly rootEntity: EntityRef | null;
  readonly rootName: string;
  readonly startTime: bigint;
  readonly durationNs: number;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly entityCount: number;
}

export interface LogRequest extends WindowRequest {
  readonly filter: LogFilter;
}
export interface LogHistogram extends BucketAxis {
  readonly levels: Readonly<Record<'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'unspecified', Float64Array>>;
  readonly total: number;
  readonly isTextPartial: boolean;
}
export interface TemplateCount {
  readonly templateId: string;
  readonly text: string;
  readonly example: string;
  readonly count: number;
  readonly severityNumber: number;
  readonly trend: 'new' | 'burst' | 'gone' | 'steady';
  readonly bucketCounts: readonly number[];
  readonly firstTime: bigint;
  readonly lastTime: bigint;
}
export interface SeriesBuckets {
  readonly seriesId: number;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  readonly count: Float64Array;
  readonly rate: Float64Array | null;
}

export interface MetricSummary {
  readonly name: string;
  readonly unit: string;
  readonly type: string;
  readonly seriesCount: number;
  readonly entities: readonly EntityRef[];
}
