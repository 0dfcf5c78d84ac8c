/** Titles about metrics: every figure has a unit or is said in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricHeadline } from '../../../../shared/analysis/answer/metric-headline.ts';

const headline = (name: string, unit: string, baseline: number, observed: number): string =>
  metricHeadline({ name, unit, baseline, observed });

describe('the headline of a metric', () => {
  it('takes the unit from metadata, else from the name', () => {
    expect(headline('http.server.request.duration', 's', 0.097, 0.24)).toBe(
      'latency (http.server.request.duration) 97 ms → 240 ms',
    );
    expect(headline('queue_wait_ms', '', 12, 3_400)).toBe('backlog (queue_wait_ms) 12 ms → 3.4 s');
    expect(headline('k8s.pod.memory.working_set', 'By', 120e6, 499e6)).toBe(
      'memory (k8s.pod.memory.working_set) 120 MB → 499 MB',
    );
    expect(headline('node_network_transmit_bytes', 'By/s', 1_500, 3e6)).toBe(
      'traffic out (node_network_transmit_bytes) 1.5 kB/s → 3 MB/s',
    );
  });

  it('says shares in per cent and counts with what is counted', () => {
    expect(headline('http_5xx_ratio', '', 0.0042, 0.61)).toBe('error rate (http_5xx_ratio) 0.42 % → 61 %');
    expect(headline('container.cpu.utilization', '1', 0.2, 0.97)).toBe('CPU (container.cpu.utilization) 20 % → 97 %');
    expect(headline('jvm.thread.count', '{thread}', 1, 180)).toBe('threads (jvm.thread.count) 1 thread → 180 threads');
    expect(headline('db_pool_connections', '', 4, 20)).toBe('connections (db_pool_connections) 4 → 20');
  });

  it('says in words what has no unit', () => {
    expect(headline('lat_99', '', 0.097, 0.24)).toBe('latency (lat_99) 2.5 times the usual');
    expect(headline('feature_drift', '', 0.5, 0.1)).toBe('feature_drift down to 20 % of the usual');
    // 42 % or 0.42 %? Nobody says.
    expect(headline('disk_used_pct', '', 0.42, 1)).toBe('disk (disk_used_pct) 2.4 times the usual');
    expect(headline('search_error_rate_pct', '', 0.9, 98)).toBe('error rate (search_error_rate_pct) 0.9 % → 98 %');
    expect(headline('feature_drift', '', 0, 7)).toBe('feature_drift above the usual');
    expect(headline('feature_drift', '', 5e-9, 7)).toBe('feature_drift over 100 times the usual');
    expect(headline('feature_drift', '1', 42, 44)).toBe('feature_drift above the usual');
    expect(headline('feature_drift', '', Number.NaN, 44)).toBe('feature_drift outside the usual');
    const silent = { name: 'up', unit: '', baseline: 1, observed: 0, isMissing: true };
    expect(metricHeadline(silent)).toBe('readiness (up) no longer reported');
  });

  it('never ends in a bare number unless the word before says what is counted', () => {
    const names = fc.constantFrom('lat_99', 'score', 'x_total', 'cpu_seconds', 'heap', 'rps', 'http.server.duration');
    const units = fc.constantFrom('', '1', 's', 'ms', 'By', '%', '{request}', '{request}/s', 'furlong');
    fc.assert(
      fc.property(names, units, fc.double(), fc.double(), (name, unit, baseline, observed) => {
        expect(headline(name, unit, baseline, observed)).toMatch(/(usual|gone|%|[a-zµ]+(\/s)?)$/i);
      }),
      { seed: 3 },
    );
  });
});
