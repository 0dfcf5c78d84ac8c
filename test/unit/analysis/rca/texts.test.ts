/** Sentences of the answer say what a person can picture. */
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../../shared/analysis/detectors/index.ts';
import { metricShift } from '../../../../shared/analysis/detectors/metric-shift/index.ts';
import { rankCauses } from '../../../../shared/analysis/rca/rank-causes-engine.ts';
import { disproofOf } from '../../../../shared/analysis/rca/disproof.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import { FAULT_KINDS } from '../../../../shared/model/analysis-result.ts';
import type { Hypothesis } from '../../../../shared/model/analysis-result.ts';
import { SPAN_KIND } from '../../../../shared/model/span.ts';
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

/** The first cause of a shop whose calls of a partner, who sends no spans, take and fail as told from minute 10 on. */
function partnerTrouble(during: { readonly milliseconds: number; readonly failing: number }): Hypothesis {
  const builder = new TelemetryBuilder();
  const shop = builder.entity('service', 'shop', true);
  const partner = builder.entity('external', 'pay.example.com');
  for (let request = 0; request < 200; request++) {
    const isDuring = request >= 100;
    const status = isDuring && request % 100 < during.failing ? 2 : 0;
    const callNs = (isDuring ? during.milliseconds : 10) * 1e6;
    const base = {
      ...{ traceId: `t${request}`, entity: shop, instance: -1, status },
      timeNs: BigInt(request) * 6_000_000_000n,
    };
    const server = { spanId: `${request}-s`, parentId: '', operation: 'GET /', kind: SPAN_KIND.server };
    builder.addSpan({ ...base, ...server, durationNs: callNs + 5e6 });
    const client = { spanId: `${request}-c`, parentId: `${request}-s`, operation: 'pay', kind: SPAN_KIND.client };
    builder.addSpan({ ...base, ...client, durationNs: callNs, peer: partner });
  }
  const telemetry = builder.build();
  const graph = buildServiceGraph(telemetry, WINDOWS, CONTEXT);
  const findings = detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT));
  const parts = { alerts: [], onsetNs: 600e9, endNs: telemetry.endNs, symptoms: [shop] };
  const incident = { findings: findings.map((_, index) => index), ...parts };
  const [first] = rankCauses({ telemetry, graph, findings, incident, request: {} }, CONTEXT);
  expect(first?.entity.name).toBe('pay.example.com');
  return first!;
}

describe('what a cause without spans of its own does', () => {
  it('is slowness where that weighs most, even if a few calls fail as well', () => {
    const { summary } = partnerTrouble({ milliseconds: 400, failing: 2 });
    expect(summary).toMatch(
      /^pay\.example\.com takes (39|40)\d ms at the 95th percentile of the calls to it \(\S+ ms before\)/,
    );
    expect(summary).toContain('its caller shop waits for it');
  });
  it('is failure where that weighs most, and nobody claims to know what it notices', () => {
    const { summary, evidence } = partnerTrouble({ milliseconds: 12, failing: 60 });
    expect(summary).toMatch(/^pay\.example\.com fails 60 % of the calls to it/);
    expect(summary).toContain('its caller shop fails with it');
    const texts = evidence.map(({ text }) => text);
    expect(texts.some((text) => text.startsWith('60 % of the calls to pay.example.com fail'))).toBe(true);
    expect(texts.join()).not.toContain('notic');
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
