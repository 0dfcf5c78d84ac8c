/**
 * Quantiles of durations from logarithmic buckets: every value is answered within 2 % of itself, adding is O(1), and
 * two sketches of one shape can be subtracted or merged by adding arrays. (The idea of DDSketch, Masson et al. 2019,
 * with a fixed range: 100 ns to 2 h; values outside are clamped to the ends.)
 */
import type { RedStats } from './service-graph.ts';

const GROWTH = 1.04;
const INVERSE_LOG_GROWTH = 1 / Math.log(GROWTH);
const SMALLEST_NS = 100;
const LARGEST_NS = 7.2e12;
export const SKETCH_BUCKETS = Math.ceil(Math.log(LARGEST_NS / SMALLEST_NS) * INVERSE_LOG_GROWTH) + 1;

/** Bucket of a duration; 0 holds everything up to the smallest value. */
export function bucketOfDuration(durationNs: number): number {
  if (!(durationNs > SMALLEST_NS)) return 0;
  const bucket = Math.ceil(Math.log(durationNs / SMALLEST_NS) * INVERSE_LOG_GROWTH);
  return bucket < SKETCH_BUCKETS ? bucket : SKETCH_BUCKETS - 1;
}
/** The duration a bucket stands for: the middle of it. */
export function durationOfBucket(bucket: number): number {
  return bucket === 0 ? SMALLEST_NS : (SMALLEST_NS * Math.pow(GROWTH, bucket) * 2) / (1 + GROWTH);
}

/** Calls, errors and durations of one set of spans. */
export class RedSketch {
  calls = 0;
  errors = 0;
  readonly #buckets = new Uint32Array(SKETCH_BUCKETS);

  add(bucket: number, isError: boolean): void {
    this.calls++;
    if (isError) this.errors++;
    this.#buckets[bucket]!++;
  }
  /** Duration below which a share `q` of the calls lies; NaN without calls. O(buckets). */
  quantile(q: number): number {
    if (this.calls === 0) return NaN;
    const wanted = q * (this.calls - 1);
    let seen = 0;
    for (let bucket = 0; bucket < SKETCH_BUCKETS; bucket++) {
      seen += this.#buckets[bucket]!;
      if (seen > wanted) return durationOfBucket(bucket);
    }
    return NaN;
  }
  stats(): RedStats {
    return {
      calls: this.calls,
      errors: this.errors,
      p50Ns: this.quantile(0.5),
      p95Ns: this.quantile(0.95),
      p99Ns: this.quantile(0.99),
    };
  }
}

/** The same measured in both windows. */
export class RedPair {
  readonly baseline = new RedSketch();
  readonly incident = new RedSketch();
  /** `window` 0 = baseline, 1 = incident. */
  add(window: number, bucket: number, isError: boolean): void {
    (window === 0 ? this.baseline : this.incident).add(bucket, isError);
  }
}
