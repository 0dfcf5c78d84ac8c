/** How much one host takes in and on. Each limit ends a connection or a request of its own, never the host. */
export interface HostLimits {
  /** Connections of any kind at once, and of one other machine. */
  readonly maxConnections: number;
  readonly maxConnectionsOfOneGuest: number;
  /** Open sockets of owners and of guests. */
  readonly maxOwnerSockets: number;
  readonly maxGuestSockets: number;
  /** A message from a page: the longest is a list of candidates or a setting. */
  readonly maxOwnerMessageBytes: number;
  readonly maxGuestMessageBytes: number;
  /** Bytes that may wait for one page to read them. */
  readonly maxWaitingBytes: number;
  /** Request line and headers. */
  readonly maxHeaderBytes: number;
  readonly headersTimeoutMs: number;
  /** How often each socket is asked whether it is still there; two unanswered end it. */
  readonly pingIntervalMs: number;
  /** A sender of a file that stops for this long is given up. */
  readonly uploadIdleMs: number;
  /** What is polite at the end: after this long, connections that are still open are cut. */
  readonly closeTimeoutMs: number;
}

export const DEFAULT_LIMITS: HostLimits = {
  maxConnections: 512,
  maxConnectionsOfOneGuest: 64,
  maxOwnerSockets: 64,
  maxGuestSockets: 128,
  maxOwnerMessageBytes: 16 * 1024 * 1024,
  maxGuestMessageBytes: 256 * 1024,
  maxWaitingBytes: 32 * 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  headersTimeoutMs: 10_000,
  pingIntervalMs: 20_000,
  uploadIdleMs: 30_000,
  closeTimeoutMs: 2_000,
};
