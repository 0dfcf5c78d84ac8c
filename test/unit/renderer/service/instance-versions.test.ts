import { describe, expect, test } from 'vitest';
import { trafficByVersion } from '../../../../renderer/features/service/instance-versions.ts';

const instance = (name: string, calls: number, errorRatio: number, latencyP95Ms: number) => ({
  name,
  calls,
  errorRatio,
  latencyP95Ms,
});
const versions: Readonly<Record<string, string>> = { a: '1.9.0', b: '1.9.0', c: '1.10.0' };

describe('versions that serve side by side', () => {
  test('calls add up, shares are weighed by calls, the newest stands first', () => {
    const found = trafficByVersion(
      [instance('a', 90, 0, 20), instance('b', 10, 0.5, 35), instance('c', 20, 0.4, 28)],
      (name) => versions[name],
    );
    expect(found).toEqual([
      { version: '1.10.0', instanceCount: 1, calls: 20, errorRatio: 0.4, worstP95Ms: 28 },
      { version: '1.9.0', instanceCount: 2, calls: 100, errorRatio: 0.05, worstP95Ms: 35 },
    ]);
  });

  test('one version has nothing to stand beside, nor has what nobody called', () => {
    expect(trafficByVersion([instance('a', 5, 0, 1), instance('b', 5, 0, 1)], (name) => versions[name])).toEqual([]);
    expect(trafficByVersion([instance('a', 5, 0, 1), instance('c', 0, 0, 1)], (name) => versions[name])).toEqual([]);
    expect(trafficByVersion([instance('x', 5, 0, 1), instance('c', 4, 0, 1)], (name) => versions[name])).toEqual([]);
  });
});
