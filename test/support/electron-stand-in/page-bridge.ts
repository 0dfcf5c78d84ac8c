/** This side of a page's ports and messages, over one DevTools session. */
import { decodeMessage, encodeMessage } from '../../../shared/rpc/wire-encoding.ts';
import type { CdpObject, CdpSession } from './cdp-connection.ts';
import type { CarriedEnd, MessagePortMain } from './message-ports.ts';
import { BINDING, RECEIVER } from './page-frames.ts';
import type { PageFrame, ToPageFrame } from './page-frames.ts';

/** A message of the preload script, with the frame it came from. */
export type OnSend = (channel: string, values: readonly unknown[], frameId: string) => void;
export type OnOpen = (url: string) => void;

export class PageBridge {
  readonly #session: CdpSession;
  readonly #onSend: OnSend;
  readonly #onOpen: OnOpen;
  readonly #ports = new Map<number, CarriedEnd>();
  /** Execution contexts by number, with the frame they belong to. */
  readonly #frames = new Map<number, string>();
  #nextPortId = 1;

  constructor(session: CdpSession, onSend: OnSend, onOpen: OnOpen) {
    this.#session = session;
    this.#onSend = onSend;
    this.#onOpen = onOpen;
    session.on('Runtime.executionContextCreated', ({ context }: { readonly context: CdpObject }) => {
      const { frameId } = context['auxData'] as { readonly frameId: string };
      this.#frames.set(context['id'] as number, frameId);
    });
    // A new document: what the old one held is gone.
    session.on('Runtime.executionContextsCleared', () => {
      this.#frames.clear();
      this.closeAll();
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }: CdpObject) => {
      if (name === BINDING) this.#receive(String(payload), this.#frames.get(executionContextId as number) ?? '');
    });
  }

  /** Before the first document. */
  async start(): Promise<void> {
    await this.#session.send('Runtime.enable');
    await this.#session.send('Runtime.addBinding', { name: BINDING });
  }

  post(channel: string, value: unknown, transfer: readonly MessagePortMain[]): void {
    const portIds = transfer.map((port) => this.#give(port));
    this.#send({ type: 'message', channel, value, portIds });
  }

  tellPaths(paths: Readonly<Record<string, string>>): void {
    this.#send({ type: 'files', paths });
  }

  closeAll(): void {
    for (const end of this.#ports.values()) end.closed();
    this.#ports.clear();
  }

  #give(port: MessagePortMain): number {
    const portId = this.#nextPortId++;
    const end = port.moveTo({
      // Behind the message that brings the port.
      send: (bytes) => queueMicrotask(() => this.#send({ type: 'port', portId, bytes })),
      close: () => {
        this.#ports.delete(portId);
        queueMicrotask(() => this.#send({ type: 'close', portId }));
      },
    });
    this.#ports.set(portId, end);
    return portId;
  }

  #send(frame: ToPageFrame): void {
    const text = Buffer.from(encodeMessage(frame)).toString('base64');
    const expression = `globalThis.${RECEIVER}?.(${JSON.stringify(text)})`;
    // A page that is gone or changing receives nothing, as in Electron.
    this.#session.send('Runtime.evaluate', { expression, silent: true }).catch(() => undefined);
  }

  #receive(text: string, frameId: string): void {
    const frame = decodeMessage(Buffer.from(text, 'base64')) as PageFrame;
    if (frame.type === 'send') return this.#onSend(frame.channel, frame.values, frameId);
    if (frame.type === 'open') return this.#onOpen(frame.url);
    const end = this.#ports.get(frame.portId);
    if (frame.type === 'port') end?.receive(encodeMessage(frame.message));
    else {
      this.#ports.delete(frame.portId);
      end?.closed();
    }
  }
}
