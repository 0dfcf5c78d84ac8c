import { expect, it } from 'vitest';
import type { SpanChunk } from '../../../../renderer/charts/waterfall/span-table.ts';
import { LoadedTraces } from '../../../../renderer/features/traces/loaded-traces.ts';
import { ContractError } from '../../../../shared/contract/contract-error.ts';
import { eventually } from '../../../support/eventually.ts';
import { chunkOf } from '../charts/waterfall/trace-builder.ts';

interface Reading {
  readonly traceId: string;
  readonly signal: AbortSignal;
  readonly answer: (spanCount: number) => void;
  readonly fail: (error: Error) => void;
}

/** Traces whose readings answer when told to. */
function tracesWithReadings(keptSpans?: number) {
  const readings: Reading[] = [];
  const traces = new LoadedTraces(async function* (traceId, signal) {
    const { promise, resolve, reject } = Promise.withResolvers<SpanChunk>();
    readings.push({ traceId, signal, answer: (count) => resolve(chunkOf(spans(count))), fail: reject });
    yield await promise;
  }, keptSpans);
  return { traces, readings };
}
const spans = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, parent: index, start: index, duration: 10 }));
const edition = (traceId: string, spanCount: number, generation = 1) => ({ traceId, spanCount, generation });
const shown = (traces: LoadedTraces, traceId: string) => traces.state(traceId).model?.table.count;

it('reads a trace once while the case tells the same edition', async () => {
  const { traces, readings } = tracesWithReadings();
  const leave = traces.watch('a', () => undefined);
  traces.want(edition('a', 2));
  traces.want(edition('a', 2));
  readings[0]?.answer(2);
  await eventually(() => expect(shown(traces, 'a')).toBe(2));
  leave();
  await Promise.resolve();
  traces.watch('a', () => undefined);
  expect(shown(traces, 'a')).toBe(2);
  traces.want(edition('a', 2));
  expect(readings).toHaveLength(1);
});

it('reads it again when spans came or went; what was read stays meanwhile', async () => {
  const { traces, readings } = tracesWithReadings();
  traces.watch('a', () => undefined);
  traces.want(edition('a', 2));
  // Comes during the reading, which goes on.
  traces.want(edition('a', 3));
  expect(readings).toHaveLength(1);
  readings[0]?.answer(2);
  await eventually(() => expect(readings).toHaveLength(2));
  expect(readings[0]?.signal.aborted).toBe(false);
  expect(shown(traces, 'a')).toBe(2);
  readings[1]?.answer(3);
  await eventually(() => expect(shown(traces, 'a')).toBe(3));
  traces.want(edition('a', 3, 2));
  expect(readings).toHaveLength(3);
});

it('reads nothing more of a trace that nobody looks at any more', async () => {
  const { traces, readings } = tracesWithReadings();
  const leave = traces.watch('a', () => undefined);
  traces.want(edition('a', 2));
  leave();
  await Promise.resolve();
  expect(readings[0]?.signal.aborted).toBe(true);
  traces.watch('a', () => undefined);
  traces.want(edition('a', 2));
  expect(readings).toHaveLength(2);
});

it('says that the case has no such trace, until it has', async () => {
  const { traces, readings } = tracesWithReadings();
  traces.watch('a', () => undefined);
  traces.want(edition('a', 0));
  readings[0]?.fail(new ContractError('not_found', 'none'));
  await eventually(() => expect(traces.state('a').error?.code).toBe('not_found'));
  // Not with every change of the case.
  traces.want(edition('a', 0));
  expect(readings).toHaveLength(1);
  traces.want(edition('a', 1));
  readings[1]?.answer(1);
  await eventually(() => expect(shown(traces, 'a')).toBe(1));
  expect(traces.state('a').error).toBeNull();
});

it('asks again what a lost connection failed', async () => {
  const { traces, readings } = tracesWithReadings();
  traces.watch('a', () => undefined);
  traces.want(edition('a', 1));
  readings[0]?.fail(new ContractError('unavailable', 'gone'));
  await eventually(() => expect(traces.state('a').error?.code).toBe('unavailable'));
  traces.want(edition('a', 1));
  readings[1]?.answer(1);
  await eventually(() => expect(shown(traces, 'a')).toBe(1));
});

it('lets the least recently opened go when many spans are kept, never one that is looked at', async () => {
  const { traces, readings } = tracesWithReadings(10);
  const many = 3;
  const open = async (traceId: string): Promise<() => void> => {
    const leave = traces.watch(traceId, () => undefined);
    traces.want(edition(traceId, many));
    readings.at(-1)?.answer(many);
    await eventually(() => expect(shown(traces, traceId)).toBe(many));
    return leave;
  };
  await open('looked at');
  for (let index = 0; index < 4; index++) (await open(`t${index}`))();
  await Promise.resolve();
  expect(shown(traces, 'looked at')).toBe(many);
  // 3 looked at, and 6 of the 7 that may be kept beside them.
  expect(shown(traces, 't1')).toBeUndefined();
  expect(shown(traces, 't2')).toBe(many);
  expect(shown(traces, 't3')).toBe(many);
});
