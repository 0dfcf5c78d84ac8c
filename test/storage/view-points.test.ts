/**
 * What views sum over columns of metric points, against the same sums written plainly over the rows of the table: random
 * points in random order over several files, asked again and again while they come in.
 */
import { describe, expect, it } from 'vitest';
import type { UnixNano } from '../../shared/model/time.ts';
import { loadTelemetry } from '../../shared/engine/storage/load-telemetry.ts';
import { metricBuckets, pointCounts } from '../../shared/engine/views/metric-buckets.ts';
import { PointStore } from '../../shared/engine/views/point-store.ts';
import { metricBatch } from './batches.ts';
import { FIRST_TIME, inWindow, useRandomCase } from './random-case.ts';

const current = useRandomCase('view-points.test');

describe('metric points for analysis', () => {
  it('are those of the table in the window, by series and time, of equal times the last', () => {
    const { database, random, importFile, someTime } = current();
    const moments = Array.from({ length: 200 }, () => someTime());
    for (let round = 0; round < 5; round++) {
      const points = Array.from({ length: 300 }, () => ({
        series: random.choice(['a', 'b', 'c']),
        time: random.choice(moments),
        value: random.chance(0.05) ? NaN : random.uniform(-5, 5),
      }));
      importFile([metricBatch(points, `service-${round % 2}`)]);
    }
    for (let round = 0; round < 10; round++) {
      const [from, to] = [someTime(), someTime()].toSorted((a, b) => (a < b ? -1 : 1)) as [UnixNano, UnixNano];
      const { origin, endNs, metrics } = loadTelemetry(database, { from, to });
      const rows = database
        .prepare('SELECT series_id AS series, time, value FROM metric_points WHERE time BETWEEN ? AND ? ORDER BY id')
        .safeIntegers()
        .all(origin, origin + BigInt(endNs)) as { series: bigint; time: bigint; value: number | null }[];
      const expected = new Map<number, Map<number, number>>();
      for (const { series, time, value } of rows) {
        const points = expected.get(Number(series)) ?? new Map<number, number>();
        expected.set(Number(series), points.set(Number(time - origin), value ?? NaN));
      }
      expect(metrics.map(({ rowId }) => rowId)).toEqual([...expected.keys()].sort((a, b) => a - b));
      for (const { rowId, timesNs, values } of metrics) {
        const points = [...(expected.get(rowId) ?? [])].sort(([a], [b]) => a - b);
        expect([...timesNs].map((time, i) => [time, values[i]])).toEqual(points);
      }
    }
  });
});

describe('metric points', () => {
  it.each([0, 1_000_000])('are counted per bucket as rows are, %i of them waiting', (tailLeast) => {
    const store = new PointStore(tailLeast);
    const points = Array.from({ length: 500 }, () => ({ series: 'a', time: current().someTime(), value: 1 }));
    current().importFile([metricBatch(points)]);
    current().refreshed(store);
    for (let round = 0; round < 10; round++) {
      const window = current().someWindow();
      const bucketCount = current().random.integer(1, 30);
      const { startTime, bucketNs } = metricBuckets(current().database, store, {
        ...window,
        bucketCount,
        seriesIds: [1],
      });
      const expected = new Float64Array(bucketCount);
      for (const { time } of points)
        if (inWindow(time, window)) expected[Math.floor(Number(time - startTime) / bucketNs)]!++;
      expect(pointCounts(store, { ...window, bucketCount })).toEqual(expected);
    }
  });

  it.each([0, 100, 1_000_000])('are folded into buckets as rows are, %i of them waiting', (tailLeast) => {
    const store = new PointStore(tailLeast);
    const names = ['a', 'b', 'c', 'd'];
    for (let round = 0; round < 6; round++) {
      const points = Array.from({ length: 300 }, () => ({
        series: current().random.choice(names),
        time: current().someTime(),
        value: current().random.chance(0.05) ? NaN : current().random.uniform(-5, 5),
      }));
      current().importFile([metricBatch(points, `service-${round % 2}`)]);
      if (current().random.chance(0.5)) current().refreshed(store);
    }
    current().refreshed(store);
    const rows = current()
      .database.prepare('SELECT series_id AS series, time, value FROM metric_points ORDER BY time, id')
      .safeIntegers()
      .all() as { series: bigint; time: bigint; value: number | null }[];
    for (let round = 0; round < 20; round++) {
      const window = current().someWindow();
      const bucketCount = current().random.integer(1, 30);
      const seriesIds = [current().random.integer(1, 8), current().random.integer(1, 8), 999];
      const answer = metricBuckets(current().database, store, { ...window, bucketCount, seriesIds });
      expect(answer.series.map(({ seriesId }) => seriesId)).toEqual(seriesIds);
      for (const series of answer.series) {
        const own = rows.filter((row) => Number(row.series) === series.seriesId && inWindow(row.time, window));
        for (let bucket = 0; bucket < bucketCount; bucket++) {
          const values = own
            .filter(({ time }) => Math.floor(Number(time - answer.startTime) / answer.bucketNs) === bucket)
            .flatMap(({ value }) => (value === null ? [] : [value]));
          expect(series.count[bucket]).toBe(values.length);
          expect(series.min[bucket]).toBe(values.length === 0 ? NaN : Math.min(...values));
          expect(series.max[bucket]).toBe(values.length === 0 ? NaN : Math.max(...values));
          if (values.length > 0)
            expect(series.mean[bucket]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
        }
        expect(series.rate).toBeNull();
      }
    }
  });

  it('give the rate of a running total, resets taken for new beginnings', () => {
    const values = [10, 20, 5, 15, 25];
    const batch = metricBatch(
      values.map((value, i) => ({ series: 'requests', time: FIRST_TIME + BigInt(i * 10e9), value })),
    );
    if (batch.kind !== 'metrics') throw new Error('unreachable');
    const series = batch.series.map((key) => ({
      ...key,
      type: 'counter' as const,
      temporality: 'cumulative' as const,
    }));
    current().importFile([{ ...batch, series }]);
    const store = current().refreshed(new PointStore());
    const window = { from: FIRST_TIME, to: FIRST_TIME + 50_000_000_000n };
    const whole = metricBuckets(current().database, store, { ...window, bucketCount: 1, seriesIds: [1] });
    // 10, then 5 after the reset, then 10 and 10, over 40 s.
    expect(whole.series[0]?.rate?.[0]).toBeCloseTo(35 / 40, 12);
    const parts = metricBuckets(current().database, store, { ...window, bucketCount: 5, seriesIds: [1] });
    expect([...(parts.series[0]?.rate ?? [])]).toEqual([NaN, 1, 0.5, 1, 1]);
  });
});
