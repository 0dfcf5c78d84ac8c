import { describe, expect, it } from 'vitest';
import {
  lineUnit,
  metricLines,
  troubleSide,
  windowBefore,
} from '../../../../renderer/features/metrics/metric-values.ts';

const series = (mean: readonly number[], rate: readonly number[] | null = null) => ({
  seriesId: 1,
  min: Float64Array.from(mean),
  max: Float64Array.from(mean),
  mean: Float64Array.from(mean),
  count: Float64Array.from(mean),
  rate: rate && Float64Array.from(rate),
});

describe('the line of a metric', () => {
  it('is the highest of its series, beside their mean', () => {
    const lines = metricLines({ bucketCount: 3, series: [series([1, 5, NaN]), series([3, NaN, NaN])] });
    expect([...lines.highest]).toEqual([3, 5, NaN]);
    expect([...(lines.mean ?? [])]).toEqual([2, 5, NaN]);
  });

  it('has no mean where that is the same line', () => {
    expect(metricLines({ bucketCount: 2, series: [series([1, 2])] }).mean).toBeNull();
    expect(metricLines({ bucketCount: 2, series: [series([1, 2]), series([1, 2])] }).mean).toBeNull();
  });

  it('is the rate of counters', () => {
    const lines = metricLines({ bucketCount: 2, series: [series([100, 200], [NaN, 10])] });
    expect(lines.isRate).toBe(true);
    expect([...lines.highest]).toEqual([NaN, 10]);
    expect(lineUnit('By', true)).toBe('By/s');
    expect(lineUnit('{request}', true)).toBe('perSecond');
    expect(lineUnit('By', false)).toBe('By');
  });

  it('is no trouble where calls or waits are shorter than expected; of anything else both ways are', () => {
    expect(troubleSide('http.server.request.duration', 's')).toBe('above');
    expect(troubleSide('db.client.connections.wait_time', 'ms')).toBe('above');
    expect(troubleSide('kafka_consumer_lag_seconds', 's')).toBe('above');
    expect(troubleSide('process.uptime', 's')).toBe('both');
    expect(troubleSide('http.server.requests', '{request}')).toBe('both');
    expect(troubleSide('test.duration_ratio', '1')).toBe('both');
  });

  it('is compared with a stretch of the same length', () => {
    expect(windowBefore({ from: 100n, to: 130n })).toEqual({ from: 70n, to: 100n });
    expect(windowBefore({ from: 100n, to: 130n }, 50n)).toEqual({ from: 20n, to: 50n });
  });
});
