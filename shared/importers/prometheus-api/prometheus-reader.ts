/**
 * Reads answers of the Prometheus HTTP API (and of the servers that speak it): instant and range queries, exports, alerts
 * and rules. One `[time, value]` pair is one metric point. Times are seconds as floats, values are text.
 */
import type { Attributes } from '../../model/resource.ts';
import { unixNano, type UnixNano } from '../../model/time.ts';
import { alertOfPrometheus } from '../prometheus-alert.ts';
import type { ImportContext } from '../importer.ts';
import { isObject, listOf, numberOf, objectsOf, textOf, type JsonObject } from '../json-fields.ts';
import type { JsonPath, JsonPlace } from '../json-stream/json-values.ts';
import type { MetricSeriesOfResource } from '../metric-batch-builder.ts';
import { prometheusNumber, seriesOfLabels } from '../metric-name.ts';
import type { RecordCollector } from '../record-collector.ts';
import type { JsonRecordReader } from '../run-json-import.ts';

/** Pairs of a series too large to hold that may wait for its labels. */
const MAX_WAITING = 100_000;

interface OpenSeries {
  series: MetricSeriesOfResource | undefined;
  readonly waiting: { readonly pair: unknown; readonly place: JsonPlace; readonly isHistogram: boolean }[];
}

/** Seconds since the epoch as a float; microseconds are what a double holds of it. */
export function unixNanoOfSeconds(seconds: number): UnixNano | undefined {
  if (!(seconds > 0 && seconds < 9.2e9)) return undefined;
  const whole = Math.floor(seconds);
  return unixNano(BigInt(whole) * 1_000_000_000n + BigInt(Math.round((seconds - whole) * 1e6)) * 1000n);
}

export class PrometheusReader implements JsonRecordReader {
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  /** The series that is being read member by member. */
  #open: OpenSeries | undefined;

  constructor(collector: RecordCollector, context: ImportContext) {
    this.#collector = collector;
    this.#context = context;
  }

  isRecord(path: JsonPath): boolean {
    const last = path.at(-1);
    const container = path.at(-2);
    if (typeof last === 'number') return container === 'values' || container === 'histograms' || container === 'alerts';
    // Lists in an object of their own are an export, a series a line: without its times, which follow, it says nothing.
    if (path.length === 1 && (last === 'values' || last === 'timestamps')) return true;
    return last === 'metric' || last === 'value' || last === 'histogram';
  }

  value(value: unknown, place: JsonPlace): void {
    const { path } = place;
    const last = path.at(-1);
    const container = path.at(-2);
    if (container === 'values' || container === 'histograms')
      this.#pairOfOpen(value, place, container === 'histograms');
    else if (isObject(value) && container === 'alerts') this.#alert(value, place);
    else if (isObject(value) && container === 'groups') this.#ruleGroup(value, place);
    else if (isObject(value) && container === 'rules') this.#ruleGroup({ rules: [value] }, place);
    else if (last === 'metric' && typeof container === 'number') this.#openLabels(value);
    else if ((last === 'values' || last === 'value') && typeof container === 'number') {
      for (const pair of last === 'value' ? [value] : listOf(value)) this.#pairOfOpen(pair, place, false);
    } else if (path.length === 0 || typeof last === 'number') this.#document(value, place);
    else if (last === 'data') this.#data(value, place);
    else if (last === 'result') this.#result(value, '', place);
    else if (last === 'alerts' || last === 'groups') this.#data({ [last]: value }, place);
    else if (last === 'warnings' || last === 'infos') this.#notes({ [last]: value });
  }

  leave(path: JsonPath): void {
    if (path.at(-1) === 'values' || path.at(-1) === 'histograms') return;
    const open = this.#open;
    this.#open = undefined;
    for (const { pair, place } of open?.waiting ?? [])
      place.reject('The pair belongs to a series without labels.', pair);
  }

  #document(value: unknown, place: JsonPlace): void {
    this.#context.throwIfCancelled();
    if (Array.isArray(value)) for (const item of value) this.#document(item, place);
    else if (!isObject(value)) place.reject('An answer of the Prometheus API has to be a JSON object.', value);
    else if (isObject(value['metric'])) this.#series(value, place);
    else if ('data' in value || 'status' in value) {
      this.#notes(value);
      if (value['status'] === 'error') {
        place.reject(`The query failed at the server: ${textOf(value['error']) || textOf(value['errorType'])}.`, value);
      } else this.#data(value['data'], place);
    } else if ('result' in value || 'resultType' in value) this.#data(value, place);
    else place.reject('The document is no answer of the Prometheus API.', value);
  }

  #notes(answer: JsonObject): void {
    for (const note of [...listOf(answer['warnings']), ...listOf(answer['infos'])]) {
      if (typeof note === 'string') this.#context.warn(`Prometheus reported: ${note}`);
    }
  }

  #data(data: unknown, place: JsonPlace): void {
    if (Array.isArray(data)) {
      this.#context.warn(
        `The answer lists ${data.length} label sets or names without points; there is nothing to import.`,
      );
      return;
    }
    if (!isObject(data)) return;
    if ('result' in data) this.#result(data['result'], textOf(data['resultType']), place);
    for (const alert of objectsOf(data['alerts'])) this.#alert(alert, place);
    for (const group of objectsOf(data['groups'])) this.#ruleGroup(group, place);
    if ('activeTargets' in data) {
      const count = listOf(data['activeTargets']).length;
      this.#context.warn(`The answer lists ${count} scrape targets; targets are not imported.`);
    }
  }

  #ruleGroup(group: JsonObject, place: JsonPlace): void {
    const rules = objectsOf(group['rules']);
    if (rules.length > 0) this.#context.countOther('rules', rules.length);
    for (const rule of rules) for (const alert of objectsOf(rule['alerts'])) this.#alert(alert, place);
  }

  #alert(alert: JsonObject, place: JsonPlace): void {
    const read = alertOfPrometheus(alert);
    if (typeof read === 'string') place.reject(read, alert);
    else this.#collector.object({ alert: read });
  }

  #result(result: unknown, resultType: string, place: JsonPlace): void {
    const list = listOf(result);
    if (resultType === 'string') place.reject('The query answered with a text, which is no metric.', result);
    else if (list.length === 2 && !isObject(list[0]) && !Array.isArray(list[0])) {
      this.#point(list, this.#seriesOf({}), place, false);
    } else for (const series of list) this.#series(series, place);
  }

  #seriesOf(labels: unknown): MetricSeriesOfResource {
    const all: Attributes = isObject(labels)
      ? Object.fromEntries(
          Object.entries(labels).map(([name, value]) => [name, typeof value === 'string' ? value : String(value)]),
        )
      : {};
    const { __name__: name, ...rest } = all;
    // An aggregation has lost its name; the file's is the best hint at the question that was asked.
    return seriesOfLabels(typeof name === 'string' && name !== '' ? name : nameOfPath(this.#context.path), rest);
  }

  #series(value: unknown, place: JsonPlace): void {
    if (!isObject(value)) return place.reject('A series has to be a JSON object.', value);
    const series = this.#seriesOf(value['metric']);
    const { values, timestamps } = value;
    // VictoriaMetrics exports values and times as two lists, times in milliseconds.
    if (Array.isArray(values) && Array.isArray(timestamps)) {
      values.forEach((item, i) => this.#point([numberOf(timestamps[i]) / 1000, item], series, place, false));
      return;
    }
    if (value['value'] !== undefined) this.#point(value['value'], series, place, false);
    if (value['histogram'] !== undefined) this.#point(value['histogram'], series, place, true);
    for (const pair of listOf(values)) this.#point(pair, series, place, false);
    for (const pair of listOf(value['histograms'])) this.#point(pair, series, place, true);
  }

  #openLabels(labels: unknown): void {
    const waiting = this.#open?.waiting ?? [];
    this.#open = { series: this.#seriesOf(labels), waiting: [] };
    for (const { pair, place, isHistogram } of waiting) this.#pairOfOpen(pair, place, isHistogram);
  }

  #pairOfOpen(pair: unknown, place: JsonPlace, isHistogram: boolean): void {
    const open = (this.#open ??= { series: undefined, waiting: [] });
    if (open.series) this.#point(pair, open.series, place, isHistogram);
    else if (open.waiting.length < MAX_WAITING) open.waiting.push({ pair, place, isHistogram });
    else place.reject('The labels of this series come too far behind its values.', pair);
  }

  #point(pair: unknown, labelled: MetricSeriesOfResource, place: JsonPlace, isHistogram: boolean): void {
    const [at, raw] = listOf(pair);
    const time = unixNanoOfSeconds(numberOf(at));
    if (time === undefined) return place.reject('A point needs a time in seconds.', pair);
    const builder = this.#collector.metrics();
    if (isHistogram && isObject(raw)) {
      const series = builder.seriesOfResource({ ...labelled, type: 'histogram', temporality: 'cumulative' });
      const count = numberOf(raw['count']);
      const sum = numberOf(raw['sum']);
      const buckets = listOf(raw['buckets']).map((bucket) => listOf(bucket).map(numberOf));
      builder.add({
        series,
        timeUnixNano: time,
        value: sum / count,
        count,
        sum,
        detailJson: JSON.stringify({ buckets }),
      });
      return;
    }
    const value =
      typeof raw === 'number' ? raw : typeof raw === 'string' ? prometheusNumber(raw) : raw === null ? NaN : undefined;
    if (value === undefined) return place.reject('The value of a point is no number.', pair);
    builder.add({ series: builder.seriesOfResource(labelled), timeUnixNano: time, value });
  }
}

/** `metrics/cpu_usage.json` → `cpu_usage`. */
function nameOfPath(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return base.replace(/(?:\.[A-Za-z0-9]{1,6})+$/, '') || 'query_result';
}
