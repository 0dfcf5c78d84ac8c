/** Values in sentences, with the unit people say. */
import { expect, test } from 'vitest';
import { quantity, timeSpan } from '../../../../shared/analysis/detectors/quantity.ts';

test('times, sizes and shares are said as people say them', () => {
  expect(quantity(9_000, 'ms', 'postgresql.query.duration.mean')).toBe('9 s');
  expect(quantity(0.00341, 's', 'db.client.operation.duration')).toBe('3.41 ms');
  expect(quantity(499_000_000, 'By', 'k8s.pod.memory.working_set')).toBe('499 MB');
  expect(quantity(0.437, '1', 'container.cpu.utilization')).toBe('43.7 %');
  expect(quantity(16, '{connection}', 'postgresql.connection.count')).toBe('16');
  expect(quantity(3_250_000, '{row}', 'rows.read')).toBe('3.25 M');
});

test('a name tells the unit that is not given, and a rate is no time', () => {
  expect(quantity(3_917.7, '', 'http_server_duration_p99_ms')).toBe('3.92 s');
  expect(quantity(4_284.78, 's', 'requests_per_sec')).toBe('4280');
  expect(quantity(0.5, '1', 'feature.drift')).toBe('0.5');
});

test('time spans take the unit that keeps them short', () => {
  expect([340e3, 41e6, 4.9e9, 107e9, 180e9, 9_000e9].map(timeSpan)).toEqual([
    '340 µs',
    '41 ms',
    '4.9 s',
    '107 s',
    '3 min',
    '2.5 h',
  ]);
  expect(timeSpan(0)).toBe('0 s');
});
