/**
 * A Port over Electron's MessagePortMain, in the main process and in the engine's. Buffers are copied, never transferred:
 * this port takes only other ports for transfer and throws on anything else (electron/electron#37157).
 */
import type { MessagePortMain } from 'electron';
import type { Port } from '../../shared/rpc/port.ts';

export function mainPort(channel: MessagePortMain): Port {
  let isClosed = false;
  let closeListener: (() => void) | undefined;
  const closed = (): void => {
    if (isClosed) return;
    isClosed = true;
    closeListener?.();
  };
  channel.once('close', closed);
  return {
    post(message) {
      if (!isClosed) channel.postMessage(message);
    },
    onMessage(listener) {
      channel.on('message', ({ data }) => listener(data));
      // Messages wait until here, so none that came before the listener is lost.
      channel.start();
    },
    onClose(listener) {
      closeListener = listener;
      if (isClosed) queueMicrotask(listener);
    },
    close() {
      if (isClosed) return;
      channel.close();
      closed();
    },
  };
}
