/**
 * A socket whose peer has to read. What is sent waits in memory until the peer takes it; without a bound, one sleeping
 * laptop would fill the host's memory. Invariant: no more than the bound and one message ever wait for one peer, and a
 * peer that falls behind loses its own connection, with the reason, and nobody else's.
 */
import type { WebSocket } from 'ws';
import type { Port } from '../rpc/port.ts';
import { webSocketPort } from './web-socket-port.ts';

/** Close codes of ws we use (RFC 6455 section 7.4.1). */
export const CLOSE = { goingAway: 1001, policy: 1008, tryAgainLater: 1013 } as const;

/** At most 123 bytes fit into a close frame. */
const SLOW_REASON = 'This page did not read what it was sent in time. Load it again.';

export interface BoundedSocketOptions {
  /** Bytes that may wait for the peer. */
  readonly maxWaitingBytes: number;
}

export function boundedSocketPort(socket: WebSocket, { maxWaitingBytes }: BoundedSocketOptions): Port {
  const port = webSocketPort(socket);
  let isGivenUp = false;
  let onGivenUp: () => void = () => undefined;
  const giveUp = (): void => {
    isGivenUp = true;
    // The close frame waits behind what was not read; ws ends the connection itself when it is not answered in time.
    socket.close(CLOSE.tryAgainLater, SLOW_REASON);
    onGivenUp();
  };
  return {
    post(message) {
      if (isGivenUp) return;
      if (socket.bufferedAmount > maxWaitingBytes) giveUp();
      else port.post(message);
    },
    onMessage(listener) {
      port.onMessage((message) => {
        if (!isGivenUp) listener(message);
      });
    },
    onClose(listener) {
      let isTold = false;
      const tellOnce = (): void => {
        if (isTold) return;
        isTold = true;
        listener();
      };
      // Calls of a peer that was given up end at once, not when its connection has finally gone.
      onGivenUp = tellOnce;
      port.onClose(tellOnce);
    },
    close: () => port.close(),
  };
}
