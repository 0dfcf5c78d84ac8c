/** The DevTools protocol of Chromium: commands with answers, events, one WebSocket, a session per page. */
import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';

export type CdpObject = Readonly<Record<string, unknown>>;
interface CdpMessage {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: CdpObject;
  readonly result?: CdpObject;
  readonly error?: { readonly message: string };
}

/** Events by their method name, each with its parameters. */
export class CdpSession extends EventEmitter {
  readonly #connection: CdpConnection;
  readonly #id: string | undefined;

  constructor(connection: CdpConnection, id: string | undefined) {
    super();
    this.#connection = connection;
    this.#id = id;
  }

  /** Rejects with Chromium's own message, also when the page is gone. */
  send(method: string, params: CdpObject = {}): Promise<CdpObject> {
    return this.#connection.send(method, params, this.#id);
  }
}

export class CdpConnection {
  readonly browser = new CdpSession(this, undefined);
  readonly #socket: WebSocket;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<number, { resolve(result: CdpObject): void; reject(error: Error): void }>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as CdpMessage));
    socket.on('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('Chromium is gone.'));
      this.#pending.clear();
    });
  }

  static async open(url: string): Promise<CdpConnection> {
    const socket = new WebSocket(url, { maxPayload: 1 << 30, perMessageDeflate: false });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new CdpConnection(socket);
  }

  session(id: string): CdpSession {
    const known = this.#sessions.get(id) ?? new CdpSession(this, id);
    this.#sessions.set(id, known);
    return known;
  }

  send(method: string, params: CdpObject, sessionId: string | undefined): Promise<CdpObject> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive({ id, sessionId, method, params, result, error }: CdpMessage): void {
    if (id !== undefined) {
      const call = this.#pending.get(id);
      this.#pending.delete(id);
      if (error) call?.reject(new Error(error.message));
      else call?.resolve(result ?? {});
      return;
    }
    const target = sessionId === undefined ? this.browser : this.session(sessionId);
    if (method !== undefined) target.emit(method, params ?? {});
  }
}
