/** What is wrong with an entity or a call, in two or three words. */
import { describe, expect, it } from 'vitest';
import { signsOf } from '../../../../renderer/graph/model/signs.ts';
import type { Sign } from '../../../../renderer/graph/model/signs.ts';
import { service } from './sample-graph.ts';

const NB = '\u202f';

function sign(kind: Sign['kind'], values: Partial<Sign>): Sign {
  return {
    kind,
    entity: service('cart'),
    peer: null,
    subject: '',
    baseline: 0,
    observed: 0,
    unit: '1',
    score: 0.5,
    ...values,
  };
}

const ofCart = (...signs: readonly Sign[]): string | undefined => signsOf(signs).ofNode.get('service:cart');

describe('signs', () => {
  it('says latency and errors first, together', () => {
    const cpu = sign('saturation', { subject: 'container.cpu.utilization', observed: 0.917, score: 1 });
    const slow = sign('latency_increase', { baseline: 41, observed: 5_100, unit: 'ms' });
    const errors = sign('error_rate_increase', { observed: 0.12 });
    expect(ofCart(cpu, slow, errors)).toBe(`5.1${NB}s · 12${NB}% err`);
    expect(ofCart(cpu, errors)).toBe(`12${NB}% err`);
    expect(ofCart(cpu, slow)).toBe(`p95 5.1${NB}s`);
    expect(ofCart(cpu)).toBe(`cpu 92${NB}%`);
  });

  it('tells what moved from where to where, in its unit', () => {
    const moved = (values: Partial<Sign>): string | undefined =>
      signsOf([sign('metric_shift_up', values)]).movedOf.get('service:cart');
    expect(moved({ subject: 'postgresql.query.duration.mean', baseline: 1.9, observed: 9_000, unit: 'ms' })).toBe(
      `query 1.9${NB}ms → 9${NB}s`,
    );
    expect(moved({ subject: 'mysql.connection.count', baseline: 6, observed: 16, unit: '{connection}' })).toBe(
      'connections 6 → 16',
    );
    expect(moved({ subject: 'k8s.pod.cpu_limit_utilization', baseline: 0.33, observed: 0.11 })).toBe(
      `cpu 33 → 11${NB}%`,
    );
  });

  it('knows units that only the name tells, and leaves small counts out', () => {
    const moved = (subject: string, baseline: number, observed: number, unit = ''): string | undefined =>
      signsOf([sign('metric_shift_up', { subject, baseline, observed, unit })]).movedOf.get('service:cart');
    expect(moved('http_server_duration_p99_ms', 182.4, 1_353.9)).toBe(`p99 182${NB}ms → 1.4${NB}s`);
    expect(moved('requests_per_sec', 900.5, 4_284.8, 's')).toBe('requests 901 → 4,285 /s');
    expect(moved('jvm.heap.used.bytes', 2e8, 9e8)).toBe(`memory 200${NB}MB → 900${NB}MB`);
    expect(moved('http.server.active_requests', 1, 3, '{request}')).toBeUndefined();
  });

  it('says traffic that is gone as a part, and traffic that came as a factor', () => {
    expect(ofCart(sign('throughput_drop', { baseline: 100, observed: 39 }))).toBe(`traffic −61${NB}%`);
    expect(ofCart(sign('throughput_increase', { baseline: 10, observed: 42 }))).toBe('traffic × 4.2');
  });

  it('keeps calls apart from what they end at', () => {
    const slow = sign('edge_latency_increase', { peer: service('db'), baseline: 38, observed: 4_900, unit: 'ms' });
    const { ofNode, ofCall } = signsOf([slow, sign('log_errors', { entity: service('db') })]);
    expect(ofCall.get('service:cart service:db')).toBe(`38${NB}ms → 4.9${NB}s`);
    expect(ofNode.size).toBe(0);
  });
});
