/**
 * Feeds a tar to the `tar-stream` package and waits for what comes out. The package is given one chunk at a time, the next
 * only when it has handed on the last, and its end is not announced before everything was read: it would throw away
 * what it still holds when the archive turns out to be cut.
 */
import { setImmediate } from 'node:timers/promises';
import { extract, type Extract, type ExtractEvents, type Header } from 'tar-stream';
import type { ByteReader } from './byte-reader.ts';

export interface TarMember {
  /** As the package read it; what it could not read is not as its type says. */
  readonly header: Header;
  readonly content: ExtractEvents['entry'][1];
  /** Lets the package go on to the next member; what was not read of this one is passed over. */
  readonly proceed: () => void;
}

/** Tars before POSIX are read too; every chunk is waited for. */
const OPTIONS = { allowUnknownFormat: true, highWaterMark: 1 };

export class TarFeed {
  readonly #archive: Extract = extract(OPTIONS);
  readonly #feeding: Promise<void>;
  #member: TarMember | undefined;
  #isFed = false;
  #isClosed = false;
  #failure: unknown;
  #cancellation: { readonly reason: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(source: ByteReader) {
    this.#archive.on('entry', (header, content, next) => {
      // A failing archive fails its member too; it is told once, here.
      content.on('error', () => undefined);
      content.on('readable', () => this.#wake());
      const proceed = (): void => {
        content.resume();
        next();
      };
      this.#member = { header, content, proceed };
      this.#wake();
    });
    this.#archive.on('error', (error: unknown) => (this.#failure ??= error));
    this.#archive.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
    this.#feeding = this.#feed(source);
  }

  /** Undefined when no more come: the archive is over, cut, damaged or unreadable. Throws when cancelled. */
  async nextMember(): Promise<TarMember | undefined> {
    while (!this.#member && !this.#isOver) await this.#change();
    const member = this.#member;
    this.#member = undefined;
    if (this.#cancellation) throw this.#cancellation.reason;
    return member;
  }

  /** Up to `sizeBytes` of a member; fewer where the archive ends early. */
  async *contentOf(member: TarMember, sizeBytes: number): AsyncGenerator<Uint8Array, void> {
    let left = sizeBytes;
    while (left > 0) {
      const isOver = this.#isOver;
      const chunk = member.content.read() as Uint8Array | null;
      if (chunk) {
        left -= chunk.length;
        yield chunk;
      } else if (isOver) return;
      else await this.#change();
    }
  }

  /** Only when no more members come: what the package makes of the end. */
  async finish(): Promise<'good' | 'cut' | 'damage'> {
    if (this.#failure) return 'damage';
    this.#archive.end(null);
    while (!this.#isClosed) await this.#change();
    return this.#failure ? 'cut' : 'good';
  }

  async close(): Promise<void> {
    this.#archive.destroy();
    await this.#feeding;
  }

  get #isOver(): boolean {
    return this.#isFed || this.#isClosed;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  async #feed(source: ByteReader): Promise<void> {
    try {
      for (let chunk = await source.next(); chunk && !this.#isClosed; chunk = await source.next()) {
        // Copied, because the source takes its chunk back.
        const isTaken = this.#archive.write(chunk.slice());
        if (!isTaken) await this.#drained();
      }
      // The package passes things on in microtasks; after them everything fed has arrived.
      await setImmediate();
    } catch (reason) {
      this.#cancellation = { reason };
    }
    this.#isFed = true;
    this.#wake();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.#archive.off('drain', settle);
        this.#archive.off('close', settle);
        resolve();
      };
      this.#archive.on('drain', settle);
      this.#archive.on('close', settle);
      if (this.#isClosed) settle();
    });
  }
}
