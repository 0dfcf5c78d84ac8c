/**
 * The builders of one import together. An importer adds to whichever it needs and passes on what `drain` hands out;
 * batches come in a fixed order of kinds, so the same bytes give the same batches.
 */
import type { RecordBatch, RejectedRecord } from '../model/record-batch.ts';
import { LogBatchBuilder } from './log-batch-builder.ts';
import { MetricBatchBuilder } from './metric-batch-builder.ts';
import { ObjectBatchBuilder, RejectedBatchBuilder, type ObjectFields } from './object-batch-builder.ts';
import { SpanBatchBuilder } from './span-batch-builder.ts';

export class RecordCollector {
  /** Filled batches that nobody has fetched yet. */
  #ready: RecordBatch[] = [];
  readonly #objects = new ObjectBatchBuilder();
  readonly #rejected = new RejectedBatchBuilder();
  #spans: SpanBatchBuilder | undefined;
  #logs: LogBatchBuilder | undefined;
  #metrics: MetricBatchBuilder | undefined;

  /** The builder to add the next span to, never full. Resource indexes hold until the next call. */
  spans(): SpanBatchBuilder {
    const builder = (this.#spans ??= new SpanBatchBuilder());
    if (builder.isFull()) this.#ready.push(builder.take());
    return builder;
  }

  logs(): LogBatchBuilder {
    const builder = (this.#logs ??= new LogBatchBuilder());
    if (builder.isFull()) this.#ready.push(builder.take());
    return builder;
  }

  metrics(): MetricBatchBuilder {
    const builder = (this.#metrics ??= new MetricBatchBuilder());
    if (builder.isFull()) this.#ready.push(builder.take());
    return builder;
  }

  object(record: ObjectFields): void {
    this.#objects.add(record);
    if (this.#objects.isFull()) this.#ready.push(this.#objects.take());
  }

  reject(record: RejectedRecord): void {
    this.#rejected.add(record);
    if (this.#rejected.isFull()) this.#ready.push(this.#rejected.take());
  }

  hasReady(): boolean {
    return this.#ready.length > 0;
  }

  /** Full batches since the last call. */
  drain(): readonly RecordBatch[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Everything that is left; the collector is empty afterwards. */
  finish(): readonly RecordBatch[] {
    const rest = [this.#spans, this.#logs, this.#metrics, this.#objects, this.#rejected];
    for (const builder of rest) if (builder && builder.length > 0) this.#ready.push(builder.take());
    return this.drain();
  }
}
