/**
 * What a person types as a time range: `14:00 – 14:45`, `13:30 to 15:00`, `-30m` (the last 30 minutes before the end of
 * what is shown), `2026-11-18T14:00Z .. 2026-11-18T14:45Z`, `14:02` (five minutes around it), `all`. Clock times are read
 * in the zone shown and on the day shown; an end before its begin is on the next day.
 */
import { parseRfc3339 } from '../../shared/model/time.ts';
import type { Zone } from './preferences.ts';
import { zonedDate } from './time-format.ts';
import type { ViewRange } from './view-state.ts';

export interface TimeContext {
  /** The range shown: its day is meant by clock times, its end by relative times. */
  readonly shown: ViewRange;
  readonly whole: ViewRange;
  readonly zone: Zone;
}

export type TypedRange =
  | { readonly isOk: true; readonly range: ViewRange }
  /** What is wrong, and what would be understood. */
  | { readonly isOk: false; readonly reason: string };

const NS_PER_MS = 1_000_000n;
const DAY_NS = 86_400_000_000_000n;
const AROUND_NS = 300_000_000_000n;
const UNIT_NS: Readonly<Record<string, bigint>> = {
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: DAY_NS,
};
const MAX_LENGTH = 200;
const EXAMPLES = 'Type 14:00 – 14:45, -30m, or two RFC 3339 times.';

export function parseTypedRange(text: string, context: TimeContext): TypedRange {
  const typed = text.trim().replaceAll('−', '-');
  if (typed === '' || typed.length > MAX_LENGTH) return refused('No times were typed.');
  if (/^all$/i.test(typed)) return accepted(context.whole);
  const lengthNs = relativeNs(typed);
  if (lengthNs !== undefined) {
    return lengthNs > 0n
      ? accepted({ from: context.shown.to - lengthNs, to: context.shown.to })
      : refused('The stretch is empty.');
  }
  const parts = splitRange(typed);
  const [first, second] = parts.map((part) => parseTime(part, context));
  if (!first) return refused(`“${parts[0] ?? ''}” is no time.`);
  if (parts.length === 1) return accepted({ from: first.time - AROUND_NS, to: first.time + AROUND_NS });
  if (parts.length > 2 || !second) return refused(`“${parts[1] ?? ''}” is no time.`);
  const to = second.isClock && second.time <= first.time ? second.time + DAY_NS : second.time;
  return first.time < to ? accepted({ from: first.time, to }) : refused('The end is before the begin.');
}

function splitRange(typed: string): readonly string[] {
  const parts = typed.split(/\s*(?:\.\.+|–|—|→)\s*|\s+(?:to|until|-)\s+/i);
  if (parts.length > 1) return parts.map((part) => part.trim());
  // A plain hyphen between clock times; the hyphens of a date are none.
  const clocks = /^(\d{1,2}:\d\d(?::\d\d)?)-(\d{1,2}:\d\d(?::\d\d)?)$/.exec(typed);
  return clocks ? [clocks[1] ?? '', clocks[2] ?? ''] : [typed];
}

/** `-30m`, `last 2 h`, `-1h30m` as a length; undefined when it is no relative time. */
function relativeNs(typed: string): bigint | undefined {
  const body = /^(?:-|last\s+)((?:\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d)\s*)+)$/i.exec(typed)?.[1];
  if (body === undefined) return undefined;
  let total = 0n;
  for (const [, amount = '0', unit = 's'] of body.matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d)/gi)) {
    const unitNs = UNIT_NS[unit.toLowerCase()] ?? 0n;
    total += BigInt(Math.round(Math.min(Number(amount), 1e6) * Number(unitNs)));
  }
  return total;
}

function parseTime(text: string, context: TimeContext): { readonly time: bigint; readonly isClock: boolean } | null {
  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/.exec(text);
  if (clock) {
    const [, hour = '', minute = '', second = '0', fraction = ''] = clock;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
    const day = zonedDate(context.shown.from, context.zone);
    day.setUTCHours(Number(hour), Number(minute), Number(second), 0);
    return { time: ofZone(day, context.zone) + BigInt(fraction.padEnd(9, '0') || '0'), isClock: true };
  }
  // `2026-11-18`, `2026-11-18 14:00`: RFC 3339 shortened the way people type it.
  const [, date, time, zone] = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d))?([Zz]|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  const spelled = date === undefined ? text : `${date}T${time ?? '00:00'}:00${zone ?? ''}`;
  const parsed = parseRfc3339(spelled);
  if (parsed === undefined) return null;
  const hasZone = /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(spelled.slice(10));
  if (hasZone || context.zone === 'utc') return { time: parsed, isClock: false };
  const rest = parsed % NS_PER_MS;
  return { time: ofZone(new Date(Number(parsed / NS_PER_MS)), context.zone) + rest, isClock: false };
}

/** The moment at which the clock in `zone` shows the UTC fields of `fields`. */
function ofZone(fields: Date, zone: Zone): bigint {
  const ms =
    zone === 'utc'
      ? fields.getTime()
      : new Date(
          fields.getUTCFullYear(),
          fields.getUTCMonth(),
          fields.getUTCDate(),
          fields.getUTCHours(),
          fields.getUTCMinutes(),
          fields.getUTCSeconds(),
          fields.getUTCMilliseconds(),
        ).getTime();
  return BigInt(ms) * NS_PER_MS;
}

function accepted(range: ViewRange): TypedRange {
  return { isOk: true, range };
}

function refused(reason: string): TypedRange {
  return { isOk: false, reason: `${reason} ${EXAMPLES}` };
}
