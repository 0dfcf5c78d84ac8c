/** Sentences of the answer say what a person can picture. */
import { describe, expect, it } from 'vitest';
import { metricShift } from '../../../../shared/analysis/detectors/metric-shift/index.ts';
import { rankCauses } from '../../../../shared/analysis/rca/rank-causes-engine.ts';
import { disproofOf } from '../../../../shared/analysis/rca/disproof.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import { FAULT_KINDS } from '../../../../shared/model/analysis-result.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';
import { CONTEXT, WINDOWS } from '../request-chain.ts';

/** Twenty minutes of one gauge: `before` in turn, then `during`. All sentences written about it. */
function sentencesAbout(before: readonly number[], during: number): readonly string[] {
  const builder = new TelemetryBuilder();
  const shop = builder.entity('service', 'shop', true);
  for (let i = 0; i < 120; i++)
    builder.addPoint(
      { entity: shop, name: 'memory.usage' },
      BigInt(i) * 10_000_000_000n,
      i < 60 ? before[i % before.length]! : during,
    );
  const telemetry = builder.build();
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const findings = metricShift.detect({ telemetry, graph }, CONTEXT);
  const incident = { findings: [0], alerts: [], onsetNs: 600e9, endNs: telemetry.endNs, symptoms: [] };
  const hypotheses = rankCauses({ telemetry, graph, findings, incident, request: {} }, CONTEXT);
  return [
    ...findings.map(({ text }) => text),
    ...hypotheses.flatMap(({ evidence, summary }) => [summary, ...evidence.map(({ text }) => text)]),
  ].filter((text) => text.includes('memory.usage'));
}

describe('how far a metric moved', () => {
  it('is told in spreads while they can be pictured', () => {
    // Quartiles of 8, 10, 12, 10 lie 0.5 around 10; 30 is far beyond, yet countable.
    const texts = sentencesAbout([8, 10, 12, 10], 30);
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toMatch(/\b\d+(\.\d+)? times its usual spread/);
  });
  it('is told in words beyond that, and of a series that stood still', () => {
    for (const text of sentencesAbout([8, 10, 12, 10], 1e9))
      expect(text).toContain('more than 100 times its usual spread');
    for (const flat of [0, 10]) {
      const texts = sentencesAbout([flat], 500);
      expect(texts.length).toBeGreaterThan(1);
      for (const text of texts) {
        expect(text).toContain('where it did not move before');
        expect(text).not.toMatch(/\d{5}|times/);
      }
    }
  });
});

describe('what would disprove a cause', () => {
  const name = 'shop';
  it('differs from kind to kind and names the place', () => {
    const sentences = FAULT_KINDS.map((kind) => disproofOf({ type: 'service', name }, kind, null));
    expect(new Set(sentences).size).toBe(FAULT_KINDS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/shop.*\.$/);
  });
  it('is the undoing where a change is blamed', () => {
    const change = {
      id: 'd',
      rowId: 1,
      changeKind: 'deployment',
      title: 'Release 7',
      time: 0n as never,
      revision: null,
    } as const;
    expect(disproofOf({ type: 'service', name }, 'bad_deployment', change)).toContain('Undoing “Release 7”');
  });
});

describe('things that are counted', () => {
  /** Score of the finding about a gauge that goes from `before` to `during`; 0 without one. */
  const score = (name: string, unit: string, before: number, during: number): number => {
    const builder = new TelemetryBuilder();
    const shop = builder.entity('service', 'shop', true);
    for (let i = 0; i < 120; i++)
      builder.addPoint({ entity: shop, name, unit }, BigInt(i) * 10_000_000_000n, i < 60 ? before : during);
    const telemetry = builder.build();
    const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
    return metricShift.detect({ telemetry, graph }, CONTEXT)[0]?.score ?? 0;
  };
  it('are no event when one more is there, and are when many more are', () => {
    for (const name of ['http.server.active_requests', 'db.client.connection.count', 'jvm.thread.count']) {
      expect(score(name, '{item}', 0, 1)).toBeLessThan(0.5);
      expect(score(name, '{item}', 1, 2)).toBeLessThan(0.5);
      expect(score(name, '{item}', 4, 40)).toBeGreaterThan(0.8);
    }
  });
  it('other values keep the scale of what they showed', () => {
    expect(score('worker.pool.utilization', '1', 0.2, 0.8)).toBeGreaterThan(0.8);
    expect(score('http.server.error.ratio', '1', 0.001, 0.2)).toBeGreaterThan(0.8);
  });
});
