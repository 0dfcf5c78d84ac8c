/**
 * Which stretch the values of entities (calls, errors, latency, health) are of: what a person chose or knew by then, else
 * the stretch the newest analysis looked at. Graph, its table and Services all take it from here and name it, so that a
 * service never has two error rates. Charts and rows keep to the range of the time bar, which their axes show.
 */
import { useMemo } from 'react';
import type { TimeRange, UnixNano } from '../../shared/model/time.ts';
import { useQuery } from '../client/use-query.ts';
import { useRange } from './effective-range.ts';
import type { EffectiveRange } from './effective-range.ts';
import { usePreferences } from './preferences.ts';
import { spanText } from './time-format.ts';
import { useViewStore } from './view-state.ts';

/** `to` is exclusive. */
export interface ValueWindow extends EffectiveRange {
  /** The stretch of the analysis, whose own values then hold. */
  readonly isAnalysed: boolean;
}

/** Pure. `range`: of the time bar; null only without any times. */
export function valueWindow(properties: {
  readonly range: EffectiveRange | null;
  readonly isChosen: boolean;
  readonly knownAt: bigint | null;
  readonly analysed: TimeRange | null;
}): ValueWindow | null {
  const { range, isChosen, knownAt, analysed } = properties;
  if (!isChosen && knownAt === null && analysed) {
    return { from: analysed.start, to: (analysed.end + 1n) as UnixNano, isAnalysed: true };
  }
  if (!range) return null;
  const to = knownAt !== null && knownAt < range.to ? (knownAt as UnixNano) : range.to;
  return to > range.from ? { from: range.from, to, isAnalysed: false } : null;
}

/** Null while nothing is known, and where nothing of the range was known yet. */
export function useValueWindow(): ValueWindow | null {
  const range = useRange();
  const isChosen = useViewStore((store) => store.range !== null);
  const knownAt = useViewStore((store) => store.knownAt);
  const incidents = useQuery('incident.list', {});
  const isKnown = incidents.data !== undefined || incidents.error !== null;
  const analysed = incidents.data?.window ?? null;
  const window = isKnown ? valueWindow({ range, isChosen, knownAt, analysed }) : null;
  const { from, to, isAnalysed } = window ?? {};
  // The same object while the times stay the same, for effects and memos.
  return useMemo(
    () => (from === undefined || to === undefined || isAnalysed === undefined ? null : { from, to, isAnalysed }),
    [from, to, isAnalysed],
  );
}

/** `12:08 – 12:22`, as every place that shows values names them. */
export function useWindowText(window: ValueWindow | null): string {
  const zone = usePreferences((preferences) => preferences.zone);
  return window ? spanText(window.from, window.to, zone, 'minute') : '';
}
