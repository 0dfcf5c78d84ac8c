/** What the service view says in words and rates, computed from the engine's columns. Pure. */
import type { Contract } from '../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../shared/contract/derived-types.ts';
import type { Band } from '../../charts/anomaly-ribbon.ts';
import { perSecond, ratioPerBucket } from '../../charts/bucket-series.ts';
import type { Line } from '../../charts/draw-time-series.ts';

export type ServiceRed = OutputOf<Contract['service.red']>;
type StoredBand = NonNullable<ServiceRed['baseline']['requests']>;

export interface RedLines {
  readonly rate: readonly Line[];
  readonly rateBand: Band | null;
  readonly errors: readonly Line[];
  readonly errorBand: Band | null;
  readonly latency: readonly Line[];
  readonly latencyBand: Band | null;
}

/** Counts per bucket become calls per second and a share of calls; bands follow. */
export function redLines(red: ServiceRed): RedLines {
  const { requests, errors, latency } = red.baseline;
  const perSecondFactor = 1e9 / red.bucketNs;
  const usualRequests = requests?.median ?? NaN;
  return {
    rate: [{ name: '', values: perSecond(red.requestCounts, red.bucketNs), look: 'ink' }],
    rateBand: requests && scaled(requests, perSecondFactor),
    errors: [{ name: '', values: ratioPerBucket(red.errorCounts, red.requestCounts), look: 'ink' }],
    errorBand: errors && errorShare(errors, usualRequests),
    latency: [
      { name: 'p95', values: red.latencyP95Ms, look: 'ink' },
      { name: 'p99', values: red.latencyP99Ms, look: 'third' },
      { name: 'p50', values: red.latencyP50Ms, look: 'second' },
    ],
    latencyBand: latency,
  };
}

/** A share of calls needs to know how many calls there usually are, unless there are no errors. */
function errorShare(errors: StoredBand, usualRequests: number): Band | null {
  if (errors.high === 0) return errors;
  return usualRequests > 0 ? capped(scaled(errors, 1 / usualRequests)) : null;
}

function scaled({ median, low, high }: StoredBand, factor: number): Band {
  return { median: median * factor, low: low * factor, high: high * factor };
}

/** A share of calls never exceeds all of them. */
function capped({ median, low, high }: Band): Band {
  return { median: Math.min(1, median), low: Math.min(1, low), high: Math.min(1, high) };
}
