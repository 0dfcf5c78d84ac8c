/**
 * Gauges, sums and histograms straight from their bytes. Series are told by the bytes of their attributes, so a point of
 * a known series costs no parsing of them. Whatever is spelled in another way than exporters do (exemplars, exponents,
 * null, names of old versions) is handed to `metric-reader`, point by point or as a whole metric: what comes out is the
 * same either way.
 */
import type { MetricType, Temporality } from '../../model/metric.ts';
import type { Attributes, Resource } from '../../model/resource.ts';
import { ByteInterner } from '../byte-interner.ts';
import * as json from '../json-stream/json-bytes.ts';
import type { JsonCursor } from '../json-stream/json-cursor.ts';
import { decodeText } from '../json-stream/json-range.ts';
import { KeyTable } from '../json-stream/key-table.ts';
import type { MetricBatchBuilder } from '../metric-batch-builder.ts';
import type { RecordCollector } from '../record-collector.ts';
import { attributesOf } from './any-value.ts';
import { copyIntegerArray, decimalOf, jsonNumberOf } from './decimal-bytes.ts';
import { numbersOf, readMetricPoint, temporalityOf, type MetricKind } from './metric-reader.ts';

const METRIC = { name: 1, unit: 2, gauge: 3, sum: 4, histogram: 5, ignored: 6 } as const;
const metricKeys = new KeyTable({ ...METRIC, description: METRIC.ignored });
const DATA = { dataPoints: 1, aggregationTemporality: 2, isMonotonic: 3 } as const;
const dataKeys = new KeyTable(DATA);
const POINT = {
  attributes: 1,
  timeUnixNano: 2,
  asDouble: 3,
  asInt: 4,
  count: 5,
  sum: 6,
  min: 7,
  max: 8,
  flags: 9,
  bucketCounts: 10,
  explicitBounds: 11,
  startTimeUnixNano: 12,
} as const;
const pointKeys = new KeyTable(POINT);

const MAX_SERIES = 1 << 17;
const MAX_COUNTS_BYTES = 4096;
const MAX_SECONDS = 9_223_372_035;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

interface KnownSeries {
  readonly attributes: Attributes;
  /** The batch `index` belongs to. */
  batchNumber: number;
  index: number;
}
/** Series of one metric of one resource, by the number of their attributes. */
type SeriesTable = Map<number, KnownSeries>;

interface Header {
  readonly name: string;
  readonly unit: string;
  readonly kind: MetricKind;
}

export class MetricPointReader {
  readonly #collector: RecordCollector;
  readonly #attributeBytes = new ByteInterner(1 << 16);
  readonly #boundsBytes = new ByteInterner(1 << 10);
  readonly #counts = new Uint8Array(MAX_COUNTS_BYTES);
  #attributeGeneration = 0;
  #boundsGeneration = 0;
  #boundsTexts: string[] = [];
  #tables = new Map<Resource, Map<string, SeriesTable>>();
  #seriesCount = 0;
  // Of the metric being read.
  #name = '';
  #unit = '';
  #type: MetricType | undefined;
  #temporality: Temporality = 'unspecified';
  #pointsAt = -1;
  // Of the point being read; NaN = absent.
  #attributesAt = -1;
  #attributesEnd = -1;
  #time = 0n;
  #asDouble: number | undefined;
  #asInt: number | undefined;
  #count = 0;
  #sum = NaN;
  #min: number | undefined;
  #max: number | undefined;
  #flags = 0;
  #countsText = '[]';
  #boundsText = '[]';

  constructor(collector: RecordCollector) {
    this.#collector = collector;
  }

  /**
   * Reads the metric at the cursor. False when it has to be read the general way; nothing of it was then added, and the
   * cursor is anywhere. Points that cannot be kept go to `rejectPoint`.
   */
  read(cursor: JsonCursor, resource: Resource, rejectPoint: (reason: string) => void): boolean {
    if (!this.#readHeader(cursor) || this.#type === undefined || this.#pointsAt < 0 || this.#name === '') return false;
    const after = cursor.position;
    const shape = this.#type === 'histogram' ? 'histogram' : 'number';
    const header: Header = {
      name: this.#name,
      unit: this.#unit,
      kind: { shape, type: this.#type, temporality: this.#temporality },
    };
    const table = this.#tableOf(resource, header);
    cursor.position = this.#pointsAt;
    if (!cursor.open(json.OPEN_BRACKET)) return false;
    while (cursor.nextElement()) {
      const start = cursor.position;
      if (this.#readPoint(cursor)) {
        this.#add(cursor, header, resource, table);
        continue;
      }
      cursor.failed = false;
      cursor.position = start;
      if (!cursor.skipValue()) break;
      const point = cursor.parse(start, cursor.position);
      const problem = readMetricPoint(point, header.kind, header, resource, this.#collector);
      if (problem !== undefined) rejectPoint(`Metric "${header.name}": ${problem}`);
    }
    cursor.failed = false;
    cursor.position = after;
    return true;
  }

  #readHeader(cursor: JsonCursor): boolean {
    this.#name = '';
    this.#unit = '';
    this.#type = undefined;
    this.#temporality = 'unspecified';
    this.#pointsAt = -1;
    if (!cursor.open(json.OPEN_BRACE)) return false;
    while (cursor.nextKey()) {
      const code = metricKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (code === METRIC.name || code === METRIC.unit) {
        const text = cursor.readString() ? cursor.text() : undefined;
        if (text === undefined) return false;
        if (code === METRIC.name) this.#name = text;
        else this.#unit = text;
      } else if (code === METRIC.ignored) {
        if (!cursor.skipValue()) return false;
      } else if (code === 0 || this.#type !== undefined || !this.#readData(cursor, code)) return false;
    }
    return !cursor.failed;
  }

  /** Finds the points and what describes them, which may stand behind them. */
  #readData(cursor: JsonCursor, code: number): boolean {
    let isMonotonic = false;
    if (!cursor.open(json.OPEN_BRACE)) return false;
    while (cursor.nextKey()) {
      const member = dataKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (member === DATA.dataPoints && this.#pointsAt < 0) {
        cursor.peek();
        this.#pointsAt = cursor.position;
        if (!cursor.skipValue()) return false;
      } else if (member === DATA.isMonotonic) isMonotonic = cursor.parseValue() === true;
      else if (member === DATA.aggregationTemporality && code !== METRIC.gauge)
        this.#temporality = temporalityOf(cursor.parseValue());
      else return false;
    }
    if (code === METRIC.gauge) this.#type = 'gauge';
    else if (code === METRIC.histogram) this.#type = 'histogram';
    else this.#type = isMonotonic ? 'counter' : 'updown';
    return !cursor.failed;
  }

  /** False when the point is spelled in a way that is not known here. */
  #readPoint(cursor: JsonCursor): boolean {
    this.#attributesAt = -1;
    this.#time = 0n;
    this.#asDouble = this.#asInt = this.#min = this.#max = undefined;
    this.#count = this.#flags = 0;
    this.#sum = NaN;
    this.#countsText = this.#boundsText = '[]';
    if (!cursor.open(json.OPEN_BRACE)) return false;
    while (cursor.nextKey()) {
      const code = pointKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (!this.#readMember(cursor, code)) return false;
    }
    return !cursor.failed && this.#time > 0n;
  }

  #readMember(cursor: JsonCursor, code: number): boolean {
    if (code === 0) return false;
    if (code === POINT.startTimeUnixNano) return cursor.skipValue();
    const first = cursor.peek();
    if (code === POINT.attributes || code === POINT.bucketCounts || code === POINT.explicitBounds) {
      const start = cursor.position;
      if (first !== json.OPEN_BRACKET || !cursor.skipValue()) return false;
      return this.#takeList(cursor, code, start);
    }
    if (first === json.QUOTE ? !cursor.readString() : !cursor.readLiteral()) return false;
    const { bytes, textStart, textEnd } = cursor;
    if (code === POINT.timeUnixNano) return this.#takeTime(bytes, textStart, textEnd);
    const value = jsonNumberOf(bytes, textStart, textEnd);
    if (value === undefined) return false;
    this.#takeNumber(code, value);
    return true;
  }

  #takeNumber(code: number, value: number): void {
    switch (code) {
      case POINT.asDouble:
        this.#asDouble = value;
        break;
      case POINT.asInt:
        this.#asInt = value;
        break;
      case POINT.count:
        this.#count = value;
        break;
      case POINT.sum:
        this.#sum = value;
        break;
      case POINT.min:
        this.#min = value;
        break;
      case POINT.max:
        this.#max = value;
        break;
      default:
        this.#flags = value;
    }
  }

  #takeTime(bytes: Uint8Array, start: number, end: number): boolean {
    const split = end - 9;
    if (split <= start) return false;
    const seconds = decimalOf(bytes, start, split);
    const nanoseconds = decimalOf(bytes, split, end);
    if (seconds <= 0 || nanoseconds < 0 || seconds > MAX_SECONDS) return false;
    this.#time = BigInt(seconds) * NANOSECONDS_PER_SECOND + BigInt(nanoseconds);
    return true;
  }

  #takeList({ bytes, position }: JsonCursor, code: number, start: number): boolean {
    if (code === POINT.attributes) {
      this.#attributesAt = start;
      this.#attributesEnd = position;
      return true;
    }
    if (code === POINT.bucketCounts) {
      const length = copyIntegerArray(bytes, start, position, this.#counts);
      if (length < 0) return false;
      this.#countsText = decodeText(this.#counts, 0, length);
      return true;
    }
    const id = this.#boundsBytes.intern(bytes, start, position);
    if (this.#boundsGeneration !== this.#boundsBytes.generation) {
      this.#boundsGeneration = this.#boundsBytes.generation;
      this.#boundsTexts = [];
    }
    const text = (this.#boundsTexts[id] ??= boundsTextOf(bytes, start, position));
    this.#boundsText = text;
    return text !== '';
  }

  #add(cursor: JsonCursor, header: Header, resource: Resource, table: SeriesTable): void {
    const builder = this.#collector.metrics();
    const known = this.#seriesOf(cursor, table);
    if (known.batchNumber !== builder.batchNumber) {
      known.index = newSeries(builder, header, resource, known.attributes);
      known.batchNumber = builder.batchNumber;
    }
    const isStale = (this.#flags & 1) === 1;
    const point = {
      series: known.index,
      timeUnixNano: this.#time as Parameters<typeof builder.add>[0]['timeUnixNano'],
    };
    if (header.kind.shape === 'number') {
      builder.add({ ...point, value: isStale ? NaN : (this.#asDouble ?? this.#asInt ?? NaN) });
      return;
    }
    const count = this.#count;
    const sum = this.#sum;
    const value = count > 0 && !isStale ? sum / count : NaN;
    builder.add({ ...point, value, count, sum, detailJson: this.#detail() });
  }

  #detail(): string {
    const extremes =
      (this.#min === undefined ? '' : `,"min":${this.#min}`) + (this.#max === undefined ? '' : `,"max":${this.#max}`);
    return `{"bounds":${this.#boundsText},"counts":${this.#countsText}${extremes}}`;
  }

  #tableOf(resource: Resource, { name, unit, kind }: Header): SeriesTable {
    if (this.#seriesCount > MAX_SERIES) this.#forgetSeries();
    let ofResource = this.#tables.get(resource);
    if (!ofResource) this.#tables.set(resource, (ofResource = new Map()));
    const key = `${kind.type} ${kind.temporality} ${unit.length} ${unit} ${name}`;
    let table = ofResource.get(key);
    if (!table) ofResource.set(key, (table = new Map()));
    return table;
  }

  #forgetSeries(): void {
    this.#tables = new Map();
    this.#seriesCount = 0;
  }

  #seriesOf(cursor: JsonCursor, table: SeriesTable): KnownSeries {
    const hasAttributes = this.#attributesAt >= 0;
    const id = hasAttributes
      ? this.#attributeBytes.intern(cursor.bytes, this.#attributesAt, this.#attributesEnd)
      : NO_ATTRIBUTES;
    if (this.#attributeGeneration !== this.#attributeBytes.generation) {
      this.#attributeGeneration = this.#attributeBytes.generation;
      this.#forgetSeries();
      table.clear();
    }
    let known = table.get(id);
    if (!known) {
      const value = hasAttributes ? cursor.parse(this.#attributesAt, this.#attributesEnd) : undefined;
      known = { attributes: attributesOf(value), batchNumber: -1, index: 0 };
      table.set(id, known);
      this.#seriesCount++;
    }
    return known;
  }
}

const NO_ATTRIBUTES = -1;

function newSeries(
  builder: MetricBatchBuilder,
  { name, unit, kind: { type, temporality } }: Header,
  resource: Resource,
  attributes: Attributes,
): number {
  return builder.newSeries({
    name,
    unit,
    type,
    temporality,
    attributes,
    resource: builder.resourceIndex(resource),
  });
}

/** Bounds as compact JSON, '' when they are no JSON. */
function boundsTextOf(bytes: Uint8Array, start: number, end: number): string {
  try {
    return JSON.stringify(numbersOf(JSON.parse(decodeText(bytes, start, end))));
  } catch {
    return '';
  }
}
