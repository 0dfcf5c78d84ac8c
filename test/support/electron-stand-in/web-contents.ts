/** A page as the program sees it: events before it goes anywhere, messages, printing. */
import { EventEmitter } from 'node:events';
import type { CdpObject, CdpSession } from './cdp-connection.ts';
import { ipcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-ports.ts';
import { PageBridge } from './page-bridge.ts';
import { programUrl, shownUrl } from './protocol.ts';
import { blockedRequests, session } from './session.ts';

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };
interface PausedRequest {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly frameId: string;
  readonly resourceType: string;
}

let nextId = 1;

export class WebContents extends EventEmitter {
  readonly id = nextId++;
  readonly session = session.defaultSession;
  readonly mainFrame: { readonly url: string };
  openHandler: OpenHandler = () => ({ action: 'allow' });
  #cdp: CdpSession | undefined;
  #bridge: PageBridge | undefined;
  #frameId = '';
  #url = '';
  /** Where the program itself leads the page next; everything else is the page's own idea. */
  #expectedUrl = '';
  #isDestroyed = false;

  constructor() {
    super();
    const url = (): string => this.#url;
    this.mainFrame = {
      get url() {
        return url();
      },
    };
  }

  /** The page is there, with an empty document. */
  async attach(cdp: CdpSession, frameId: string, preload: string | undefined, hasScripts: boolean): Promise<void> {
    this.#cdp = cdp;
    this.#frameId = frameId;
    this.#bridge = new PageBridge(
      cdp,
      (channel, values, from) => this.#receive(channel, values, from),
      (url) => this.#refuseWindow(programUrl(url)),
    );
    cdp.on('Page.frameNavigated', ({ frame }: { readonly frame: CdpObject }) => {
      if (frame['parentId'] === undefined) this.#url = programUrl(`${String(frame['url'])}`);
    });
    cdp.on('Page.loadEventFired', () => this.emit('did-finish-load'));
    cdp.on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    cdp.on('Fetch.requestPaused', (paused: PausedRequest) => void this.#decide(paused).catch(() => undefined));
    await cdp.send('Page.enable');
    await this.#bridge.start();
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    if (!hasScripts) await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
    if (preload !== undefined) await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: preload });
  }

  async load(url: string): Promise<void> {
    const cdp = this.#attached();
    this.#expectedUrl = await shownUrl(url);
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await cdp.send('Page.navigate', { url: this.#expectedUrl });
    if (typeof errorText === 'string' && errorText !== '') throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  reload(): void {
    this.#expectedUrl = '';
    void this.#attached().send('Page.reload');
  }

  getURL(): string {
    return this.#url;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#bridge?.post(channel, message, transfer);
  }
  /** For tests: `webUtils.getPathForFile` answers these. */
  tellPaths(paths: Readonly<Record<string, string>>): void {
    this.#bridge?.tellPaths(paths);
  }

  async printToPDF(options: CdpObject = {}): Promise<Buffer> {
    const A4_INCHES = { paperWidth: 8.27, paperHeight: 11.69 };
    const { data } = await this.#attached().send('Page.printToPDF', {
      ...A4_INCHES,
      printBackground: options['printBackground'] === true,
      preferCSSPageSize: options['preferCSSPageSize'] === true,
      generateTaggedPDF: options['generateTaggedPDF'] === true,
      generateDocumentOutline: options['generateDocumentOutline'] === true,
    });
    return Buffer.from(String(data), 'base64');
  }

  destroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#bridge?.closeAll();
    this.emit('destroyed');
  }

  #attached(): CdpSession {
    if (!this.#cdp || this.#isDestroyed) throw new Error('Object has been destroyed');
    return this.#cdp;
  }

  /** A window the handler allows is none the less not opened: the program under test has no such windows. */
  #refuseWindow(url: string): void {
    const { action } = this.openHandler({ url });
    if (action === 'deny') blockedRequests.push(url);
    else throw new Error(`The stand-in opens no window for ${url}.`);
  }

  #receive(channel: string, values: readonly unknown[], frameId: string): void {
    // Electron gives the same object for the same frame, and the program compares.
    const senderFrame = frameId === this.#frameId ? this.mainFrame : { url: 'about:blank' };
    ipcMain.emit(channel, { sender: this, senderFrame, ports: [], type: 'frame' }, ...values);
  }

  /** Every request asks the program: navigations by event, all by the session's guard. */
  async #decide({ requestId, request, frameId, resourceType }: PausedRequest): Promise<void> {
    const cdp = this.#attached();
    const url = programUrl(request.url);
    const isNavigation = resourceType === 'Document';
    if (isNavigation && request.url.replace(/#.*/, '') !== this.#expectedUrl.replace(/#.*/, '')) {
      if (this.#isNavigationPrevented(url, frameId === this.#frameId)) {
        blockedRequests.push(url);
        // An answer without content leaves the page where it is.
        await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
        return;
      }
    }
    if (await this.session.isRequestAllowed(url, request.method)) {
      await cdp.send('Fetch.continueRequest', { requestId });
      return;
    }
    blockedRequests.push(url);
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
  }

  #isNavigationPrevented(url: string, isMainFrame: boolean): boolean {
    let isPrevented = false;
    const event = { url, isMainFrame, preventDefault: () => (isPrevented = true) };
    if (isMainFrame) this.emit('will-navigate', event, url);
    this.emit('will-frame-navigate', event);
    return isPrevented;
  }
}
