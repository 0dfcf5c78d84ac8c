/**
 * Electron's message ports. Two ends are joined in this process; an end that is sent elsewhere (to a page, to a utility
 * process) is replaced by a carrier that takes its messages there. What travels is encoded as the contract's wire
 * encoding does, so whatever is no plain data fails here as it would in Electron.
 */
import { EventEmitter } from 'node:events';
import { decodeMessage, encodeMessage } from '../../../shared/rpc/wire-encoding.ts';

/** Takes the messages of one port to where its end has gone. */
export interface Carrier {
  send(bytes: Uint8Array): void;
  close(): void;
}
/** What comes back from there. */
export interface CarriedEnd {
  receive(bytes: Uint8Array): void;
  closed(): void;
}

export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | undefined;
  #carrier: Carrier | undefined;
  #waiting: Uint8Array[] = [];
  #isStarted = false;
  #isClosed = false;

  static joined(): readonly [MessagePortMain, MessagePortMain] {
    const left = new MessagePortMain();
    const right = new MessagePortMain();
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    // Electron takes ports only, and loses messages whose buffers are transferred: an error is more use to a test.
    if (transfer.length > 0) throw new TypeError('The stand-in carries no transfers between ports.');
    const peer = this.#peer;
    if (!this.#isClosed && peer) peer.#arrive(encodeMessage(message));
  }

  start(): void {
    this.#isStarted = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) this.#deliver(bytes);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const peer = this.#peer;
    if (peer) queueMicrotask(() => peer.#peerClosed());
  }

  /** Sends this end away; its messages go through `carrier` from here on. */
  moveTo(carrier: Carrier): CarriedEnd {
    this.#carrier = carrier;
    for (const bytes of this.#waiting) carrier.send(bytes);
    this.#waiting = [];
    if (this.#isClosed) carrier.close();
    const peer = this.#peer;
    return {
      receive: (bytes) => {
        if (peer) peer.#arrive(bytes);
      },
      closed: () => this.close(),
    };
  }

  #arrive(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#carrier) this.#carrier.send(bytes);
    else if (this.#isStarted) this.#deliver(bytes);
    else this.#waiting.push(bytes);
  }

  /** In a later turn, as from another process. */
  #deliver(bytes: Uint8Array): void {
    setImmediate(() => {
      if (!this.#isClosed) this.emit('message', { data: decodeMessage(bytes), ports: [] });
    });
  }

  #peerClosed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#carrier?.close();
    // Behind what was delivered before.
    setImmediate(() => this.emit('close'));
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    [this.port1, this.port2] = MessagePortMain.joined();
  }
}
