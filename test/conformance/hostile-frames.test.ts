/** What a peer that keeps no rule can do: end its own connection, nothing else. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CONTRACT_VERSION } from '../../shared/contract/hello.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { serve } from '../../shared/rpc/server.ts';
import { webSocketPort } from '../../shared/serve/web-socket-port.ts';
import { probeContract } from './probe-contract.ts';
import { probeHandlers } from './probe-server.ts';
import { listenWebSocket, transports } from './transports.ts';
import type { PortPair } from './transports.ts';
import { eventually } from '../support/eventually.ts';

interface Received {
  readonly type: string;
  readonly id?: number | null;
  readonly error?: { readonly code: string; readonly message: string };
}
const HELLO = { type: 'hello', hello: { contractVersion: CONTRACT_VERSION, engineVersion: '', scope: 'viewer' } };

describe.each(transports)('a hostile client over $name', ({ connect }) => {
  let ports: PortPair;
  let probe: ReturnType<typeof probeHandlers>;
  let received: Received[];
  let isClosed: boolean;
  beforeEach(async () => {
    ports = await connect();
    probe = probeHandlers();
    received = [];
    isClosed = false;
    serve(probeContract, probe.handlers, ports.server, { engineVersion: '1', scope: 'operator' });
    ports.client.onMessage((message) => received.push(message as Received));
    ports.client.onClose(() => (isClosed = true));
  });
  afterEach(() => ports.tidy());

  const errors = (): string[] => received.flatMap(({ error }) => (error ? [error.code] : []));

  it('must say hello first', async () => {
    ports.client.post({ type: 'call', id: 1, procedure: 'number.double', input: { value: 1 } });
    await eventually(() => expect(errors()).toEqual(['failed_precondition']));
  });

  it.each([
    ['no object', 7],
    ['null', null],
    ['an unknown type', { type: 'listen', id: 1 }],
    ['a negative id', { type: 'cancel', id: -1 }],
    ['a fractional id', { type: 'cancel', id: 0.5 }],
    ['an unknown field', { type: 'cancel', id: 1, more: true }],
    ['endless credit', { type: 'credit', id: 1, count: 1e9 }],
    ['a server frame', { type: 'result', id: 1, output: {} }],
  ])('is refused %s', async (_what, frame) => {
    ports.client.post(HELLO);
    ports.client.post(frame);
    await eventually(() => expect(errors()).toEqual(['invalid_argument']));
    ports.client.post({ type: 'call', id: 2, procedure: 'number.double', input: { value: 1 } });
    await eventually(() => expect(received.at(-1)).toEqual({ type: 'result', id: 2, output: { value: 2 } }));
  });

  it.each(['toString', '__proto__', 'constructor', 'no.such', ''])(
    'finds no procedure called %j',
    async (procedure) => {
      ports.client.post(HELLO);
      ports.client.post({ type: 'call', id: 1, procedure, input: {} });
      await eventually(() => expect(errors()).toEqual(['not_found']));
    },
  );

  it('cannot use one id twice at once', async () => {
    ports.client.post(HELLO);
    ports.client.post({ type: 'call', id: 1, procedure: 'number.hang', input: {} });
    ports.client.post({ type: 'call', id: 1, procedure: 'number.double', input: { value: 1 } });
    await eventually(() => expect(errors()).toEqual(['invalid_argument']));
  });

  it('cannot pile up credit', async () => {
    ports.client.post(HELLO);
    ports.client.post({ type: 'call', id: 1, procedure: 'number.hang', input: {}, credit: 64 });
    ports.client.post({ type: 'credit', id: 1, count: 64 });
    await eventually(() => expect(errors().toSorted()).toEqual(['cancelled', 'invalid_argument']));
  });

  it('cannot send a command without a request id, nor have one done twice', async () => {
    ports.client.post(HELLO);
    const add = { type: 'call', procedure: 'counter.add', input: { amount: 5 } };
    ports.client.post({ ...add, id: 1 });
    ports.client.post({ ...add, id: 2, requestId: 'same' });
    ports.client.post({ ...add, id: 3, requestId: 'same' });
    await eventually(() => expect(received.filter(({ type }) => type === 'result')).toHaveLength(2));
    expect(errors()).toEqual(['invalid_argument']);
    expect(probe.record.counter).toBe(5);
  });

  it('is cut off after too many refused frames', async () => {
    for (let count = 0; count < 100; count++) ports.client.post({ type: 'nonsense' });
    await eventually(() => expect(isClosed).toBe(true));
    expect(errors().length).toBeLessThanOrEqual(20);
  });
});

describe.each(transports)('a hostile engine over $name', ({ connect }) => {
  it.each([
    ['nonsense', { type: 'nonsense' }],
    ['more chunks than credit', [1, 2, 3].map((index) => ({ type: 'chunk', id: 1, chunk: { index } }))],
  ])('that sends %s fails the call and nothing else', async (_what, frames) => {
    const ports = await connect();
    const client = createClient(probeContract, ports.client);
    const stream = client.procedures['column.scan']({ chunks: 9 }, { credit: 2 });
    ports.server.post({
      type: 'hello',
      hello: { contractVersion: CONTRACT_VERSION, engineVersion: '9', scope: 'viewer' },
    });
    const doubled = client.procedures['number.double']({ value: 1 }).catch(() => undefined);
    for (const frame of [frames].flat()) ports.server.post(frame);
    ports.server.post({ type: 'result', id: 2, output: { value: 2 } });
    const drain = async (): Promise<void> => {
      // Reading starts only after everything has arrived, so that no credit is given back in between: the answer of
      // another call comes last, and fails with the connection at the latest.
      await doubled;
      for await (const chunk of stream) void chunk;
    };
    await expect(drain()).rejects.toMatchObject({ name: 'ContractError' });
    await ports.tidy();
  });
});

describe('bytes on a WebSocket', () => {
  it.each([
    ['text', 'hello'],
    ['an empty message', new Uint8Array(0)],
    ['a length beyond the end', new Uint8Array([255, 255, 255, 127, 1])],
    ['what is no JSON', new Uint8Array([1, 0, 0, 0, 0x7b])],
    ['an array outside the message', encodeRaw('{"$":["a","f64",0,1000000]}')],
    ['a negative offset', encodeRaw('{"$":["a","u8",-8,4]}')],
    ['an unknown array kind', encodeRaw('{"$":["a","constructor",0,0]}')],
  ])('that are %s close the connection with 1003', async (_what, bytes) => {
    const { server, url } = await listenWebSocket();
    const heard = vi.fn();
    server.on('connection', (socket) => webSocketPort(socket).onMessage(heard));
    const socket = new WebSocket(url);
    socket.on('open', () => socket.send(bytes));
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1003);
    expect(heard).not.toHaveBeenCalled();
    await new Promise((resolve) => server.close(resolve));
  });
});

function encodeRaw(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const out = new Uint8Array(4 + bytes.length);
  new DataView(out.buffer).setUint32(0, bytes.length, true);
  out.set(bytes, 4);
  return out;
}
