/** Sampled requests as OTLP JSON lines of spans. Holds one batch at a time. */
import type { Failure } from './failure-text.ts';
import { stackTrace } from './failure-text.ts';
import { attribute, jsonText, RequestBuilder } from './otlp-text.ts';
import type { Pod } from './pods.ts';
import { podAttributes, SCOPES } from './resources.ts';
import { sampleRequests } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { clientText, serverText } from './span-text.ts';
import type { ClientText, ServerText } from './span-text.ts';
import type { Call, Operation, Pool, Service } from './system.ts';
import { SPAN_CLIENT, SPAN_CONSUMER, SPAN_INTERNAL, SPAN_PRODUCER, SPAN_SERVER } from './trace-sampler.ts';
import type { RequestSink, SpanIds } from './trace-sampler.ts';

const SPANS_PER_LINE = 1500;
const SECONDS_PER_LINE = 30;
const SCHEMA_URL = 'https://opentelemetry.io/schemas/1.38.0';

export function* writeTraces(simulation: Simulation): Generator<string> {
  const writer = new SpanWriter(simulation);
  let flushed = 0;
  for (const second of sampleRequests(simulation, writer)) {
    if (writer.count < SPANS_PER_LINE && second - flushed < SECONDS_PER_LINE) continue;
    flushed = second;
    const line = writer.takeLine();
    if (line) yield line;
  }
  const rest = writer.takeLine();
  if (rest) yield rest;
}

class SpanWriter implements RequestSink {
  readonly #simulation: Simulation;
  readonly #builder = new RequestBuilder();
  readonly #servers: readonly ServerText[];
  readonly #clients: readonly ClientText[];
  readonly #resources = new Map<number, string>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { system } = simulation;
    const callers = new Map<number, Service>();
    for (const operation of system.operations) {
      const service = system.services[operation.service] as Service;
      for (const call of operation.calls) {
        callers.set(call.index, service);
        if (call.onMiss) callers.set(call.onMiss.index, service);
      }
    }
    this.#servers = system.operations.map((operation) =>
      serverText(system.services[operation.service] as Service, operation, system.queues[operation.queue]),
    );
    this.#clients = system.calls.map((call) => clientText(system, call, callers.get(call.index) as Service));
  }

  get count(): number {
    return this.#builder.count;
  }
  takeLine(): string {
    return this.#builder.take('resourceSpans', (sender, spans) => {
      const pod = this.#simulation.pods.pods[sender] as Pod;
      const scope = SCOPES[(this.#simulation.system.services[pod.service] as Service).runtime];
      return (
        `{"resource":{"attributes":[${this.#resource(pod)}]},"scopeSpans":[{"scope":{"name":"${scope.server}",` +
        `"version":"${scope.version}"},"spans":[${spans}]}],"schemaUrl":"${SCHEMA_URL}"}`
      );
    });
  }
  #resource(pod: Pod): string {
    let text = this.#resources.get(pod.index);
    if (text === undefined) {
      text = podAttributes(this.#simulation.system, pod);
      this.#resources.set(pod.index, text);
    }
    return text;
  }

  server(
    pod: Pod,
    operation: Operation,
    ids: SpanIds,
    startUs: number,
    endUs: number,
    failure: Failure | undefined,
    isOwn: boolean,
  ): void {
    const text = this.#servers[operation.index] as ServerText;
    const kind = operation.queue >= 0 ? SPAN_CONSUMER : SPAN_SERVER;
    const attributes = failure ? text.failed(failure.status, failure.errorType) : text.ok;
    const events = failure && isOwn && failure.status !== 503 ? this.#exception(pod, operation, failure, endUs) : '';
    this.#add(pod, ids, text.name, kind, startUs, endUs, attributes, failure, events);
  }

  client(
    pod: Pod,
    call: Call,
    ids: SpanIds,
    startUs: number,
    endUs: number,
    failure: Failure | undefined,
    hasAnswer: boolean,
  ): void {
    const text = this.#clients[call.index] as ClientText;
    const errorType = hasAnswer && call.kind !== 'store' ? '' : (failure?.errorType ?? '');
    const attributes = failure ? text.failed(failure.status, errorType) : text.ok;
    const kind = call.kind === 'queue' ? SPAN_PRODUCER : SPAN_CLIENT;
    // An answer with an error status says nothing more to the client; no answer at all does.
    const told = failure && hasAnswer && call.kind === 'service' ? { ...failure, message: '' } : failure;
    this.#add(pod, ids, text.name, kind, startUs, endUs, attributes, told, '');
  }

  acquire(pod: Pod, pool: Pool, ids: SpanIds, startUs: number, endUs: number, failure: Failure | undefined): void {
    const attributes = [
      attribute('code.function.name', 'com.zaxxer.hikari.HikariDataSource.getConnection'),
      attribute('db.client.connection.pool.name', `HikariPool-${pool.index + 1}`),
    ].join(',');
    this.#add(pod, ids, 'HikariDataSource.getConnection', SPAN_INTERNAL, startUs, endUs, attributes, failure, '');
  }

  retry(): void {
    // Retries show as further client spans.
  }

  #exception(pod: Pod, operation: Operation, failure: Failure, atUs: number): string {
    const service = this.#simulation.system.services[pod.service] as Service;
    return (
      `,"events":[{"timeUnixNano":"${atUs}000","name":"exception","attributes":[` +
      `${attribute('exception.type', failure.errorType)},${attribute('exception.message', failure.message)},` +
      `${attribute('exception.stacktrace', stackTrace(service, operation.noun, failure))}]}]`
    );
  }

  #add(
    pod: Pod,
    ids: SpanIds,
    name: string,
    kind: number,
    startUs: number,
    endUs: number,
    attributes: string,
    failure: Failure | undefined,
    events: string,
  ): void {
    const status = failure
      ? failure.message
        ? `{"message":${jsonText(failure.message)},"code":2}`
        : '{"code":2}'
      : '{}';
    this.#builder.add(
      pod.index,
      `{"traceId":"${ids.traceId}","spanId":"${ids.spanId}","parentSpanId":"${ids.parentId}","flags":257,` +
        `"name":"${name}","kind":${kind},"startTimeUnixNano":"${startUs}000","endTimeUnixNano":"${endUs}000",` +
        `"attributes":[${attributes}]${events},"status":${status}}`,
    );
  }
}
