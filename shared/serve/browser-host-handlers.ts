/**
 * The host contract as a browser tab gets it. A browser saves, prints and sets its title by itself and has no dialogs of
 * this machine; what that leaves is a place for new cases and saying who we are.
 */
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ContractError } from '../contract/contract-error.ts';
import type { Handlers } from '../contract/derived-types.ts';
import type { HostContract } from '../contract/host-contract.ts';
import { stagedPathOf } from './staged-path.ts';
import { StagingError, newBatch } from './staging-folder.ts';
import type { StagingFolder } from './staging-folder.ts';

export interface BrowserHostOptions {
  readonly version: string;
  readonly isSharing: boolean;
  /** Where cases go that a page asks for; made when the first one is. */
  readonly casesFolder: string;
  /** Takes pasted text and pictures in until the host ends. */
  readonly staging: StagingFolder;
}

const CASE_SUFFIX = '.faultline';
const MAX_SAME_NAME = 10_000;

export function browserHostHandlers(options: BrowserHostOptions): Handlers<HostContract> {
  const { version, isSharing, casesFolder, staging } = options;
  return {
    'host.describe': () => ({ kind: 'browser', platform: process.platform, version, isSharing }),
    'host.pickFiles': () => unimplemented('Drop files on the page, or pick them there.'),
    'host.pickFolder': () => unimplemented('Drop a folder on the page, or pick it there.'),
    'host.pickCaseFile': () => unimplemented('Type the path of the case file, or choose a recent case.'),
    'host.newCaseFile': async ({ suggestedName }) => ({ caseFile: await freshCaseFile(casesFolder, suggestedName) }),
    'host.stageFile': async ({ name, bytes }) => ({ path: await stage(staging, name, bytes) }),
    'host.saveFile': () => unimplemented('The browser saves it as a download.'),
    'host.printPdf': () => unimplemented('Print the page from the browser and choose PDF.'),
    // The tab's title is that of the document, which the page sets itself.
    'host.setTitle': () => ({}),
    'host.commands': (_, { signal }) => noCommands(signal),
  };
}

function unimplemented(advice: string): Promise<never> {
  return Promise.reject(new ContractError('unimplemented', `In a browser tab there is no dialog for this. ${advice}`));
}

async function stage(staging: StagingFolder, name: string, bytes: Uint8Array): Promise<string> {
  const segments = stagedPathOf(encodeURIComponent(name));
  if (typeof segments === 'string') throw new ContractError('invalid_argument', segments);
  try {
    const { root } = await staging.write({
      batch: newBatch(),
      segments,
      sizeBytes: bytes.byteLength,
      modifiedMs: undefined,
      content: Readable.from([bytes]),
    });
    return root;
  } catch (error) {
    if (!(error instanceof StagingError)) throw error;
    throw new ContractError('resource_exhausted', error.message, { cause: error });
  }
}

/** Nothing reaches a tab from outside; the feed stays open so that the page need not know. */
async function* noCommands(signal: AbortSignal): AsyncGenerator<never, void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** A path in `folder` at which there is nothing yet, named after what was suggested. */
async function freshCaseFile(folder: string, suggestedName: string | undefined): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fit = stagedPathOf(encodeURIComponent(suggestedName ?? 'case'));
  const name = (typeof fit === 'string' ? 'case' : (fit.at(-1) ?? 'case')).replace(/\.faultline$/i, '');
  for (let number = 1; number <= MAX_SAME_NAME; number++) {
    const path = join(folder, `${number === 1 ? name : `${name}-${number}`}${CASE_SUFFIX}`);
    const isTaken = await access(path).then(
      () => true,
      () => false,
    );
    if (!isTaken) return path;
  }
  throw new ContractError('resource_exhausted', `${folder} holds too many cases called ${name}. Remove some.`);
}
