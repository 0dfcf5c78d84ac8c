/** What the log view asks: histogram, templates, rows by place, facets. All under one filter; one pass over the window. */
import type { Attributes } from '../../model/resource.ts';
import type { CaseDatabase } from '../storage/case-database.ts';
import {
  logAttributes,
  logListRow,
  resourceAttributes,
  templateTexts,
  type LogListRow,
} from '../storage/statements/view-reads.ts';
import { eachPassing, type ReadyFilter } from './log-filter.ts';
import type { LogPart, LogStore } from './log-store.ts';
import { LEVEL_OF, LEVELS, type NumberLists } from './log-totals.ts';
import {
  bucketOf,
  bucketsOver,
  offsetWindow,
  type Buckets,
  type OffsetWindow,
  type WindowRequest,
} from './time-window.ts';
import type { BucketedRequest, LogHistogram, TemplateCount } from './view-answers.ts';

export function logHistogram(store: LogStore, filter: ReadyFilter, request: BucketedRequest): LogHistogram {
  const buckets = bucketsOver(offsetWindow(store.origin, request, store.extent), request.bucketCount);
  const { count, width, start } = buckets;
  const levels = Array.from({ length: LEVELS }, () => new Float64Array(count));
  let total = 0;
  for (const part of store.partsIn(buckets))
    total += filter.isOpen ? addLevels(part, buckets, levels) : addPassingLevels(part, filter, buckets, levels);
  return {
    startTime: store.origin.timeOf(start),
    bucketNs: width,
    bucketCount: count,
    levels: {
      unspecified: levels[0]!,
      debug: levels[1]!,
      info: levels[2]!,
      warn: levels[3]!,
      error: levels[4]!,
      fatal: levels[5]!,
    },
    total,
    isTextPartial: filter.isTextPartial,
  };
}

/** Every record, a bucket's range at a time; answers how many. */
function addLevels(part: LogPart, buckets: Buckets, levels: readonly Float64Array[]): number {
  const { columns, from, to, lists } = part;
  const { severity } = columns.columns;
  let first = from;
  for (let bucket = 0; bucket < buckets.count && first < to; bucket++) {
    const isLast = bucket === buckets.count - 1;
    const bound = buckets.start + (bucket + 1) * buckets.width;
    const end = isLast ? to : Math.min(to, columns.lowerBound(bound));
    if (lists) lists.levelTotals.add(first, end, levels, bucket);
    else for (let i = first; i < end; i++) levels[LEVEL_OF[severity[i]!]!]![bucket]!++;
    first = end;
  }
  return to - from;
}

function addPassingLevels(
  part: LogPart,
  filter: ReadyFilter,
  buckets: Buckets,
  levels: readonly Float64Array[],
): number {
  const { time, severity } = part.columns.columns;
  let total = 0;
  eachPassing(filter, part, (i) => {
    levels[LEVEL_OF[severity[i]!]!]![bucketOf(buckets, time[i]!)]!++;
    total++;
  });
  return total;
}

const TREND_PARTS = 40;
/** A part this many times the mean of the others is a burst, when it holds at least so many records. */
const BURST_TIMES = 5;
const BURST_LEAST = 10;

export function logTemplates(
  database: CaseDatabase,
  store: LogStore,
  filter: ReadyFilter,
  request: WindowRequest & { readonly limit: number },
): { readonly total: number; readonly templates: readonly TemplateCount[] } {
  const window = offsetWindow(store.origin, request, store.extent);
  const tally = emptyTally(store.templateLimit);
  for (const part of store.partsIn(window)) {
    if (filter.isOpen && part.lists) addListed(tally, part, part.lists.byTemplate, { store, window });
    else addWalked(tally, part, filter, window);
  }
  const { counts, parts, first, last, highest } = tally;
  const rows = Array.from(counts.keys()).filter((row) => counts[row]! > 0);
  rows.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const textOf = templateTexts(database);
  const templates = rows.slice(0, request.limit).map((row): TemplateCount => {
    const texts = textOf(row) ?? { templateId: '', text: '', example: '' };
    const bucketCounts = Array.from(parts.subarray(row * TREND_PARTS, (row + 1) * TREND_PARTS));
    return {
      ...texts,
      count: counts[row]!,
      severityNumber: highest[row]!,
      trend: trendOf(store, row, bucketCounts, window),
      bucketCounts,
      firstTime: store.origin.timeOf(first[row]!),
      lastTime: store.origin.timeOf(last[row]!),
    };
  });
  return { total: rows.length, templates };
}

/** Counts and more of each template in a window, by template row. */
interface TemplateTally {
  readonly counts: Uint32Array;
  /** TREND_PARTS for each. */
  readonly parts: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly highest: Uint8Array;
}
function emptyTally(limit: number): TemplateTally {
  return {
    counts: new Uint32Array(limit),
    parts: new Uint32Array(limit * TREND_PARTS),
    first: new Float64Array(limit).fill(Infinity),
    last: new Float64Array(limit).fill(-Infinity),
    highest: new Uint8Array(limit),
  };
}

function addWalked(tally: TemplateTally, part: LogPart, filter: ReadyFilter, window: OffsetWindow): void {
  const { counts, parts, first, last, highest } = tally;
  const { start, width } = bucketsOver(window, TREND_PARTS);
  const { time, template, severity } = part.columns.columns;
  eachPassing(filter, part, (i) => {
    const row = template[i]!;
    counts[row]!++;
    if (time[i]! < first[row]!) first[row] = time[i]!;
    if (time[i]! > last[row]!) last[row] = time[i]!;
    parts[row * TREND_PARTS + Math.min(TREND_PARTS - 1, Math.floor((time[i]! - start) / width))]!++;
    if (severity[i]! > highest[row]!) highest[row] = severity[i]!;
  });
}

/** Without a filter the lists by template need two searches a part instead of a walk. */
function addListed(
  tally: TemplateTally,
  { columns, from, to }: LogPart,
  lists: NumberLists,
  { store, window }: { readonly store: LogStore; readonly window: OffsetWindow },
): void {
  const { start, width } = bucketsOver(window, TREND_PARTS);
  const { time, severity } = columns.columns;
  const edges = Array.from({ length: TREND_PARTS + 1 }, (_, part) =>
    part === 0 ? from : part === TREND_PARTS ? to : Math.min(to, columns.lowerBound(start + part * width)),
  );
  for (let row = 0; row < store.templateLimit; row++) {
    const { first, end } = lists.range(row, from, to);
    if (first === end) continue;
    tally.counts[row]! += end - first;
    tally.first[row] = Math.min(tally.first[row]!, time[lists.rowAt(first)]!);
    tally.last[row] = Math.max(tally.last[row]!, time[lists.rowAt(end - 1)]!);
    for (let part = 0; part < TREND_PARTS; part++) {
      const within = lists.range(row, edges[part]!, edges[part + 1]!);
      tally.parts[row * TREND_PARTS + part]! += within.end - within.first;
    }
    const { mildest, severest } = store.templates;
    let highest = Math.max(tally.highest[row]!, mildest[row]!);
    // Nearly every template has one severity.
    for (let place = first; place < end && highest < severest[row]!; place++)
      highest = Math.max(highest, severity[lists.rowAt(place)]!);
    tally.highest[row] = highest;
  }
}

function trendOf(
  store: LogStore,
  template: number,
  parts: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): TemplateCount['trend'] {
  const quarter = (end - start) / 4;
  // New needs a while without it: what the case holds before the window counts as well.
  const silence = Math.max(0, quarter - (start - store.extent.start));
  if (store.templates.first[template]! >= start + silence) return 'new';
  if (store.templates.last[template]! < end - quarter) return 'gone';
  const total = parts.reduce((sum, part) => sum + part, 0);
  const most = Math.max(...parts);
  const meanOfOthers = (total - most) / (parts.length - 1);
  return most >= BURST_LEAST && most > BURST_TIMES * meanOfOthers ? 'burst' : 'steady';
}

/** Places of the records that pass, in time order: a list of them, or all of a window. */
export interface LogPlaces {
  readonly total: number;
  readonly placeAt: (index: number) => number;
}

export function logPlaces(store: LogStore, filter: ReadyFilter, request: WindowRequest): LogPlaces {
  const parts = store.partsIn(offsetWindow(store.origin, request, store.extent));
  if (filter.isOpen) {
    const [settled, waiting] = [stretchOf(parts[0]), stretchOf(parts[1])];
    return { total: settled.count + waiting.count, placeAt: mergedPlaces(store, settled, waiting) };
  }
  const list = mergedLists(store, passingPlaces(filter, parts[0]), passingPlaces(filter, parts[1]));
  return { total: list.length, placeAt: (index) => list[index]! };
}

function passingPlaces(filter: ReadyFilter, part: LogPart): Uint32Array {
  let list = new Uint32Array(1_024);
  let total = 0;
  eachPassing(filter, part, (i) => {
    if (total === list.length) {
      const longer = new Uint32Array(list.length * 2);
      longer.set(list);
      list = longer;
    }
    list[total++] = part.firstPlace + i;
  });
  return list.subarray(0, total);
}

/** By time; of equal times those of the first list first. */
function mergedLists(store: LogStore, first: Uint32Array, second: Uint32Array): Uint32Array {
  if (second.length === 0) return first.slice();
  const merged = new Uint32Array(first.length + second.length);
  let [a, b] = [0, 0];
  for (let at = 0; at < merged.length; at++) {
    const isFirst = b === second.length || (a < first.length && store.timeAt(first[a]!) <= store.timeAt(second[b]!));
    merged[at] = isFirst ? first[a++]! : second[b++]!;
  }
  return merged;
}

/** Places from `start` on. */
interface Stretch {
  readonly start: number;
  readonly count: number;
}

/** Of the part's records, none of its columns: places may be kept when those are no longer. */
function stretchOf({ firstPlace, from, to }: LogPart): Stretch {
  return { start: firstPlace + from, count: to - from };
}

/** The place at an index of both stretches merged by time, of equal times the first's first. O(log n): neither is merged. */
function mergedPlaces(store: LogStore, first: Stretch, second: Stretch): (index: number) => number {
  if (second.count === 0) return (index) => first.start + index;
  const isFirstBefore = (a: number, b: number): boolean =>
    store.timeAt(first.start + a) <= store.timeAt(second.start + b);
  return (index) => {
    // How many of the first are among the `index` records before.
    let [low, high] = [Math.max(0, index - second.count), Math.min(index, first.count)];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isFirstBefore(middle, index - middle - 1)) low = middle + 1;
      else high = middle;
    }
    const behind = index - low;
    const isFirst = behind >= second.count || (low < first.count && isFirstBefore(low, behind));
    return isFirst ? first.start + low : second.start + behind;
  };
}

export function rowsAtPlaces(
  database: CaseDatabase,
  store: LogStore,
  places: LogPlaces,
  index: number,
  limit: number,
): readonly LogListRow[] {
  const rowOf = logListRow(database);
  const rows: LogListRow[] = [];
  for (let at = index; at < Math.min(places.total, index + limit); at++) {
    const row = rowOf(store.rowIdAt(places.placeAt(at)));
    if (row) rows.push(row);
  }
  return rows;
}

/** The first place not before a time, or the place of a row. */
export function locate(
  store: LogStore,
  places: LogPlaces,
  wanted: { readonly rowId?: number | undefined; readonly time: number },
): { readonly index: number; readonly isExact: boolean } {
  let [low, high] = [0, places.total];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = places.placeAt(middle);
    const time = store.timeAt(place);
    const isBefore =
      time < wanted.time || (wanted.rowId !== undefined && time === wanted.time && store.rowIdAt(place) < wanted.rowId);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  if (low === places.total) return { index: low, isExact: false };
  const place = places.placeAt(low);
  const isExact =
    wanted.rowId === undefined ? store.timeAt(place) === wanted.time : store.rowIdAt(place) === wanted.rowId;
  return { index: low, isExact };
}

const FACET_SAMPLE = 1_000;
const FACET_VALUES = 20;
const FACET_KEYS = 100;
const LONGEST_VALUE = 1_000;

export function logFacets(
  database: CaseDatabase,
  store: LogStore,
  places: LogPlaces,
): {
  readonly facets: readonly { key: string; values: { value: string; count: number }[] }[];
  readonly sampled: number;
  readonly total: number;
} {
  const { total } = places;
  const sampled = Math.min(total, FACET_SAMPLE);
  const ownOf = logAttributes(database);
  const resourceOf = resourceAttributes(database);
  const keys = new Map<string, Map<string, number>>();
  const resources = new Map<number, { readonly attributes: Attributes; count: number }>();
  for (let i = 0; i < sampled; i++) {
    const place = places.placeAt(Math.floor((i * total) / sampled));
    const id = store.resourceAt(place);
    const resource = resources.get(id) ?? { attributes: parsed(resourceOf(id)), count: 0 };
    resources.set(id, resource);
    resource.count++;
    const own = ownOf(store.rowIdAt(place));
    // A key of the resource is what a filter on it looks at.
    if (own !== null) countValues(keys, parsed(own), 1, resource.attributes);
  }
  for (const { attributes, count } of resources.values()) countValues(keys, attributes, count);
  const sum = (values: ReadonlyMap<string, number>): number => [...values.values()].reduce((a, b) => a + b, 0);
  const facets = [...keys]
    .sort(([a, x], [b, y]) => sum(y) - sum(x) || (a < b ? -1 : 1))
    .slice(0, FACET_KEYS)
    .map(([key, values]) => ({
      key,
      values: [...values]
        .map(([value, occurrences]) => ({ value, count: occurrences }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
        .slice(0, FACET_VALUES),
    }));
  return { facets, sampled, total };
}

function countValues(
  keys: Map<string, Map<string, number>>,
  attributes: Attributes,
  times: number,
  except: Attributes = {},
): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || typeof value === 'object' || Object.hasOwn(except, key)) continue;
    const text = String(value);
    if (text.length > LONGEST_VALUE) continue;
    const values = keys.get(key) ?? new Map<string, number>();
    keys.set(key, values);
    values.set(text, (values.get(text) ?? 0) + times);
  }
}

function parsed(json: string | null): Attributes {
  return json === null ? {} : (JSON.parse(json) as Attributes);
}
