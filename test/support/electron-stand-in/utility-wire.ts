/** What a utility process and its parent say to each other, in Node's own structured-clone IPC. */
import { MessagePortMain } from './message-ports.ts';
import type { CarriedEnd } from './message-ports.ts';

export type UtilityFrame =
  | { readonly type: 'message'; readonly bytes: Uint8Array; readonly portIds: readonly number[] }
  | { readonly type: 'port'; readonly portId: number; readonly bytes: Uint8Array }
  | { readonly type: 'close'; readonly portId: number };

/** The ports that lead to the other process, by their number on the wire. */
export class CarriedPorts {
  readonly #send: (frame: UtilityFrame) => void;
  readonly #ends = new Map<number, CarriedEnd>();
  #nextId = 1;

  constructor(send: (frame: UtilityFrame) => void) {
    this.#send = send;
  }

  /** Sends an end to the other process; answers its number. */
  give(port: MessagePortMain): number {
    const portId = this.#nextId++;
    this.#carry(portId, port);
    return portId;
  }

  /** The end that the other process sent. */
  take(portId: number): MessagePortMain {
    const [mine, theirs] = MessagePortMain.joined();
    this.#carry(portId, theirs);
    return mine;
  }

  receive(frame: UtilityFrame): void {
    if (frame.type === 'message') return;
    const end = this.#ends.get(frame.portId);
    if (frame.type === 'port') end?.receive(frame.bytes);
    else {
      this.#ends.delete(frame.portId);
      end?.closed();
    }
  }

  /** The other process is gone. */
  closeAll(): void {
    for (const end of this.#ends.values()) end.closed();
    this.#ends.clear();
  }

  #carry(portId: number, port: MessagePortMain): void {
    const end = port.moveTo({
      send: (bytes) => this.#send({ type: 'port', portId, bytes }),
      close: () => {
        this.#ends.delete(portId);
        this.#send({ type: 'close', portId });
      },
    });
    this.#ends.set(portId, end);
  }
}
