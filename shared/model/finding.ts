import type { EntityIndex } from './telemetry.ts';
import type { RowRef } from './ids.ts';

/** What a finding says, by family. Detectors own the kinds they emit. */
export const FINDING_KINDS = [
  'latency_increase',
  'error_rate_increase',
  'throughput_drop',
  'throughput_increase',
  'edge_latency_increase',
  'edge_error_increase',
  'edge_vanished',
  'metric_shift_up',
  'metric_shift_down',
  'saturation',
  'leak',
  'missing_data',
  'log_template_new',
  'log_template_burst',
  'log_template_vanished',
  'log_errors',
  'log_path_divergence',
  'restart',
  'platform_event',
  'alert',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export type SignalKind = 'trace' | 'metric' | 'log' | 'alert' | 'event' | 'change' | 'topology';

/** Something unusual a detector states about an entity and a time range. Indexes are into the Telemetry it came from. */
export interface Finding {
  readonly detector: string;
  readonly kind: FindingKind;
  readonly signal: SignalKind;
  readonly entity: EntityIndex;
  /** The other end, for findings about a call. */
  readonly peer?: EntityIndex | undefined;
  readonly instance?: EntityIndex | undefined;
  /** Metric, operation or template it is about. */
  readonly subject: string;
  /** Best estimate of when it began, with its uncertainty. */
  readonly onsetNs: number;
  readonly onsetUncertaintyNs: number;
  readonly endNs: number;
  /** Shift in units of the baseline's own spread (robust), ≥ 0. */
  readonly effectSize: number;
  /** 0-1: how far beyond what fault-free stretches of the same signal show. */
  readonly score: number;
  readonly baseline: number;
  readonly observed: number;
  readonly unit: string;
  /** Observations behind it. */
  readonly sampleCount: number;
  /** One sentence a responder reads. */
  readonly text: string;
  readonly refs: readonly RowRef[];
}
