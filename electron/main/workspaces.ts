/**
 * Which windows show which engine. An engine holds one case; its windows (the second one usually on a projector) form a
 * workspace. Invariants: a case is open in one workspace at most, and an engine ends with the last of its windows.
 */
import type { BrowserWindow, WebContents } from 'electron';
import type { EngineHost, EngineHostOptions } from './engine-host.ts';
import type { OpenedThing } from './opened-things.ts';
import { bringToFront } from './page-window.ts';
import type { PageWindow } from './page-window.ts';

export interface WorkspaceServices {
  startEngine(events: Pick<EngineHostOptions, 'firstCase' | 'onCase' | 'onCaseRefused'>): EngineHost;
  openWindow(neighbour: BrowserWindow | undefined): PageWindow;
  onCaseOpened(caseFile: string): void;
  /** A link from outside may name a case; asked before a case is opened that was never opened here. */
  isLinkAllowed(window: BrowserWindow | undefined, caseFile: string): Promise<boolean>;
}

interface Workspace {
  readonly engine: EngineHost;
  readonly windows: Set<PageWindow>;
}

export class Workspaces {
  readonly #services: WorkspaceServices;
  readonly #all = new Set<Workspace>();
  #lastFocused: PageWindow | undefined;
  readonly #ending = new Set<Promise<void>>();

  constructor(services: WorkspaceServices) {
    this.#services = services;
  }

  /** A window on a fresh engine, which opens the case if one is named. */
  openNew(caseFile: string | null = null): PageWindow {
    const engine = this.#services.startEngine({
      firstCase: caseFile === null ? null : { caseFile, isReadOnly: false },
      onCase: (opened) => {
        if (opened) this.#services.onCaseOpened(opened.caseFile);
      },
      // The page tries again, and says what the engine answers.
      onCaseRefused: (refused) => anyOf(workspace)?.commands.push({ type: 'openCase', caseFile: refused }),
    });
    const workspace: Workspace = { engine, windows: new Set() };
    this.#all.add(workspace);
    return this.#openWindow(workspace);
  }

  /** A second window on the case of the focused one. */
  openBeside(): void {
    const workspace = this.#workspaceOf(this.focused);
    if (workspace) this.#openWindow(workspace);
    else this.openNew();
  }

  /** The window a person used last, or any. */
  get focused(): PageWindow | undefined {
    return this.#lastFocused ?? this.#windows().next().value;
  }

  find(contents: WebContents): { readonly page: PageWindow; readonly engine: EngineHost } | undefined {
    for (const { engine, windows } of this.#all) {
      for (const page of windows) if (page.window.webContents === contents) return { page, engine };
    }
    return undefined;
  }

  isCaseOpen(caseFile: string): boolean {
    return this.#withCase(caseFile) !== undefined;
  }

  /** Takes what the program was started with, or handed later, to the window it belongs to. */
  async open(thing: OpenedThing): Promise<void> {
    const caseFile = thing.type === 'importPaths' ? null : thing.caseFile;
    const showing = caseFile === null ? undefined : this.#withCase(caseFile);
    if (showing) {
      bringToFront(showing.window);
      if (thing.type !== 'openCase') showing.commands.push(thing);
      return;
    }
    if (thing.type === 'openLink' && thing.caseFile !== null) {
      if (!(await this.#services.isLinkAllowed(this.focused?.window, thing.caseFile))) return;
    }
    const page = this.#freePage(caseFile);
    if (page) {
      bringToFront(page.window);
      page.commands.push(thing);
    } else {
      const opened = this.openNew(caseFile);
      if (thing.type !== 'openCase') opened.commands.push(thing);
    }
  }

  /** Ends all engines; their cases are closed first. */
  async shutdown(): Promise<void> {
    for (const workspace of [...this.#all]) this.#end(workspace);
    await Promise.all(this.#ending);
  }

  /** The window to show something in. A case never takes the place of another one someone works on. */
  #freePage(caseFile: string | null): PageWindow | undefined {
    const page = this.focused;
    const isOccupied = this.#workspaceOf(page)?.engine.opened !== null;
    return caseFile !== null && isOccupied ? undefined : page;
  }

  #openWindow(workspace: Workspace): PageWindow {
    const page = this.#services.openWindow(this.focused?.window);
    workspace.windows.add(page);
    this.#lastFocused = page;
    page.window.on('focus', () => (this.#lastFocused = page));
    page.window.on('closed', () => {
      workspace.windows.delete(page);
      if (this.#lastFocused === page) this.#lastFocused = undefined;
      if (workspace.windows.size === 0) this.#end(workspace);
    });
    return page;
  }

  #end(workspace: Workspace): void {
    if (!this.#all.delete(workspace)) return;
    const ended = workspace.engine.shutdown().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  *#windows(): Generator<PageWindow, undefined> {
    for (const { windows } of this.#all) yield* windows;
    return undefined;
  }

  #workspaceOf(page: PageWindow | undefined): Workspace | undefined {
    return [...this.#all].find(({ windows }) => page !== undefined && windows.has(page));
  }

  #withCase(caseFile: string): PageWindow | undefined {
    for (const { engine, windows } of this.#all) {
      const [page] = windows;
      if (page && engine.opened?.caseFile === caseFile) return page;
    }
    return undefined;
  }
}

/** One of its windows; the first may have been closed. */
function anyOf({ windows }: Workspace): PageWindow | undefined {
  return windows.values().next().value;
}
