/** Collects metric points into columns over a dictionary of series; series and resources are interned per batch. */
import type { MetricBatch, MetricSeriesKey } from '../model/metric.ts';
import type { Attributes, Resource } from '../model/resource.ts';
import type { UnixNano } from '../model/time.ts';
import { ResourceTable } from './resource-table.ts';

export interface MetricSeriesOfResource extends Omit<MetricSeriesKey, 'resource'> {
  readonly resource: Resource;
}
export interface MetricPointFields {
  /** From `series()`. */
  readonly series: number;
  readonly timeUnixNano: UnixNano;
  readonly isTimeInferred?: boolean;
  readonly value: number;
  /** Histograms and summaries. */
  readonly count?: number | undefined;
  readonly sum?: number | undefined;
  readonly detailJson?: string | undefined;
}

/** Series repeat from scrape to scrape: the larger the batch, the fewer of them travel. */
const CAPACITY = 32_768;

function allocate(capacity: number) {
  return {
    seriesIndex: new Uint32Array(capacity),
    timeUnixNano: new BigInt64Array(capacity),
    isTimeInferred: new Uint8Array(capacity),
    value: new Float64Array(capacity),
    count: new Float64Array(capacity),
    sum: new Float64Array(capacity),
    detailJson: [] as string[],
  };
}

export class MetricBatchBuilder {
  readonly #capacity: number;
  readonly #resources = new ResourceTable();
  #seriesIndex = new Map<string, number>();
  #series: MetricSeriesKey[] = [];
  #byIdentity = new Map<MetricSeriesOfResource, number>();
  #columns: ReturnType<typeof allocate>;
  length = 0;
  /** Grows with every `take`: indexes given out under another number are void. */
  batchNumber = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
    this.#columns = allocate(capacity);
  }

  /** Index of a resource with these attributes; entities follow from the attributes unless `override` names them. */
  resource(attributes: Attributes, override?: Partial<Resource>): number {
    return this.#resources.indexOf(attributes, override);
  }

  /** Index of a resource object; equal objects are told by identity, so pass the same one again. */
  resourceIndex(resource: Resource): number {
    return this.#resources.indexOfResource(resource);
  }

  /** Index of a series; equal keys get one index. `key.resource` comes from `resource()`. */
  series(key: MetricSeriesKey): number {
    const text = JSON.stringify([key.name, key.unit, key.type, key.temporality, key.resource, key.attributes]);
    let index = this.#seriesIndex.get(text);
    if (index === undefined) {
      index = this.#series.push(key) - 1;
      this.#seriesIndex.set(text, index);
    }
    return index;
  }

  /** Index of a series the caller knows to be new in this batch (by `batchNumber`); not looked up. */
  newSeries(key: MetricSeriesKey): number {
    return this.#series.push(key) - 1;
  }

  /** The same for a series that carries its resource; told by identity first, so pass the same object again. */
  seriesOfResource(series: MetricSeriesOfResource): number {
    let index = this.#byIdentity.get(series);
    if (index === undefined) {
      const { resource, ...key } = series;
      index = this.series({ ...key, resource: this.#resources.indexOf(resource.attributes, resource) });
      this.#byIdentity.set(series, index);
    }
    return index;
  }

  add(point: MetricPointFields): void {
    const row = this.length++;
    const columns = this.#columns;
    columns.seriesIndex[row] = point.series;
    columns.timeUnixNano[row] = point.timeUnixNano;
    columns.isTimeInferred[row] = point.isTimeInferred ? 1 : 0;
    columns.value[row] = point.value;
    columns.count[row] = point.count ?? NaN;
    columns.sum[row] = point.sum ?? NaN;
    columns.detailJson.push(point.detailJson ?? '');
  }

  isFull(): boolean {
    return this.length >= this.#capacity;
  }

  /** The batch so far; the builder starts anew and indexes given out before are void. */
  take(): MetricBatch {
    const n = this.length;
    const full = n === this.#capacity;
    const c = this.#columns;
    const batch: MetricBatch = {
      kind: 'metrics',
      length: n,
      seriesIndex: full ? c.seriesIndex : c.seriesIndex.slice(0, n),
      timeUnixNano: full ? c.timeUnixNano : c.timeUnixNano.slice(0, n),
      isTimeInferred: full ? c.isTimeInferred : c.isTimeInferred.slice(0, n),
      value: full ? c.value : c.value.slice(0, n),
      count: full ? c.count : c.count.slice(0, n),
      sum: full ? c.sum : c.sum.slice(0, n),
      detailJson: c.detailJson,
      series: this.#series,
      resources: this.#resources.take(),
    };
    this.#seriesIndex = new Map();
    this.#series = [];
    this.#byIdentity = new Map();
    this.#columns = allocate(this.#capacity);
    this.length = 0;
    this.batchNumber++;
    return batch;
  }
}
