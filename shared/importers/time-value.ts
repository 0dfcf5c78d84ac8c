/** A time as JSON or a table cell gives it: text in any shape the scanner knows, or a number since the epoch. */
import type { UnixNano } from '../model/time.ts';
import { isJsonObject } from './json-access.ts';
import { TimeScanner } from './time-scanner.ts';

const scanner = new TimeScanner();

/** undefined when the value is no time. A time without zone is read as UTC. */
export function timeOfValue(value: unknown): UnixNano | undefined {
  if (typeof value === 'number') return timeOfNumber(value);
  if (typeof value !== 'string') return isJsonObject(value) ? timeOfValue(value['$date']) : undefined;
  const text = value.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return timeOfValue(`${text}T00:00:00Z`);
  return scanner.scan(text, 0) && scanner.isComplete && scanner.end === text.length ? scanner.unixNano() : undefined;
}

/** Seconds, milliseconds, microseconds or nanoseconds by magnitude; believed between 1990 and 2100. */
export function timeOfNumber(value: number): UnixNano | undefined {
  if (!(value > 6.3e8 && value < 4.2e18)) return undefined;
  const unitNs = value < 4.2e9 ? 1_000_000_000 : value < 4.2e12 ? 1_000_000 : value < 4.2e15 ? 1_000 : 1;
  const whole = Math.floor(value);
  // A double holds present-day seconds to about a tenth of a microsecond: digits beyond that are noise.
  const rest = Math.round(((value - whole) * unitNs) / 1_000) * 1_000;
  return (BigInt(whole) * BigInt(unitNs) + BigInt(rest)) as UnixNano;
}

/** The first of the named members that is a time. */
export function firstTime(object: Readonly<Record<string, unknown>>, names: readonly string[]): UnixNano | undefined {
  for (const name of names) {
    const time = timeOfValue(object[name]);
    if (time !== undefined) return time;
  }
  return undefined;
}
