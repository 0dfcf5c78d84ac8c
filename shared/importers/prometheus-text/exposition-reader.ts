/**
 * Reads text exposition, Prometheus 0.0.4 and OpenMetrics 1.0 alike: they differ in little, and files mix them. One sample
 * line is one metric point; the buckets of a histogram stay series with their `le`.
 */
import type { MetricType } from '../../model/metric.ts';
import { unixNano, type UnixNano } from '../../model/time.ts';
import { ucumOf } from '../../semconv/units.ts';
import type { ImportContext } from '../importer.ts';
import type { MetricSeriesOfResource } from '../metric-batch-builder.ts';
import { prometheusNumber, seriesOfLabels, typeOfMetricName } from '../metric-name.ts';
import type { RecordCollector } from '../record-collector.ts';
import { parseSampleLine, type SampleLine } from './sample-line.ts';

/** Series remembered so that a repeated one is not analysed again. */
const MAX_SERIES = 100_000;
/** Suffixes of the lines of one family. */
const SUFFIX = /_(?:total|bucket|count|sum|created|info|gcount|gsum)$/;
const COMMENT = /^#\s*(TYPE|UNIT|HELP|EOF)(?:\s+("(?:[^"\\]|\\.)*"|\S+)(?:\s+(.*))?)?$/;
/** Below this a number of milliseconds would be before 1973 and one of seconds after 5138. */
const SECONDS_LIMIT = 1e11;

/** Seconds in OpenMetrics, milliseconds in the older format: the magnitude tells which. */
export function expositionTime(text: string): UnixNano | undefined {
  const value = Number(text);
  if (!(value > 0)) return undefined;
  const isMs = value >= SECONDS_LIMIT && !text.includes('.');
  const seconds = isMs ? value / 1000 : value;
  if (seconds > 9.2e9) return undefined;
  const whole = Math.floor(seconds);
  const nanoseconds = isMs ? (value - whole * 1000) * 1e6 : Math.round((seconds - whole) * 1e6) * 1000;
  return unixNano(BigInt(whole) * 1_000_000_000n + BigInt(Math.round(nanoseconds)));
}

export class ExpositionReader {
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  readonly #types = new Map<string, string>();
  readonly #units = new Map<string, string>();
  readonly #series = new Map<string, MetricSeriesOfResource>();

  constructor(collector: RecordCollector, context: ImportContext) {
    this.#collector = collector;
    this.#context = context;
  }

  line(text: string, number: number, byteOffset: number): void {
    if (text.trim() === '') return;
    if (text.trimStart().startsWith('#')) {
      this.#comment(text.trim());
      return;
    }
    const sample = parseSampleLine(text);
    const problem = sample ? this.#sample(sample) : 'The line is no sample: a name, labels in braces, a value.';
    if (problem !== undefined)
      this.#collector.reject({ line: number, byteOffset, reason: problem, excerpt: text.slice(0, 1000) });
  }

  #comment(text: string): void {
    const [, keyword, quoted = '', rest = ''] = COMMENT.exec(text) ?? [];
    const name = quoted.startsWith('"') ? quoted.slice(1, -1) : quoted;
    const map = keyword === 'TYPE' ? this.#types : keyword === 'UNIT' ? this.#units : undefined;
    if (map && map.size < MAX_SERIES) map.set(name, rest.trim());
  }

  #sample(sample: SampleLine): string | undefined {
    const value = prometheusNumber(sample.valueText);
    if (value === undefined) return `The value "${sample.valueText.slice(0, 40)}" is no number.`;
    const own = sample.timeText === '' ? undefined : expositionTime(sample.timeText);
    if (sample.timeText !== '' && own === undefined)
      return `The time "${sample.timeText.slice(0, 40)}" is no time stamp.`;
    const series = this.#seriesOf(sample);
    const builder = this.#collector.metrics();
    builder.add({
      series: builder.seriesOfResource(series),
      timeUnixNano: own ?? this.#inferredTime(),
      isTimeInferred: own === undefined,
      value,
      detailJson: sample.exemplarText === '' ? '' : exemplarJson(sample.exemplarText),
    });
    return undefined;
  }

  /** A scrape says nothing about when; the file was written right after it. */
  #inferredTime(): UnixNano {
    if (this.#context.fileTime !== undefined) {
      this.#context.warn('The samples carry no time; the time of the file stands in.');
      return this.#context.fileTime;
    }
    this.#context.warn('The samples carry no time and the time of the file is not known; they are dated 1970.');
    return unixNano(0);
  }

  #seriesOf(sample: SampleLine): MetricSeriesOfResource {
    const known = this.#series.get(sample.seriesText);
    if (known) return known;
    const unit = this.#unitOf(sample.name);
    const plain = seriesOfLabels(sample.name, sample.labels, this.#typeOf(sample));
    const series = unit === undefined ? plain : { ...plain, unit };
    if (this.#series.size >= MAX_SERIES) this.#series.clear();
    this.#series.set(sample.seriesText, series);
    return series;
  }

  #unitOf(name: string): string | undefined {
    if (name.endsWith('_count') || name.endsWith('_bucket')) return undefined;
    const unit = this.#units.get(name) ?? this.#units.get(name.replace(SUFFIX, ''));
    return unit === undefined ? undefined : ucumOf(unit);
  }

  /** The declared type of the family, as far as it says something about this line of it. */
  #typeOf({ name, labels }: SampleLine): MetricType {
    const suffix = SUFFIX.exec(name)?.[0] ?? '';
    if (suffix === '_created') return 'gauge';
    const declared = this.#types.get(name) ?? this.#types.get(name.replace(SUFFIX, ''));
    switch (declared) {
      case 'counter':
        return 'counter';
      case 'gauge':
      case 'info':
      case 'stateset':
      case 'gaugehistogram':
        return 'gauge';
      case 'histogram':
        return 'counter';
      case 'summary':
        return 'quantile' in labels ? 'gauge' : 'counter';
      default:
        return typeOfMetricName(name);
    }
  }
}

/** `{trace_id="…"} 0.67 1520879607.789` → compact JSON. */
function exemplarJson(text: string): string {
  const exemplar = parseSampleLine(`exemplar${text}`);
  if (!exemplar) return '';
  const time = exemplar.timeText === '' ? undefined : expositionTime(exemplar.timeText);
  return JSON.stringify({
    exemplars: [
      {
        labels: exemplar.labels,
        value: prometheusNumber(exemplar.valueText) ?? null,
        ...(time !== undefined && { timeUnixNano: String(time) }),
      },
    ],
  });
}
