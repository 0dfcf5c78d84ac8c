import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysFromCivil } from '../../../shared/importers/calendar.ts';
import { TimeScanner } from '../../../shared/importers/time-scanner.ts';
import { formatUnixNano, parseRfc3339, unixNano } from '../../../shared/model/time.ts';

/** Text → expected instant and what must be left over. */
const STAMPS: readonly (readonly [string, string, string])[] = [
  ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z', ''],
  ['2024-01-02T03:04:05.678901234Z x', '2024-01-02T03:04:05.678901234Z', ' x'],
  ['2024-01-02 03:04:05,678 INFO', '2024-01-02T03:04:05.678Z', ' INFO'],
  ['2024/01/02 03:04:05 main.go', '2024-01-02T03:04:05Z', ' main.go'],
  ['2024.01.02 03:04:05', '2024-01-02T03:04:05Z', ''],
  ['2024-01-02T03:04:05+0200', '2024-01-02T01:04:05Z', ''],
  ['2024-01-02T03:04:05-07:00', '2024-01-02T10:04:05Z', ''],
  ['2024-01-02 03:04:05 -0700 x', '2024-01-02T10:04:05Z', ' x'],
  ['2024-01-02 03:04:05.123 UTC [1]', '2024-01-02T03:04:05.123Z', ' [1]'],
  ['2024-01-02 03:04:05 CEST', '2024-01-02T01:04:05Z', ''],
  ['2024-01-02 03:04:05 - INFO', '2024-01-02T03:04:05Z', ' - INFO'],
  ['2024-01-02_03:04:05', '2024-01-02T03:04:05Z', ''],
  ['2005-06-03-15.42.50.363779 R', '2005-06-03T15:42:50.363779Z', ' R'],
  ['20240102T030405Z', '2024-01-02T03:04:05Z', ''],
  ['20240102 03:04:05.5', '2024-01-02T03:04:05.5Z', ''],
  ['20171223-22:15:29:606|a', '2017-12-23T22:15:29.606Z', '|a'],
  ['20240102030405', '2024-01-02T03:04:05Z', ''],
  ['081109 203615 148', '2008-11-09T20:36:15Z', ' 148'],
  ['240102 03:04:05', '2024-01-02T03:04:05Z', ''],
  ['1700000000', '2023-11-14T22:13:20Z', ''],
  ['1700000000.123456 x', '2023-11-14T22:13:20.123456Z', ' x'],
  ['1700000000123', '2023-11-14T22:13:20.123Z', ''],
  ['1700000000123456', '2023-11-14T22:13:20.123456Z', ''],
  ['1700000000123456789', '2023-11-14T22:13:20.123456789Z', ''],
  ['Jun 14 2024 15:16:01', '2024-06-14T15:16:01Z', ''],
  ['Jan 02, 2024 3:04:05 PM', '2024-01-02T15:04:05Z', ''],
  ['January 2, 2024 12:04:05 AM', '2024-01-02T00:04:05Z', ''],
  ['Mon Jan  2 15:04:05 2024', '2024-01-02T15:04:05Z', ''],
  ['Mon Jan 2 15:04:05 UTC 2024', '2024-01-02T15:04:05Z', ''],
  ['Fri Sep 09 10:42:29.902022 2011', '2011-09-09T10:42:29.902022Z', ''],
  ['Mon, 02 Jan 2024 15:04:05 GMT', '2024-01-02T15:04:05Z', ''],
  ['Sunday, 05-Nov-23 10:00:00 GMT', '2023-11-05T10:00:00Z', ''],
  ['02/Jan/2024:15:04:05 +0100] "GET', '2024-01-02T14:04:05Z', '] "GET'],
  ['02-Jan-2024 15:04:05.123', '2024-01-02T15:04:05.123Z', ''],
  ['9 Nov 2023 10:00:00.5 * x', '2023-11-09T10:00:00.5Z', ' * x'],
  ['2024 Jan 02 15:04:05', '2024-01-02T15:04:05Z', ''],
  ['01/13/2024 03:04:05', '2024-01-13T03:04:05Z', ''],
  ['13/01/2024 03:04', '2024-01-13T03:04:00Z', ''],
  ['1/2/2024 3:04 PM', '2024-01-02T15:04:00Z', ''],
  ['17/06/09 20:10:40 INFO', '2017-06-09T20:10:40Z', ' INFO'],
  ['02.01.2024 15:04:05', '2024-01-02T15:04:05Z', ''],
];
/** With the reference 2026-01-02T00:00:00Z. */
const INCOMPLETE: readonly (readonly [string, string])[] = [
  ['Jun 14 15:16:01 combo', '2025-06-14T15:16:01Z'],
  ['Jan  1 23:59:05 host', '2026-01-01T23:59:05Z'],
  ['Dec 31 23:59:59', '2025-12-31T23:59:59Z'],
  ['03-17 16:13:38.811  1702', '2025-03-17T16:13:38.811Z'],
  ['10.30 16:49:06]', '2025-10-30T16:49:06Z'],
  ['Feb 29 10:00:00', '2024-02-29T10:00:00Z'],
  ['23:04:05.123', '2026-01-01T23:04:05.123Z'],
];
const NO_STAMP = [
  '',
  'hello',
  '2024',
  '2024-01-02',
  '2024-02-30 01:01:01',
  '2024-13-01T00:00:00Z',
  '1.2.3.4 - -',
  '12345',
  '1.5 s',
  '10.0.0.1:8080',
  'Monday is here',
  'May we',
  '2024-01-02T25:00:00Z',
  '99/99/9999 00:00:00',
  '123456789012345678901234',
];

describe('TimeScanner', () => {
  it.each(STAMPS)('reads %s', (text, expected, rest) => {
    const scanner = new TimeScanner();
    expect(scanner.scan(text, 0)).toBe(true);
    expect(scanner.isComplete).toBe(true);
    expect(formatUnixNano(scanner.unixNano())).toBe(formatUnixNano(parseRfc3339(expected) ?? unixNano(0n)));
    expect(text.slice(scanner.end)).toBe(rest);
  });

  it.each(INCOMPLETE)('completes %s from the time of the file', (text, expected) => {
    const scanner = new TimeScanner({ reference: unixNano(BigInt(Date.UTC(2026, 0, 2)) * 1_000_000n) });
    expect(scanner.scan(text, 0)).toBe(true);
    expect(scanner.isComplete).toBe(false);
    expect(formatUnixNano(scanner.unixNano())).toBe(formatUnixNano(parseRfc3339(expected) ?? unixNano(0n)));
  });

  it.each(NO_STAMP)('finds no stamp in "%s"', (text) => {
    expect(new TimeScanner().scan(text, 0)).toBe(false);
  });

  it('reads times without zone in the zone it is told, and days first when told', () => {
    const scanner = new TimeScanner({ zoneMinutes: 120, isDayFirst: true });
    expect(scanner.scan('03/04/2024 12:00:00', 0)).toBe(true);
    expect(formatUnixNano(scanner.unixNano())).toBe('2024-04-03T10:00:00.000000000Z');
    expect(scanner.hasZone).toBe(false);
  });

  it('agrees with RFC 3339 for any instant and zone', () => {
    const scanner = new TimeScanner();
    const at = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });
    fc.assert(
      fc.property(at, fc.integer({ min: -14 * 60, max: 14 * 60 }), (ns, zone) => {
        const shifted = formatUnixNano(unixNano(ns + BigInt(zone) * 60_000_000_000n)).slice(0, -1);
        if (shifted.startsWith('1969')) return;
        const sign = zone < 0 ? '-' : '+';
        const two = (n: number) => String(Math.trunc(Math.abs(n))).padStart(2, '0');
        const text = `${shifted}${sign}${two(zone / 60)}:${two(zone % 60)}`;
        expect(scanner.scan(text, 0)).toBe(true);
        expect(scanner.unixNano()).toBe(ns);
      }),
    );
  });

  it('never throws, and never ends before it began or after the text', () => {
    const scanner = new TimeScanner({ reference: unixNano(1_700_000_000_000_000_000n) });
    const piece = fc.constantFrom(
      '2024',
      '-',
      '/',
      ':',
      ' ',
      '01',
      '12',
      '31',
      'Jan',
      'Mon',
      'PM',
      'Z',
      '+',
      '.',
      ',',
      '1700000000',
      'T',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        if (scanner.scan(text, 0)) {
          expect(scanner.end).toBeGreaterThan(0);
          expect(scanner.end).toBeLessThanOrEqual(text.length);
          expect(Number.isFinite(scanner.epochSeconds)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts days as the calendar does', () => {
    for (const [y, m, d] of [
      [1970, 1, 1],
      [2000, 2, 29],
      [2024, 12, 31],
      [2100, 3, 1],
      [1999, 1, 1],
    ] as const)
      expect(daysFromCivil(y, m, d)).toBe(Date.UTC(y, m - 1, d) / 86_400_000);
  });
});
