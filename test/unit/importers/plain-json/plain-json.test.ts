import { describe, expect, it } from 'vitest';
import { Utf8TextsReader } from '../../../../shared/base/utf8-texts.ts';
import { plainJsonImporter } from '../../../../shared/importers/plain-json/index.ts';
import { recogniseFile } from '../../../../shared/importers/recognise.ts';
import { SPAN_STATUS } from '../../../../shared/model/span.ts';
import { formatUnixNano } from '../../../../shared/model/time.ts';
import { headOf, importText, TEST_FILE_TIME } from '../../../support/import-file.ts';
import { objectsOf } from '../objects-of.ts';

const read = async (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  expect(recogniseFile(headOf(new TextEncoder().encode(text), 'x'))?.importer.id).toBe('plain-json');
  return importText(plainJsonImporter, text);
};
const SPAN = {
  trace_id: '0af7651916cd43dd8448eb211c80319c',
  span_id: 'a1',
  parent_id: null,
  service: 'web',
  name: 'GET /',
  start: '2024-01-02T03:04:05Z',
  duration_ms: 40,
  status: 'OK',
};

describe('plain spans', () => {
  it('reads ids, times, status and error, in milliseconds, microseconds or to an end', async () => {
    const file = await read([
      SPAN,
      {
        ...SPAN,
        span_id: 'b1',
        parent_id: 'a1',
        service: 'cart',
        duration_ms: undefined,
        duration_us: 1500,
        status: 'ERROR',
        error: 'boom',
        attributes: { sku: 7 },
      },
      { ...SPAN, span_id: 'c1', parent_id: 'a1', duration_ms: undefined, end: '2024-01-02T03:04:05.5Z' },
    ]);
    const [batch] = file.spans;
    expect([...(batch?.durationNs ?? [])]).toEqual([40e6, 1.5e6, 0.5e9]);
    expect([...(batch?.status ?? [])]).toEqual([SPAN_STATUS.ok, SPAN_STATUS.error, SPAN_STATUS.ok]);
    expect([...(batch?.parentSpanId ?? [])]).toEqual([0n, 0xa1n, 0xa1n]);
    expect(batch?.traceId[0]).toBe(0x0af7651916cd43ddn);
    expect(JSON.parse(new Utf8TextsReader(batch!.attributesJson).at(1))).toEqual({ sku: 7, 'error.message': 'boom' });
    expect(batch?.resources.map((r) => r.entity?.name)).toEqual(['web', 'cart']);
  });

  it('takes a trace id that is none, under a parent just seen, for the trace before', async () => {
    const file = await read([
      SPAN,
      { ...SPAN, trace_id: 'same', span_id: 'b1', parent_id: 'a1' },
      { ...SPAN, trace_id: 'other', span_id: 'z1' },
    ]);
    const ids = file.spans[0]?.traceId ?? [];
    expect([ids[2], ids[3]]).toEqual([ids[0], ids[1]]);
    expect([ids[4], ids[5]]).not.toEqual([ids[0], ids[1]]);
  });

  it('quarantines a span that ends before it begins or has no time', async () => {
    const file = await importText(
      plainJsonImporter,
      [SPAN, { ...SPAN, duration_ms: -1 }, { ...SPAN, start: 'noon' }, { hello: 1 }]
        .map((s) => JSON.stringify(s))
        .join('\n'),
    );
    expect(file.records['spans']).toBe(1);
    expect(file.rejected.map((r) => r.line)).toEqual([2, 3, 4]);
  });
});

describe('plain alerts and patterns', () => {
  it('reads an alert with what it was raised on', async () => {
    const alert = {
      service: 'cart',
      metric: 'http_5xx_ratio',
      threshold: 0.02,
      observed: 0.61,
      fired_at: '2024-01-02T03:04:05Z',
      severity: 'high',
      monitor: 'Errors',
      summary: 'cart fails',
    };
    const file = await read(alert);
    expect(file.alerts[0]).toMatchObject({
      name: 'Errors',
      summary: 'cart fails',
      severity: 'critical',
      state: 'firing',
      entities: [{ type: 'service', name: 'cart' }],
      signal: { kind: 'metric', name: 'http_5xx_ratio', direction: 'up' },
    });
    const many = await read([
      alert,
      { ...alert, id: 'x', observed: 0.001, resolved_at: '2024-01-02T03:14:05Z', severity: 'P3' },
    ]);
    expect(many.alerts[1]).toMatchObject({
      externalId: 'x',
      state: 'resolved',
      severity: 'warning',
      signal: { direction: 'down' },
    });
  });

  it('reads patterns as events without a time of their own', async () => {
    const file = await read([
      { signature: 'lookup failed: <*>', service: 'cart', count: 20, delta_vs_baseline: '+20', sentiment: 'negative' },
      { pattern: 'served', count: 5, sentiment: 'neutral' },
    ]);
    const { events } = objectsOf(file);
    expect(events.map((e) => [e.message, e.count, e.severity, e.isTimeInferred, formatUnixNano(e.startTime)])).toEqual([
      ['lookup failed: <*>', 20, 'warning', true, formatUnixNano(TEST_FILE_TIME)],
      ['served', 5, 'normal', true, formatUnixNano(TEST_FILE_TIME)],
    ]);
  });

  it('leaves standard formats and other JSON alone', () => {
    for (const value of [
      [{ traceId: '1', id: '2', name: 'n', timestamp: 1, duration: 2, localEndpoint: { serviceName: 's' } }],
      { data: [{ traceID: '1', spans: [], processes: {} }] },
      [{ labels: { alertname: 'x' }, annotations: {}, startsAt: '2024-01-02T03:04:05Z' }],
      { dataset: 'x', alertTime: '2024-01-02T03:04:05Z', candidates: ['a'] },
      [],
      {},
    ])
      expect(plainJsonImporter.recognise(headOf(new TextEncoder().encode(JSON.stringify(value)), 'x')).confidence).toBe(
        0,
      );
  });
});
