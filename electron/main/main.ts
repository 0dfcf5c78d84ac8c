/**
 * Entry of the desktop host: one program per user, its windows, and what reaches it from outside. It computes nothing;
 * engines run in processes of their own and pages speak with them through ports that pass by here once.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { userFolders } from '../../shared/serve/user-folders.ts';
import { showMenu } from './application-menu.ts';
import { guardContents } from './contents-guard.ts';
import { LINK_SCHEME } from './deep-link.ts';
import { EngineHost } from './engine-host.ts';
import { confirmLinkedCase } from './file-dialogs.ts';
import { openedThings } from './opened-things.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import type { PrintedReports } from './page-protocol.ts';
import { openPageWindow } from './page-window.ts';
import { servePorts } from './port-server.ts';
import { RecentCases } from './recent-cases.ts';
import { guardSession } from './session-guard.ts';
import { Staging } from './staging.ts';
import { WindowMemory } from './window-memory.ts';
import { Workspaces } from './workspaces.ts';

/** `dist/desktop`, in a checkout and in the package. */
const entryFolder = import.meta.dirname;
const pageFolder = join(entryFolder, '..', 'page');
const hasDeveloperTools = !app.isPackaged;
/** Electron's own executable and the folder of the app come first when it is not packaged. */
const programArguments = process.argv.slice(app.isPackaged ? 1 : 2);

/** Sent by a second start to the first; Chromium changes the order of a command line, this it leaves alone. */
interface SecondStart {
  readonly programArguments: readonly string[];
  readonly folder: string;
}

// Chromium's own errands: nothing leaves the machine.
for (const name of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability']) {
  app.commandLine.appendSwitch(name);
}
app.enableSandbox();
registerPageScheme();
app.on('web-contents-created', (_event, contents) => guardContents(contents));
// The same variable that moves everything else of a user (shared/serve/user-folders.ts).
if (process.env['FAULTLINE_HOME']) app.setPath('userData', resolve(process.env['FAULTLINE_HOME'], 'desktop'));

const secondStart: SecondStart = { programArguments, folder: process.cwd() };
if (app.requestSingleInstanceLock(secondStart)) {
  void start().catch((error: unknown) => {
    dialog.showErrorBox('Faultline could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  app.quit();
}

async function start(): Promise<void> {
  // macOS tells of files and links by events, which may come before the program is ready.
  const waiting: string[] = [];
  let open = (argument: string): void => void waiting.push(argument);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    open(url);
  });
  // A second start may come while the first still asks whether to open a link.
  const { promise: ready, resolve: isReady } = Promise.withResolvers<(second: SecondStart) => void>();
  app.on('second-instance', (_event, _argv, _folder, data) => {
    void ready.then((takeOver) => takeOver(data as SecondStart));
  });
  await app.whenReady();
  const workspaces = await composeProgram();
  const openAll = async (texts: readonly string[], folder: string): Promise<void> => {
    for (const thing of openedThings(texts, folder, process.platform)) await workspaces.open(thing);
  };
  open = (argument) => void openAll([argument], process.cwd());
  await openAll([...programArguments, ...waiting], process.cwd());
  if (!workspaces.focused) workspaces.openNew();
  isReady(({ programArguments: texts, folder }) => {
    if (texts.length === 0) workspaces.openNew();
    else void openAll(texts, folder);
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) workspaces.openNew();
  });
}

/** Builds everything from the folders of this user; rejects with a sentence when the page is missing. */
async function composeProgram(): Promise<Workspaces> {
  const userFolder = app.getPath('userData');
  mkdirSync(userFolder, { recursive: true });
  const reports: PrintedReports = new Map();
  const staging = new Staging();
  const memory = new WindowMemory(join(userFolder, 'window-state.json'));
  const recentCases = new RecentCases(userFolders().recentCasesFile);
  await recentCases.load();
  guardSession(session.defaultSession, hasDeveloperTools);
  await servePage(pageFolder, reports);
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);

  const workspaces = new Workspaces({
    startEngine: (events) => new EngineHost({ entryFolder, onCrash: reportCrash, ...events }),
    openWindow: (neighbour) => openPageWindow({ entryFolder, memory, hasDeveloperTools, neighbour }),
    onCaseOpened: (caseFile) => {
      app.addRecentDocument(caseFile);
      void recentCases
        .add(caseFile, BigInt(Date.now()) * 1_000_000n)
        .then(() => showMenu(workspaces, recentCases, hasDeveloperTools));
    },
    isLinkAllowed: async (window, caseFile) => recentCases.has(caseFile) || confirmLinkedCase(window, caseFile),
  });
  servePorts(workspaces, { reports, staging, isCaseOpen: (caseFile) => workspaces.isCaseOpen(caseFile) });
  showMenu(workspaces, recentCases, hasDeveloperTools);
  endTidily(workspaces, staging);
  return workspaces;
}

/** Cases are closed before the program ends, so that nothing is left to repair. */
function endTidily(workspaces: Workspaces, staging: Staging): void {
  let isTidy = false;
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (isTidy) return;
    event.preventDefault();
    void Promise.allSettled([workspaces.shutdown(), staging.clear()]).then(() => {
      isTidy = true;
      app.quit();
    });
  });
}

function reportCrash(exitCode: number, reopened: { readonly caseFile: string } | null): void {
  const next = reopened ? `it is started again with ${reopened.caseFile}` : 'it is started again without a case';
  console.error(`faultline: the engine ended unexpectedly (exit code ${exitCode}); ${next}.`);
}
