/** What each version of a service served: a canary beside what it replaces. Pure. */
import type { ServiceRed } from './service-figures.ts';

type InstanceTraffic = ServiceRed['instances'][number];

export interface VersionTraffic {
  readonly version: string;
  readonly instanceCount: number;
  readonly calls: number;
  /** Of all its calls, 0-1. */
  readonly errorRatio: number;
  /** Of the instance that is worst in it: percentiles cannot be added up. */
  readonly worstP95Ms: number;
}

/** Newest version first; empty unless instances of at least two versions were called. O(n log n). */
export function trafficByVersion(
  instances: readonly InstanceTraffic[],
  versionOf: (instanceName: string) => string | undefined,
): readonly VersionTraffic[] {
  const byVersion = new Map<string, VersionTraffic>();
  for (const { name, calls, errorRatio, latencyP95Ms } of instances) {
    const version = versionOf(name);
    if (version === undefined || calls === 0) continue;
    const known = byVersion.get(version);
    const allCalls = (known?.calls ?? 0) + calls;
    byVersion.set(version, {
      version,
      instanceCount: (known?.instanceCount ?? 0) + 1,
      calls: allCalls,
      errorRatio: ((known?.errorRatio ?? 0) * (known?.calls ?? 0) + errorRatio * calls) / allCalls,
      worstP95Ms: Math.max(known?.worstP95Ms ?? 0, latencyP95Ms),
    });
  }
  const versions = [...byVersion.values()].sort((left, right) => compareVersions(right.version, left.version));
  return versions.length > 1 ? versions : [];
}

/** Numbers by size, anything else by letters: `1.10.0` is newer than `1.9.0`. */
function compareVersions(left: string, right: string): number {
  const [one, other] = [left, right].map((version) => version.split(/[.+-]/));
  for (let index = 0; index < Math.max(one?.length ?? 0, other?.length ?? 0); index++) {
    const [a = '', b = ''] = [one?.[index], other?.[index]];
    if (a === b) continue;
    const difference = Number(a) - Number(b);
    if (Number.isFinite(difference) && difference !== 0) return difference;
    return a < b ? -1 : 1;
  }
  return 0;
}
