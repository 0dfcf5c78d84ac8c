/** Before an early alarm there are few calls: their tail is whatever they were, and says nothing about the calls after. */
import { describe, expect, it } from 'vitest';
import { traceRed } from '../../../../shared/analysis/detectors/trace-red/index.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import { SPAN_KIND } from '../../../../shared/model/span.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';
import { CONTEXT, WINDOWS } from '../request-chain.ts';

/** Score of the latency finding when `before` calls take 10 ms and of 100 calls every tenth takes `tailMs`. */
function latencyScore(before: number, medianMs: number, tailMs: number): number {
  const builder = new TelemetryBuilder();
  const shop = builder.entity('service', 'shop', true);
  const call = (id: string, second: number, ms: number): void =>
    builder.addSpan({
      traceId: id,
      spanId: id,
      parentId: '',
      timeNs: BigInt(Math.round(second * 1000)) * 1_000_000n,
      durationNs: ms * 1e6,
      entity: shop,
      instance: -1,
      operation: 'GET /',
      kind: SPAN_KIND.server,
      status: 0,
    });
  for (let i = 0; i < before; i++) call(`b${i}`, (600 * i) / before, 10);
  for (let i = 0; i < 100; i++) call(`d${i}`, 600 + 6 * i, i % 10 === 0 ? tailMs : medianMs);
  const telemetry = builder.build();
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const found = traceRed.detect({ telemetry, graph }, CONTEXT).find(({ kind }) => kind === 'latency_increase');
  return found?.score ?? 0;
}

describe('latency against a short baseline', () => {
  it('a tail is believed when the baseline was long enough to have one', () => {
    expect(latencyScore(200, 10, 300)).toBeGreaterThan(0.8);
    expect(latencyScore(11, 10, 300)).toBeLessThan(0.3);
  });
  it('a median needs fewer', () => {
    expect(latencyScore(30, 100, 100)).toBeGreaterThan(0.8);
    expect(latencyScore(11, 100, 100)).toBeLessThan(0.6);
  });
});
