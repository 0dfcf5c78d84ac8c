import type { EntityRef } from './entity.ts';
import type { Attributes } from './resource.ts';
import type { UnixNano } from './time.ts';

export type AlertSeverity = 'critical' | 'warning' | 'info' | 'unknown';
export type AlertState = 'firing' | 'resolved' | 'suppressed' | 'unknown';

export interface Alert {
  /** The id the sender uses (fingerprint, incident key), or one derived from labels; '' never. */
  readonly externalId: string;
  /** `alertname`, rule title or monitor name. */
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  readonly severity: AlertSeverity;
  readonly state: AlertState;
  readonly startTime: UnixNano;
  /** undefined = still firing, or not told. */
  readonly endTime?: UnixNano | undefined;
  /** What it is about, as far as the labels say; the most specific first. */
  readonly entities: readonly EntityRef[];
  readonly labels: Attributes;
  readonly annotations: Attributes;
  /** Metric, template or call the alert was raised on, when known. */
  readonly signal?:
    | {
        readonly kind: 'metric' | 'trace' | 'log';
        readonly name: string;
        readonly direction?: 'up' | 'down' | undefined;
      }
    | undefined;
  readonly sourceUrl?: string | undefined;
}
