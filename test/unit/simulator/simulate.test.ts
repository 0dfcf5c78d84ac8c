import { describe, expect, it } from 'vitest';
import { SCENARIO_CAUSES, SCENARIOS } from '../../../shared/simulator/options.ts';
import type { Scenario } from '../../../shared/simulator/options.ts';
import { simulate } from '../../../shared/simulator/simulate.ts';
import { alertsOf, build, jsonLines, SMALL, spansOf } from './read-bundle.ts';

const one = (scenario: Scenario) => ({ ...SMALL, scenarios: [scenario] });

describe('simulate', () => {
  it('gives the same bytes for the same options and others for another seed', () => {
    const first = build(one('slow-query'));
    expect(build(one('slow-query'))).toEqual(first);
    const other = build({ ...one('slow-query'), seed: 12 });
    expect(other.files.get('telemetry/traces.jsonl')).not.toBe(first.files.get('telemetry/traces.jsonl'));
  });

  it('refuses options it cannot run, with a sentence', () => {
    expect(() => simulate({ ...SMALL, scenarios: [], services: 5 })).toThrow(/services must be 10 to 1000/);
    expect(() => simulate({ ...SMALL, scenarios: [], minutes: 5 })).toThrow(/minutes/);
    expect(() => simulate({ ...SMALL, scenarios: [], rate: 0 })).toThrow(/rate/);
  });

  it.each(SCENARIOS)('%s: names its cause, raises alerts and leaves a baseline', (scenario) => {
    for (const seed of [1, 2, 3]) {
      const { truth, files } = simulate({ scenarios: [scenario], seed, services: 15, minutes: 40, rate: 0.1 });
      const [cause] = truth.causes;
      expect(truth.causes).toHaveLength(1);
      expect(cause?.faultKind).toBe(SCENARIO_CAUSES[scenario].faultKind);
      expect(SCENARIO_CAUSES[scenario].entityTypes).toContain(cause?.entity.type);
      expect(truth.alertGroups[0]?.length).toBeGreaterThan(0);
      if (scenario === 'bad-deployment') expect(cause?.change).not.toBeNull();
      const [alertFile] = files;
      const alerts = JSON.parse([...(alertFile?.chunks ?? [])].join('')) as { fingerprint: string; startsAt: string }[];
      const mine = new Set(truth.alertGroups[0]);
      const early = alerts.filter((alert) => mine.has(alert.fingerprint) && alert.startsAt < (cause?.start ?? ''));
      expect(early).toEqual([]);
    }
  });

  it('puts every alert into exactly one group', () => {
    const bundle = build(one('pool-exhaustion'));
    const grouped = bundle.truth.alertGroups.flat().sort();
    expect(grouped).toEqual(
      alertsOf(bundle)
        .map((alert) => alert.fingerprint)
        .sort(),
    );
    expect(new Set(grouped).size).toBe(grouped.length);
  });

  it('joins scenarios on different entities, each with alerts of its own', () => {
    const { truth } = simulate({
      ...SMALL,
      services: 40,
      scenarios: ['slow-query', 'third-party-outage', 'disk-full'],
    });
    expect(truth.causes.map((cause) => cause.faultKind)).toEqual(['slow_query', 'third_party_outage', 'disk_full']);
    expect(new Set(truth.causes.map((cause) => `${cause.entity.type} ${cause.entity.name}`)).size).toBe(3);
    for (const group of truth.alertGroups.slice(0, 3)) expect(group.length).toBeGreaterThan(0);
  });

  it('quiet has no cause and no symptom, and still alerts, changes and warnings', () => {
    const bundle = build({ ...SMALL, scenarios: [] });
    expect(bundle.truth.causes).toEqual([]);
    expect(bundle.truth.symptoms).toEqual([]);
    expect(alertsOf(bundle).length).toBeGreaterThan(2);
    expect([...bundle.files.keys()].some((path) => path.startsWith('changes/github/deployment-'))).toBe(true);
    expect(bundle.files.get('telemetry/logs.jsonl')).toContain('"severityText":"ERROR"');
  });
});

describe('the bundle', () => {
  const bundle = build(one('third-party-outage'));

  it('does not hold the truth, nor the words of the simulator', () => {
    for (const [path, text] of bundle.files) {
      expect(path).not.toMatch(/truth/);
      for (const word of ['faultKind', 'alertGroups', 'third_party_outage', 'third-party-outage', 'simulat']) {
        expect(text.toLowerCase().includes(word.toLowerCase()), `${word} in ${path}`).toBe(false);
      }
    }
  });

  it('is valid JSON and JSON lines throughout', () => {
    for (const [path, text] of bundle.files) {
      if (path.endsWith('.jsonl')) expect(jsonLines(text).length).toBeGreaterThan(0);
      else expect(() => JSON.parse(text) as unknown, path).not.toThrow();
    }
  });

  it('keeps histograms whole: counts add up and never fall', () => {
    interface Point {
      count: string;
      bucketCounts: string[];
      attributes: unknown;
    }
    const last = new Map<string, number>();
    let seen = 0;
    for (const line of jsonLines(bundle.files.get('telemetry/metrics.jsonl') ?? '') as {
      resourceMetrics: {
        resource: unknown;
        scopeMetrics: { metrics: { name: string; histogram?: { dataPoints: Point[] } }[] }[];
      }[];
    }[]) {
      for (const group of line.resourceMetrics) {
        for (const metric of group.scopeMetrics.flatMap((scope) => scope.metrics)) {
          for (const point of metric.histogram?.dataPoints ?? []) {
            const count = Number(point.count);
            expect(point.bucketCounts.reduce((sum, bucket) => sum + Number(bucket), 0)).toBe(count);
            expect(Math.min(...point.bucketCounts.map(Number))).toBeGreaterThanOrEqual(0);
            const key = JSON.stringify([group.resource, metric.name, point.attributes]);
            expect(count).toBeGreaterThanOrEqual(last.get(key) ?? 0);
            last.set(key, count);
            seen += 1;
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(1000);
  });
});

describe('spans', () => {
  const spans = spansOf(build(one('bad-deployment')));
  const byId = new Map(spans.map((span) => [span.spanId, span]));

  it('have valid, unique ids', () => {
    expect(byId.size).toBe(spans.length);
    for (const span of spans) {
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(span.spanId).not.toMatch(/^0+$/);
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('end after they begin, have their parent in the bundle and the same trace', () => {
    for (const span of spans) {
      expect(span.end > span.start).toBe(true);
      if (span.parentSpanId === '') continue;
      const parent = byId.get(span.parentSpanId);
      expect(parent?.traceId).toBe(span.traceId);
      expect(span.start >= (parent?.start ?? 0n)).toBe(true);
    }
  });

  it('lie within their parent unless the parent gave up or only sent a message', () => {
    for (const span of spans) {
      const parent = byId.get(span.parentSpanId);
      if (!parent || parent.kind === 4 || parent.isError) continue;
      expect(span.end <= parent.end).toBe(true);
    }
  });

  it('pair client and server spans across services', () => {
    const servers = spans.filter((span) => span.kind === 2 && span.parentSpanId !== '');
    expect(servers.length).toBeGreaterThan(100);
    for (const span of servers) {
      const parent = byId.get(span.parentSpanId);
      expect(parent?.kind).toBe(3);
      expect(parent?.service).not.toBe(span.service);
    }
  });
});

describe('the fault', () => {
  it('network-delay slows calls to the service, not the service', () => {
    const bundle = build({ ...one('network-delay'), rate: 0.3 });
    const [cause] = bundle.truth.causes;
    const onset = BigInt(Date.parse(cause?.start ?? '')) * 1_000_000n + 60_000_000_000n;
    const end = BigInt(Date.parse(cause?.end ?? '')) * 1_000_000n;
    const spans = spansOf(bundle);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const gap = { before: [] as number[], during: [] as number[] };
    const own = { before: [] as number[], during: [] as number[] };
    for (const span of spans) {
      const client = byId.get(span.parentSpanId);
      if (span.kind !== 2 || span.service !== cause?.entity.name || !client) continue;
      const when =
        span.start > onset && span.start < end ? 'during' : span.start < onset - 60_000_000_000n ? 'before' : undefined;
      if (!when) continue;
      gap[when].push(Number(client.end - client.start - (span.end - span.start)) / 1e6);
      own[when].push(Number(span.end - span.start) / 1e6);
    }
    const median = (values: number[]): number =>
      values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
    expect(gap.during.length).toBeGreaterThan(5);
    expect(median(gap.during)).toBeGreaterThan(median(gap.before) + 50);
    expect(median(own.during)).toBeLessThan(median(own.before) * 1.6 + 5);
  });

  it('bad-deployment makes errors in pods of the new version only', () => {
    const bundle = build({ ...one('bad-deployment'), seed: 2, rate: 0.3 });
    const [cause] = bundle.truth.causes;
    const onset = BigInt(Date.parse(cause?.start ?? '')) * 1_000_000n;
    const mine = spansOf(bundle).filter((span) => span.kind === 2 && span.service === cause?.entity.name);
    const ratio = (spans: typeof mine): number =>
      spans.filter((span) => span.isError).length / Math.max(1, spans.length);
    expect(ratio(mine.filter((span) => span.start >= onset))).toBeGreaterThan(
      ratio(mine.filter((span) => span.start < onset)) + 0.05,
    );
    const before = new Set(mine.filter((span) => span.start < onset).map((span) => span.pod));
    const failing = mine.filter((span) => span.start >= onset && span.isError);
    const inNewPods = failing.filter((span) => !before.has(span.pod)).length;
    expect(inNewPods / failing.length).toBeGreaterThan(0.8);
  });

  it('certificate-expiry of a service stops its traffic', () => {
    for (const seed of [2, 5, 7, 9]) {
      const bundle = build({ ...one('certificate-expiry'), seed });
      const [cause] = bundle.truth.causes;
      if (cause?.entity.type !== 'service') continue;
      const from = BigInt(Date.parse(cause.start)) * 1_000_000n + 150_000_000_000n;
      const to = BigInt(Date.parse(cause.end)) * 1_000_000n;
      const served = spansOf(bundle).filter(
        (span) => span.kind === 2 && span.service === cause.entity.name && span.start > from && span.start < to,
      );
      const tried = spansOf(bundle).filter(
        (span) =>
          span.kind === 3 &&
          span.attributes['server.address']?.split('.')[0] === cause.entity.name &&
          span.start > from &&
          span.start < to,
      );
      expect(served.length).toBeLessThan(tried.length * 0.3);
      expect(
        tried.some((span) =>
          /x509|certificate|SSL|CERT|Authentication|Handshake/i.test(span.attributes['error.type'] ?? ''),
        ),
      ).toBe(true);
    }
  });
});
