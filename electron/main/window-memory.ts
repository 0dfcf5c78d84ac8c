/** The place of the last window, on disk. Written when a window moves and when it closes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { screen } from 'electron';
import type { BrowserWindow } from 'electron';
import { parseWindowState, placeBeside, placeWindow } from './window-state.ts';
import type { Rectangle, WindowState } from './window-state.ts';

/** Moving a window makes hundreds of events; the last one counts. */
const SETTLE_MS = 400;

export class WindowMemory {
  readonly #file: string;
  #state: WindowState | null;

  constructor(file: string) {
    this.#file = file;
    this.#state = read(file);
  }

  get isMaximized(): boolean {
    return this.#state?.isMaximized === true;
  }
  get isFullScreen(): boolean {
    return this.#state?.isFullScreen === true;
  }

  /** Where a new window goes: where the last one was, or beside the one that is open. */
  place(neighbour: BrowserWindow | undefined): Rectangle {
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    if (neighbour) {
      const bounds = neighbour.getNormalBounds();
      return placeBeside(bounds, screen.getDisplayMatching(bounds).workArea);
    }
    return placeWindow(this.#state, [primary.workArea, ...others.map(({ workArea }) => workArea)]);
  }

  follow(window: BrowserWindow): void {
    let timer: NodeJS.Timeout | undefined;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#remember(window), SETTLE_MS);
    };
    window.on('resize', later);
    window.on('move', later);
    window.on('close', () => {
      clearTimeout(timer);
      this.#remember(window);
    });
    window.on('closed', () => clearTimeout(timer));
  }

  /** Written at once: the program may be about to end. A disk that refuses costs the place, not the work. */
  #remember(window: BrowserWindow): void {
    this.#state = {
      version: 1,
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, `${JSON.stringify(this.#state)}\n`);
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      console.error('faultline: the place of the window could not be remembered:', error);
    }
  }
}

function read(file: string): WindowState | null {
  try {
    return parseWindowState(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
