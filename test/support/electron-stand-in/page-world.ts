/**
 * Runs in the page before the preload script: gives it what Electron gives a sandboxed preload (`contextBridge`,
 * `ipcRenderer`, `webUtils`). Bundled for the page when a window opens (`preload-source.ts`); `RUN_PRELOAD` is the
 * program's own preload script as a function.
 */
import { decodeMessage, encodeMessage } from '../../../shared/rpc/wire-encoding.ts';
import { BINDING, RECEIVER } from './page-frames.ts';
import type { PageFrame, ToPageFrame } from './page-frames.ts';

/** The page's globals, as far as they are used here: this folder is compiled without DOM types. */
interface PagePort {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  addEventListener(type: 'message', listener: (event: PageEvent) => void): void;
  dispatchEvent(event: Event): void;
}
interface PageEvent {
  readonly data: unknown;
  readonly ports: readonly PagePort[];
  stopImmediatePropagation(): void;
}
interface PageGlobals {
  [BINDING]?: (text: string) => void;
  [RECEIVER]?: (text: string) => void;
  readonly MessageChannel: new () => { readonly port1: PagePort; readonly port2: PagePort };
  readonly top: unknown;
  readonly location: { readonly href: string };
  open: (url?: string) => null;
  addEventListener(type: 'message', listener: (event: PageEvent) => void): void;
  btoa(text: string): string;
  atob(text: string): string;
}
type MessageListener = (event: { readonly ports: readonly PagePort[] }, value: unknown) => void;
interface ElectronForPreload {
  readonly contextBridge: unknown;
  readonly ipcRenderer: unknown;
  readonly webUtils: unknown;
}
declare const RUN_PRELOAD: (require: (name: string) => ElectronForPreload, module: { exports: object }) => void;

/** Sent between the two ends of a port in the page when one closes: Chromium tells nobody, Electron's ports do. */
const CLOSED = '__electronStandInClosed';

const page = globalThis as unknown as PageGlobals;
const binding = page[BINDING];
// The page itself must not find the way to the program.
delete page[BINDING];
if (page.top === globalThis && binding) startPreload(binding);

function startPreload(sendText: (text: string) => void): void {
  const send = (frame: PageFrame): void => sendText(toBase64(encodeMessage(frame)));
  const listeners = new Map<string, MessageListener>();
  const ports = new Map<number, PagePort>();
  let paths: Readonly<Record<string, string>> = {};

  const receivePort = (portId: number): PagePort => {
    const { port1, port2 } = new page.MessageChannel();
    ports.set(portId, port1);
    port1.onmessage = ({ data }) => {
      if (data !== CLOSED) send({ type: 'port', portId, message: data });
      else if (ports.delete(portId)) send({ type: 'close', portId });
    };
    return port2;
  };
  const receive = (frame: ToPageFrame): void => {
    switch (frame.type) {
      case 'message':
        listeners.get(frame.channel)?.({ ports: frame.portIds.map(receivePort) }, frame.value);
        break;
      case 'port':
        ports.get(frame.portId)?.postMessage(decodeMessage(frame.bytes));
        break;
      case 'close': {
        ports.get(frame.portId)?.postMessage(CLOSED);
        ports.delete(frame.portId);
        break;
      }
      case 'files':
        paths = frame.paths;
        break;
    }
  };
  // Before any listener of the page: ports that reach its world get Electron's `close` event.
  page.addEventListener('message', ({ ports: arrived }) => arrived.forEach(addCloseEvent));
  const receiver = (text: string): void => receive(decodeMessage(fromBase64(text)) as ToPageFrame);
  Object.defineProperty(globalThis, RECEIVER, { value: receiver, enumerable: false });

  // Asked here and not at Chromium's popup: a window that is refused never comes up, and `open` answers null.
  page.open = (url = 'about:blank') => {
    send({ type: 'open', url: new URL(url, page.location.href).href });
    return null;
  };

  const electron: ElectronForPreload = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(globalThis, name, { value: Object.freeze({ ...api }), enumerable: true }),
    },
    ipcRenderer: {
      on: (channel: string, listener: MessageListener) => void listeners.set(channel, listener),
      send: (channel: string, ...values: readonly unknown[]) => send({ type: 'send', channel, values }),
    },
    webUtils: {
      getPathForFile: ({ name, size }: { readonly name: string; readonly size: number }) =>
        paths[`${name}/${size}`] ?? '',
    },
  };
  RUN_PRELOAD(
    (name) => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error(`module not found: ${name}`);
    },
    { exports: {} },
  );
}

function addCloseEvent(port: PagePort): void {
  port.addEventListener('message', (event) => {
    if (event.data !== CLOSED) return;
    event.stopImmediatePropagation();
    port.dispatchEvent(new Event('close'));
  });
  const close = port.close.bind(port);
  port.close = () => {
    port.postMessage(CLOSED);
    close();
  };
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return page.btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(page.atob(text), (letter) => letter.charCodeAt(0));
}
