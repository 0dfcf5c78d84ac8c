/** One window with the page in it: safe defaults, its own queue of commands, and what happens when its process dies. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { CommandQueue } from './command-queue.ts';
import { PAGE_URL } from './page-address.ts';
import { SMALLEST_WINDOW } from './window-state.ts';
import type { WindowMemory } from './window-memory.ts';

export interface PageWindow {
  readonly window: BrowserWindow;
  readonly commands: CommandQueue;
}

export interface PageWindowOptions {
  readonly entryFolder: string;
  readonly memory: WindowMemory;
  readonly hasDeveloperTools: boolean;
  readonly neighbour: BrowserWindow | undefined;
}

export function openPageWindow({ entryFolder, memory, hasDeveloperTools, neighbour }: PageWindowOptions): PageWindow {
  const window = new BrowserWindow({
    ...memory.place(neighbour),
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: 'Faultline',
    show: false,
    // The darkest surface of the page, so that nothing flashes before the first frame.
    backgroundColor: '#0b0d10',
    webPreferences: {
      preload: join(entryFolder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // Would fetch dictionaries from the network.
      spellcheck: false,
      devTools: hasDeveloperTools,
    },
  });
  window.once('ready-to-show', () => {
    if (memory.isMaximized && !neighbour) window.maximize();
    if (memory.isFullScreen && !neighbour) window.setFullScreen(true);
    window.show();
  });
  // The page says what the title is (`host.setTitle`), because it knows which names are masked.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  memory.follow(window);
  void window.loadURL(PAGE_URL);
  return { window, commands: new CommandQueue() };
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
