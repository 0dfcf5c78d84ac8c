/** The one IPC channel between page and main process: requests for ports one way, ports the other. */
import { PORT_KINDS } from '../shared/contract/desktop-bridge.ts';
import type { PortKind } from '../shared/contract/desktop-bridge.ts';

export const PORT_CHANNEL = 'faultline:port';

export interface PortRequest {
  readonly kind: PortKind;
  readonly requestId: string;
}

/** What a page sent, if it is a request at all; everything else is not answered. */
export function portRequestOf(value: unknown): PortRequest | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, requestId } = value as Readonly<Record<string, unknown>>;
  const knownKind = PORT_KINDS.find((known) => known === kind);
  if (knownKind === undefined || typeof requestId !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(requestId)) return null;
  return { kind: knownKind, requestId };
}
