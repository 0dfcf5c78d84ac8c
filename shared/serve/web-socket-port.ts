/**
 * A Port over a WebSocket of the `ws` package. Messages travel as binary (`rpc/wire-encoding`); one that cannot be
 * decoded, or text, closes the connection with 1003, so a hostile peer reaches nothing behind this file.
 */
import type { RawData, WebSocket } from 'ws';
import type { Port } from '../rpc/port.ts';
import { decodeMessage, encodeMessage } from '../rpc/wire-encoding.ts';

const OPEN = 1;
const CLOSED = 3;
const UNSUPPORTED_DATA = 1003;

export function webSocketPort(socket: WebSocket): Port {
  let listener: ((message: unknown) => void) | undefined;
  let waiting: unknown[] = [];
  let unsent: Uint8Array[] = [];
  const deliver = (message: unknown): void => {
    if (listener) listener(message);
    else waiting.push(message);
  };
  socket.on('open', () => {
    for (const bytes of unsent) socket.send(bytes);
    unsent = [];
  });
  // An error is always followed by `close`; without a listener it would end the process.
  socket.on('error', () => undefined);
  // Once one message was lost nothing later may be believed: a stream would seem whole with a hole in it.
  let isBroken = false;
  const breakOff = (reason: string): void => {
    isBroken = true;
    socket.close(UNSUPPORTED_DATA, reason);
  };
  socket.on('message', (data, isBinary) => {
    if (isBroken) return;
    if (!isBinary) return breakOff('only binary messages are understood');
    let message: unknown;
    try {
      message = decodeMessage(bytesOf(data));
    } catch {
      return breakOff('the message could not be decoded');
    }
    deliver(message);
  });
  return {
    post(message) {
      const bytes = encodeMessage(message);
      if (socket.readyState === OPEN) socket.send(bytes);
      else if (socket.readyState < OPEN) unsent.push(bytes);
    },
    onMessage(next) {
      listener = next;
      const early = waiting;
      waiting = [];
      for (const message of early) queueMicrotask(() => next(message));
    },
    onClose(closed) {
      if (socket.readyState === CLOSED) queueMicrotask(closed);
      else socket.once('close', closed);
    },
    close() {
      socket.close();
    },
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
