/** The short way to read points and the general one agree, however a point is spelled. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otlpImporter } from '../../../../shared/importers/otlp/index.ts';
import { copyIntegerArray, jsonNumberOf, plainNumberOf } from '../../../../shared/importers/otlp/decimal-bytes.ts';
import { readMetric } from '../../../../shared/importers/otlp/metric-reader.ts';
import { RecordCollector } from '../../../../shared/importers/record-collector.ts';
import { makeResource } from '../../../../shared/importers/resource-table.ts';
import type { MetricBatch } from '../../../../shared/model/metric.ts';
import { importText } from '../../../support/import-file.ts';

const number = fc.oneof(
  fc.integer({ min: -5, max: 1_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 99 }).map(String),
  fc.constantFrom('NaN', '', null, '007', '1e3', '-0', -0, 0.1, 1234.5678),
);
const counts = fc.array(fc.oneof(fc.nat(999), fc.nat(999).map(String), fc.constantFrom('01', 1.5, null, 'x')), {
  maxLength: 4,
});
const attribute = fc.record({
  key: fc.constantFrom('route', 'code', '__proto__', 'a"b'),
  value: fc.constantFrom({ stringValue: 'é "x"' }, { intValue: '5' }, { boolValue: true }, 'plain', { intValue: 7 }),
});
const point = fc.record(
  {
    attributes: fc.oneof(fc.array(attribute, { maxLength: 3 }), fc.constant(null)),
    labels: fc.constant([{ key: 'old', value: 'v' }]),
    timeUnixNano: fc.constantFrom<unknown>('1700000000000000001', '12', '0', 1_700_000_000_000_000_000, 'x', null),
    startTimeUnixNano: fc.constant('1'),
    asDouble: number,
    asInt: number,
    count: number,
    sum: number,
    min: number,
    max: number,
    flags: fc.constantFrom<unknown>(0, 1, '1', 3),
    bucketCounts: counts,
    explicitBounds: fc.array(number, { maxLength: 3 }),
    exemplars: fc.constantFrom<unknown>([], [{ asDouble: 1, timeUnixNano: '3' }]),
    extra: fc.constant({ nested: [1] }),
  },
  { requiredKeys: [] },
);
const usualPoint = fc.record({
  attributes: fc.array(attribute, { maxLength: 2 }),
  timeUnixNano: fc.constantFrom('1700000000000000001', '1700000000000000002'),
  asDouble: fc.integer({ min: 0, max: 999_999 }).map((value) => value / 1000),
});
const metric = fc
  .record({
    name: fc.constantFrom('m', 'n', ''),
    unit: fc.constantFrom('s', 'By'),
    shape: fc.constantFrom('gauge', 'sum', 'histogram', 'summary', 'unknown'),
    dataPoints: fc.array(fc.oneof(point, usualPoint), { maxLength: 5 }),
    aggregationTemporality: fc.constantFrom<unknown>(1, 2, 'AGGREGATION_TEMPORALITY_DELTA', null),
    isMonotonic: fc.boolean(),
  })
  .map(({ name, unit, shape, ...data }) => ({ name, description: 'd', unit, [shape]: data }));

function pointsOf(batch: MetricBatch | undefined): unknown[] {
  return Array.from({ length: batch?.length ?? 0 }, (_, i) => {
    const series = batch?.series[batch.seriesIndex[i] ?? -1];
    const values = [batch?.value[i], batch?.count[i], batch?.sum[i]];
    return [series, batch?.timeUnixNano[i], values, batch?.detailJson[i]];
  });
}

describe('OTLP metric points', () => {
  it('come out the same by the short and the general way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(metric, { minLength: 1, maxLength: 4 }), fc.boolean(), async (metrics, isPretty) => {
        const document = { resourceMetrics: [{ resource: {}, scopeMetrics: [{ metrics }] }] };
        const text = JSON.stringify(document, null, isPretty ? 2 : undefined);
        const file = await importText(otlpImporter, text);
        const collector = new RecordCollector();
        const resource = makeResource({});
        let rejected = 0;
        const parsed = JSON.parse(text) as typeof document;
        for (const each of parsed.resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? []) {
          const problem = readMetric(each, resource, collector, () => rejected++);
          if (problem !== undefined) rejected++;
        }
        const expected = collector.finish().find((batch) => batch.kind === 'metrics');
        expect(pointsOf(file.metrics[0])).toEqual(pointsOf(expected));
        expect(file.rejected.length).toBe(rejected);
      }),
      { numRuns: 400 },
    );
  });

  it('keep series apart by attributes, unit, kind and resource, and join those that are equal', async () => {
    const at = (route: string) => ({
      timeUnixNano: '1700000000000000000',
      asDouble: 1,
      attributes: [{ key: 'route', value: { stringValue: route } }],
    });
    const group = (service: string, metrics: readonly object[]) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeMetrics: [{ metrics }],
    });
    const metrics = [
      { name: 'm', unit: 's', gauge: { dataPoints: [at('/a'), at('/b'), at('/a')] } },
      { name: 'm', unit: 'ms', gauge: { dataPoints: [at('/a')] } },
      { name: 'm', unit: 's', sum: { dataPoints: [at('/a')], isMonotonic: true, aggregationTemporality: 2 } },
      { name: 'm', unit: 's', gauge: { dataPoints: [at('/a')] } },
    ];
    const file = await importText(
      otlpImporter,
      JSON.stringify({ resourceMetrics: [group('web', metrics), group('api', metrics)] }),
    );
    expect([...(file.metrics[0]?.seriesIndex ?? [])]).toEqual([0, 1, 0, 2, 3, 0, 4, 5, 4, 6, 7, 4]);
  });
});

const encoder = new TextEncoder();
describe('numbers of bytes', () => {
  it('are those of their text, or left to others', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double().map(String), fc.stringMatching(/^-?\d{0,17}(\.\d{0,9})?$/)), (text) => {
        const bytes = encoder.encode(text);
        const value = plainNumberOf(bytes, 0, bytes.length);
        if (value === undefined) return;
        expect(value).toBe(Number(text));
        expect(JSON.parse(text)).toBe(value);
      }),
    );
    for (const usual of ['0', '17', '-3', '0.25', '123456.789']) {
      const bytes = encoder.encode(usual);
      expect(plainNumberOf(bytes, 0, bytes.length)).toBe(Number(usual));
    }
  });

  it('of any spelling JSON knows are read', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const bytes = encoder.encode(JSON.stringify(value));
        expect(jsonNumberOf(bytes, 0, bytes.length)).toBe(JSON.parse(JSON.stringify(value)));
      }),
    );
    for (const odd of ['01', '1.', '.5', '1e', 'null', 'NaN', '', '-', '+1', '0x1']) {
      const bytes = encoder.encode(odd);
      expect(jsonNumberOf(bytes, 0, bytes.length)).toBeUndefined();
    }
  });

  it('are copied as lists only when they are lists of whole numbers', () => {
    const copied = (text: string): string | undefined => {
      const bytes = encoder.encode(text);
      const out = new Uint8Array(64);
      const length = copyIntegerArray(bytes, 0, bytes.length, out);
      return length < 0 ? undefined : new TextDecoder().decode(out.subarray(0, length));
    };
    expect(copied('["1","0",25]')).toBe('[1,0,25]');
    expect(copied('[]')).toBe('[]');
    for (const odd of ['[1,]', '[,1]', '["1]', '[01]', '[1.5]', '[-1]', '[null]', '[1 ]', '["1" "2"]', '[""]'])
      expect(copied(odd)).toBeUndefined();
  });
});
