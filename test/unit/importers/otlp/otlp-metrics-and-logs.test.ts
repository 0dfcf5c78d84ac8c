import { describe, expect, it } from 'vitest';
import { otlpImporter } from '../../../../shared/importers/otlp/index.ts';
import { importText } from '../../../support/import-file.ts';

const time = { timeUnixNano: '1700000000000000000' };

async function metricsOf(metrics: readonly object[], resource: object = {}) {
  const file = await importText(
    otlpImporter,
    JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }),
  );
  return { file, batch: file.metrics[0] };
}

describe('OTLP metrics', () => {
  it('have type and temporality of their kind', async () => {
    const points = { dataPoints: [{ ...time, asInt: '5' }] };
    const { batch } = await metricsOf([
      { name: 'g', unit: 'By', gauge: points },
      { name: 'c', sum: { ...points, aggregationTemporality: 2, isMonotonic: true } },
      { name: 'd', sum: { ...points, aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA', isMonotonic: true } },
      { name: 'u', sum: { ...points, aggregationTemporality: 2 } },
      {
        name: 's',
        sum: { data_points: [{ time_unix_nano: '1', as_double: 0.5 }], aggregation_temporality: 1, is_monotonic: true },
      },
    ]);
    expect(batch?.series.map((s) => [s.name, s.unit, s.type, s.temporality])).toEqual([
      ['g', 'By', 'gauge', 'unspecified'],
      ['c', '', 'counter', 'cumulative'],
      ['d', '', 'counter', 'delta'],
      ['u', '', 'updown', 'cumulative'],
      ['s', '', 'counter', 'delta'],
    ]);
    expect([...(batch?.value ?? [])]).toEqual([5, 5, 5, 5, 0.5]);
  });

  it('keep count, sum, mean and buckets of histograms and quantiles of summaries', async () => {
    const { batch } = await metricsOf([
      {
        name: 'h',
        histogram: {
          aggregationTemporality: 1,
          dataPoints: [{ ...time, count: '4', sum: 10, bucketCounts: ['1', 3], explicitBounds: [2], min: 1, max: 4 }],
        },
      },
      {
        name: 'e',
        exponentialHistogram: {
          aggregationTemporality: 2,
          dataPoints: [
            {
              ...time,
              count: '3',
              sum: 9,
              scale: 1,
              zeroCount: '1',
              positive: { offset: 2, bucketCounts: ['0', '2'] },
            },
          ],
        },
      },
      {
        name: 's',
        summary: {
          dataPoints: [{ ...time, count: '2', sum: '3.0', quantileValues: [{ value: 1 }, { quantile: 1, value: 2 }] }],
        },
      },
      { name: 'empty', histogram: { dataPoints: [{ ...time, count: '0' }] } },
    ]);
    expect([...(batch?.count ?? [])]).toEqual([4, 3, 2, 0]);
    expect([...(batch?.sum ?? [])]).toEqual([10, 9, 3, NaN]);
    expect([...(batch?.value ?? [])]).toEqual([2.5, 3, 1.5, NaN]);
    expect(batch?.detailJson.slice(0, 3).map((text): unknown => JSON.parse(text))).toEqual([
      { bounds: [2], counts: [1, 3], min: 1, max: 4 },
      { scale: 1, zeroCount: 1, positive: { offset: 2, counts: [0, 2] } },
      {
        quantiles: [
          [0, 1],
          [1, 2],
        ],
      },
    ]);
  });

  it('without recorded value are stale, without time rejected', async () => {
    const { file, batch } = await metricsOf([
      { name: 'g', gauge: { dataPoints: [{ ...time, flags: 1 }, { asInt: 1 }, 4] } },
      { name: 'x', odd: { dataPoints: [] } },
    ]);
    expect([...(batch?.value ?? [])]).toEqual([NaN]);
    expect(file.rejected.map((r) => r.reason)).toEqual([
      'Metric "g": A data point has no time.',
      'Metric "g": A data point has to be a JSON object.',
      'The metric "x" is of a kind that is not known.',
    ]);
  });
});

describe('OTLP logs', () => {
  it('take time, severity, body, ids and attributes in every spelling', async () => {
    const records = [
      {
        ...time,
        severityNumber: 17,
        body: { stringValue: 'a' },
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
      },
      {
        observed_time_unix_nano: '1700000000000000001',
        severity_text: 'Warning',
        body: { kvlistValue: { values: [{ key: 'k', value: { intValue: '9007199254740993' } }] } },
      },
      {
        ...time,
        severityNumber: 'SEVERITY_NUMBER_INFO',
        eventName: 'started',
        attributes: [{ key: 'n', value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 0.5 }] } } }],
      },
      { body: { stringValue: 'no time' } },
    ];
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
    const file = await importText(
      otlpImporter,
      JSON.stringify({ resourceLogs: [{ scopeLogs: [{ scope: { name: 'lib' }, logRecords: records }], resource }] }),
    );
    const batch = file.logs[0];
    expect(batch?.body).toEqual(['a', '{"k":"9007199254740993"}', 'started']);
    expect([...(batch?.severityNumber ?? [])]).toEqual([17, 13, 9]);
    expect([...(batch?.timeUnixNano ?? [])]).toEqual([
      1_700_000_000_000_000_000n,
      1_700_000_000_000_000_001n,
      1_700_000_000_000_000_000n,
    ]);
    expect([...(batch?.isTimeInferred ?? [])]).toEqual([0, 1, 0]);
    expect([batch?.traceId[0], batch?.traceId[1], batch?.spanId[0]]).toEqual([
      0x0af7651916cd43ddn,
      0x8448eb211c80319cn,
      0xb7ad6b7169203331n,
    ]);
    expect(JSON.parse(batch?.attributesJson[2] ?? '')).toEqual({
      n: [true, 0.5],
      'event.name': 'started',
      'otel.scope.name': 'lib',
    });
    expect(batch?.resources.map((r) => r.entity?.name)).toEqual(['shop']);
    expect(file.rejected.map((r) => r.reason)).toEqual(['The log record has neither a time nor an observed time.']);
  });

  it('are read beside spans and metrics of the same file', async () => {
    const lines = [
      { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: '1', spanId: '2', startTimeUnixNano: '3' }] }] }] },
      { resourceLogs: [{ scopeLogs: [{ logRecords: [time] }] }] },
      {
        resourceMetrics: [
          { scopeMetrics: [{ metrics: [{ name: 'm', gauge: { dataPoints: [{ ...time, asDouble: 1 }] } }] }] },
        ],
      },
      { resourceProfiles: [{}] },
      { other: 1 },
    ];
    const file = await importText(otlpImporter, lines.map((line) => JSON.stringify(line)).join('\n'), 50);
    expect(file.records).toEqual({ spans: 1, logRecords: 1, metricPoints: 1 });
    expect(file.warnings).toEqual(['Profiles (resourceProfiles) are not read.']);
    expect(file.rejected.map((r) => r.line)).toEqual([5]);
  });
});
