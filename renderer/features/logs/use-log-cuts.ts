/** Boxes of the histogram where log rows are missing, with their words. */
import { useMemo } from 'react';
import { useQuery } from '../../client/use-query.ts';
import type { Buckets } from '../../charts/bucket-series.ts';
import type { CutBox, StackedLevel } from '../../charts/draw-level-histogram.ts';
import { useWholeRange } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { clockText } from '../../stores/time-format.ts';
import { cutText, fileCuts, silentStretches } from './log-cuts.ts';

const NO_CUTS: readonly CutBox[] = [];

/** `isUnfiltered`: the counts are of all rows, so that a silence among them is one. */
export function useLogCuts(
  range: EffectiveRange,
  buckets: Buckets | null,
  counts: Readonly<Record<StackedLevel, Float64Array>> | null,
  isUnfiltered: boolean,
): readonly CutBox[] {
  const files = useQuery('import.files', {}).data?.files;
  const whole = useWholeRange();
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  return useMemo(() => {
    if (!files || !whole || !buckets || !counts) return NO_CUTS;
    const totals = counts.error.map((count, index) => count + counts.warn[index]! + counts.rest[index]!);
    const cuts = [...fileCuts(files, whole), ...(isUnfiltered ? silentStretches(buckets, totals) : [])];
    const clock = (time: bigint): string => clockText(time, zone, 'minute');
    const nameOf = (path: string): string => naming.text(lastName(withoutStaging(path)));
    return cuts
      .filter(({ from, to }) => to > range.from && from < range.to)
      .sort((a, b) => Number(a.from - b.from))
      .map((cut) => ({ from: cut.from, to: cut.to, text: cutText(cut, clock, nameOf) }));
  }, [files, whole, buckets, counts, isUnfiltered, range, zone, naming]);
}

function lastName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
