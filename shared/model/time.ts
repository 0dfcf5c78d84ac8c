/**
 * Time. At rest and on the wire a time is an integer count of nanoseconds since the Unix epoch, as `bigint` or as
 * RFC 3339 text with nanoseconds. In hot columns it is a `Float64Array` of nanoseconds after a stated origin, which is
 * exact for 104 days. A bare millisecond count never crosses a function boundary.
 */
import type { Branded } from './ids.ts';

/** Nanoseconds since 1970-01-01T00:00:00Z. */
export type UnixNano = Branded<bigint, 'UnixNano'>;

/** A closed stretch of time. */
export interface TimeRange {
  readonly start: UnixNano;
  readonly end: UnixNano;
}

export const NS_PER_MS = 1_000_000;
export const NS_PER_SECOND = 1_000_000_000;
export const NS_PER_MINUTE = 60 * NS_PER_SECOND;

export function unixNano(value: bigint | number | string): UnixNano {
  return BigInt(value) as UnixNano;
}

export function unixNanoFromMs(ms: number): UnixNano {
  return (BigInt(Math.trunc(ms)) * 1_000_000n + BigInt(Math.round((ms - Math.trunc(ms)) * NS_PER_MS))) as UnixNano;
}

/** RFC 3339 in UTC with exactly nine fractional digits: `2026-06-23T09:45:00.000000000Z`. */
export function formatUnixNano(time: UnixNano): string {
  const ns = ((time % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = Number((time - ns) / 1_000_000_000n);
  return `${new Date(seconds * 1000).toISOString().slice(0, -5)}.${ns.toString().padStart(9, '0')}Z`;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,12}))?\s*(Z|z|[+-]\d\d:?\d\d)?$/;

/**
 * Parses RFC 3339 (and the ISO 8601 spellings tools really write: blank for `T`, comma for the point, no colon in the
 * zone). A missing zone is read as UTC. Digits past the ninth are dropped. Returns undefined for anything else,
 * including a day that the month does not have.
 */
export function parseRfc3339(text: string): UnixNano | undefined {
  const m = RFC3339.exec(text);
  if (!m) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = m;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  let offsetMinutes = 0;
  if (zone !== 'Z' && zone !== 'z') {
    const digits = zone.replace(':', '');
    offsetMinutes = (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))) * (digits[0] === '-' ? -1 : 1);
  }
  const ns = BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return (BigInt(date.getTime() - offsetMinutes * 60_000) * 1_000_000n + ns) as UnixNano;
}
