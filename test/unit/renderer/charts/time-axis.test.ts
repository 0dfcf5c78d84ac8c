/** Axes: round ticks, exact inverses, and zooming that keeps the time under the pointer. */
import { describe, expect, test } from 'vitest';
import { timeOfX, timeTicks, xOfTime, zoomedRange } from '../../../../renderer/charts/time-axis.ts';
import type { TimeAxis } from '../../../../renderer/charts/time-axis.ts';

const at = (text: string): bigint => BigInt(Date.parse(text)) * 1_000_000n;
const axis: TimeAxis = { from: at('2026-11-18T14:00:00Z'), to: at('2026-11-18T14:45:00Z'), left: 112, right: 886 };

describe('times and pixels', () => {
  test('the ends stand at the ends, the middle in the middle', () => {
    expect(xOfTime(axis, axis.from)).toBe(112);
    expect(xOfTime(axis, axis.to)).toBe(886);
    expect(timeOfX(axis, 499)).toBe(at('2026-11-18T14:22:30Z'));
  });

  test('positions beyond the axis are held at its ends', () => {
    expect(timeOfX(axis, 0)).toBe(axis.from);
    expect(timeOfX(axis, 5000)).toBe(axis.to);
  });
});

describe('ticks', () => {
  test('45 minutes on 774 pixels get one every five minutes', () => {
    const ticks = timeTicks(axis, 'utc');
    expect(ticks.map(({ label }) => label)).toEqual([
      '14:00',
      '14:05',
      '14:10',
      '14:15',
      '14:20',
      '14:25',
      '14:30',
      '14:35',
      '14:40',
      '14:45',
    ]);
  });

  test('a range that begins between round times starts with the next one', () => {
    const ticks = timeTicks({ ...axis, from: at('2026-11-18T14:02:10Z') }, 'utc');
    expect(ticks[0]?.label).toBe('14:05');
  });

  test('short ranges show seconds, then milliseconds', () => {
    const seconds = timeTicks({ ...axis, to: axis.from + 60_000_000_000n }, 'utc');
    expect(seconds[1]?.label).toBe('14:00:10');
    const milliseconds = timeTicks({ ...axis, to: axis.from + 100_000_000n }, 'utc');
    expect(milliseconds[1]?.label).toBe('14:00:00.020');
  });

  test('weeks show days', () => {
    const ticks = timeTicks({ ...axis, to: at('2026-11-25T14:00:00Z') }, 'utc');
    expect(ticks[0]?.label).toBe('19 Nov');
  });

  test('years begin on their first day, whatever month the case begins in', () => {
    const ticks = timeTicks({ ...axis, from: at('2017-01-26T16:46:31Z'), to: at('2040-01-01T23:15:10Z') }, 'utc', 110);
    expect(ticks.map(({ label }) => label)).toEqual(['2020', '2025', '2030', '2035', '2040']);
    expect(ticks[1]?.time).toBe(at('2025-01-01T00:00:00Z'));
  });

  test('however long the range, ticks keep their distance', () => {
    for (const days of [1, 40, 400, 4000, 40_000]) {
      const ticks = timeTicks({ ...axis, to: axis.from + BigInt(days) * 86_400_000_000_000n }, 'utc');
      expect(ticks.length).toBeLessThanOrEqual(10);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });
});

test('zooming keeps the time under the pointer where it is', () => {
  const time = timeOfX(axis, 300);
  const zoomed = zoomedRange(axis, time, 0.5);
  expect(xOfTime({ ...axis, ...zoomed }, time)).toBeCloseTo(300, 3);
  expect(Number(zoomed.to - zoomed.from)).toBeCloseTo(Number(axis.to - axis.from) / 2, -2);
});
