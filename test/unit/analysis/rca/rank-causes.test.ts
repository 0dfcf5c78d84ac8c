import { describe, expect, it } from 'vitest';
import { rankCauses } from '../../../../shared/analysis/rca/rank-causes-engine.ts';
import { detectors } from '../../../../shared/analysis/detectors/index.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import type { Hypothesis } from '../../../../shared/model/analysis-result.ts';
import type { Telemetry } from '../../../../shared/model/telemetry.ts';
import { unixNano } from '../../../../shared/model/time.ts';
import { CONTEXT, requestChain, WINDOWS } from '../request-chain.ts';

function rank(telemetry: Telemetry, symptoms: readonly number[]): readonly Hypothesis[] {
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const findings = detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT));
  const incident = {
    findings: findings.map((_, i) => i),
    alerts: [],
    onsetNs: 600e9,
    endNs: telemetry.endNs,
    symptoms,
  };
  return rankCauses({ telemetry, graph, findings, incident, request: {} }, CONTEXT);
}

describe('ranking of causes', () => {
  it.each(['b', 'c'])('blames the service that is slow by itself (%s), not its callers', (slow) => {
    const { telemetry, indexOf } = requestChain({ slow });
    const [first, second] = rank(telemetry, [indexOf('a')]);
    expect(first!.entity.name).toBe(slow);
    expect(first!.score).toBeGreaterThan(2 * second!.score);
    expect(first!.explains.map((e) => e.name)).toEqual(['a']);
  });
  it('blames the deepest service whose spans fail', () => {
    const { telemetry, indexOf } = requestChain({ failing: 'c' });
    expect(rank(telemetry, [indexOf('a')])[0]!.entity.name).toBe('c');
  });
  it('credits time lost on the way to the callee', () => {
    const { telemetry } = requestChain({ delayed: 'b' });
    const [first] = rank(telemetry, []);
    expect(first!.entity.name).toBe('b');
    expect(first!.faultKind).toBe('network_delay');
  });
  it('says delay at the quantile that it hits', () => {
    const { telemetry } = requestChain({ delayed: 'b', delayedEvery: 10 });
    const [first] = rank(telemetry, []);
    expect(first!.entity.name).toBe('b');
    expect(first!.evidence[0]!.text).toMatch(/spend 50\d ms on the way against \S+ ms before at the 95th percentile/);
  });
  it('a pool in little use is not running out, however far it moved', () => {
    const withPool = (share: number) => {
      const { telemetry } = requestChain({}, (builder) => {
        const b = builder.entity('service', 'b');
        for (let second = 0; second < 1200; second += 15)
          builder.addPoint(
            { entity: b, name: 'worker.pool.utilization', unit: '1' },
            BigInt(second) * 1_000_000_000n,
            second < 600 ? 0.05 + (second % 45) / 5000 : share,
          );
      });
      return rank(telemetry, []).find(({ entity }) => entity.name === 'b')!.confidence;
    };
    expect(withPool(0.29)).toBeLessThan(0.5 * withPool(0.58));
  });
  it('every supporting item of the first points at rows or says what it computed', () => {
    const { telemetry } = requestChain({ slow: 'c' });
    const supports = rank(telemetry, [])[0]!.evidence.filter((e) => e.stance === 'supports');
    expect(supports.length).toBeGreaterThan(0);
    for (const item of supports) expect(item.refs.length).toBeGreaterThan(0);
  });
  it('a change alone proves nothing, and lifts what else points at the same service', () => {
    const deploy = (name: string) =>
      requestChain({ slow: 'c' }, (builder) =>
        builder.addChange({
          externalId: 'd-1',
          changeKind: 'deployment',
          title: `Release of ${name}`,
          status: 'succeeded',
          startTime: unixNano(590n * 1_000_000_000n),
          entities: [builder.entity('service', name)],
          attributes: {},
        }),
      ).telemetry;
    const decoy = rank(deploy('a'), []);
    expect(decoy[0]!.entity.name).toBe('c');
    expect(decoy[0]!.change).toBeNull();
    const cause = rank(deploy('c'), []);
    expect(cause[0]!.change?.id).toBe('d-1');
  });
  it('a quiet case leaves nobody with confidence', () => {
    const { telemetry } = requestChain({});
    expect(Math.max(...rank(telemetry, []).map((h) => h.confidence))).toBeLessThan(0.3);
  });
  it('the same input gives the same answer', () => {
    const { telemetry } = requestChain({ slow: 'b' });
    expect(rank(telemetry, [])).toEqual(rank(telemetry, []));
  });
});
