/** The page in a browser tab: sockets to the loopback host that served it, files by upload to its staging folder. */
import { ContractError } from '../../shared/contract/contract-error.ts';
import type { HandedFile, HostBridge, StagingProgress } from './host-bridge.ts';
import { openWebSocketPort } from './web-socket-port.ts';

export function createBrowserHost(location: Pick<Location, 'origin'> = window.location): HostBridge {
  const socketUrl = (path: string): string => location.origin.replace(/^http/, 'ws') + path;
  return {
    kind: 'browser',
    openEnginePort: () => openWebSocketPort(socketUrl('/rpc')).catch(explainRefusal),
    openHostPort: () => openWebSocketPort(socketUrl('/host')),
    stageFiles: uploadFiles,
  };
}

/** A browser does not say why a socket was refused. A page that is refused as well has lost its session for good. */
async function explainRefusal(refusal: unknown): Promise<never> {
  const page = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (page?.status !== 401) throw refusal;
  throw new ContractError(
    'permission_denied',
    'This session is over: Faultline was started again, or the session has ended. Open the link that it printed.',
  );
}

async function uploadFiles(
  files: readonly HandedFile[],
  onProgress: (progress: StagingProgress) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const bytesTotal = files.reduce((sum, { file }) => sum + file.size, 0);
  const batch = crypto.randomUUID();
  const staged = new Set<string>();
  let bytesDone = 0;
  for (const { file, relativePath } of files) {
    onProgress({ bytesDone, bytesTotal, path: relativePath });
    staged.add(await uploadFile(file, relativePath, batch, signal));
    bytesDone += file.size;
  }
  onProgress({ bytesDone, bytesTotal, path: '' });
  return [...staged];
}

async function uploadFile(file: File, relativePath: string, batch: string, signal: AbortSignal): Promise<string> {
  const response = await fetch('/upload', {
    method: 'POST',
    body: file,
    signal,
    headers: {
      'content-type': 'application/octet-stream',
      'x-faultline-path': encodeURIComponent(relativePath),
      'x-faultline-batch': batch,
      'x-faultline-modified': String(file.lastModified),
    },
  });
  if (!response.ok) {
    const reason = (await response.text()).slice(0, 500);
    throw new ContractError('unavailable', `${relativePath} could not be handed to the engine: ${reason}`);
  }
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'path' in answer && typeof answer.path === 'string') {
    return answer.path;
  }
  throw new ContractError('internal', `The server did not say where it put ${relativePath}.`);
}
