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
