/** One suite, three transports: whatever holds in memory holds on a thread and on a socket. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContractError } from '../../shared/contract/contract-error.ts';
import { CONTRACT_VERSION } from '../../shared/contract/hello.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import { serve } from '../../shared/rpc/server.ts';
import type { ServerOptions } from '../../shared/rpc/server.ts';
import { probeContract } from './probe-contract.ts';
import { probeHandlers } from './probe-server.ts';
import { transports } from './transports.ts';
import type { PortPair } from './transports.ts';
import { eventually } from '../support/eventually.ts';

const BASE: ServerOptions = { engineVersion: '1.2.3', isOutputChecked: true };

async function failure(work: Promise<unknown>): Promise<ContractError> {
  const error: unknown = await work.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ContractError);
  return error as ContractError;
}

describe.each(transports)('rpc over $name', ({ connect }) => {
  let ports: PortPair;
  let client: Client<typeof probeContract>;
  let probe: ReturnType<typeof probeHandlers>;
  beforeEach(async () => {
    ports = await connect();
    probe = probeHandlers();
  });
  afterEach(async () => {
    await ports.tidy();
  });
  const start = (options: Partial<ServerOptions> = {}, contractVersion?: number): void => {
    serve(probeContract, probe.handlers, ports.server, { ...BASE, ...options });
    client = createClient(probeContract, ports.client, contractVersion === undefined ? {} : { contractVersion });
  };

  it('says hello both ways', async () => {
    start({ scope: 'viewer' });
    expect(await client.hello).toEqual({ contractVersion: CONTRACT_VERSION, engineVersion: '1.2.3', scope: 'viewer' });
  });

  it('answers queries, also when the caller did not wait for hello', async () => {
    start();
    const answers = await Promise.all([1, 2, 3].map((value) => client.procedures['number.double']({ value })));
    expect(answers).toEqual([{ value: 2 }, { value: 4 }, { value: 6 }]);
  });

  it('refuses a version mismatch in words, on every call', async () => {
    start({}, 7);
    const { code, message, details } = await failure(client.hello);
    expect(code).toBe('failed_precondition');
    expect(message).toMatch(/version 7/);
    expect(message).toMatch(new RegExp(`version ${CONTRACT_VERSION}\\b`));
    expect(details?.kind).toBe('version');
    expect((await failure(client.procedures['number.double']({ value: 1 }))).code).toBe('failed_precondition');
  });

  it('refuses unknown fields and wrong types, naming the field', async () => {
    start();
    const extra = await failure(client.procedures['number.double']({ value: 1, extra: 2 } as { value: number }));
    expect(extra.code).toBe('invalid_argument');
    expect(extra.message).toMatch(/extra/);
    const wrong = await failure(client.procedures['number.double']({ value: 'x' as unknown as number }));
    expect(wrong.details).toMatchObject({ kind: 'issues', issues: [{ path: 'value' }] });
  });

  it('passes expected errors on and hides bugs', async () => {
    const onBug = vi.fn();
    start({ onBug });
    expect(await failure(client.procedures['number.fail']({ how: 'expected' }))).toMatchObject({
      code: 'not_found',
      message: 'There is no such number.',
      retryable: false,
    });
    const bug = await failure(client.procedures['number.fail']({ how: 'bug' }));
    expect(bug.code).toBe('internal');
    expect(bug.message).not.toMatch(/secret/);
    expect(onBug).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError), 'number.fail');
  });

  it('catches output that breaks the contract', async () => {
    start();
    const broken = await failure(client.procedures['number.fail']({ how: 'output' }));
    expect(broken.code).toBe('internal');
    expect(broken.message).toMatch(/number\.fail.*value/);
  });

  it('grants no more than the scope of the session', async () => {
    start({ scope: 'viewer' });
    expect((await failure(client.procedures['counter.add']({ amount: 1 }))).code).toBe('permission_denied');
    expect(probe.record.counter).toBe(0);
    expect(await client.procedures['number.double']({ value: 4 })).toEqual({ value: 8 });
  });

  it('cancels by signal and by deadline, and the handler learns of it', async () => {
    start();
    const abort = new AbortController();
    const hanging = client.procedures['number.hang']({}, { signal: abort.signal });
    await client.procedures['number.double']({ value: 1 });
    abort.abort();
    expect((await failure(hanging)).code).toBe('cancelled');
    expect((await failure(client.procedures['number.hang']({}, { timeoutMs: 5 }))).code).toBe('deadline_exceeded');
    await eventually(() => expect(probe.record.aborted).toBe(2));
    const late = await failure(client.procedures['number.hang']({}, { signal: AbortSignal.abort() }));
    expect(late.code).toBe('cancelled');
  });

  it('bounds the calls under way', async () => {
    start({ maxCalls: 2 });
    void failure(client.procedures['number.hang']({}));
    void failure(client.procedures['number.hang']({}));
    const third = await failure(client.procedures['number.double']({ value: 1 }));
    expect(third).toMatchObject({ code: 'resource_exhausted', retryable: true });
  });

  it('streams columns intact and in order', async () => {
    start();
    const chunks = [];
    for await (const chunk of client.procedures['column.scan']({ chunks: 50, rows: 3 })) chunks.push(chunk);
    expect(chunks.map((chunk) => chunk.index)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(chunks[49]).toEqual({
      index: 49,
      timeNs: new Float64Array([49, 49.25, 49.5]),
      ids: new BigUint64Array([1n << 63n, (1n << 63n) + 1n, (1n << 63n) + 2n]),
      small: new Uint8Array([0, 1, 2]),
      strings: ['', 'naïve ☃ 𝄞', 'chunk 49'],
    });
    expect(probe.record.streamsEnded).toBe(1);
  });

  it('paces a stream by credit: an unread stream stops producing', async () => {
    start();
    const stream = client.procedures['column.scan']({ chunks: 1_000 }, { credit: 3 });
    await eventually(() => expect(probe.record.produced).toBe(3));
    // A whole round trip later nothing more has been produced.
    await client.procedures['number.double']({ value: 1 });
    expect(probe.record.produced).toBe(3);
    await stream.next();
    await eventually(() => expect(probe.record.produced).toBe(4));
    await stream.return?.();
    await eventually(() => expect(probe.record.streamsEnded).toBe(1));
    expect(probe.record.produced).toBeLessThan(10);
  });

  it('ends the handler when the reader leaves the loop', async () => {
    start();
    for await (const chunk of client.procedures['column.scan']({ chunks: 1_000 })) if (chunk.index === 5) break;
    await eventually(() => expect(probe.record.streamsEnded).toBe(1));
    expect(probe.record.produced).toBeLessThan(20);
  });

  it('fails a stream whose input is refused', async () => {
    start();
    const stream = client.procedures['column.scan']({ chunks: 'x' as unknown as number });
    expect((await failure(stream.next())).code).toBe('invalid_argument');
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('feeds events with sequence numbers, from a given one on', async () => {
    start();
    const seen: [number, bigint][] = [];
    await new Promise<void>((resolve, reject) => {
      client.procedures['tick.follow']({ upTo: 5 }, (event, sequence) => seen.push([sequence, event.at]), {
        after: 3,
        onEnd: (error) => (error ? reject(error) : resolve()),
      });
    });
    expect(seen).toEqual([
      [4, 4_000_000_000_000_000_000n],
      [5, 5_000_000_000_000_000_000n],
    ]);
  });

  it('never calls a listener after its feed was disposed', async () => {
    start();
    const listener = vi.fn(() => subscription.dispose());
    const subscription = client.procedures['tick.follow']({ upTo: 10_000 }, listener);
    await eventually(() => expect(listener).toHaveBeenCalled());
    await eventually(() => expect(probe.record.feedsEnded).toBe(1));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('fails what is under way when the connection is lost', async () => {
    start();
    const hanging = failure(client.procedures['number.hang']({}));
    await client.procedures['number.double']({ value: 1 });
    ports.server.close();
    expect((await hanging).code).toBe('unavailable');
    expect((await failure(client.procedures['number.double']({ value: 1 }))).code).toBe('unavailable');
    await eventually(() => expect(probe.record.aborted).toBe(1));
  });

  it('fails everything after the client was closed', async () => {
    start();
    await client.hello;
    client.dispose();
    expect((await failure(client.procedures['number.double']({ value: 1 }))).code).toBe('cancelled');
  });
});
