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

const MONTH_STEPS: readonly number[] = [1, 2, 3, 6, 12, 24, 60, 120];
const MOST_TICKS = 200;

const STEPS: readonly bigint[] = [
  ...[1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n].map((count) => count * 1_000_000n),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * SECOND),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((count) => count * MINUTE),
  ...[1n, 2n, 3n, 6n, 12n].map((count) => count * HOUR),
  ...[1n, 2n, 7n, 14n].map((count) => count * DAY),
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

/** Seconds and milliseconds make a label longer, and want more room. */
function widthOf(step: bigint): number {
  return step >= MINUTE ? 1 : step >= SECOND ? 1.4 : 1.8;
}

/** Round times inside the axis, at least `spacing` pixels apart. */
export function timeTicks(axis: TimeAxis, zone: Zone, spacing = 78): readonly TimeTick[] {
  const leastNs = nsPerPixel(axis) * spacing;
  const step = STEPS.find((candidate) => Number(candidate) >= leastNs * widthOf(candidate));
  if (step === undefined) return monthTicks(axis, zone, leastNs);
  const detail: TimeDetail = step >= MINUTE ? 'minute' : step >= SECOND ? 'second' : 'millisecond';
  const offset = zoneOffset(axis.from, zone);
  const ticks: TimeTick[] = [];
  // Round in the zone's own clock, so that hours and days begin where people expect them.
  const first = ceilTo(axis.from + offset, step) - offset;
  for (let time = first; time <= axis.to; time += step) {
    const label = step >= DAY ? dayText(time, zone).replace(/^\w+ | \d{4}$/g, '') : clockText(time, zone, detail);
    ticks.push({ time, x: xOfTime(axis, time), label });
  }
  return ticks;
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

/** First days of months or years: months are not of one length, so these are counted, not stepped. */
function monthTicks(axis: TimeAxis, zone: Zone, leastNs: number): readonly TimeTick[] {
  const least = leastNs / Number(30n * DAY);
  const step = MONTH_STEPS.find((months) => months >= least) ?? Math.ceil(least / 120) * 120;
  const offset = zoneOffset(axis.from, zone);
  const begin = new Date(Number((axis.from + offset) / 1_000_000n));
  const ticks: TimeTick[] = [];
  let month = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  for (; ticks.length < MOST_TICKS; month += step) {
    const time = BigInt(Date.UTC(Math.floor(month / 12), month % 12)) * 1_000_000n - offset;
    if (time > axis.to) break;
    if (time < axis.from) continue;
    const [, , name, year] = dayText(time, zone).split(' ');
    ticks.push({ time, x: xOfTime(axis, time), label: `${step % 12 === 0 ? '' : `${name} `}${year}` });
  }
  return ticks;
}

function zoneOffset(time: bigint, zone: Zone): bigint {
  if (zone === 'utc') return 0n;
  return BigInt(-new Date(Number(time / 1_000_000n)).getTimezoneOffset()) * MINUTE;
}

function ceilTo(time: bigint, step: bigint): bigint {
  const rest = ((time % step) + step) % step;
  return rest === 0n ? time : time + step - rest;
}
