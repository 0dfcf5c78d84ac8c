import { describe, expect, it } from 'vitest';
import { redLines } from '../../../../renderer/features/service/service-figures.ts';
import { entityFilterText } from '../../../../renderer/stores/entity-filter-text.ts';
import type { ServiceRed } from '../../../../renderer/features/service/service-figures.ts';
import { rankedMetricNames } from '../../../../renderer/features/service/ranked-metric-names.ts';
import { parseDurationNs } from '../../../../renderer/features/traces/duration-input.ts';
import { logFilterOf } from '../../../../renderer/features/logs/log-filter.ts';
import { parseLogQuery } from '../../../../renderer/features/logs/log-query.ts';
import { unixNano } from '../../../../shared/model/time.ts';

const floats = (...values: readonly number[]): Float64Array => Float64Array.from(values);

const red: ServiceRed = {
  startTime: unixNano(0),
  bucketNs: 10e9,
  bucketCount: 2,
  isPartial: false,
  requestCounts: floats(100, 0),
  errorCounts: floats(25, 0),
  latencyP50Ms: floats(1, NaN),
  latencyP95Ms: floats(2, NaN),
  latencyP99Ms: floats(3, NaN),
  baseline: {
    text: '',
    window: null,
    requests: { median: 50, low: 40, high: 60 },
    errors: { median: 1, low: 0, high: 5 },
    latency: null,
  },
  distribution: { upperBoundsMs: [], counts: [], baselineCounts: [] },
  callers: [],
  callees: [],
  instances: [],
  operations: [],
};

describe('rate, errors and duration', () => {
  it('are calls per second and a share of calls, with their bands', () => {
    const lines = redLines(red);
    expect([...(lines.rate[0]?.values ?? [])]).toEqual([10, 0]);
    expect(lines.rateBand).toEqual({ median: 5, low: 4, high: 6 });
    expect([...(lines.errors[0]?.values ?? [])]).toEqual([0.25, NaN]);
    expect(lines.errorBand).toEqual({ median: 0.02, low: 0, high: 0.1 });
  });

  it('have a band of no errors even where calls are rare', () => {
    const none = { median: 0, low: 0, high: 0 };
    const rare = { ...red, baseline: { ...red.baseline, requests: none, errors: none } };
    expect(redLines(rare).errorBand).toEqual(none);
    const some = { ...rare, baseline: { ...rare.baseline, errors: { median: 0, low: 0, high: 2 } } };
    expect(redLines(some).errorBand).toBeNull();
  });
});

describe('words between views', () => {
  it('name an entity so that the log view reads the same entity', () => {
    for (const name of ['cart', 'a "b" \\ c', 'שירות x', '-dash']) {
      const entity = { type: 'service' as const, name };
      expect(logFilterOf(parseLogQuery(entityFilterText(entity))).filter.entity).toEqual(entity);
    }
  });

  it('take durations as people type them', () => {
    expect(parseDurationNs('250ms')).toBe(250e6);
    expect(parseDurationNs(' >= 1.5 s ')).toBe(1.5e9);
    expect(parseDurationNs('2,5min')).toBe(150e9);
    expect(parseDurationNs('40')).toBe(40e6);
    for (const wrong of ['', 'fast', '-3s', '1s 2s']) expect(parseDurationNs(wrong)).toBeNull();
  });
});

describe('metrics shown first', () => {
  it('are those findings name, then what fills up, then by name', () => {
    expect(rankedMetricNames(['b.count', 'a.count', 'cpu.usage', 'odd'], new Set(['odd']))).toEqual([
      'odd',
      'cpu.usage',
      'a.count',
      'b.count',
    ]);
  });
});
