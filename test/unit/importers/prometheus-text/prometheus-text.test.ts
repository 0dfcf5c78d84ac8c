import { describe, expect, it } from 'vitest';
import { prometheusTextImporter } from '../../../../shared/importers/prometheus-text/index.ts';
import { expositionTime } from '../../../../shared/importers/prometheus-text/exposition-reader.ts';
import { parseSampleLine } from '../../../../shared/importers/prometheus-text/sample-line.ts';
import { importText, TEST_FILE_TIME } from '../../../support/import-file.ts';

describe('text exposition', () => {
  it('reads names, labels and escapes', () => {
    expect(parseSampleLine(String.raw`m{a="x\"y\\z\nq\d", b="},{" ,} 1.5e3 1700000000000`)).toMatchObject({
      name: 'm',
      labels: { a: 'x"y\\z\nq\\d', b: '},{' },
      valueText: '1.5e3',
      timeText: '1700000000000',
    });
    expect(parseSampleLine('{"http.requests","k.8"="v"} 1')).toMatchObject({
      name: 'http.requests',
      labels: { 'k.8': 'v' },
    });
    expect(parseSampleLine('a_bucket{le="1"} 3 # {trace_id="t"} 0.5 1700000000.25')).toMatchObject({
      valueText: '3',
      timeText: '',
      exemplarText: '{trace_id="t"} 0.5 1700000000.25',
    });
    for (const bad of ['m', 'm{a="b" 1', 'm{a=b} 1', '1 2', 'm 1 2 3', '{} 1'])
      expect(parseSampleLine(bad)).toBeUndefined();
  });

  it('tells milliseconds from seconds by their size', () => {
    expect([expositionTime('1700000000123'), expositionTime('1700000000.5'), expositionTime('1700000000')]).toEqual([
      1_700_000_000_123_000_000n,
      1_700_000_000_500_000_000n,
      1_700_000_000_000_000_000n,
    ]);
    expect(expositionTime('x')).toBeUndefined();
  });

  it('takes types from declarations, else from names, and one point per sample line', async () => {
    const text = [
      '# TYPE lat_seconds histogram',
      '# UNIT lat_seconds seconds',
      'lat_seconds_bucket{le="0.1"} 3',
      'lat_seconds_bucket{le="+Inf"} 4',
      'lat_seconds_sum 0.7',
      'lat_seconds_count 4',
      'lat_seconds_created 1.7e9',
      '# TYPE q summary',
      'q{quantile="0.5"} 2',
      'jobs_total 5 1700000000000',
      'odd 6',
      'this is no sample',
      '# EOF',
    ].join('\n');
    const file = await importText(prometheusTextImporter, text, 7);
    const batch = file.metrics[0];
    const types = Object.fromEntries(
      (batch?.series ?? []).map((s) => [s.name + String(s.attributes['le'] ?? ''), s.type]),
    );
    expect(types).toEqual({
      'lat_seconds_bucket0.1': 'counter',
      'lat_seconds_bucket+Inf': 'counter',
      lat_seconds_sum: 'counter',
      lat_seconds_count: 'counter',
      lat_seconds_created: 'gauge',
      q: 'gauge',
      jobs_total: 'counter',
      odd: 'gauge',
    });
    expect(batch?.series.find((s) => s.name === 'lat_seconds_sum')?.unit).toBe('s');
    expect([...(batch?.isTimeInferred ?? [])]).toEqual([1, 1, 1, 1, 1, 1, 0, 1]);
    expect(batch?.timeUnixNano[0]).toBe(TEST_FILE_TIME);
    expect(file.rejected).toMatchObject([{ line: 12, byteOffset: text.indexOf('this is') }]);
    expect(file.warnings).toHaveLength(1);
  });
});
