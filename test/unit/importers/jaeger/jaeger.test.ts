import { describe, expect, it } from 'vitest';
import { Utf8TextsReader } from '../../../../shared/base/utf8-texts.ts';
import { jaegerImporter } from '../../../../shared/importers/jaeger/index.ts';
import { importText } from '../../../support/import-file.ts';

const span = {
  traceID: 'abc',
  spanID: '1',
  operationName: 'get',
  startTime: 1_700_000_000_123_456,
  duration: 1500,
  processID: 'p1',
  references: [
    { refType: 'FOLLOWS_FROM', traceID: 'abc', spanID: '9' },
    { refType: 'CHILD_OF', traceID: 'abc', spanID: '2' },
    { refType: 'CHILD_OF', traceID: 'other', spanID: '3' },
  ],
  tags: [
    { key: 'span.kind', type: 'string', value: 'client' },
    { key: 'error', type: 'bool', value: true },
    { key: 'peer.service', type: 'string', value: 'billing' },
    { key: 'n', type: 'int64', value: 7 },
  ],
  logs: [{ timestamp: 1_700_000_000_123_500, fields: [{ key: 'event', type: 'string', value: 'retry' }] }],
};
const trace = {
  traceID: 'abc',
  spans: [span],
  processes: { p1: { serviceName: 'shop', tags: [{ key: 'hostname', type: 'string', value: 'h1' }] } },
};

describe('Jaeger', () => {
  it('reads microseconds, kind, status, parent, links, events and process', async () => {
    for (const document of [trace, { data: [trace] }, { data: trace }, [trace]]) {
      const file = await importText(jaegerImporter, JSON.stringify(document, null, 1));
      const batch = file.spans[0];
      expect(batch?.length).toBe(1);
      expect(batch?.startTimeUnixNano[0]).toBe(1_700_000_000_123_456_000n);
      expect(batch?.durationNs[0]).toBe(1_500_000);
      expect([batch?.traceId[1], batch?.spanId[0], batch?.parentSpanId[0]]).toEqual([0xabcn, 1n, 2n]);
      expect([batch?.spanKind[0], batch?.status[0]]).toEqual([3, 2]);
      expect(batch?.resources[0]).toMatchObject({
        entity: { type: 'service', name: 'shop' },
        node: { type: 'node', name: 'h1' },
      });
      expect(batch?.peers).toEqual([{ type: 'external', name: 'billing' }]);
      expect(JSON.parse(new Utf8TextsReader(batch!.attributesJson).at(0))).toEqual({
        error: true,
        'peer.service': 'billing',
        n: 7,
      });
      const extra = JSON.parse(batch?.extraJson[0] ?? '') as { events: unknown; links: { spanId: string }[] };
      expect(extra.events).toEqual([{ timeUnixNano: '1700000000123500000', name: 'retry' }]);
      expect(extra.links.map((link) => link.spanId)).toEqual(['9', '3']);
    }
  });

  it('reads rows of an Elasticsearch dump', async () => {
    const { processID: _, ...row } = span;
    const rows = [1, 2, 3].map((n) =>
      JSON.stringify({ ...row, spanID: String(n), process: { serviceName: `s${n % 2}`, tags: [] } }),
    );
    const file = await importText(jaegerImporter, rows.join('\n'));
    expect(file.records['spans']).toBe(3);
    expect(file.spans[0]?.resources.map((r) => r.entity?.name)).toEqual(['s1', 's0']);
  });

  it('finds the processes behind the spans of a trace too large to hold', async () => {
    const filler = 'x'.repeat(2000);
    const spans = Array.from({ length: 3000 }, (_, i) => ({
      ...span,
      spanID: (i + 1).toString(16),
      tags: [{ key: 'f', type: 'string', value: filler }],
    }));
    const file = await importText(
      jaegerImporter,
      JSON.stringify({
        data: [
          { ...trace, spans: undefined },
          { traceID: 'abc', spans, processes: trace.processes },
        ],
      }),
    );
    expect(file.records['spans']).toBe(3000);
    const services = file.spans.flatMap((b) => b.resources.map((r) => r.entity?.name));
    expect(new Set(services)).toEqual(new Set(['shop']));
  });

  it('rejects a span without time or with a bad id and keeps the others', async () => {
    const spans = [span, { ...span, startTime: undefined }, { ...span, spanID: 'xyz' }, 5, { ...span, duration: -1 }];
    const file = await importText(jaegerImporter, JSON.stringify({ ...trace, spans }));
    expect([file.records['spans'], file.rejected.length]).toEqual([1, 4]);
  });
});
