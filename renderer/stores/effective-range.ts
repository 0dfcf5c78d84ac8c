/**
 * The stretch of time every view shows: what the person chose, else the incident looked at with air on both sides, else
 * the whole case. Views take it from here, so that no two of them can mean different times.
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { ImportFileReport } from '../../shared/model/import-report.ts';
import type { TimeRange, UnixNano } from '../../shared/model/time.ts';
import { useQuery } from '../client/use-query.ts';
import { BULK, FILLED, denseRange, rowsPerBucket } from './dense-range.ts';
import { useViewStore } from './view-state.ts';
import type { ViewRange } from './view-state.ts';

/** Unix nanoseconds, `from` < `to`; ready to be spread into the inputs of queries. */
export interface EffectiveRange {
  readonly from: UnixNano;
  readonly to: UnixNano;
}

/** An incident is shown with this share of its length before and after it. */
const AIR_SHARE = 0.25;
const LEAST_AIR_NS = 120_000_000_000;
const MOST_AIR_NS = 1_800_000_000_000;
/** Changes closer together than this are a drag: views follow when it rests. */
const REST_MS = 60;
/** Only a case longer than this is searched for rows far off. */
const LONG_CASE_NS = 2n * 86_400_000_000_000n;
const SEARCH_BUCKETS = 160;
/** Years from the origin of telemetry, times are exact to fractions of a microsecond only: the last sign must be inside. */
const BEHIND_LAST_NS = 1_000_000_000n;
const NO_FILES: readonly ImportFileReport[] = [];

/** An incident with air on both sides, inside the case. Pure. */
export function incidentRange(incident: TimeRange, whole: EffectiveRange | null): EffectiveRange {
  const lengthNs = Number(incident.end - incident.start);
  const air = BigInt(Math.round(Math.min(MOST_AIR_NS, Math.max(LEAST_AIR_NS, lengthNs * AIR_SHARE))));
  const from = incident.start - air;
  const to = incident.end + air;
  const inside = {
    from: whole && whole.from > from ? whole.from : from,
    to: whole && whole.to < to ? whole.to : to,
  };
  return rangeOf(inside.from < inside.to ? inside : { from, to });
}

/** From the first to just after the last record of any kind. Pure. */
export function wholeRange(timeRange: TimeRange | null | undefined): EffectiveRange | null {
  return timeRange ? rangeOf({ from: timeRange.start, to: timeRange.end + 1n }) : null;
}

/**
 * The stretch that telemetry covers: from the first to the last record of files with spans, log records or points. An
 * alert that has been firing for months and a change of last spring do not stretch it. Null without such files. Pure.
 * `isDated`: rows without a time of their own, which stand at that of their file, are left out.
 */
export function telemetryRange(files: readonly ImportFileReport[], isDated = false): EffectiveRange | null {
  let from: bigint | null = null;
  let to: bigint | null = null;
  for (const file of files) {
    const { spans = 0, logRecords = 0, metricPoints = 0 } = file.records;
    const timeRange = isDated ? datedRange(file) : file.timeRange;
    if (!timeRange || spans + logRecords + metricPoints === 0) continue;
    if (from === null || timeRange.start < from) from = timeRange.start;
    if (to === null || timeRange.end > to) to = timeRange.end;
  }
  return from === null || to === null ? null : rangeOf({ from, to: to + 1n });
}

function datedRange({ timeRange, undated }: ImportFileReport): TimeRange | null {
  return undated ? undated.datedRange : timeRange;
}

/** Rows that stand outside what the dated ones cover, for want of a time of their own. Pure. */
export function undatedOutside(files: readonly ImportFileReport[], dated: EffectiveRange): number {
  return files.reduce((sum, { timeRange, undated }) => {
    const isInside = timeRange !== null && timeRange.start >= dated.from && timeRange.end < dated.to;
    return sum + (undated && !isInside ? undated.rows : 0);
  }, 0);
}

export interface CaseTimes {
  /** The whole case as people mean it: where nearly all of the telemetry lies. */
  readonly whole: EffectiveRange;
  /** From the very first to the very last row, however far off. */
  readonly full: EffectiveRange;
  /** Rows outside `whole`; 0 when it is all there is. */
  readonly outsideCount: number;
}

/** Null while nothing has a time, and while it is being searched for. */
export function useCaseTimes(): CaseTimes | null {
  const files = useQuery('import.files', {}).data?.files;
  const timeRange = useQuery('case.summary', {}).data?.timeRange;
  const incidents = useQuery('incident.list', {}).data?.incidents;
  const covered = useMemo(() => telemetryRange(files ?? NO_FILES), [files]);
  const full = useStableRange(covered ?? (files ? wholeRange(timeRange) : null));
  // The modification time of a file says nothing about its rows: it does not set the scale.
  const dated = useStableRange(useMemo(() => telemetryRange(files ?? NO_FILES, true), [files]));
  const undatedCount = useMemo(() => (dated ? undatedOutside(files ?? NO_FILES, dated) : 0), [files, dated]);
  // Each step looks at 160 stretches of the one before, so four of them find a minute in fifty years.
  const first = useDenser(
    dated ? { ...dated, outsideCount: undatedCount } : full && { ...full, outsideCount: 0 },
    files,
  );
  const second = useDenser(first, files);
  const third = useDenser(second, files);
  const dense = useDenser(third, files);
  return useMemo(() => {
    if (!full || !dense) return null;
    const whole = withIncidents(dense, incidents ?? [], dense.outsideCount > 0);
    return { whole, full: withIncidents(full, incidents ?? [], false), outsideCount: dense.outsideCount };
  }, [full, dense, incidents]);
}

/**
 * The stretch with the incidents that have no part in it: one of alerts alone may lie years from all telemetry, and must
 * still be on the axis. One that began before telemetry does not stretch it, unless rows were left out (`isCut`). Pure.
 */
export function withIncidents(range: ViewRange, incidents: readonly TimeRange[], isCut: boolean): EffectiveRange {
  let { from, to } = range;
  for (const { start, end } of incidents) {
    if (!isCut && start < range.to && end >= range.from) continue;
    if (start < from) from = start;
    if (end >= to) to = end + BEHIND_LAST_NS;
  }
  return rangeOf({ from, to });
}

interface CountedRange extends ViewRange {
  readonly outsideCount: number;
}

/** The same range where rows are spread over it, or where it is short and nothing was left out of it. */
function useDenser(range: CountedRange | null, files = NO_FILES): CountedRange | null {
  const { from, to, outsideCount = 0 } = range ?? {};
  const isLong = from !== undefined && to !== undefined && to - from > LONG_CASE_NS;
  const isSearched = isLong || outsideCount > 0;
  const asked =
    isSearched && from !== undefined && to !== undefined
      ? { ...rangeOf({ from, to }), bucketCount: SEARCH_BUCKETS }
      : null;
  const { data, error } = useQuery('timeline.lanes', asked);
  return useMemo(() => {
    if (from === undefined || to === undefined) return null;
    const same = { from, to, outsideCount };
    if (!isSearched) return same;
    if (!data) return error ? same : null;
    const { spanCounts, logCounts, otherCounts } = data;
    // Without spans and log records the engine counts points itself.
    const isBare = otherCounts.some((count) => count > 0);
    const rows = isBare ? otherCounts : rowsPerBucket({ from, to }, [spanCounts, logCounts], files);
    const dense = denseRange({ from, to }, rows, isLong ? BULK : FILLED);
    return dense ? { ...dense, outsideCount: outsideCount + dense.outsideCount } : same;
  }, [from, to, outsideCount, isLong, isSearched, data, error, files]);
}

/** The whole case as people mean it: what telemetry covers, else everything with a time; null while nothing has one. */
export function useWholeRange(): EffectiveRange | null {
  return useStableRange(useCaseTimes()?.whole ?? null);
}

/** The incident looked at: the one in the address, else the first (worst) one; null when there is none. */
export function useIncidentId(): string | null {
  const chosen = useViewStore((store) => store.incidentId);
  const incidents = useQuery('incident.list', {}).data?.incidents;
  if (!incidents) return chosen;
  return (incidents.find(({ id }) => id === chosen) ?? incidents[0])?.id ?? null;
}

/** Range of the incident looked at, with air; null when there is none. */
export function useIncidentRange(): EffectiveRange | null {
  const id = useIncidentId();
  const whole = useWholeRange();
  const incident = useQuery('incident.list', {}).data?.incidents.find((candidate) => candidate.id === id);
  return useStableRange(incident ? incidentRange(incident, whole) : null);
}

/** As it is at this very moment, also in the middle of a drag: for axes and the time bar. */
export function useLiveRange(): EffectiveRange | null {
  return useChosenRange(useViewStore((store) => store.range));
}

/** What views ask the engine for: the same, once a drag rests. Null while nothing is known. */
export function useRange(): EffectiveRange | null {
  return useChosenRange(useSettledRange((store) => store.range));
}

function useChosenRange(chosen: ViewRange | null): EffectiveRange | null {
  const whole = useWholeRange();
  const incident = useIncidentRange();
  return useStableRange(chosen ? rangeOf(chosen) : (incident ?? whole));
}

/** One settling for all views, so they ask at the same moment. A single change passes at once; a drag waits for rest. */
const useSettledRange = create<{ readonly range: ViewRange | null }>(() => ({
  range: useViewStore.getState().range,
}));
let changedAt = -Infinity;
let resting: ReturnType<typeof setTimeout> | undefined;
useViewStore.subscribe(({ range }, before) => {
  if (range === before.range) return;
  const now = performance.now();
  const isDrag = now - changedAt < REST_MS;
  changedAt = now;
  clearTimeout(resting);
  resting = undefined;
  if (isDrag) resting = setTimeout(settleRange, REST_MS);
  else settleRange();
});

/** The hand has let go: views need not wait for the drag to rest. */
export function settleRange(): void {
  clearTimeout(resting);
  resting = undefined;
  const { range } = useViewStore.getState();
  if (range !== useSettledRange.getState().range) useSettledRange.setState({ range });
}

function rangeOf({ from, to }: ViewRange): EffectiveRange {
  return { from: from as UnixNano, to: to as UnixNano };
}

/** The same object while the times stay the same, for effects and memos. */
function useStableRange(range: EffectiveRange | null): EffectiveRange | null {
  const { from, to } = range ?? {};
  return useMemo(() => (from === undefined || to === undefined ? null : { from, to }), [from, to]);
}
