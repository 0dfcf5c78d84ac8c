import { describe, expect, it } from 'vitest';
import { zipkinImporter } from '../../../../shared/importers/zipkin/index.ts';
import { importText } from '../../../support/import-file.ts';

const client = {
  traceId: 'a1',
  id: 'b2',
  kind: 'CLIENT',
  name: 'get',
  timestamp: 1000,
  duration: 50,
  localEndpoint: { serviceName: 'front' },
};
const server = {
  ...client,
  kind: 'SERVER',
  timestamp: 1010,
  duration: 30,
  shared: true,
  localEndpoint: { serviceName: 'back' },
};
const child = {
  traceId: 'a1',
  id: 'c3',
  parentId: 'b2',
  name: 'work',
  timestamp: 1015,
  localEndpoint: { serviceName: 'back' },
};

describe('Zipkin', () => {
  it('gives the server half of a shared span an id of its own, below the client half and above its own work', async () => {
    for (const order of [
      [client, server, child],
      [child, server, client],
    ]) {
      const batch = (await importText(zipkinImporter, JSON.stringify(order))).spans[0];
      const row = (name: string, kind: number) =>
        Array.from({ length: batch?.length ?? 0 }, (_, i) => i).find(
          (i) => batch?.spanKind[i] === kind && batch.names[batch.name[i] ?? -1] === name,
        ) ?? -1;
      const [c, s, w] = [row('get', 3), row('get', 2), row('work', 1)];
      expect(batch?.spanId[c]).toBe(0xb2n);
      expect(batch?.parentSpanId[s]).toBe(0xb2n);
      expect(batch?.spanId[s]).not.toBe(0xb2n);
      expect(batch?.parentSpanId[w]).toBe(batch?.spanId[s]);
      expect(batch?.durationNs[c]).toBe(50_000);
      expect(batch?.durationNs[w]).toBe(0);
    }
  });

  it('reads version 1 by its annotations', async () => {
    const endpoint = { serviceName: 'old', ipv4: '10.0.0.1' };
    const span = {
      traceId: 'a1',
      id: 'd4',
      name: 'call',
      annotations: [
        { timestamp: 2000, value: 'cs', endpoint },
        { timestamp: 2500, value: 'cr', endpoint },
        { timestamp: 2100, value: 'retry', endpoint },
      ],
      binaryAnnotations: [
        { key: 'sa', value: true, endpoint: { serviceName: 'db' } },
        { key: 'http.path', value: '/x', endpoint },
      ],
    };
    const file = await importText(zipkinImporter, JSON.stringify([[span]]));
    const batch = file.spans[0];
    expect([batch?.startTimeUnixNano[0], batch?.durationNs[0], batch?.spanKind[0]]).toEqual([2_000_000n, 500_000, 3]);
    expect(batch?.resources[0]?.entity?.name).toBe('old');
    expect(batch?.peers).toEqual([{ type: 'external', name: 'db' }]);
    expect(JSON.parse(batch?.extraJson[0] ?? '')).toEqual({ events: [{ timeUnixNano: '2100000', name: 'retry' }] });
  });

  it('marks errors, names topics, and rejects spans without any time', async () => {
    const spans = [
      { ...client, id: '1', tags: { error: 'boom' } },
      {
        ...client,
        id: '2',
        kind: 'PRODUCER',
        tags: { 'kafka.topic': 'orders' },
        remoteEndpoint: { serviceName: 'kafka' },
      },
      { ...client, id: '3', timestamp: undefined },
      { id: 4 },
    ];
    const file = await importText(zipkinImporter, JSON.stringify(spans));
    const batch = file.spans[0];
    expect([batch?.status[0], JSON.parse(batch?.extraJson[0] ?? '')]).toEqual([2, { statusMessage: 'boom' }]);
    expect(batch?.peers).toEqual([{ type: 'queue', name: 'orders' }]);
    expect([file.records['spans'], file.rejected.length]).toEqual([2, 2]);
  });
});
