/** OTLP JSON text of metrics and data points. */
import { normalTail, LATENCY_SIGMA } from './queueing.ts';

/** Time between two exports. */
export const EXPORT_SECONDS = 60;

export function gauge(name: string, unit: string, points: string): string {
  return `{"name":"${name}","unit":"${unit}","gauge":{"dataPoints":[${points}]}}`;
}
export function counter(name: string, unit: string, points: string): string {
  return `{"name":"${name}","unit":"${unit}","sum":{"dataPoints":[${points}],"aggregationTemporality":2,"isMonotonic":true}}`;
}
export function upDown(name: string, unit: string, points: string): string {
  return `{"name":"${name}","unit":"${unit}","sum":{"dataPoints":[${points}],"aggregationTemporality":2}}`;
}
export function histogram(name: string, unit: string, points: string): string {
  return `{"name":"${name}","unit":"${unit}","histogram":{"dataPoints":[${points}],"aggregationTemporality":2}}`;
}

function attributesPart(attributes: string): string {
  return attributes ? `"attributes":[${attributes}],` : '';
}
/** Short enough to be read, exact enough to be plotted. */
export function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
export function doublePoint(value: number, timeNano: string, attributes = ''): string {
  return `{${attributesPart(attributes)}"timeUnixNano":"${timeNano}","asDouble":${short(value)}}`;
}
export function intPoint(value: number, timeNano: string, attributes = ''): string {
  return `{${attributesPart(attributes)}"timeUnixNano":"${timeNano}","asInt":"${Math.round(value)}"}`;
}
export function sumPoint(value: number, startNano: string, timeNano: string, attributes = ''): string {
  return `{${attributesPart(attributes)}"startTimeUnixNano":"${startNano}","timeUnixNano":"${timeNano}","asInt":"${Math.round(value)}"}`;
}

/** Advice of the semantic conventions for durations in seconds. */
export const DURATION_BOUNDS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
const BOUNDS_TEXT = DURATION_BOUNDS.join(',');

/** A cumulative histogram of durations that is fed with counts and mean latencies. */
export class DurationHistogram {
  readonly #buckets = new Float64Array(DURATION_BOUNDS.length + 1);
  #count = 0;
  #sumSeconds = 0;

  get count(): number {
    return this.#count;
  }
  /** Adds `count` log-normal durations of the given mean; fractions are carried by the totals. */
  record(count: number, meanMs: number): void {
    if (count <= 0) return;
    let below = 0;
    DURATION_BOUNDS.forEach((bound, i) => {
      const z = (Math.log((bound * 1000) / meanMs) + LATENCY_SIGMA ** 2 / 2) / LATENCY_SIGMA;
      const share = 1 - normalTail(z);
      this.#buckets[i] = (this.#buckets[i] ?? 0) + count * Math.max(0, share - below);
      below = Math.max(below, share);
    });
    const last = DURATION_BOUNDS.length;
    this.#buckets[last] = (this.#buckets[last] ?? 0) + count * (1 - below);
    this.#count += count;
    this.#sumSeconds += (count * meanMs) / 1000;
  }
  point(startNano: string, timeNano: string, attributes: string): string {
    // Cumulative rounding keeps every bucket non-decreasing over time and the count equal to the sum of the buckets.
    let running = 0;
    let written = 0;
    let text = '';
    for (const bucket of this.#buckets) {
      running += bucket;
      const upTo = Math.round(running);
      text += `${text ? ',' : ''}"${upTo - written}"`;
      written = upTo;
    }
    return (
      `{"attributes":[${attributes}],"startTimeUnixNano":"${startNano}","timeUnixNano":"${timeNano}",` +
      `"count":"${written}","sum":${short(this.#sumSeconds)},"bucketCounts":[${text}],"explicitBounds":[${BOUNDS_TEXT}]}`
    );
  }
}
