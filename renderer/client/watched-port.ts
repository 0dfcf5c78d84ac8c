/** A port whose end is also told to its owner. A port tells one listener only (`rpc/port`), and the client is that one. */
import type { Port } from '../../shared/rpc/port.ts';

/** `onClosed` is called once, after whoever uses the port has learnt that it is closed. */
export function watchedPort(port: Port, onClosed: () => void): Port {
  let listener: (() => void) | undefined;
  port.onClose(() => {
    listener?.();
    onClosed();
  });
  return {
    post: (message, transfer) => port.post(message, transfer),
    onMessage: (next) => port.onMessage(next),
    onClose: (closed) => (listener = closed),
    close: () => port.close(),
  };
}
