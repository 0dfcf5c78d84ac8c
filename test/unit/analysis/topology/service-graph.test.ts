import { describe, expect, it } from 'vitest';
import { comparableName } from '../../../../shared/analysis/topology/fold-names.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import { bucketOfDuration, durationOfBucket, RedSketch } from '../../../../shared/analysis/topology/latency-sketch.ts';
import { CONTEXT, requestChain, WINDOWS } from '../request-chain.ts';

describe('latency sketch', () => {
  it('answers any duration of its range within 2 %', () => {
    for (let ns = 150; ns < 7e12; ns *= 1.37) {
      expect(Math.abs(durationOfBucket(bucketOfDuration(ns)) - ns) / ns).toBeLessThanOrEqual(0.02 + 1e-9);
    }
  });
  it('gives the median of what was added', () => {
    const sketch = new RedSketch();
    for (let i = 1; i <= 101; i++) sketch.add(bucketOfDuration(i * 1e6), i % 10 === 0);
    expect(sketch.stats().p50Ns / 51e6).toBeCloseTo(1, 1);
    expect(sketch.stats().errors).toBe(10);
  });
});

describe('service graph', () => {
  const { telemetry, indexOf } = requestChain({ slow: 'c' });
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  it('has one call edge per caller and callee', () => {
    const names = graph.calls.map(
      (edge) => `${telemetry.entities[edge.from]!.name}>${telemetry.entities[edge.to]!.name}`,
    );
    expect(names.sort()).toEqual(['a>b', 'b>c']);
  });
  it('keeps time spent in callees out of self time', () => {
    const self = graph.traffic[indexOf('a')]!.selfTime;
    expect(self.incident.p50Ns / self.baseline.p50Ns).toBeCloseTo(1, 1);
    const whole = graph.traffic[indexOf('a')]!.red;
    expect(whole.incident.p50Ns).toBeGreaterThan(5 * whole.baseline.p50Ns);
  });
  it('reaches callers, not callees', () => {
    expect([...graph.blastRadius(indexOf('b')).keys()].sort()).toEqual([indexOf('a'), indexOf('b')].sort());
    expect(graph.distance(indexOf('a'), indexOf('c'), 5)).toBe(2);
    expect(graph.distance(indexOf('a'), indexOf('c'), 1)).toBe(Infinity);
  });
});

describe('comparable names', () => {
  it('folds case, separators, ports and cluster-internal suffixes', () => {
    expect(comparableName('Order_Service:8080')).toBe(comparableName('order-service'));
    expect(comparableName('orders.shop.svc.cluster.local')).toBe('orders');
    expect(comparableName('api.example.com')).not.toBe('api');
  });
});
