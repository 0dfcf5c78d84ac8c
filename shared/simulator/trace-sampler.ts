/**
 * Draws single requests from the state of the model: which pod takes them, how long they wait and work, which calls
 * they make, what fails. Emits spans and log records to a sink. The same seed draws the same requests whichever of the
 * two the sink wants, so traces and logs can be written one after the other and still agree.
 */
import type { Random } from '../base/random.ts';
import {
  noiseFailure,
  poolFailure,
  publishFailure,
  refusedFailure,
  rejectedFailure,
  storeFailure,
  timeoutFailure,
  tlsFailure,
} from './failure-text.ts';
import type { Failure } from './failure-text.ts';
import type { Fault } from './fault.ts';
import { STEP_SECONDS } from './model-state.ts';
import type { ModelState } from './model-state.ts';
import { spanIdOf, traceIdOf } from './otlp-text.ts';
import type { Pod, PodTable } from './pods.ts';
import { NETWORK_MS } from './run-model.ts';
import type { Call, Operation, Pool, Queue, Service, Store, System } from './system.ts';

export const SPAN_INTERNAL = 1;
export const SPAN_SERVER = 2;
export const SPAN_CLIENT = 3;
export const SPAN_PRODUCER = 4;
export const SPAN_CONSUMER = 5;

/** Times are microseconds since the Unix epoch. `parentId` is '' for a root. */
export interface RequestSink {
  server(
    pod: Pod,
    operation: Operation,
    ids: SpanIds,
    startUs: number,
    endUs: number,
    failure: Failure | undefined,
    isOwn: boolean,
  ): void;
  client(
    pod: Pod,
    call: Call,
    ids: SpanIds,
    startUs: number,
    endUs: number,
    failure: Failure | undefined,
    hasAnswer: boolean,
  ): void;
  /** Waiting for a connection of a pool. */
  acquire(pod: Pod, pool: Pool, ids: SpanIds, startUs: number, endUs: number, failure: Failure | undefined): void;
  retry(pod: Pod, call: Call, ids: SpanIds, atUs: number, attempt: number, failure: Failure): void;
}
export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
}

const OWN_SIGMA = 0.45;
const LATENCY_FLOOR_US = 60;

export class TraceSampler {
  readonly #system: System;
  readonly #state: ModelState;
  readonly #pods: PodTable;
  readonly #faults: readonly Fault[];
  readonly #random: Random;
  readonly #sink: RequestSink;
  readonly #startUs: number;
  readonly #expiry: string;
  #step = 0;
  #second = 0;
  #traceId = '';
  /** Result of the last `#serve`: when it ended, and how it failed. */
  #endUs = 0;
  #failure: Failure | undefined;

  constructor(parts: {
    readonly system: System;
    readonly state: ModelState;
    readonly pods: PodTable;
    readonly faults: readonly Fault[];
    readonly random: Random;
    readonly sink: RequestSink;
    readonly startUs: number;
    /** When a certificate ran out, as text. */
    readonly certificateExpiry: string;
  }) {
    this.#system = parts.system;
    this.#state = parts.state;
    this.#pods = parts.pods;
    this.#faults = parts.faults;
    this.#random = parts.random;
    this.#sink = parts.sink;
    this.#startUs = parts.startUs;
    this.#expiry = parts.certificateExpiry;
  }

  /** One request from outside at `second` after the start. */
  sample(operation: Operation, second: number): void {
    this.#step = Math.min(this.#state.steps - 1, Math.floor(second / STEP_SECONDS));
    this.#second = second;
    this.#traceId = traceIdOf(this.#random);
    this.#serve(operation, this.#startUs + Math.round(second * 1_000_000), '');
  }

  #serve(operation: Operation, arriveUs: number, parentId: string): void {
    const service = this.#system.services[operation.service] as Service;
    const slot = this.#chooseSlot(service);
    const pod = this.#pods.at(slot, this.#second);
    const at = this.#step * this.#system.slots.length + slot;
    const ids = { traceId: this.#traceId, spanId: spanIdOf(this.#random), parentId };
    const random = this.#random;
    if (random.next() < (this.#state.slotReject[at] ?? 0)) {
      const failure = rejectedFailure(service);
      const endUs = arriveUs + Math.round(random.uniform(400, 3000));
      this.#sink.server(pod, operation, ids, arriveUs, endUs, failure, true);
      this.#endUs = endUs;
      this.#failure = failure;
      return;
    }
    const waitMs = this.#state.slotWaitMs[at] ?? 0;
    let cursor = arriveUs + (waitMs > 0.01 ? Math.round(random.exponential(waitMs) * 1000) : 0);
    const ownMs = random.lognormal(operation.ownMs * this.#ownFactor(operation, slot, pod), OWN_SIGMA);
    const beforeShare = random.uniform(0.3, 0.7);
    cursor += Math.max(LATENCY_FLOOR_US, Math.round(ownMs * beforeShare * 1000));
    let failure = this.#ownFailure(operation, service, pod);
    const isOwn = failure !== undefined;
    if (!failure) {
      failure = this.#callAll(operation, pod, ids, cursor);
      cursor = this.#endUs;
      if (!failure) cursor += Math.max(LATENCY_FLOOR_US, Math.round(ownMs * (1 - beforeShare) * 1000));
      else cursor += Math.round(random.uniform(100, 900));
    }
    this.#sink.server(pod, operation, ids, arriveUs, cursor, failure, isOwn);
    this.#endUs = cursor;
    this.#failure = failure;
  }

  /** Balances over pods that are up; `serviceRefused` has already taken its share of calls. */
  #chooseSlot(service: Service): number {
    const { slots } = service;
    const base = this.#step * this.#system.slots.length;
    const first = this.#random.integer(0, slots.length - 1);
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[(first + i) % slots.length] as number;
      if (this.#state.slotUp[base + slot] === 1) return slot;
    }
    return slots[first] as number;
  }

  #ownFactor(operation: Operation, slot: number, pod: Pod): number {
    const at = this.#step * this.#system.slots.length + slot;
    const factor = this.#state.opOwnFactor[this.#step * this.#system.operations.length + operation.index] ?? 1;
    return (this.#state.slotFactor[at] ?? 1) * (1 + (factor - 1) * this.#newVersionShare(operation.service, pod));
  }

  /** While a faulty version is rolled out only its own pods show the fault: 0 for an old pod, above 1 for a new one. */
  #newVersionShare(service: number, pod: Pod): number {
    const culprit = this.#faults.find((fault) => fault.scenario === 'bad-deployment' && fault.target === service);
    if (!culprit || this.#second < culprit.startSecond || this.#second >= culprit.endSecond) return 1;
    const { slots } = this.#system.services[service] as Service;
    let fresh = 0;
    for (const slot of slots) if (this.#pods.at(slot, this.#second).change) fresh += 1;
    return pod.change ? slots.length / Math.max(1, fresh) : 0;
  }

  #ownFailure(operation: Operation, service: Service, pod: Pod): Failure | undefined {
    const random = this.#random;
    const at = this.#step * this.#system.operations.length + operation.index;
    const ratio = (this.#state.opOwnError[at] ?? 0) * this.#newVersionShare(service.index, pod);
    const draw = random.next();
    if (draw >= Math.min(0.98, ratio) + 0.0006) return undefined;
    const culprit = this.#faults.find(
      (fault) => fault.text && fault.target === service.index && fault.entity.type === 'service',
    );
    if (culprit?.text && draw > 0.01 && ratio > 0.012) {
      return { status: 500, errorType: culprit.text.errorType, message: culprit.text.message };
    }
    return noiseFailure(service.runtime, operation.noun, random);
  }

  /** Makes the calls of an operation one after the other, or all at once; sets `#endUs` to when the last is done. */
  #callAll(operation: Operation, pod: Pod, ids: SpanIds, startUs: number): Failure | undefined {
    let cursor = startUs;
    let latest = startUs;
    for (const call of operation.calls) {
      if (this.#random.next() >= call.probability) continue;
      for (let i = 0; i < call.count; i += 1) {
        const failure = this.#callWithRetries(call, pod, ids, cursor);
        latest = Math.max(latest, this.#endUs);
        if (!operation.isParallel) cursor = this.#endUs + Math.round(this.#random.uniform(20, 250));
        if (failure && !call.isOptional) {
          this.#endUs = latest;
          return failure;
        }
      }
    }
    this.#endUs = Math.max(latest, cursor);
    return undefined;
  }

  #callWithRetries(call: Call, pod: Pod, parent: SpanIds, startUs: number): Failure | undefined {
    let cursor = startUs;
    for (let attempt = 0; ; attempt += 1) {
      const failure = this.#callOnce(call, pod, parent, cursor);
      if (!failure || attempt >= call.retries) {
        if (failure && call.isOptional) this.#sink.retry(pod, call, parent, this.#endUs, -1, failure);
        return failure;
      }
      this.#sink.retry(pod, call, parent, this.#endUs, attempt + 1, failure);
      cursor = this.#endUs + Math.round(this.#random.uniform(20_000, 60_000));
    }
  }

  #callOnce(call: Call, pod: Pod, parent: SpanIds, startUs: number): Failure | undefined {
    if (call.kind === 'service') return this.#callService(call, pod, parent, startUs);
    if (call.kind === 'store') return this.#callStore(call, pod, parent, startUs);
    if (call.kind === 'queue') return this.#publish(call, pod, parent, startUs);
    return this.#callExternal(call, pod, parent, startUs);
  }

  #idsUnder(parent: SpanIds): SpanIds {
    return { traceId: this.#traceId, spanId: spanIdOf(this.#random), parentId: parent.spanId };
  }
  #runtimeOf(pod: Pod): Service['runtime'] {
    return (this.#system.services[pod.service] as Service).runtime;
  }
  /** Ends a client span; keeps time and outcome for the caller. */
  #finish(
    call: Call,
    pod: Pod,
    ids: SpanIds,
    startUs: number,
    endUs: number,
    failure: Failure | undefined,
    hasAnswer: boolean,
  ): Failure | undefined {
    this.#sink.client(pod, call, ids, startUs, endUs, failure, hasAnswer);
    this.#endUs = endUs;
    return failure;
  }

  #callService(call: Call, pod: Pod, parent: SpanIds, startUs: number): Failure | undefined {
    const service = this.#system.services[call.target] as Service;
    const at = this.#step * this.#system.services.length + call.target;
    const ids = this.#idsUnder(parent);
    const random = this.#random;
    const quickEndUs = startUs + Math.round(random.uniform(1500, 9000));
    if (random.next() < (this.#state.serviceTls[at] ?? 0)) {
      const failure = tlsFailure(this.#runtimeOf(pod), service.address, this.#expiry);
      return this.#finish(call, pod, ids, startUs, quickEndUs, failure, false);
    }
    if (random.next() < (this.#state.serviceRefused[at] ?? 0)) {
      const failure = refusedFailure(this.#runtimeOf(pod), service.address, service.port);
      return this.#finish(call, pod, ids, startUs, quickEndUs, failure, false);
    }
    const extraMs = this.#state.serviceNetworkMs[at] ?? 0;
    const travelUs = Math.max(
      100,
      Math.round((random.lognormal(NETWORK_MS, 0.4) + random.lognormal(extraMs, 0.25)) * 500),
    );
    this.#serve(this.#system.operations[call.operation] as Operation, startUs + travelUs, ids.spanId);
    const answeredUs = this.#endUs + travelUs;
    const failure = this.#failure;
    return this.#await(call, pod, ids, startUs, answeredUs, failure, service.address);
  }

  /** The caller gives up at its timeout, whatever the callee still does. */
  #await(
    call: Call,
    pod: Pod,
    ids: SpanIds,
    startUs: number,
    answeredUs: number,
    failure: Failure | undefined,
    peer: string,
  ): Failure | undefined {
    if (answeredUs - startUs <= call.timeoutMs * 1000)
      return this.#finish(call, pod, ids, startUs, answeredUs, failure, true);
    const late = timeoutFailure(this.#runtimeOf(pod), peer, call.timeoutMs);
    const endUs = startUs + call.timeoutMs * 1000 + Math.round(this.#random.uniform(100, 1500));
    return this.#finish(call, pod, ids, startUs, endUs, late, false);
  }

  #callExternal(call: Call, pod: Pod, parent: SpanIds, startUs: number): Failure | undefined {
    const at = this.#step * this.#system.externals.length + call.target;
    const name = this.#system.externals[call.target]?.name ?? '';
    const ids = this.#idsUnder(parent);
    const random = this.#random;
    if (random.next() < (this.#state.externalTls[at] ?? 0)) {
      const failure = tlsFailure(this.#runtimeOf(pod), name, this.#expiry);
      return this.#finish(
        call,
        pod,
        ids,
        startUs,
        startUs + Math.round(random.uniform(25_000, 90_000)),
        failure,
        false,
      );
    }
    const endUs = startUs + Math.round(random.lognormal(this.#state.externalLatencyMs[at] ?? 50, 0.5) * 1000);
    const isBad = random.next() < (this.#state.externalError[at] ?? 0);
    const status = random.choice([500, 502, 503, 503]);
    const failure = isBad ? { status, errorType: '', message: `${name} answered ${status}` } : undefined;
    return this.#await(call, pod, ids, startUs, endUs, failure, name);
  }

  #callStore(call: Call, pod: Pod, parent: SpanIds, startUs: number): Failure | undefined {
    const random = this.#random;
    const store = this.#system.stores[call.target] as Store;
    const at = this.#step * this.#system.stores.length + store.index;
    const failed = this.#acquire(call, pod, parent, startUs, store);
    if (failed) return failed;
    const ids = this.#idsUnder(parent);
    const beginUs = this.#endUs;
    const endUs = beginUs + Math.max(80, Math.round(random.lognormal(this.#state.storeLatencyMs[at] ?? 1, 0.5) * 1000));
    const failure = random.next() < (this.#state.storeErrorRatio[at] ?? 0) ? storeFailure(store) : undefined;
    const outcome = this.#await(call, pod, ids, beginUs, endUs, failure, store.name);
    const isMiss = call.onMiss && (outcome || random.next() >= (this.#state.storeHitRatio[at] ?? 1));
    return isMiss && call.onMiss ? this.#callStore(call.onMiss, pod, parent, this.#endUs + 40) : outcome;
  }

  /** Takes a connection; sets `#endUs` to when it was had. */
  #acquire(call: Call, pod: Pod, parent: SpanIds, startUs: number, store: Store): Failure | undefined {
    const pool = this.#system.pools[call.pool] as Pool;
    const at = this.#step * this.#system.pools.length + pool.index;
    const random = this.#random;
    const isLate = random.next() < (this.#state.poolTimeoutRatio[at] ?? 0);
    const waitedMs = isLate
      ? pool.acquireTimeoutMs
      : Math.min(pool.acquireTimeoutMs, random.exponential((this.#state.poolWaitMs[at] ?? 0) + 0.03));
    this.#endUs = startUs + Math.round(waitedMs * 1000) + 5;
    const waiting = Math.max(1, Math.round(this.#state.poolPending[at] ?? 0));
    const failure = isLate
      ? poolFailure(this.#runtimeOf(pod), store.name, pool.acquireTimeoutMs, pool.size, waiting)
      : undefined;
    if (!store.isCache && this.#runtimeOf(pod) === 'java') {
      const ids = this.#idsUnder(parent);
      this.#sink.acquire(pod, pool, ids, startUs, this.#endUs, failure);
    }
    return failure;
  }

  #publish(call: Call, pod: Pod, parent: SpanIds, startUs: number): Failure | undefined {
    const queue = this.#system.queues[call.target] as Queue;
    const at = this.#step * this.#system.queues.length + queue.index;
    const random = this.#random;
    const ids = this.#idsUnder(parent);
    const endUs = startUs + Math.round(random.lognormal(this.#state.queuePublishMs[at] ?? 2, 0.5) * 1000);
    if (endUs - startUs > call.timeoutMs * 1000) {
      const failure = publishFailure(this.#runtimeOf(pod), queue.name);
      return this.#finish(call, pod, ids, startUs, startUs + call.timeoutMs * 1000, failure, false);
    }
    this.#finish(call, pod, ids, startUs, endUs, undefined, true);
    this.#consumeLater(queue, ids, endUs, at);
    this.#endUs = endUs;
    return undefined;
  }

  /** The consumer takes the message after its time in the queue, if that is still within the recording. */
  #consumeLater(queue: Queue, ids: SpanIds, sentUs: number, at: number): void {
    const operation = this.#system.operations[queue.consumerOperation];
    const delayUs = Math.round(this.#random.lognormal(this.#state.queueDelayMs[at] ?? 5, 0.3) * 1000);
    const takenUs = sentUs + Math.max(200, delayUs);
    const lastUs = this.#startUs + this.#state.steps * STEP_SECONDS * 1_000_000;
    if (!operation || takenUs >= lastUs) return;
    const { 0: step, 1: second } = [this.#step, this.#second];
    this.#second = (takenUs - this.#startUs) / 1_000_000;
    this.#step = Math.min(this.#state.steps - 1, Math.floor(this.#second / STEP_SECONDS));
    this.#serve(operation, takenUs, ids.spanId);
    this.#step = step;
    this.#second = second;
  }
}
