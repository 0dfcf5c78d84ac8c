/**
 * A store or queue that holds up who asks it: the pools that fill in the copies of its caller are not the cause, and a
 * wait that only some requests meet is seen although the median hardly moves.
 */
import { describe, expect, it } from 'vitest';
import { rankCauses } from '../../../../shared/analysis/rca/rank-causes-engine.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import type { Hypothesis } from '../../../../shared/model/analysis-result.ts';
import { SPAN_KIND } from '../../../../shared/model/span.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';
import { CONTEXT, WINDOWS } from '../request-chain.ts';

const SECOND = 1_000_000_000n;
const MS = 1e6;

interface Held {
  readonly kind: 'database' | 'queue';
  /** What a request waits during the incident; 3 to 5 ms before. */
  readonly waitMs: (request: number) => number;
  /** The worker pool of the copy of `web` that is measured fills up. */
  readonly isFull: boolean;
  /** Of what the store is asked, the share it answers during the incident; 0.9 before. Not measured without. */
  readonly hitRatio?: number;
}

/** `web`, on one pod, asks `store` once a request: 240 requests before and as many during. */
function rankHeld(held: Held): readonly Hypothesis[] {
  const builder = new TelemetryBuilder();
  const web = builder.entity('service', 'web', true);
  const pod = builder.entity('instance', 'web-pod-1', true);
  builder.addEdge('partOf', pod, web, 'kubernetes');
  const store = builder.entity(held.kind, 'store');
  for (let request = 0; request < 480; request++) {
    const askedNs = (request >= 240 ? held.waitMs(request) : 3 + (request % 3)) * MS;
    const base = {
      traceId: `t${request}`,
      timeNs: (BigInt(request) * SECOND * 5n) / 2n,
      entity: web,
      instance: pod,
      status: 0,
    };
    const server = { spanId: `${request}-server`, parentId: '', durationNs: (4 + (request % 5)) * MS + askedNs };
    const ask = { spanId: `${request}-ask`, parentId: server.spanId, durationNs: askedNs };
    const askKind = held.kind === 'queue' ? SPAN_KIND.producer : SPAN_KIND.client;
    builder.addSpan({ ...base, ...server, operation: 'GET /', kind: SPAN_KIND.server });
    builder.addSpan({ ...base, ...ask, operation: 'ask store', kind: askKind });
  }
  for (let second = 0; second < 1200; second += 15) {
    const at = BigInt(second) * SECOND;
    const isDuring = second >= 600;
    const poolUse = isDuring && held.isFull ? 1 : 0.2 + (second % 45) / 1000;
    builder.addPoint({ entity: web, instance: pod, name: 'worker.pool.utilization', unit: '1' }, at, poolUse);
    if (held.hitRatio !== undefined)
      builder.addPoint({ entity: store, name: 'cache.hit_ratio' }, at, isDuring ? held.hitRatio : 0.9);
  }
  const built = builder.build();
  const peer = built.spans.peer.map((_, row) => (built.spans.kind[row] === SPAN_KIND.server ? -1 : store));
  const telemetry = { ...built, spans: { ...built.spans, peer } };
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const incident = { findings: [], alerts: [], onsetNs: 600e9, endNs: telemetry.endNs, symptoms: [web] };
  return rankCauses({ telemetry, graph, findings: [], incident, request: {} }, CONTEXT);
}

describe('callers held up by what they ask', () => {
  const quick = (request: number): number => 3 + (request % 3);
  it('the full pool of a copy steps back behind a cache that no longer answers', () => {
    const [first, second] = rankHeld({ kind: 'database', waitMs: quick, isFull: true, hitRatio: 0.3 });
    expect(first!.entity.name).toBe('store');
    expect(second!.score).toBeLessThan(0.5);
    // While the cache answers, the pool is all there is.
    expect(rankHeld({ kind: 'database', waitMs: quick, isFull: true, hitRatio: 0.9 })[0]!.entity.name).toBe('web');
  });
  it('a wait that one request in ten meets weighs no less when all others take a little longer too', () => {
    const confidence = (othersMs: number): number => {
      const waitMs = (request: number): number => (request % 10 === 0 ? 1700 : othersMs + quick(request));
      const [first] = rankHeld({ kind: 'queue', waitMs, isFull: false });
      expect(first!.entity.name).toBe('store');
      return first!.confidence;
    };
    expect(confidence(0)).toBeGreaterThan(0.6);
    expect(confidence(2)).toBeGreaterThanOrEqual(confidence(0));
  });
});
