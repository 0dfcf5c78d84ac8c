/**
 * One time axis for charts, lanes and waterfalls: times to pixels and back, and ticks at round clock times in the zone
 * shown. Pixels are CSS pixels; times are Unix nanoseconds and stay bigint, so that no axis loses nanoseconds.
 */
import { clockText, dayText } from '../stores/time-format.ts';
import type { TimeDetail } from '../stores/time-format.ts';
import type { Zone } from '../stores/preferences.ts';

/** A stretch of time drawn between two x positions; `from` < `to`, `left` < `right`. */
export interface TimeAxis {
  readonly from: bigint;
  readonly to: bigint;
  readonly left: number;
  readonly right: number;
}

export interface TimeTick {
  readonly time: bigint;
  readonly x: number;
  readonly label: string;
}

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

const STEPS: readonly bigint[] = [
  ...[1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n].map((count) => count * 1_000_000n),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * SECOND),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * MINUTE),
  ...[1n, 2n, 3n, 6n, 12n].map((count) => count * HOUR),
  ...[1n, 2n, 7n, 14n, 30n, 90n, 365n].map((count) => count * DAY),
];

/** Position of a time; beyond the axis where the time is. */
export function xOfTime({ from, to, left, right }: TimeAxis, time: bigint): number {
  return left + (Number(time - from) / Number(to - from)) * (right - left);
}

/** The time at a position, held inside the axis. */
export function timeOfX({ from, to, left, right }: TimeAxis, x: number): bigint {
  const share = Math.min(1, Math.max(0, (x - left) / (right - left)));
  return from + BigInt(Math.round(share * Number(to - from)));
}

/** Nanoseconds that one pixel stands for. */
export function nsPerPixel({ from, to, left, right }: TimeAxis): number {
  return Number(to - from) / Math.max(1, right - left);
}

/** Round times inside the axis, at least `spacing` pixels apart. */
export function timeTicks(axis: TimeAxis, zone: Zone, spacing = 78): readonly TimeTick[] {
  const leastNs = nsPerPixel(axis) * spacing;
  const step = STEPS.find((candidate) => Number(candidate) >= leastNs) ?? roundUp(leastNs);
  const detail: TimeDetail = step >= MINUTE ? 'minute' : step >= SECOND ? 'second' : 'millisecond';
  const offset = zoneOffset(axis.from, zone);
  const ticks: TimeTick[] = [];
  // Round in the zone's own clock, so that hours and days begin where people expect them.
  const first = ceilTo(axis.from + offset, step) - offset;
  for (let time = first; time <= axis.to; time += step) {
    const label = step >= DAY ? dayLabel(time, zone, step) : clockText(time, zone, detail);
    ticks.push({ time, x: xOfTime(axis, time), label });
  }
  return ticks;
}

/** `19 Dec`, with the year where ticks are a year or more apart. */
function dayLabel(time: bigint, zone: Zone, step: bigint): string {
  return dayText(time, zone).replace(step >= 365n * DAY ? /^\w+ / : /^\w+ | \d{4}$/g, '');
}

/** The axis with `share` (0-1) of its width more or less around a fixed time: zooming with that time in place. */
export function zoomedRange(
  axis: TimeAxis,
  at: bigint,
  factor: number,
): { readonly from: bigint; readonly to: bigint } {
  const scaled = (ns: bigint): bigint => BigInt(Math.round(Number(ns) * factor));
  const from = at - scaled(at - axis.from);
  const to = at + scaled(axis.to - at);
  return to - from < 1000n ? { from: axis.from, to: axis.to } : { from, to };
}

function zoneOffset(time: bigint, zone: Zone): bigint {
  if (zone === 'utc') return 0n;
  return BigInt(-new Date(Number(time / 1_000_000n)).getTimezoneOffset()) * MINUTE;
}

function ceilTo(time: bigint, step: bigint): bigint {
  const rest = ((time % step) + step) % step;
  return rest === 0n ? time : time + step - rest;
}

function roundUp(ns: number): bigint {
  return BigInt(Math.ceil(ns / Number(365n * DAY))) * 365n * DAY;
}
