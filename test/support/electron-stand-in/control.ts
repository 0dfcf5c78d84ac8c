/** What a test asks of the stand-in, over Node's own IPC: `{ id, command, input }` in, `{ id, output }` out. */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import type { Bounds } from './browser-window.ts';
import { answers, shown } from './dialog.ts';
import type { DialogAnswer, ShownDialog } from './dialog.ts';
import { Menu } from './menu.ts';
import type { MenuItemData } from './menu.ts';
import { blockedRequests } from './session.ts';
import { openedExternally } from './shell.ts';
import { running } from './utility-process.ts';

export interface WindowInfo {
  readonly targetId: string;
  readonly url: string;
  readonly title: string;
  readonly bounds: Bounds;
  readonly isMaximized: boolean;
  readonly isShown: boolean;
  readonly webPreferences: Readonly<Record<string, unknown>>;
}
/** What each command takes and answers. */
export interface ControlCommands {
  endpoint: { input: null; output: string };
  windows: { input: null; output: readonly WindowInfo[] };
  setBounds: { input: { readonly targetId: string; readonly bounds: Bounds }; output: void };
  maximize: { input: { readonly targetId: string }; output: void };
  closeWindow: { input: { readonly targetId: string }; output: void };
  answerDialog: { input: DialogAnswer; output: void };
  shownDialogs: { input: null; output: readonly ShownDialog[] };
  menu: { input: null; output: readonly MenuItemData[] };
  clickMenu: { input: { readonly item: string }; output: boolean };
  blockedRequests: { input: null; output: readonly string[] };
  openedExternally: { input: null; output: readonly string[] };
  utilityProcesses: { input: null; output: readonly { readonly pid: number; readonly serviceName: string }[] };
  tellPaths: { input: Readonly<Record<string, string>>; output: void };
  openUrl: { input: { readonly url: string }; output: void };
  isSandboxed: { input: null; output: boolean };
  quit: { input: null; output: void };
}
type Handlers = {
  readonly [Name in keyof ControlCommands]: (
    input: ControlCommands[Name]['input'],
  ) => ControlCommands[Name]['output'] | Promise<ControlCommands[Name]['output']>;
};
export interface ControlRequest {
  readonly id: number;
  readonly command: keyof ControlCommands;
  readonly input: unknown;
}

const handlers: Handlers = {
  endpoint: async () => (await app.chromium()).endpoint,
  windows: () => BrowserWindow.getAllWindows().map(infoOf),
  setBounds: ({ targetId, bounds }) => windowOf(targetId).setBounds(bounds),
  maximize: ({ targetId }) => windowOf(targetId).maximize(),
  closeWindow: ({ targetId }) => windowOf(targetId).close(),
  answerDialog: (answer) => {
    answers.push(answer);
  },
  shownDialogs: () => shown,
  menu: () => Menu.getApplicationMenu()?.data ?? [],
  clickMenu: ({ item }) => Menu.getApplicationMenu()?.click(item) ?? false,
  blockedRequests: () => blockedRequests,
  openedExternally: () => openedExternally,
  utilityProcesses: () =>
    [...running].flatMap(({ pid, serviceName }) => (pid === undefined ? [] : [{ pid, serviceName }])),
  tellPaths: (paths) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.tellPaths(paths);
  },
  openUrl: ({ url }) => {
    app.emit('open-url', { preventDefault: () => undefined }, url);
  },
  isSandboxed: () => app.isSandboxed,
  quit: () => app.quit(),
};

function windowOf(targetId: string): BrowserWindow {
  const found = BrowserWindow.getAllWindows().find((window) => window.targetId === targetId);
  if (!found) throw new Error(`There is no window ${targetId}.`);
  return found;
}

function infoOf(window: BrowserWindow): WindowInfo {
  return {
    targetId: window.targetId,
    url: window.webContents.getURL(),
    title: window.title,
    bounds: window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    isShown: window.isShown,
    webPreferences: { ...window.webPreferences },
  };
}

async function answer({ id, command, input }: ControlRequest): Promise<void> {
  try {
    const handler = handlers[command] as (input: unknown) => unknown;
    process.send?.({ id, output: await handler(input) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

if (process.send) {
  process.on('message', (request) => void answer(request as ControlRequest));
  // Only windows keep the program alive, not the test that watches it; but it ends with its test.
  process.on('disconnect', () => app.exit(1));
  process.channel?.unref();
}
