/**
 * Log records as OTLP JSON lines: what programs say about sampled requests, and what they say on their own account
 * (caches refreshed, pools resized, slow collections), healthy or not. Holds one batch at a time.
 */
import type { Random } from '../base/random.ts';
import { stackTrace } from './failure-text.ts';
import type { Failure } from './failure-text.ts';
import { accessLine, housekeepingLine, storeLine } from './log-lines.ts';
import { STEP_SECONDS } from './model-state.ts';
import { attribute, jsonText, RequestBuilder } from './otlp-text.ts';
import type { Pod } from './pods.ts';
import { podAttributes, SCOPES, storeAttributes } from './resources.ts';
import { randomFor, sampleRequests } from './simulation.ts';
import type { Simulation } from './simulation.ts';
import { statementOf } from './span-text.ts';
import type { Call, Operation, Pool, Service, Store } from './system.ts';
import type { RequestSink, SpanIds } from './trace-sampler.ts';

const RECORDS_PER_LINE = 1500;
const SECONDS_PER_LINE = 60;
/** Share of good requests that leave a line. */
const ACCESS_SHARE = 0.3;
const SEVERITY = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17 } as const;
type Severity = keyof typeof SEVERITY;

export function* writeLogs(simulation: Simulation): Generator<string> {
  const writer = new LogWriter(simulation);
  let flushed = 0;
  for (const second of sampleRequests(simulation, writer)) {
    if (second % STEP_SECONDS === 0) writer.speakUp(second);
    if (writer.count < RECORDS_PER_LINE && second - flushed < SECONDS_PER_LINE) continue;
    flushed = second;
    const line = writer.takeLine();
    if (line) yield line;
  }
  const rest = writer.takeLine();
  if (rest) yield rest;
}

class LogWriter implements RequestSink {
  readonly #simulation: Simulation;
  readonly #builder = new RequestBuilder();
  readonly #random: Random;
  readonly #podCount: number;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#random = randomFor(simulation, 'log lines');
    this.#podCount = simulation.pods.pods.length;
  }

  get count(): number {
    return this.#builder.count;
  }
  takeLine(): string {
    const { system, pods } = this.#simulation;
    return this.#builder.take('resourceLogs', (sender, records) => {
      const isPod = sender < this.#podCount;
      const pod = pods.pods[sender] as Pod;
      const store = system.stores[sender - this.#podCount] as Store;
      const attributes = isPod ? podAttributes(system, pod) : storeAttributes(system, store);
      const service = isPod ? (system.services[pod.service] as Service) : undefined;
      const scope = service
        ? SCOPES[service.runtime].log.replace('{org}', 'app').replace('{name}', service.name.replaceAll('-', ''))
        : 'filelog';
      return (
        `{"resource":{"attributes":[${attributes}]},` +
        `"scopeLogs":[{"scope":{"name":"${scope}"},"logRecords":[${records}]}]}`
      );
    });
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
    if (!failure) {
      if (this.#random.next() < ACCESS_SHARE) {
        this.#add(
          pod.index,
          endUs - 10,
          'INFO',
          accessLine(operation, (endUs - startUs) / 1000, this.#random),
          '',
          ids,
        );
      }
      return;
    }
    const service = this.#simulation.system.services[pod.service] as Service;
    if (isOwn && failure.status === 503) {
      this.#add(pod.index, endUs - 20, 'WARN', failure.message, '', ids);
      return;
    }
    const body = isOwn
      ? `Failed to handle ${operation.name}: ${failure.message}`
      : `${operation.name} failed: ${failure.errorType || `status ${failure.status}`} from dependency`;
    this.#add(pod.index, endUs - 20, 'ERROR', body, isOwn ? exceptionAttributes(service, operation, failure) : '', ids);
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
    const ms = (endUs - startUs) / 1000;
    if (failure && (!hasAnswer || call.kind !== 'service')) {
      const caller = { traceId: ids.traceId, spanId: ids.parentId, parentId: '' };
      this.#add(pod.index, endUs, 'ERROR', `${failure.message} (${failure.errorType || failure.status})`, '', caller);
      return;
    }
    if (call.kind === 'store' && ms > 400) {
      const store = this.#simulation.system.stores[call.target] as Store;
      const statement = statementOf(store, call.statement);
      this.#add(pod.index, endUs, 'WARN', `Slow query took ${ms.toFixed(0)} ms: ${statement.text}`, '', ids);
    } else if (ms > 0.6 * call.timeoutMs) {
      const peer = this.#peerOf(call);
      this.#add(
        pod.index,
        endUs,
        'WARN',
        `Call to ${peer} took ${ms.toFixed(0)} ms, close to the timeout of ${call.timeoutMs} ms`,
        '',
        ids,
      );
    }
  }

  acquire(pod: Pod, _pool: Pool, ids: SpanIds, startUs: number, endUs: number, failure: Failure | undefined): void {
    if (failure)
      this.#add(pod.index, endUs, 'ERROR', failure.message, attribute('exception.type', failure.errorType), ids);
    else if (endUs - startUs > 500_000) {
      this.#add(
        pod.index,
        endUs,
        'WARN',
        `Waited ${((endUs - startUs) / 1000).toFixed(0)} ms for a database connection`,
        '',
        ids,
      );
    }
  }

  retry(pod: Pod, call: Call, ids: SpanIds, atUs: number, attempt: number, failure: Failure): void {
    const peer = this.#peerOf(call);
    const reason = failure.errorType || String(failure.status);
    const body =
      attempt < 0
        ? `Continuing without ${peer}: ${reason}`
        : `Retrying call to ${peer}, attempt ${attempt} of ${call.retries} (${reason})`;
    this.#add(pod.index, atUs, 'WARN', body, '', ids);
  }

  /** Lines that belong to no request, for one step. */
  speakUp(second: number): void {
    const { system, state, pods, clock } = this.#simulation;
    const step = Math.min(state.steps - 1, Math.floor(second / STEP_SECONDS));
    for (const slot of system.slots) {
      if (state.slotUp[step * system.slots.length + slot.index] !== 1) continue;
      const pod = pods.at(slot.index, second);
      const memory = state.slotMemoryRatio[step * system.slots.length + slot.index] ?? 0;
      const service = system.services[slot.service] as Service;
      const age = second - pod.fromSecond;
      if (this.#random.next() > 0.07 && !(age >= 0 && age < STEP_SECONDS) && memory < 0.9) continue;
      const line = housekeepingLine(service, memory, age, this.#random);
      this.#add(pod.index, clock.us(second + this.#random.next() * STEP_SECONDS), line.severity, line.body, '');
    }
    for (const store of system.stores) {
      const line = storeLine(store, state, step, this.#random);
      if (line) {
        const atUs = clock.us(second + this.#random.next() * STEP_SECONDS);
        this.#add(this.#podCount + store.index, atUs, line.severity, line.body, '');
      }
    }
  }

  #peerOf(call: Call): string {
    const { system } = this.#simulation;
    if (call.kind === 'service') return system.services[call.target]?.name ?? '';
    if (call.kind === 'store') return system.stores[call.target]?.name ?? '';
    if (call.kind === 'queue') return system.queues[call.target]?.name ?? '';
    return system.externals[call.target]?.name ?? '';
  }

  #add(sender: number, atUs: number, severity: Severity, body: string, attributes: string, ids?: SpanIds): void {
    const observedUs = atUs + 800 + (atUs % 977);
    const context = ids ? `,"flags":1,"traceId":"${ids.traceId}","spanId":"${ids.spanId}"` : '';
    this.#builder.add(
      sender,
      `{"timeUnixNano":"${atUs}000","observedTimeUnixNano":"${observedUs}000","severityNumber":${SEVERITY[severity]},` +
        `"severityText":"${severity}","body":{"stringValue":${jsonText(body)}},"attributes":[${attributes}]${context}}`,
    );
  }
}

function exceptionAttributes(service: Service, operation: Operation, failure: Failure): string {
  return [
    attribute('exception.type', failure.errorType),
    attribute('exception.message', failure.message),
    attribute('exception.stacktrace', stackTrace(service, operation.noun, failure)),
  ].join(',');
}
