/** Windows as pages of Chromium. Place and size are kept here, because a headless window has neither. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import type { CdpSession } from './cdp-connection.ts';
import { allowedPermissions } from './permissions.ts';
import { preloadSource } from './preload-source.ts';
import { WebContents } from './web-contents.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface WebPreferences {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
  readonly nodeIntegration?: boolean;
  readonly webSecurity?: boolean;
  readonly webviewTag?: boolean;
  readonly javascript?: boolean;
}
interface WindowOptions extends Partial<Bounds> {
  readonly title?: string;
  readonly show?: boolean;
  readonly webPreferences?: WebPreferences;
}

const windows = new Set<BrowserWindow>();
/** Pages of Chromium by the id of their target; a page nobody asked for is a popup. */
const sessions = new Map<string, (cdp: CdpSession) => void>();
let listening: Promise<void> | undefined;

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly webPreferences: WebPreferences;
  isShown: boolean;
  title: string;
  targetId = '';
  readonly #ready: Promise<void>;
  #bounds: Bounds;
  #isMaximized = false;
  #isFullScreen = false;
  #isMinimized = false;
  #isDestroyed = false;

  static getAllWindows(): readonly BrowserWindow[] {
    return [...windows];
  }

  constructor({
    x = 0,
    y = 0,
    width = 800,
    height = 600,
    title = '',
    show = true,
    webPreferences = {},
  }: WindowOptions) {
    super();
    this.#bounds = { x, y, width, height };
    this.title = title;
    this.isShown = show;
    this.webPreferences = webPreferences;
    windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.#ready = this.#open();
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
  }

  async loadURL(url: string): Promise<void> {
    await this.#ready;
    await this.webContents.load(url);
  }

  close(): void {
    if (this.#isDestroyed) return;
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
  }
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this);
    this.webContents.destroyed();
    void this.#closePage();
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.emit('focus');
  }
  setTitle(title: string): void {
    this.title = title;
  }
  getNormalBounds(): Bounds {
    return this.#bounds;
  }
  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }
  isMaximized(): boolean {
    return this.#isMaximized;
  }
  maximize(): void {
    this.#isMaximized = true;
    this.emit('resize');
  }
  isFullScreen(): boolean {
    return this.#isFullScreen;
  }
  setFullScreen(isFullScreen: boolean): void {
    this.#isFullScreen = isFullScreen;
    this.emit('resize');
  }
  isMinimized(): boolean {
    return this.#isMinimized;
  }
  minimize(): void {
    this.#isMinimized = true;
  }
  restore(): void {
    this.#isMinimized = false;
  }

  async #open(): Promise<void> {
    const { connection } = await app.chromium();
    listening ??= listenForPages();
    await listening;
    const { width, height } = this.#bounds;
    const { targetId } = await connection.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    this.targetId = String(targetId);
    const cdp = await pageSession(this.targetId);
    const { preload, javascript } = this.webPreferences;
    const source = preload === undefined ? undefined : await preloadSource(preload);
    await this.webContents.attach(cdp, this.targetId, source, javascript !== false);
    cdp.on('Target.detachedFromTarget', () => this.destroy());
  }

  async #closePage(): Promise<void> {
    const { connection } = await app.chromium();
    await this.#ready.catch(() => undefined);
    await connection.browser.send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined);
  }
}

app.closeAllWindows = () => {
  for (const window of [...windows]) window.close();
  return Promise.resolve();
};

const attached = new Map<string, CdpSession>();

/** The session of a page this program opened. */
function pageSession(targetId: string): Promise<CdpSession> {
  const known = attached.get(targetId);
  if (known) return Promise.resolve(known);
  return new Promise((resolve) => sessions.set(targetId, resolve));
}

interface AttachedToTarget {
  readonly sessionId: string;
  readonly targetInfo: {
    readonly targetId: string;
    readonly type: string;
    readonly url: string;
    readonly openerId?: string;
  };
}

/** Pages stop at their start until the program has said what they may do. */
async function listenForPages(): Promise<void> {
  const { connection } = await app.chromium();
  await connection.browser.send('Browser.resetPermissions');
  for (const { name, isAllowed } of allowedPermissions()) {
    const setting = isAllowed ? 'granted' : 'denied';
    await connection.browser.send('Browser.setPermission', { permission: { name }, setting });
  }
  connection.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }: AttachedToTarget) => {
    const cdp = connection.session(sessionId);
    if (targetInfo.openerId !== undefined) return closePopup(targetInfo.targetId);
    attached.set(targetInfo.targetId, cdp);
    sessions.get(targetInfo.targetId)?.(cdp);
    cdp.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
  });
  connection.browser.on('Target.targetDestroyed', ({ targetId }: { readonly targetId: string }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.targetId === targetId)
      ?.destroy();
  });
  await connection.browser.send('Target.setDiscoverTargets', { discover: true });
  await connection.browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  });
}

/** A link that wants a window of its own; `window.open` never gets this far (`page-world.ts`). */
function closePopup(targetId: string): void {
  void app.chromium().then(({ connection }) => connection.browser.send('Target.closeTarget', { targetId }));
}
