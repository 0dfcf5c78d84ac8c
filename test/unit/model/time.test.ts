import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnixNano, parseRfc3339, unixNanoFromMs, type UnixNano } from '../../../shared/model/time.ts';

describe('parseRfc3339', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['1970-01-01T00:00:00.000000001Z', 1n],
    ['1970-01-01 01:00:00,5+01:00', 500_000_000n],
    ['1969-12-31T23:59:59.999999999Z', -1n],
    ['2026-06-23T09:45:00.123456789123Z', 1_782_207_900_123_456_789n],
    ['2026-06-23T09:45:00-0330', 1_782_220_500_000_000_000n],
  ])('reads %s', (text, expected) => expect(parseRfc3339(text)).toBe(expected));

  it.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-06-23T24:01:00Z',
    '2026-06-23',
    '2026-06-23T09:45:00Z trailing',
  ])('refuses %j', (text) => expect(parseRfc3339(text)).toBeUndefined());

  it('gives back every time that was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 61n), max: 2n ** 62n }), (time) => {
        expect(parseRfc3339(formatUnixNano(time as UnixNano))).toBe(time);
      }),
    );
  });
});

describe('unixNanoFromMs', () => {
  it('keeps fractions of a millisecond and stays exact for large counts', () => {
    expect(unixNanoFromMs(1_782_207_900_123)).toBe(1_782_207_900_123_000_000n);
    expect(unixNanoFromMs(0.25)).toBe(250_000n);
  });
});
