/** Which metrics of an entity are shown first. Pure. */

const SATURATION =
  /cpu|memory|mem\b|heap|connection|pool|queue|thread|disk|utili[sz]ation|usage|saturation|limit|lag|gc\b/i;

/** Metrics that findings name first, then those that fill up, then the rest by name. */
export function rankedMetricNames(names: readonly string[], subjects: ReadonlySet<string>): readonly string[] {
  const rank = (name: string): number => (subjects.has(name) ? 2 : 0) + (SATURATION.test(name) ? 1 : 0);
  return names.toSorted((left, right) => rank(right) - rank(left) || (left < right ? -1 : 1));
}
