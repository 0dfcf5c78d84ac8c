/** A Port over a MessagePort of Node: threads, and the stand-in for Electron's port. */
import type { MessagePort, Transferable } from 'node:worker_threads';
import type { Port } from '../rpc/port.ts';

export function messageChannelPort(channel: MessagePort): Port {
  let isClosed = false;
  let closeListener: (() => void) | undefined;
  channel.once('close', () => {
    isClosed = true;
    closeListener?.();
  });
  return {
    post(message, transfer = []) {
      if (!isClosed) channel.postMessage(message, transfer as readonly Transferable[] as Transferable[]);
    },
    onMessage(listener) {
      // Setting a listener starts the port; Node keeps what came before.
      channel.on('message', listener);
    },
    onClose(listener) {
      closeListener = listener;
      if (isClosed) queueMicrotask(listener);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      channel.close();
    },
  };
}
