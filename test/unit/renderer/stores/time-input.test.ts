import { describe, expect, it } from 'vitest';
import { parseTypedRange } from '../../../../renderer/stores/time-input.ts';

/** Written by hand from calendars, not by the code under test. */
const at = (iso: string): bigint => BigInt(Date.parse(iso)) * 1_000_000n;
const shown = { from: at('2026-11-18T14:00:00Z'), to: at('2026-11-18T14:45:00Z') };
const whole = { from: at('2026-11-18T13:30:00Z'), to: at('2026-11-18T15:00:00Z') };
const context = { shown, whole, zone: 'utc' as const };

function typed(text: string): readonly [string, string] | string {
  const parsed = parseTypedRange(text, context);
  if (!parsed.isOk) return parsed.reason;
  const iso = (time: bigint): string => new Date(Number(time / 1_000_000n)).toISOString();
  return [iso(parsed.range.from), iso(parsed.range.to)];
}

describe('typed time ranges', () => {
  it.each([
    ['14:00 – 14:45', '2026-11-18T14:00:00.000Z', '2026-11-18T14:45:00.000Z'],
    ['13:30 to 15:00', '2026-11-18T13:30:00.000Z', '2026-11-18T15:00:00.000Z'],
    ['14:02:10-14:31:20', '2026-11-18T14:02:10.000Z', '2026-11-18T14:31:20.000Z'],
    ['14:02:10.250 .. 14:02:11', '2026-11-18T14:02:10.250Z', '2026-11-18T14:02:11.000Z'],
    ['23:50 - 00:10', '2026-11-18T23:50:00.000Z', '2026-11-19T00:10:00.000Z'],
    ['-30m', '2026-11-18T14:15:00.000Z', '2026-11-18T14:45:00.000Z'],
    ['−1h 30m', '2026-11-18T13:15:00.000Z', '2026-11-18T14:45:00.000Z'],
    ['last 90 s', '2026-11-18T14:43:30.000Z', '2026-11-18T14:45:00.000Z'],
    ['14:20', '2026-11-18T14:15:00.000Z', '2026-11-18T14:25:00.000Z'],
    ['2026-11-17T10:00:00Z – 2026-11-17T12:00:00+01:00', '2026-11-17T10:00:00.000Z', '2026-11-17T11:00:00.000Z'],
    ['2026-11-17 .. 2026-11-18', '2026-11-17T00:00:00.000Z', '2026-11-18T00:00:00.000Z'],
    ['2026-11-17 09:15 – 2026-11-17 09:45', '2026-11-17T09:15:00.000Z', '2026-11-17T09:45:00.000Z'],
    ['all', '2026-11-18T13:30:00.000Z', '2026-11-18T15:00:00.000Z'],
  ])('%s', (text, from, to) => {
    expect(typed(text)).toEqual([from, to]);
  });

  it.each(['', 'yesterday-ish', '25:00 – 26:00', '14:60', '2026-02-30', '14:00 – banana', '-0s', 'x'.repeat(500)])(
    'says what is wrong with “%s”, and what would be right',
    (text) => {
      expect(typed(text)).toMatch(/Type 14:00 – 14:45/);
    },
  );

  it('keeps nanoseconds of RFC 3339', () => {
    const parsed = parseTypedRange('2026-11-18T14:00:00.000000001Z .. 2026-11-18T14:00:00.000000009Z', context);
    expect(parsed).toMatchObject({ isOk: true, range: { from: shown.from + 1n, to: shown.from + 9n } });
  });
});
