import { describe, expect, it } from 'vitest';
import { momentText, spanText } from '../../../../renderer/stores/time-format.ts';

const at = (text: string): bigint => BigInt(Date.parse(text)) * 1_000_000n;

describe('a stretch of time', () => {
  it('is two clocks while they cannot be misread, also over midnight', () => {
    expect(spanText(at('2026-05-18T23:57:58Z'), at('2026-05-19T00:06:28Z'), 'utc')).toBe('23:57:58 – 00:06:28');
  });
  it('has dates from a day on, and years where they differ', () => {
    expect(spanText(at('2026-05-18T23:57:58Z'), at('2026-05-20T00:06:28Z'), 'utc')).toBe('18 May 23:57 – 20 May 00:06');
    expect(spanText(at('2026-03-11T12:48:38Z'), at('2040-01-01T23:15:10Z'), 'utc')).toBe(
      '11 Mar 2026 12:48 – 1 Jan 2040 23:15',
    );
  });
  it('gives its moments a date when it is long', () => {
    const short = { from: at('2026-05-18T23:00:00Z'), to: at('2026-05-19T00:06:28Z') };
    const long = { from: at('2026-03-11T12:48:38Z'), to: at('2040-01-01T23:15:10Z') };
    expect(momentText(short.to, short, 'utc')).toBe('00:06:28');
    expect(momentText(long.to, long, 'utc')).toBe('1 Jan 2040 23:15');
  });
});
