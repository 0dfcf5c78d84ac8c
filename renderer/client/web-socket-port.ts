/** A Port over the browser's own WebSocket: binary messages in `rpc/wire-encoding`, anything else ends the connection. */
import type { Port } from '../../shared/rpc/port.ts';
import { decodeMessage, encodeMessage } from '../../shared/rpc/wire-encoding.ts';

const UNSUPPORTED_DATA = 4003;

/** Resolves when the socket is open; rejects when the server refuses it. */
export function openWebSocketPort(url: string): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => resolve(portOf(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error(`The server at ${url} refused the connection.`)), {
      once: true,
    });
  });
}

function portOf(socket: WebSocket): Port {
  let listener: ((message: unknown) => void) | undefined;
  const waiting: unknown[] = [];
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    let message: unknown;
    try {
      if (!(event.data instanceof ArrayBuffer)) throw new TypeError('Only binary messages are understood.');
      message = decodeMessage(new Uint8Array(event.data));
    } catch {
      socket.close(UNSUPPORTED_DATA, 'the message could not be decoded');
      return;
    }
    if (listener) listener(message);
    else waiting.push(message);
  });
  return {
    post(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message));
    },
    onMessage(next) {
      listener = next;
      for (const message of waiting.splice(0)) queueMicrotask(() => next(message));
    },
    onClose(closed) {
      if (socket.readyState === WebSocket.CLOSED) queueMicrotask(closed);
      else socket.addEventListener('close', () => closed(), { once: true });
    },
    close() {
      socket.close();
    },
  };
}
