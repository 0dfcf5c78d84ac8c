/**
 * `POST /upload`: one file a page was handed, into the staging folder, for the owner only. The answer is
 * `{ "path": … }`, what to import; files of one drop answer the same path when they share a folder.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stagedPathOf } from './staged-path.ts';
import { StagingError, newBatch } from './staging-folder.ts';
import type { StagingFolder } from './staging-folder.ts';

const BATCH = /^[\w-]{1,64}$/;
/** A sender that stops for this long is given up. */
const IDLE_MS = 30_000;

/** Takes the file in and answers; throws StagingError when it is refused. */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  staging: StagingFolder,
  idleMs: number = IDLE_MS,
): Promise<void> {
  const batch = textHeader(request, 'x-faultline-batch') ?? newBatch();
  if (!BATCH.test(batch)) throw new StagingError(400, 'The header x-faultline-batch is no plain name.');
  const segments = stagedPathOf(textHeader(request, 'x-faultline-path'));
  if (typeof segments === 'string') throw new StagingError(400, segments);
  request.setTimeout(idleMs, () => request.destroy());
  const { root } = await staging.write({
    batch,
    segments,
    sizeBytes: numberHeader(request, 'content-length'),
    modifiedMs: numberHeader(request, 'x-faultline-modified'),
    content: request,
  });
  const body = JSON.stringify({ path: root });
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(body);
}

function textHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function numberHeader(request: IncomingMessage, name: string): number | undefined {
  const value = Number(textHeader(request, name) ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
