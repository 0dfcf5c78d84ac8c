import { describe, expect, it } from 'vitest';
import { prometheusApiImporter } from '../../../../shared/importers/prometheus-api/index.ts';
import { importBytes, importText } from '../../../support/import-file.ts';

const answer = (data: object, more: object = {}) => JSON.stringify({ status: 'success', data, ...more });
const labels = { __name__: 'http_requests_total', job: 'shop', code: '200', empty: '' };

describe('Prometheus API', () => {
  it('reads matrices: labels, times in seconds, values in words', async () => {
    const values = [
      [1_700_000_000, '1'],
      [1_700_000_015.5, 'NaN'],
      [1_700_000_030, '+Inf'],
    ];
    const file = await importText(
      prometheusApiImporter,
      answer({ resultType: 'matrix', result: [{ metric: labels, values }] }),
    );
    const batch = file.metrics[0];
    expect([...(batch?.timeUnixNano ?? [])]).toEqual([
      1_700_000_000_000_000_000n,
      1_700_000_015_500_000_000n,
      1_700_000_030_000_000_000n,
    ]);
    expect([...(batch?.value ?? [])]).toEqual([1, NaN, Infinity]);
    expect(batch?.series).toEqual([
      {
        name: 'http_requests_total',
        unit: '',
        type: 'counter',
        temporality: 'cumulative',
        attributes: { code: '200' },
        resource: 0,
      },
    ]);
    expect(batch?.resources[0]?.entity).toEqual({ type: 'service', name: 'shop' });
  });

  it('reads vectors, scalars, bare lists, native histograms and VictoriaMetrics exports', async () => {
    const histogram = [1_700_000_000, { count: '4', sum: '10', buckets: [[0, '1', '2', '4']] }];
    const texts = [
      answer({
        resultType: 'vector',
        result: [
          { metric: labels, value: [1, '2'] },
          { metric: labels, histogram },
        ],
      }),
      answer({ resultType: 'scalar', result: [1, '2'] }),
      JSON.stringify([{ metric: labels, value: [1, '2'] }]),
      '{"metric":{"__name__":"x"},"values":[1,2],"timestamps":[1700000000000,1700000001000]}\n{"metric":{"__name__":"y"},"values":[3],"timestamps":[1700000000000]}\n',
    ];
    const counts: unknown[] = [];
    for (const text of texts) counts.push((await importText(prometheusApiImporter, text)).records['metricPoints']);
    expect(counts).toEqual([2, 1, 1, 3]);
    const vector = (await importText(prometheusApiImporter, texts[0] ?? '')).metrics[0];
    expect([vector?.value[1], vector?.count[1], vector?.sum[1], vector?.series[1]?.type]).toEqual([
      2.5,
      4,
      10,
      'histogram',
    ]);
  });

  it('names an aggregation after its file', async () => {
    const text = answer({ resultType: 'vector', result: [{ metric: { job: 'a' }, value: [1, '2'] }] });
    const file = await importBytes(prometheusApiImporter, new TextEncoder().encode(text), {
      path: 'metrics/error_ratio.json',
    });
    expect(file.metrics[0]?.series[0]?.name).toBe('error_ratio');
  });

  it('reads a series too large to hold, pair by pair', async () => {
    const values = Array.from({ length: 200_000 }, (_, i) => [1_700_000_000 + i, String(i).padStart(20, '0')]);
    for (const series of [
      { metric: labels, values },
      { values, metric: labels },
    ]) {
      const file = await importText(prometheusApiImporter, answer({ resultType: 'matrix', result: [series] }));
      const isFirst = 'metric' in series && Object.keys(series)[0] === 'metric';
      // Without labels in front only so many pairs may wait; the rest is rejected, never lost.
      expect((file.records['metricPoints'] ?? 0) + file.rejected.length).toBe(200_000);
      if (isFirst) expect(file.rejected).toEqual([]);
      expect(file.metrics[0]?.series[0]?.name).toBe('http_requests_total');
    }
  });

  it('says plainly what holds no points', async () => {
    expect((await importText(prometheusApiImporter, answer({}, { data: [labels] }))).warnings[0]).toContain(
      'without points',
    );
    const rules = {
      groups: [
        {
          name: 'g',
          rules: [
            {
              name: 'r',
              alerts: [
                { labels: { alertname: 'A', severity: 'page' }, activeAt: '2024-01-01T00:00:00Z', state: 'firing' },
              ],
            },
          ],
        },
      ],
    };
    const file = await importText(prometheusApiImporter, answer(rules));
    expect(file.records['rules']).toBe(1);
    expect(file.alerts[0]).toMatchObject({ name: 'A', severity: 'critical', state: 'firing' });
    const failed = await importText(
      prometheusApiImporter,
      '{"status":"error","errorType":"timeout","error":"query timed out"}',
    );
    expect(failed.rejected[0]?.reason).toContain('query timed out');
    expect(
      (await importText(prometheusApiImporter, answer({ resultType: 'matrix', result: [] }, { warnings: ['w'] })))
        .warnings,
    ).toEqual(['Prometheus reported: w']);
  });
});
