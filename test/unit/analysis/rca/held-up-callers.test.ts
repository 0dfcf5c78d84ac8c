/**
 * A store or queue that holds up who asks it: the pools that fill in the copies of its caller are not the cause, and a
 * wait that only some requests meet is seen although the median hardly moves.
 */
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../../shared/analysis/detectors/index.ts';
import { rankCauses } from '../../../../shared/analysis/rca/rank-causes-engine.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import type { Hypothesis } from '../../../../shared/model/analysis-result.ts';
import { SPAN_KIND } from '../../../../shared/model/span.ts';
import { unixNano } from '../../../../shared/model/time.ts';
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

/**
 * `web` asks `mid` in one request of five, `mid` asks `partner`, which refuses from the middle on. `web` tries again
 * after a pause, says so, and nearly always succeeds, so that it is well over all its requests.
 */
function rankRetried(): readonly Hypothesis[] {
  const builder = new TelemetryBuilder();
  const [web, mid] = ['web', 'mid'].map((name) => builder.entity('service', name, true)) as [number, number];
  const partner = builder.entity('external', 'partner.example');
  for (let request = 0; request < 600; request++) {
    const timeNs = BigInt(request) * 2n * SECOND;
    const isRefused = request >= 300 && request % 5 === 0;
    const isLost = isRefused && request % 50 === 0;
    const traceId = `t${request}`;
    const span = (
      spanId: string,
      parentId: string,
      entity: number,
      at: number,
      ms: number,
      kind: number,
      isFailed: boolean,
    ): void =>
      builder.addSpan({
        traceId,
        spanId: `${request}-${spanId}`,
        parentId: parentId === '' ? '' : `${request}-${parentId}`,
        timeNs: timeNs + BigInt(at * MS),
        durationNs: ms * MS,
        entity,
        instance: -1,
        operation: spanId.replace(/\d+$/, ''),
        kind,
        status: isFailed ? 2 : 0,
      });
    span('GET /', '', web, 0, isRefused ? 240 : 30, SPAN_KIND.server, isLost);
    const say = (text: string, severity: number): void =>
      builder.addLog({
        timeNs: timeNs + BigInt(5 * MS),
        entity: web,
        instance: -1,
        severity,
        template: { id: text, text },
        message: text,
        traceId,
        spanId: `${request}-GET /`,
      });
    if (request % 5 !== 0) {
      say('served from memory', 9);
      continue;
    }
    say(isRefused ? 'Retrying call to mid, attempt 2 of 3' : 'asked around', isRefused ? 13 : 9);
    (isRefused ? [1, 2] : [1]).forEach((attempt) => {
      const isFailed = isRefused && (attempt === 1 || isLost);
      const at = attempt === 1 ? 2 : 222;
      span(`ask mid${attempt}`, 'GET /', web, at, 15, SPAN_KIND.client, isFailed);
      span(`serve${attempt}`, `ask mid${attempt}`, mid, at + 1, 12, SPAN_KIND.server, isFailed);
      span(`ask partner${attempt}`, `serve${attempt}`, mid, at + 2, 8, SPAN_KIND.client, isFailed);
    });
  }
  for (const minute of [11, 12])
    builder.addAlert({
      externalId: `slo-${minute}`,
      name: minute === 11 ? 'ErrorBudgetBurn' : 'LatencyBudgetBurn',
      summary: '',
      severity: 'critical',
      state: 'firing',
      startTime: unixNano(BigInt(minute * 60) * SECOND),
      entities: [web],
      labels: {},
      annotations: {},
    });
  builder.addChange({
    externalId: 'd-1',
    changeKind: 'deployment',
    title: 'Release of web',
    status: 'succeeded',
    startTime: unixNano(595n * SECOND),
    entities: [web],
    attributes: {},
  });
  const built = builder.build();
  const asksPartner = built.spans.operations.indexOf('ask partner');
  const peer = built.spans.peer.map((_, row) => (built.spans.operation[row] === asksPartner ? partner : -1));
  const telemetry = { ...built, spans: { ...built.spans, peer } };
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const findings = detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT));
  const incident = { findings: [], alerts: [0, 1], onsetNs: 600e9, endNs: telemetry.endNs, symptoms: [web] };
  return rankCauses({ telemetry, graph, findings, incident, request: {} }, CONTEXT);
}

describe('callers that try again', () => {
  it('are not blamed for their pauses, their complaints or the change before', () => {
    const ranked = rankRetried();
    expect(ranked[0]!.entity.name).toBe('partner.example');
    const web = ranked.find(({ entity }) => entity.name === 'web')!;
    expect(web.score).toBeLessThan(0.4);
    const texts = web.evidence.filter(({ stance }) => stance === 'supports').map(({ text }) => text);
    expect(texts.filter((text) => text.includes('takes in itself'))).toEqual([]);
  });
});

describe('slowness that metrics of callees explain', () => {
  it('is explained although hardly any of the calls between them was traced', () => {
    const builder = new TelemetryBuilder();
    const [web, mid] = ['web', 'mid'].map((name) => builder.entity('service', name, true)) as [number, number];
    builder.addEdge('calls', web, mid, 'configuration');
    for (let request = 0; request < 12; request++) {
      const base = { traceId: `t${request}`, timeNs: BigInt(request * 100) * SECOND, instance: -1, status: 0 };
      const spans: readonly [string, string, number, number, number][] = [
        ['server', '', web, 20, SPAN_KIND.server],
        ['ask', 'server', web, 10, SPAN_KIND.client],
        ['serve', 'ask', mid, 8, SPAN_KIND.server],
      ];
      for (const [spanId, parentId, entity, ms, kind] of spans)
        builder.addSpan({ ...base, spanId, parentId, entity, durationNs: ms * MS, operation: spanId, kind });
    }
    for (let second = 0; second < 1200; second += 15) {
      const isDuring = second >= 600;
      const at = BigInt(second) * SECOND;
      const jitter = (second % 60) / 100;
      builder.addPoint({ entity: web, name: 'request.duration', unit: 'ms' }, at, (isDuring ? 930 : 20) + jitter);
      builder.addPoint({ entity: mid, name: 'request.duration', unit: 'ms' }, at, (isDuring ? 900 : 8) + jitter);
      builder.addPoint({ entity: web, name: 'worker.pool.utilization', unit: '1' }, at, isDuring ? 1 : 0.2);
    }
    const telemetry = builder.build();
    const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
    const incident = { findings: [], alerts: [], onsetNs: 600e9, endNs: telemetry.endNs, symptoms: [web, mid] };
    const [first, second] = rankCauses({ telemetry, graph, findings: [], incident, request: {} }, CONTEXT);
    expect(first!.entity.name).toBe('mid');
    expect(second!.evidence.some(({ text }) => /% of the trouble of web is explained/.test(text))).toBe(true);
  });
});
