/**
 * What the preload script of the desktop host puts into the page's world, and nothing more. Message ports cannot pass
 * the bridge as values; they arrive as a `message` event of the page's own window that names the request.
 */

/** Name of the bridge on the page's `window`. */
export const DESKTOP_BRIDGE = 'faultlineDesktop';

/** Whom a port leads to: the engine (`contract.ts`) or the program around the page (`host-contract.ts`). */
export const PORT_KINDS = ['engine', 'host'] as const;
export type PortKind = (typeof PORT_KINDS)[number];

/** `DroppedFile` is the browser's `File`, which the pure part of `shared` has no type for. */
export interface DesktopBridge<DroppedFile> {
  /** Asks for a port; it arrives as a `PortDelivery`. `requestId` is made by the page, at most 64 letters, digits or `-`. */
  requestPort(kind: PortKind, requestId: string): void;
  /** Absolute path of a dropped or picked file; '' for one that is not on disk, such as pasted text. */
  pathOfFile(file: DroppedFile): string;
}

/** The data of the `message` event; the port is the event's only one, or there is none when the request was refused. */
export interface PortDelivery {
  readonly type: 'faultline:port';
  readonly requestId: string;
}

export function isPortDelivery(data: unknown): data is PortDelivery {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'faultline:port' &&
    'requestId' in data &&
    typeof data.requestId === 'string'
  );
}
