/**
 * Finds spans in Jaeger JSON: a bare trace `{traceID, spans, processes}`, an API answer `{data: trace | traces}`, lists of
 * traces, and rows of an Elasticsearch dump (a span with its `process` inside).
 * Invariant: a span is read with the process it names; spans of a trace too large to hold wait for its processes.
 */
import type { Resource } from '../../model/resource.ts';
import type { ImportContext } from '../importer.ts';
import { isObject, listOf, textOf, type JsonObject } from '../json-fields.ts';
import type { JsonPath, JsonPlace } from '../json-stream/json-values.ts';
import type { RecordCollector } from '../record-collector.ts';
import type { JsonRecordReader } from '../run-json-import.ts';
import { addJaegerSpan, resourceOfProcess } from './jaeger-span.ts';

/** Text of waiting spans kept at most. */
const MAX_WAITING_BYTES = 64 << 20;
/** Members with something to read in them when the document comes member by member. */
const ENTERED = new Set<unknown>(['data', 'spans', 'processes', 'errors']);

interface WaitingSpan {
  readonly span: JsonObject;
  readonly place: JsonPlace;
}

export class JaegerReader implements JsonRecordReader {
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  readonly #processes = new Map<string, Resource>();
  /** Of the trace that is being read member by member. */
  #entered: ReadonlyMap<string, Resource> | undefined;
  #waiting: WaitingSpan[] = [];
  #waitingBytes = 0;

  constructor(collector: RecordCollector, context: ImportContext) {
    this.#collector = collector;
    this.#context = context;
  }

  isRecord(path: JsonPath): boolean {
    const last = path.at(-1);
    return typeof last === 'string' ? !ENTERED.has(last) : path.at(-2) === 'spans';
  }

  value(value: unknown, place: JsonPlace): void {
    const last = place.path.at(-1);
    const container = place.path.at(-2);
    if (last === 'processes') this.#enterProcesses(this.#resourcesOf(value));
    else if (last === 'spans') for (const span of listOf(value)) this.#spanOfEntered(span, place);
    else if (container === 'spans' && typeof last === 'number') this.#spanOfEntered(value, place);
    else if (last === undefined || last === 'data' || typeof last === 'number') this.#document(value, place);
    else if (last === 'errors') this.#reportErrors(value);
  }

  leave(path: JsonPath): void {
    // The trace is over, and with it the chance that its processes come.
    if (path.at(-1) !== 'spans' && path.at(-2) !== 'spans' && path.at(-1) !== 'processes') {
      this.#flush();
      this.#entered = undefined;
    }
  }

  finish(): void {
    this.#flush();
  }

  #document(value: unknown, place: JsonPlace): void {
    if (Array.isArray(value)) for (const item of value) this.#document(item, place);
    else if (!isObject(value)) place.reject('A Jaeger document has to be a JSON object.', value);
    else if (Array.isArray(value['spans'])) this.#trace(value, place);
    else if ('data' in value) {
      this.#reportErrors(value['errors']);
      if (value['data'] !== null) this.#document(value['data'], place);
    } else if (textOf(value['spanID']) !== '') this.#dumpRow(value, place);
    else if (isObject(value['_source'])) this.#document(value['_source'], place);
    else place.reject('The document holds neither a Jaeger trace nor a span.', value);
  }

  #trace(trace: JsonObject, place: JsonPlace): void {
    const resources = this.#resourcesOf(trace['processes']);
    for (const span of listOf(trace['spans'])) this.#add(span, resources, place);
    this.#context.throwIfCancelled();
  }

  #dumpRow(span: JsonObject, place: JsonPlace): void {
    const process = JSON.stringify(span['process'] ?? null);
    let resource = this.#processes.get(process);
    if (!resource) {
      resource = resourceOfProcess(span['process']);
      if (this.#processes.size > 10_000) this.#processes.clear();
      this.#processes.set(process, resource);
    }
    this.#add(span, new Map(), place, resource);
  }

  #add(span: unknown, resources: ReadonlyMap<string, Resource>, place: JsonPlace, own?: Resource): void {
    if (!isObject(span)) return place.reject('A span has to be a JSON object.', span);
    const resource = own ?? resources.get(textOf(span['processID'])) ?? resourceOfProcess(span['process']);
    const problem = addJaegerSpan(span, resource, this.#collector);
    if (problem !== undefined) place.reject(problem, span);
  }

  #resourcesOf(processes: unknown): ReadonlyMap<string, Resource> {
    const entries = isObject(processes) ? Object.entries(processes) : [];
    return new Map(entries.map(([id, process]) => [id, resourceOfProcess(process)]));
  }

  #enterProcesses(resources: ReadonlyMap<string, Resource>): void {
    this.#entered = resources;
    this.#flush();
  }

  #spanOfEntered(span: unknown, place: JsonPlace): void {
    if (this.#entered) return this.#add(span, this.#entered, place);
    const size = typeof place.path.at(-1) === 'number' ? place.sizeBytes : 1000;
    if (this.#waitingBytes + size > MAX_WAITING_BYTES || !isObject(span)) {
      place.reject('The processes of this trace come too far behind its spans; put "processes" before "spans".', span);
      return;
    }
    this.#waitingBytes += size;
    this.#waiting.push({ span, place });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const { span, place } of waiting) this.#add(span, this.#entered ?? new Map(), place);
  }

  #reportErrors(errors: unknown): void {
    for (const error of listOf(errors)) {
      const message = isObject(error) ? textOf(error['msg']) : '';
      if (message !== '') this.#context.warn(`Jaeger reported: ${message}`);
    }
  }
}
