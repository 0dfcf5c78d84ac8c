/** The host contract, answered for the page of one window. */
import { rm } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import { ContractError } from '../../shared/contract/contract-error.ts';
import type { Handlers } from '../../shared/contract/derived-types.ts';
import type { HostContract } from '../../shared/contract/host-contract.ts';
import { PRODUCT_VERSION } from '../../shared/engine/product-version.ts';
import type { CommandQueue } from './command-queue.ts';
import { askForNewCase, askWhereToSave, pickCaseFile, pickFiles, pickFolder } from './file-dialogs.ts';
import type { PrintedReports } from './page-protocol.ts';
import { printPdf } from './print-pdf.ts';
import type { Staging } from './staging.ts';
import { writeWhole } from './write-file.ts';

export interface HostServices {
  readonly reports: PrintedReports;
  readonly staging: Staging;
  /** True when a window of this program works on the case. */
  isCaseOpen(caseFile: string): boolean;
}

export function hostHandlers(
  window: BrowserWindow,
  commands: CommandQueue,
  services: HostServices,
): Handlers<HostContract> {
  return {
    'host.describe': () => ({
      kind: 'desktop',
      platform: process.platform,
      version: PRODUCT_VERSION,
      // The desktop window shares nothing; `faultline serve --share` does.
      isSharing: false,
    }),
    'host.pickFiles': async () => ({ paths: [...(await pickFiles(window))] }),
    'host.pickFolder': async () => ({ paths: [...(await pickFolder(window))] }),
    'host.pickCaseFile': async () => ({ caseFile: await pickCaseFile(window) }),
    'host.newCaseFile': async ({ suggestedName }) => {
      const caseFile = await askForNewCase(window, suggestedName ?? 'Untitled.faultline');
      if (caseFile !== null) await makeRoom(caseFile, services);
      return { caseFile };
    },
    'host.stageFile': async ({ name, bytes }) => ({ path: await services.staging.keep(name, bytes) }),
    'host.saveFile': async ({ suggestedName, bytes }) => save(window, suggestedName, async () => bytes),
    'host.printPdf': async ({ html, suggestedName }) =>
      save(window, suggestedName, () => printPdf(html, services.reports)),
    'host.setTitle': ({ title }) => {
      window.setTitle(title === '' ? 'Faultline' : title);
      return {};
    },
    'host.commands': (_input, context) => commands.follow(context),
  };
}

async function save(
  window: BrowserWindow,
  suggestedName: string,
  make: () => Promise<Uint8Array>,
): Promise<{ savedPath: string | null }> {
  const savedPath = await askWhereToSave(window, suggestedName);
  if (savedPath !== null) await writeWhole(savedPath, await make());
  return { savedPath };
}

/** The person agreed to replace what was there; a case someone works on is not taken away. */
async function makeRoom(caseFile: string, services: HostServices): Promise<void> {
  if (services.isCaseOpen(caseFile)) {
    throw new ContractError('failed_precondition', `${caseFile} is open. Close it first, or choose another name.`);
  }
  for (const companion of ['', '-wal', '-shm']) await rm(caseFile + companion, { force: true });
}
