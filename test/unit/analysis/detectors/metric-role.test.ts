import { describe, expect, it } from 'vitest';
import { roleOfMetric, shareScaleOf, statisticOf } from '../../../../shared/analysis/detectors/metric-role.ts';

describe('role of a metric', () => {
  it.each([
    ['http.server.request.duration', 's', 'latency'],
    ['container_memory_working_set_bytes', '', 'memory'],
    ['CpuUsageRate', '%', 'cpu'],
    ['http_5xx_ratio', '', 'error-ratio'],
    ['availability', '', 'success-ratio'],
    ['db.client.connection.pending_requests', '', 'connections'],
    ['kafka_consumer_group_lag', '', 'queue-depth'],
    ['node_network_transmit_bytes_total', '', 'network-transmit'],
    ['kube_pod_container_status_restarts_total', '', 'restarts'],
    ['banana', '', 'other'],
  ])('%s (%s) is %s', (name, unit, role) => {
    expect(roleOfMetric(name, unit)).toBe(role);
  });
  it('reads the statistic from labels, else from the name', () => {
    expect(statisticOf('latency', { quantile: '0.99' })).toBe('p99');
    expect(statisticOf('lat_90', {})).toBe('p90');
    expect(statisticOf('requests', {})).toBe('');
  });
  it('knows percent from share and either from an amount', () => {
    expect(shareScaleOf('cpu', '%', 80)).toBe(0.01);
    expect(shareScaleOf('system.cpu.utilization', '1', 0.8)).toBe(1);
    expect(shareScaleOf('memory', 'By', 8e9)).toBeUndefined();
  });
});
