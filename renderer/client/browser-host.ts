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
    const report = (bytesOfFile: number): void =>
      onProgress({ bytesDone: bytesDone + bytesOfFile, bytesTotal, path: relativePath });
    report(0);
    staged.add(await uploadFile(file, relativePath, { batch, signal, onBytes: report }));
    bytesDone += file.size;
  }
  onProgress({ bytesDone, bytesTotal, path: '' });
  return [...staged];
}

interface Upload {
  readonly batch: string;
  readonly signal: AbortSignal;
  readonly onBytes: (bytesOfFile: number) => void;
}

async function uploadFile(file: File, relativePath: string, upload: Upload): Promise<string> {
  const { status, text } = await post(file, relativePath, upload);
  if (status !== 200) {
    throw new ContractError(
      'unavailable',
      `${relativePath} could not be handed to the engine: ${text.slice(0, 500) || 'the host did not answer'}`,
    );
  }
  const answer: unknown = JSON.parse(text);
  if (typeof answer === 'object' && answer !== null && 'path' in answer && typeof answer.path === 'string') {
    return answer.path;
  }
  throw new ContractError('internal', `The server did not say where it put ${relativePath}.`);
}

/** Not `fetch`, which does not tell how much of a file of gigabytes has gone. Status 0 = no answer. */
function post(
  file: File,
  relativePath: string,
  { batch, signal, onBytes }: Upload,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const settle = (): void => {
      signal.removeEventListener('abort', abort);
      resolve({ status: request.status, text: request.responseText });
    };
    request.open('POST', '/upload');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-faultline-path', encodeURIComponent(relativePath));
    request.setRequestHeader('x-faultline-batch', batch);
    request.setRequestHeader('x-faultline-modified', String(file.lastModified));
    request.upload.onprogress = ({ loaded }) => onBytes(loaded);
    request.onload = settle;
    request.onerror = settle;
    const cancelled = (): void => reject(new ContractError('cancelled', 'The hand-over was cancelled.'));
    request.onabort = cancelled;
    signal.addEventListener('abort', abort, { once: true });
    // A request that was never sent tells nobody that it was given up.
    if (signal.aborted) cancelled();
    else request.send(file);
  });
}
