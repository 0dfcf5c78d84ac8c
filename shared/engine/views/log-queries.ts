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
import type { LogStore } from './log-store.ts';
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
  const total = filter.isOpen ? addLevels(store, buckets, levels) : addPassingLevels(store, filter, buckets, levels);
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
function addLevels(store: LogStore, buckets: Buckets, levels: readonly Float64Array[]): number {
  const totals = store.levelTotals;
  const { severity } = store.rows;
  const { from, to } = store.range(buckets);
  let first = from;
  for (let bucket = 0; bucket < buckets.count && first < to; bucket++) {
    const isLast = bucket === buckets.count - 1;
    const bound = buckets.start + (bucket + 1) * buckets.width;
    const end = isLast ? to : Math.min(to, store.records.lowerBound(bound));
    if (totals) totals.add(first, end, levels, bucket);
    else for (let i = first; i < end; i++) levels[LEVEL_OF[severity[i]!]!]![bucket]!++;
    first = end;
  }
  return to - from;
}

function addPassingLevels(
  store: LogStore,
  filter: ReadyFilter,
  buckets: Buckets,
  levels: readonly Float64Array[],
): number {
  const { time, severity } = store.rows;
  let total = 0;
  eachPassing(filter, store, store.range(buckets), (i) => {
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
  const lists = store.templateLists;
  const tally = filter.isOpen && lists ? listedTemplates(store, lists, window) : walkedTemplates(store, filter, window);
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
    first: new Float64Array(limit),
    last: new Float64Array(limit),
    highest: new Uint8Array(limit),
  };
}

function walkedTemplates(store: LogStore, filter: ReadyFilter, window: OffsetWindow): TemplateTally {
  const tally = emptyTally(store.templateLimit);
  const { counts, parts, first, last, highest } = tally;
  const { start, width } = bucketsOver(window, TREND_PARTS);
  const { time, template, severity } = store.rows;
  eachPassing(filter, store, store.range(window), (i) => {
    const row = template[i]!;
    if (counts[row]!++ === 0) first[row] = time[i]!;
    last[row] = time[i]!;
    parts[row * TREND_PARTS + Math.min(TREND_PARTS - 1, Math.floor((time[i]! - start) / width))]!++;
    if (severity[i]! > highest[row]!) highest[row] = severity[i]!;
  });
  return tally;
}

/** Without a filter the lists by template need two searches a part instead of a walk. */
function listedTemplates(store: LogStore, lists: NumberLists, window: OffsetWindow): TemplateTally {
  const tally = emptyTally(store.templateLimit);
  const { start, width } = bucketsOver(window, TREND_PARTS);
  const { time, severity } = store.rows;
  const { from, to } = store.range(window);
  const edges = Array.from({ length: TREND_PARTS + 1 }, (_, part) =>
    part === 0 ? from : part === TREND_PARTS ? to : Math.min(to, store.records.lowerBound(start + part * width)),
  );
  for (let row = 0; row < store.templateLimit; row++) {
    const { first, end } = lists.range(row, from, to);
    if (first === end) continue;
    tally.counts[row] = end - first;
    tally.first[row] = time[lists.rowAt(first)]!;
    tally.last[row] = time[lists.rowAt(end - 1)]!;
    for (let part = 0; part < TREND_PARTS; part++) {
      const within = lists.range(row, edges[part]!, edges[part + 1]!);
      tally.parts[row * TREND_PARTS + part] = within.end - within.first;
    }
    const { mildest, severest } = store.templates;
    let highest = mildest[row]!;
    // Nearly every template has one severity.
    for (let place = first; place < end && highest < severest[row]!; place++)
      highest = Math.max(highest, severity[lists.rowAt(place)]!);
    tally.highest[row] = highest;
  }
  return tally;
}

function trendOf(
  store: LogStore,
  template: number,
  parts: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): TemplateCount['trend'] {
  const quarter = (end - start) / 4;
  if (store.templates.first[template]! >= start + quarter) return 'new';
  if (store.templates.last[template]! < end - quarter) return 'gone';
  const total = parts.reduce((sum, part) => sum + part, 0);
  const most = Math.max(...parts);
  const meanOfOthers = (total - most) / (parts.length - 1);
  return most >= BURST_LEAST && most > BURST_TIMES * meanOfOthers ? 'burst' : 'steady';
}

/** Places of the records that pass, in time order: a stretch of all rows, or a list of them. */
export interface LogPlaces {
  readonly from: number;
  readonly total: number;
  /** undefined = every row from `from` on. */
  readonly list: Uint32Array | undefined;
}

export function logPlaces(store: LogStore, filter: ReadyFilter, request: WindowRequest): LogPlaces {
  const { from, to } = store.range(offsetWindow(store.origin, request, store.extent));
  if (filter.isOpen) return { from, total: to - from, list: undefined };
  let list = new Uint32Array(1_024);
  let total = 0;
  eachPassing(filter, store, { from, to }, (i) => {
    if (total === list.length) {
      const longer = new Uint32Array(list.length * 2);
      longer.set(list);
      list = longer;
    }
    list[total++] = i;
  });
  return { from, total, list: list.slice(0, total) };
}

export function placeAt({ from, list }: LogPlaces, index: number): number {
  return list ? list[index]! : from + index;
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
    const row = rowOf(store.rows.rowId[placeAt(places, at)]!);
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
  const { time, rowId } = store.rows;
  let [low, high] = [0, places.total];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const place = placeAt(places, middle);
    const isBefore =
      time[place]! < wanted.time ||
      (wanted.rowId !== undefined && time[place] === wanted.time && rowId[place]! < wanted.rowId);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  const place = low < places.total ? placeAt(places, low) : -1;
  const isExact =
    place >= 0 && (wanted.rowId === undefined ? time[place] === wanted.time : rowId[place] === wanted.rowId);
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
    const place = placeAt(places, Math.floor((i * total) / sampled));
    const id = store.rows.resource[place]!;
    const resource = resources.get(id) ?? { attributes: parsed(resourceOf(id)), count: 0 };
    resources.set(id, resource);
    resource.count++;
    const own = ownOf(store.rows.rowId[place]!);
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
