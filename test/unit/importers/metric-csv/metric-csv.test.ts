import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRow } from '../../../../shared/importers/metric-csv/csv-rows.ts';
import { metricCsvImporter } from '../../../../shared/importers/metric-csv/index.ts';
import { splitSeriesNames } from '../../../../shared/importers/metric-csv/series-name.ts';
import { formatUnixNano } from '../../../../shared/model/time.ts';
import { headOf, importBytes, type ImportedFile } from '../../../support/import-file.ts';

interface Point {
  readonly entity: string | undefined;
  readonly metric: string;
  readonly time: string;
  readonly value: number;
  readonly labels: Record<string, unknown>;
  readonly type: string;
}
function pointsOf(file: ImportedFile): Point[] {
  return file.metrics.flatMap((b) =>
    [...b.value].map((value, i): Point => {
      const series = b.series[b.seriesIndex[i] ?? 0];
      const resource = b.resources[series?.resource ?? 0];
      return {
        entity: resource?.entity?.name ?? resource?.instance?.name,
        metric: series?.name ?? '',
        time: formatUnixNano((b.timeUnixNano[i] ?? 0n) as never).replace(/\.0{9}Z$/, 'Z'),
        value,
        labels: { ...series?.attributes },
        type: series?.type ?? '',
      };
    }),
  );
}
const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string, importOptions: Record<string, string> = {}, path = 'm.csv') =>
  importBytes(metricCsvImporter, bytesOf(text), { importOptions, path });
const confidenceOf = (text: string) => metricCsvImporter.recognise(headOf(bytesOf(text), 'x')).confidence;
const short = (file: ImportedFile) => pointsOf(file).map((p) => [p.entity, p.metric, p.time, p.value]);

describe('long tables', () => {
  const LONG =
    'timestamp,service,metric,value,region\n2024-01-02T03:04:05Z,cart,errors,1.5,eu\n2024-01-02T03:05:05Z,cart,errors,2,eu\n2024-01-02T03:05:05Z,web,latency,7e-3,us\n';

  it('reads entity, metric, value and labels, and says how', async () => {
    expect(confidenceOf(LONG)).toBeGreaterThan(0.9);
    const file = await read(LONG);
    expect(short(file)).toEqual([
      ['cart', 'errors', '2024-01-02T03:04:05Z', 1.5],
      ['cart', 'errors', '2024-01-02T03:05:05Z', 2],
      ['web', 'latency', '2024-01-02T03:05:05Z', 0.007],
    ]);
    expect(pointsOf(file)[0]?.labels).toEqual({ region: 'eu' });
    expect(file.warnings[0]).toMatch(/^read as long table: time=timestamp, entity=service, metric=metric, value=value/);
  });

  it('quarantines rows that cannot be read and leaves missing values out', async () => {
    const file = await read(
      `${LONG}noon,cart,errors,1,eu\n2024-01-02T03:06:05Z,cart,errors,many,eu\n2024-01-02T03:06:05Z,cart,errors,NaN,eu\n2024-01-02T03:06:05Z,cart,errors,,eu\n`,
    );
    expect(file.records['metricPoints']).toBe(3);
    expect(file.rejected.map((r) => [r.line, r.reason])).toEqual([
      [5, '"noon" in column timestamp is no time.'],
      [6, '"many" in column value is no number.'],
    ]);
    expect(file.warnings.join()).toContain('2 cells without a number');
  });

  it('names an unnamed metric after its column or file, and believes a counter only when it counts', async () => {
    expect(short(await read('time,value\n1700000000,1\n1700000060,2\n', {}, 'a/queue_depth.csv'))[0]).toEqual([
      undefined,
      'queue_depth',
      '2023-11-14T22:13:20Z',
      1,
    ]);
    const rows = (values: number[]) =>
      `time,requests_total\n${values.map((v, i) => `${1_700_000_000 + i * 60},${v}`).join('\n')}\n`;
    expect(pointsOf(await read(rows([1, 2, 3, 9, 9])))[0]?.type).toBe('counter');
    expect(pointsOf(await read(rows([1, 5, 3, 9, 9])))[0]?.type).toBe('gauge');
  });
});

describe('wide tables', () => {
  it('splits column names into entity and metric', async () => {
    const file = await read(
      'time,carts_cpu,carts-db_cpu,carts_lat_50,carts-db_lat_50\n1700000000,1,2,3,4\n1700000001,5,6,7,8\n',
    );
    expect(
      short(file)
        .slice(0, 4)
        .map((p) => p.slice(0, 2)),
    ).toEqual([
      ['carts', 'cpu'],
      ['carts-db', 'cpu'],
      ['carts', 'lat_50'],
      ['carts-db', 'lat_50'],
    ]);
  });

  it('reads several header rows, an entity column, and repeated headers', async () => {
    const multi = await read('service,web,web,db\nmetric,latency,errors,latency\n1700000000,1,2,3\n1700000060,4,5,6\n');
    expect(
      short(multi)
        .slice(0, 3)
        .map((p) => p.slice(0, 2)),
    ).toEqual([
      ['web', 'latency'],
      ['web', 'errors'],
      ['db', 'latency'],
    ]);
    const hosts = await read('timestamp,host,cpu,mem\n1700000000,h1,1,2\n1700000000,h2,3,4\n');
    expect(short(hosts).map((p) => p.slice(0, 2))).toEqual([
      ['h1', 'cpu'],
      ['h1', 'mem'],
      ['h2', 'cpu'],
      ['h2', 'mem'],
    ]);
    const twice = await read('time,a,a\n1700000000,1,2\n1700000060,3,4\n');
    expect(
      pointsOf(twice)
        .slice(0, 2)
        .map((p) => p.metric),
    ).toEqual(['a', 'a (2)']);
  });

  it('does not invent entities', () => {
    expect(splitSeriesNames(['cpu_usage', 'mem_usage']).map((s) => s.entity)).toEqual(['', '']);
    expect(splitSeriesNames(['latency', 'errors']).map((s) => s.entity)).toEqual(['', '']);
    expect(splitSeriesNames(['a.cpu', 'b.cpu', 'a.mem', 'b.mem'])).toEqual([
      { entity: 'a', metric: 'cpu' },
      { entity: 'b', metric: 'cpu' },
      { entity: 'a', metric: 'mem' },
      { entity: 'b', metric: 'mem' },
    ]);
  });
});

describe('dialects', () => {
  it.each([
    ['semicolon and decimal comma', 'time;value\n2024-01-02 03:04:05;1,5\n2024-01-02 03:05:05;2,5\n'],
    ['tab', 'time\tvalue\n2024-01-02 03:04:05\t1.5\n2024-01-02 03:05:05\t2.5\n'],
    ['byte order mark and CRLF', '\uFEFFtime,value\r\n2024-01-02 03:04:05,1.5\r\n2024-01-02 03:05:05,2.5\r\n'],
    ['quotes', '"time","value"\n"2024-01-02 03:04:05","1.5"\n"2024-01-02 03:05:05","2.5"\n'],
    ['Excel serials', 'date,value\n45293.127835648,1.5\n45293.128530093,2.5\n'],
    ['US dates', 'date,value\n1/2/2024 3:04:05 AM,1.5\n1/2/2024 3:05:05 AM,2.5\n'],
    ['epoch ms', 'ts,value\n1704164645000,1.5\n1704164705000,2.5\n'],
  ])('reads %s', async (_, text) => {
    const points = pointsOf(await read(text));
    expect(points.map((p) => p.value)).toEqual([1.5, 2.5]);
    expect(points.map((p) => Math.round(Date.parse(p.time) / 1_000))).toEqual([1_704_164_645, 1_704_164_705]);
  });

  it('obeys the options', async () => {
    const text = 'when_it_was,who,n,other\n5,a,1,9\n6,b,2,9\n';
    expect((await read(text)).records['metricPoints'] ?? 0).toBe(0);
    const file = await read(text, {
      'csv.time': 'when_it_was',
      'csv.timeUnit': 's',
      'csv.value': 'n',
      'csv.entity': 'who',
      'csv.shape': 'long',
      'csv.unit': 'By',
    });
    expect(short(file)).toEqual([
      ['a', 'n', '1970-01-01T00:00:05Z', 1],
      ['b', 'n', '1970-01-01T00:00:06Z', 2],
    ]);
    const zoned = await read('time,value\n2024-01-02 03:04:05,1\n2024-01-02 03:04:06,1\n', { 'csv.zone': '+01:00' });
    expect(pointsOf(zoned)[0]?.time).toBe('2024-01-02T02:04:05Z');
  });

  it('knows a table that has a header only, and rejects nothing of it', async () => {
    for (const header of ['timestamp,service,metric,value\n', 'time;cpu;memory\n\n', 'ts\tlatency_ms']) {
      expect(confidenceOf(header)).toBeGreaterThan(0.3);
      const file = await read(header);
      expect(file.rejected).toEqual([]);
      expect(file.batches).toEqual([]);
      expect(file.warnings).toEqual(['the table has a header and no rows']);
    }
    for (const other of ['hello, time is up\n', 'time,message,level\n', 'just a line\n', '2024-01-01,5\n'])
      expect(confidenceOf(other)).toBeLessThan(0.3);
  });
  it('is not eager for tables of other things', () => {
    expect(
      confidenceOf('trace_id,span_id,start_time,duration\na,b,2024-01-02T03:04:05Z,1\nc,d,2024-01-02T03:04:05Z,2\n'),
    ).toBeLessThan(0.2);
    expect(
      confidenceOf('timestamp,level,message\n2024-01-02T03:04:05Z,INFO,hello\n2024-01-02T03:04:05Z,INFO,there\n'),
    ).toBeLessThan(0.2);
    expect(confidenceOf('Source,Target,Weight\na,b,1\nc,d,1\n')).toBe(0);
    expect(confidenceOf('2024-01-02T03:04:05Z INFO a, b\n2024-01-02T03:04:06Z INFO c, d\n')).toBeLessThan(0.5);
    expect(confidenceOf('')).toBe(0);
  });
});

describe('quoted cells', () => {
  it('come back as they went in', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const text = cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(',');
        expect(splitRow(text, ',')).toEqual(cells);
      }),
    );
  });

  it('read any text without a crash, in any chunks alike', async () => {
    const piece = fc.constantFrom(
      'time',
      'value',
      ',',
      ';',
      '"',
      '\n',
      '1700000000',
      '1.5',
      'x',
      '2024-01-02T03:04:05Z',
      '\t',
      '-',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        async (pieces, chunkBytes) => {
          const bytes = bytesOf(pieces.join(''));
          const whole = await importBytes(metricCsvImporter, bytes, { chunkBytes: bytes.length || 1 });
          expect((await importBytes(metricCsvImporter, bytes, { chunkBytes })).batches).toEqual(whole.batches);
        },
      ),
      { numRuns: 200 },
    );
  });
});
