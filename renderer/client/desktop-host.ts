/**
 * The page in the desktop window: ports handed over by the preload script, files by their path on disk. Ports close when
 * the process behind them ends, which is how the page learns that the engine is being replaced.
 */
import { ContractError } from '../../shared/contract/contract-error.ts';
import { DESKTOP_BRIDGE, isPortDelivery } from '../../shared/contract/desktop-bridge.ts';
import type { DesktopBridge, PortKind } from '../../shared/contract/desktop-bridge.ts';
import { hostContract } from '../../shared/contract/host-contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Port } from '../../shared/rpc/port.ts';
import type { HandedFile, HostBridge, StagingProgress } from './host-bridge.ts';

/** A port is handed over within milliseconds; past this the host is not answering. */
const PORT_TIMEOUT_MS = 10_000;
/** What the host takes in one message (`host.stageFile`). */
const MAX_STAGED_BYTES = 512 * 1024 * 1024;
const MAX_NAME_LENGTH = 200;

declare global {
  interface Window {
    readonly [DESKTOP_BRIDGE]?: DesktopBridge<File>;
  }
}

/** Null in a browser tab. */
export function createDesktopHost(): HostBridge | null {
  const bridge = window[DESKTOP_BRIDGE];
  if (bridge === undefined) return null;
  const openHostPort = (): Promise<Port> => openPort(bridge, 'host');
  return {
    kind: 'desktop',
    openEnginePort: () => openPort(bridge, 'engine'),
    openHostPort,
    stageFiles: (files, onProgress, signal) => stageFiles(bridge, openHostPort, files, onProgress, signal),
  };
}

function openPort(bridge: DesktopBridge<File>, kind: PortKind): Promise<Port> {
  const requestId = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    const onMessage = ({ source, origin, data, ports }: MessageEvent<unknown>): void => {
      // Only the preload script of this very window hands ports over.
      if (source !== window || origin !== window.location.origin) return;
      if (!isPortDelivery(data) || data.requestId !== requestId) return;
      settle(ports[0]);
    };
    const timer = setTimeout(() => settle(undefined), PORT_TIMEOUT_MS);
    const settle = (port: MessagePort | undefined): void => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
      if (port) resolve(messagePort(port));
      else reject(new ContractError('unavailable', `Faultline’s ${kind} does not answer. It is tried again.`));
    };
    window.addEventListener('message', onMessage);
    bridge.requestPort(kind, requestId);
  });
}

/**
 * A Port over the browser's MessagePort. Buffers are always copied: Electron loses a message whose buffers are
 * transferred between processes (electron/electron#34905).
 */
function messagePort(channel: MessagePort): Port {
  let isClosed = false;
  let closeListener: (() => void) | undefined;
  const closed = (): void => {
    if (isClosed) return;
    isClosed = true;
    closeListener?.();
  };
  // Electron's addition to the web's ports: the process at the other end closed it or is gone.
  channel.addEventListener('close', closed);
  return {
    post(message) {
      if (!isClosed) channel.postMessage(message);
    },
    onMessage(listener) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data));
      // Started here, so that what came before is delivered as well.
      channel.start();
    },
    onClose(listener) {
      closeListener = listener;
      if (isClosed) queueMicrotask(listener);
    },
    close() {
      channel.close();
      closed();
    },
  };
}

/** Files keep their place on disk; what has none (pasted text) is handed to the host as bytes. */
async function stageFiles(
  bridge: DesktopBridge<File>,
  openHostPort: () => Promise<Port>,
  files: readonly HandedFile[],
  onProgress: (progress: StagingProgress) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const paths = new Set<string>();
  const homeless: HandedFile[] = [];
  for (const handed of files) {
    const path = bridge.pathOfFile(handed.file);
    if (path === '') homeless.push(handed);
    else paths.add(path);
  }
  if (homeless.length === 0) return [...paths];
  const bytesTotal = homeless.reduce((sum, { file }) => sum + file.size, 0);
  const client = createClient(hostContract, await openHostPort(), { requestIdPrefix: `page-${crypto.randomUUID()}` });
  try {
    let bytesDone = 0;
    for (const { file, relativePath } of homeless) {
      signal.throwIfAborted();
      onProgress({ bytesDone, bytesTotal, path: relativePath });
      const bytes = await bytesOf(file, relativePath);
      const { path } = await client.procedures['host.stageFile']({ name: plainName(file.name), bytes }, { signal });
      paths.add(path);
      bytesDone += file.size;
    }
    onProgress({ bytesDone, bytesTotal, path: '' });
  } finally {
    client.dispose();
  }
  return [...paths];
}

async function bytesOf(file: File, relativePath: string): Promise<Uint8Array> {
  if (file.size > MAX_STAGED_BYTES) {
    throw new ContractError(
      'resource_exhausted',
      `${relativePath} is too large to be handed over. Save it to a folder and import it from there.`,
    );
  }
  return new Uint8Array(await file.arrayBuffer());
}

/** A name the host accepts: no folders, no control characters, not too long. */
function plainName(name: string): string {
  const plain = [...name].map((letter) => (letter < ' ' || letter === '/' || letter === '\\' ? '_' : letter)).join('');
  const short = plain.slice(-MAX_NAME_LENGTH);
  return short === '' || short === '.' || short === '..' ? 'pasted' : short;
}
