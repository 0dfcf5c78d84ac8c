import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlate } from '../../../../shared/analysis/correlators/correlate.ts';
import type { Correlation } from '../../../../shared/analysis/correlators/correlator.ts';
import { wordsOf } from '../../../../shared/analysis/correlators/alert-words.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import type { AlertSeverity } from '../../../../shared/model/alert.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { Telemetry } from '../../../../shared/model/telemetry.ts';
import { unixNano } from '../../../../shared/model/time.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';

const T0 = 1_700_000_000_000_000_000n;
const MINUTE = 60_000_000_000n;
const context = { progress: () => undefined, throwIfCancelled: () => undefined };

interface Rule {
  readonly minute: number;
  readonly name: string;
  readonly on: string;
  readonly id?: string;
  readonly severity?: AlertSeverity;
  readonly type?: 'service' | 'instance' | 'node';
  readonly minutes?: number;
  readonly summary?: string;
}

/** Calls `a>b` between services, placement `pod@node` and `pod<service`, one hour of data, alerts as told. */
function scene(edges: readonly string[], rules: readonly Rule[]): Telemetry {
  const builder = new TelemetryBuilder();
  const first = builder.entity('service', 'clock', true);
  for (const minute of [0n, 60n]) builder.addPoint({ entity: first, name: 'up' }, T0 + minute * MINUTE, 1);
  for (const edge of edges) {
    if (edge.includes('@')) {
      const [pod, node] = edge.split('@');
      builder.addEdge('runsOn', builder.entity('instance', pod!), builder.entity('node', node!), 'kubernetes');
    } else if (edge.includes('<')) {
      const [pod, service] = edge.split('<');
      builder.addEdge('partOf', builder.entity('instance', pod!), builder.entity('service', service!), 'kubernetes');
    } else {
      const [caller, callee] = edge.split('>');
      builder.addEdge('calls', builder.entity('service', caller!), builder.entity('service', callee!), 'configuration');
    }
  }
  rules.forEach((rule, index) => {
    const startTime = unixNano(T0 + BigInt(Math.round(rule.minute * 60)) * 1_000_000_000n);
    builder.addAlert({
      externalId: rule.id ?? `a${index}`,
      name: rule.name,
      summary: rule.summary ?? '',
      severity: rule.severity ?? 'critical',
      state: 'firing',
      startTime,
      endTime: rule.minutes === undefined ? undefined : unixNano(startTime + BigInt(rule.minutes) * MINUTE),
      entities: rule.on === '' ? [] : [builder.entity(rule.type ?? 'service', rule.on)],
      labels: {},
      annotations: {},
    });
  });
  return builder.build();
}

function run(telemetry: Telemetry, findings: readonly Finding[] = [], onsetMinute = 30): Correlation {
  const onset = onsetMinute * 60e9;
  const windows = { baseline: { startNs: 0, endNs: onset }, incident: { startNs: onset, endNs: 3600e9 + 1 } };
  const graph = buildServiceGraph(telemetry, windows, context);
  return correlate({ telemetry, graph, findings, isNotable: () => true }, context);
}
/** Groups of alert names (with entity), each sorted; background ones marked. */
function groups(telemetry: Telemetry, correlation: Correlation): string[][] {
  return correlation.incidents
    .map((draft) => {
      const members = draft.folds.flatMap((fold) => correlation.folds[fold]!.members);
      const names = members.map((index) => telemetry.alerts[index]!.externalId).sort();
      return draft.isBackground ? ['background', ...names] : names;
    })
    .sort();
}

describe('folding', () => {
  it('joins repeats, replicas and another vendor’s words for the same', () => {
    const telemetry = scene(
      ['pod-1<cart', 'pod-2<cart'],
      [
        { minute: 32, name: 'HighErrorRate', on: 'cart', id: 'x' },
        { minute: 33, name: 'HighErrorRate', on: 'cart', id: 'x' },
        { minute: 33, name: 'HighErrorRate', on: 'pod-1', type: 'instance' },
        { minute: 34, name: 'HighErrorRate', on: 'pod-2', type: 'instance' },
        { minute: 34, name: 'Error rate is too high', on: 'cart', id: 'vendor' },
        { minute: 34, name: 'DiskFull', on: 'cart', id: 'other' },
      ],
    );
    const { folds } = run(telemetry);
    expect(folds.map((fold) => [fold.name, fold.members.length])).toEqual([
      ['HighErrorRate', 5],
      ['DiskFull', 1],
    ]);
  });
  it('keeps apart the same rule for other services and after a long silence', () => {
    const telemetry = scene(
      [],
      [
        { minute: 1, name: 'Slow', on: 'a', minutes: 1 },
        { minute: 50, name: 'Slow', on: 'a', minutes: 1 },
        { minute: 50, name: 'Slow', on: 'b' },
      ],
    );
    expect(run(telemetry).folds).toHaveLength(3);
  });
  it('puts every alert into exactly one fold and every fold into exactly one draft', () => {
    const rule = fc.record({
      minute: fc.integer({ min: 0, max: 59 }),
      name: fc.constantFrom('Slow', 'HighErrorRate', 'error_rate_high', 'PodRestart'),
      on: fc.constantFrom('a', 'b', 'c', 'd', ''),
      minutes: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 40 }), (rules) => {
        const telemetry = scene(['a>b', 'b>c'], rules as readonly Rule[]);
        const { folds, incidents } = run(telemetry);
        const members = folds.flatMap((fold) => fold.members).sort((x, y) => x - y);
        expect(members).toEqual(telemetry.alerts.map((_, index) => index));
        const grouped = incidents.flatMap((draft) => draft.folds).sort((x, y) => x - y);
        expect(grouped).toEqual(folds.map((_, index) => index));
      }),
      { numRuns: 100 },
    );
  });
  it('says the same for alerts in any order', () => {
    const rules: readonly Rule[] = [
      { minute: 30, name: 'Slow', on: 'a', id: '1' },
      { minute: 31, name: 'Slow', on: 'b', id: '2' },
      { minute: 31, name: 'HighErrorRate', on: 'c', id: '3' },
      { minute: 55, name: 'Slow', on: 'z', id: '4' },
    ];
    const reference = groups(scene(['a>b', 'b>c'], rules), run(scene(['a>b', 'b>c'], rules)));
    fc.assert(
      fc.property(fc.shuffledSubarray([...rules], { minLength: rules.length }), (shuffled) => {
        const telemetry = scene(['a>b', 'b>c'], shuffled);
        expect(groups(telemetry, run(telemetry))).toEqual(reference);
      }),
    );
  });
});

describe('grouping', () => {
  const CHAIN = ['web>shop', 'shop>cart', 'cart>store', 'news>feed', 'feed>archive'];
  it('makes one incident of one fault that spreads along calls', () => {
    const telemetry = scene(CHAIN, [
      { minute: 31, name: 'StoreSlow', on: 'store' },
      { minute: 32, name: 'Slow', on: 'cart' },
      { minute: 34, name: 'Slow', on: 'shop' },
      { minute: 36, name: 'ErrorBudgetBurn', on: 'web' },
    ]);
    expect(groups(telemetry, run(telemetry))).toEqual([['a0', 'a1', 'a2', 'a3']]);
  });
  it('makes two of two faults in unconnected parts at the same time', () => {
    const telemetry = scene(CHAIN, [
      { minute: 31, name: 'Slow', on: 'store' },
      { minute: 32, name: 'Slow', on: 'cart' },
      { minute: 31, name: 'HighErrorRate', on: 'archive' },
      { minute: 32, name: 'HighErrorRate', on: 'feed' },
    ]);
    expect(groups(telemetry, run(telemetry))).toEqual([
      ['a0', 'a1'],
      ['a2', 'a3'],
    ]);
  });
  it('keeps apart what happened in the same place at another time', () => {
    const telemetry = scene(CHAIN, [
      { minute: 2, name: 'Slow', on: 'store', minutes: 3 },
      { minute: 50, name: 'HighErrorRate', on: 'cart' },
    ]);
    expect(groups(telemetry, run(telemetry))).toHaveLength(2);
  });
  it('sets aside rules that fire all the time, unless they burst', () => {
    const steady = Array.from({ length: 12 }, (_, i) => ({ minute: i * 5, name: 'CertSoon', on: 'cart', minutes: 1 }));
    const telemetry = scene(CHAIN, [...steady, { minute: 31, name: 'HighErrorRate', on: 'cart', id: 'real' }]);
    const got = groups(telemetry, run(telemetry));
    expect(got.filter((group) => group[0] !== 'background')).toEqual([['real']]);
    expect(got).toHaveLength(2);
    const burst = Array.from({ length: 40 }, (_, i) => ({
      minute: 31 + i / 4,
      name: 'CertSoon',
      on: 'cart',
      minutes: 0,
    }));
    const bursting = scene(CHAIN, [...steady.slice(0, 5), ...burst]);
    expect(groups(bursting, run(bursting)).some((group) => group[0] === 'background')).toBe(false);
  });
  it('follows placement: pods of one machine belong together', () => {
    const telemetry = scene(
      ['p1<a', 'p2<b', 'p1@node-1', 'p2@node-1'],
      [
        { minute: 31, name: 'NodePressure', on: 'node-1', type: 'node' },
        { minute: 32, name: 'Slow', on: 'a' },
        { minute: 32, name: 'Slow', on: 'b' },
      ],
    );
    expect(groups(telemetry, run(telemetry))).toEqual([['a0', 'a1', 'a2']]);
  });
  it('finds the place in the text when labels name none', () => {
    const telemetry = scene(CHAIN, [
      { minute: 31, name: 'Slow', on: 'cart' },
      { minute: 32, name: 'SyntheticCheck', on: '', summary: 'requests to shop time out' },
    ]);
    const { incidents } = run(telemetry);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!.entities.map((entity) => telemetry.entities[entity]!.name).sort()).toEqual(['cart', 'shop']);
  });
  it('gives each link its terms and a reason', () => {
    const telemetry = scene(CHAIN, [
      { minute: 31, name: 'Slow', on: 'store' },
      { minute: 33, name: 'Slow', on: 'cart' },
    ]);
    const [draft] = run(telemetry).incidents;
    expect(draft!.links).toHaveLength(1);
    expect(draft!.links[0]!.reason).toBe('direct neighbours, 2 min apart, similar words');
    expect(Object.keys(draft!.links[0]!.terms)).toEqual(['time', 'topology', 'text']);
  });
  // A second here; pair by pair it would be an hour.
  it('groups a storm of 50,000 alerts over 500 services', { timeout: 60_000 }, () => {
    const edges = Array.from({ length: 499 }, (_, i) => `s${Math.floor(i / 3)}>s${i + 1}`);
    const rules = Array.from({ length: 50_000 }, (_, i) => ({
      minute: 31 + (i % 100) / 20,
      name: ['Slow', 'HighErrorRate', 'PodRestart'][i % 3]!,
      on: `s${i % 500}`,
    }));
    const telemetry = scene(edges, rules);
    const { incidents } = run(telemetry);
    expect(incidents.filter((draft) => !draft.isBackground)).toHaveLength(1);
  });
});

describe('wordsOf', () => {
  it('reads rules, vendors and people alike', () => {
    expect(wordsOf('HighErrorRate')).toEqual(['error', 'rate']);
    expect(wordsOf('high_error_rate')).toEqual(['error', 'rate']);
    expect(wordsOf('Error rate is too high (5m)')).toEqual(['error', 'rate']);
    expect(wordsOf('HTTPServerSlow')).toEqual(['http', 'server', 'latency']);
  });
});

describe('splitting', () => {
  const EDGES = ['web>cart', 'cart>store', 'web>mail', 'mail>relay'];
  const storm = (service: string, minute: number): Rule[] =>
    ['HighErrorRate', 'Slow', 'PodRestart'].map((name) => ({ minute, name, on: service, id: `${service} ${name}` }));
  it('separates two origins that meet only at a shared caller and began at different times', () => {
    const rules = [
      ...storm('store', 31),
      ...storm('cart', 32),
      ...storm('web', 33),
      ...storm('relay', 41),
      ...storm('mail', 42),
    ];
    const telemetry = scene(EDGES, rules);
    const got = groups(telemetry, run(telemetry));
    expect(got).toHaveLength(2);
    const late = got.find((group) => group.includes('relay Slow'))!;
    expect(late).toContain('mail Slow');
    expect(late).not.toContain('cart Slow');
    expect(got.find((group) => group.includes('store Slow'))).toContain('web Slow');
  });
  it('keeps together what has one origin, however late some callers notice', () => {
    const rules = [...storm('store', 31), ...storm('cart', 36), ...storm('web', 42)];
    const telemetry = scene(EDGES, rules);
    expect(groups(telemetry, run(telemetry))).toHaveLength(1);
  });
  it('keeps together what began at one time', () => {
    const rules = [
      ...storm('store', 31),
      ...storm('cart', 32),
      ...storm('web', 32),
      ...storm('relay', 32),
      ...storm('mail', 32),
    ];
    const telemetry = scene(EDGES, rules);
    expect(groups(telemetry, run(telemetry))).toHaveLength(1);
  });
});
