/** Times and durations as people read them, in the zone they chose. */
import type { Zone } from './preferences.ts';

const NS_PER_MS = 1_000_000n;
const DAY_MS = 86_400_000;

export type TimeDetail = 'minute' | 'second' | 'millisecond';

const DIGITS = { minute: 5, second: 8, millisecond: 12 } as const;

/** Local minus UTC at that time, milliseconds; 0 for UTC. */
function zoneOffsetMs(timeMs: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -new Date(timeMs).getTimezoneOffset() * 60_000;
}

/** A date whose UTC fields read as the clock in `zone`. */
export function zonedDate(timeUnixNano: bigint, zone: Zone): Date {
  const ms = Number(timeUnixNano / NS_PER_MS);
  return new Date(ms + zoneOffsetMs(ms, zone));
}

/** `14:02:14` or `14:02:14.125`. */
export function clockText(timeUnixNano: bigint, zone: Zone, detail: TimeDetail = 'second'): string {
  const date = zonedDate(timeUnixNano, zone);
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(11, 11 + DIGITS[detail]);
}

/** `Wed 18 Nov 2026`. */
export function dayText(timeUnixNano: bigint, zone: Zone): string {
  const date = zonedDate(timeUnixNano, zone);
  if (Number.isNaN(date.getTime())) return '–';
  return date
    .toUTCString()
    .replace(/^(\w+), (\d+) (\w+) (\d+) .*$/, (_, day, number, month, year) =>
      [day, Number(number), month, year].join(' '),
    );
}

/** Whether two times fall on one day in `zone`. */
export function isSameDay(left: bigint, right: bigint, zone: Zone): boolean {
  return Math.floor(zonedDate(left, zone).getTime() / DAY_MS) === Math.floor(zonedDate(right, zone).getTime() / DAY_MS);
}

/** `18 Nov 14:02`; with its year where `other` is of another one. */
function dateClockText(time: bigint, other: bigint, zone: Zone): string {
  const [, day, month, year] = dayText(time, zone).split(' ');
  if (month === undefined) return '–';
  const isFar = dayText(other, zone).split(' ')[3] !== year;
  return `${day} ${month}${isFar ? ` ${year}` : ''} ${clockText(time, zone, 'minute')}`;
}

/** `14:02:14 – 14:31:20`; from a day on with dates, since clocks alone would tell the wrong length. */
export function spanText(from: bigint, to: bigint, zone: Zone, detail: TimeDetail = 'second'): string {
  return Number((to - from) / NS_PER_MS) < DAY_MS
    ? `${clockText(from, zone, detail)} – ${clockText(to, zone, detail)}`
    : `${dateClockText(from, to, zone)} – ${dateClockText(to, from, zone)}`;
}

/** A time of a stretch: its clock, with the date where the stretch is longer than a day. */
export function momentText(time: bigint, within: { readonly from: bigint; readonly to: bigint }, zone: Zone): string {
  return Number((within.to - within.from) / NS_PER_MS) < DAY_MS
    ? clockText(time, zone)
    : dateClockText(time, time === within.to ? within.from : within.to, zone);
}

/** Nanoseconds as `38 ms`, `4.9 s`, `12 min`, `3 h 20 min` with a narrow no-break space before the unit. */
export function durationText(durationNs: number): string {
  const magnitude = Math.abs(durationNs);
  const sign = durationNs < 0 ? '−' : '';
  if (!Number.isFinite(durationNs)) return '–';
  if (magnitude < 1_000) return `${sign}${Math.round(magnitude)}\u202fns`;
  if (magnitude < 1e6) return `${sign}${shortNumber(magnitude / 1e3)}\u202fµs`;
  if (magnitude < 1e9) return `${sign}${shortNumber(magnitude / 1e6)}\u202fms`;
  if (magnitude < 120e9) return `${sign}${shortNumber(magnitude / 1e9)}\u202fs`;
  const minutes = Math.round(magnitude / 60e9);
  if (minutes < 120) return `${sign}${minutes}\u202fmin`;
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${sign}${hours}\u202fh${rest === 0 ? '' : ` ${rest}\u202fmin`}`;
  return `${sign}${countText(hours / 24)}\u202fd`;
}

/** Two significant digits under ten, whole numbers above. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  const text = magnitude >= 10 || Number.isInteger(value) ? String(Math.round(value)) : trimZeros(value.toPrecision(2));
  return text.replace('-', '−');
}

/** Calls per second of a table; next to nothing is said to be so. */
export function rateText(perSecond: number): string {
  return perSecond > 0 && perSecond < 0.001 ? '<\u202f0.001' : shortNumber(perSecond);
}

/** `7,902`, `18.4 k`, `3.1 M`. */
export function countText(count: number): string {
  if (!Number.isFinite(count)) return '–';
  const magnitude = Math.abs(count);
  if (magnitude < 1e4) return shortNumber(count).replace(/^(−?\d)(\d{3})$/, '$1,$2');
  for (const [limit, scale, suffix] of [
    [1e6, 1e3, 'k'],
    [1e9, 1e6, 'M'],
    [Infinity, 1e9, 'G'],
  ] as const) {
    if (magnitude < limit) return `${trimZeros((count / scale).toPrecision(3)).replace('-', '−')}\u202f${suffix}`;
  }
  return '–';
}

/** A ratio of 0-1 as `12 %`; tiny ones keep a digit. */
export function percentText(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–';
  const percent = ratio * 100;
  return `${Math.abs(percent) >= 10 || percent === 0 ? Math.round(percent) : trimZeros(percent.toPrecision(2))}\u202f%`;
}

export function bytesText(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : trimZeros(value.toPrecision(3))}\u202f${units[unit]}`;
}

function trimZeros(text: string): string {
  if (text.includes('e')) return String(Number(text));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
