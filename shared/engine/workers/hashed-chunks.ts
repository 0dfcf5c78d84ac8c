/** The bytes of one file on their way to an importer: the head kept for recognition, everything hashed once. */
import { createHash, type Hash } from 'node:crypto';

const HEAD_BYTES = 64 * 1024;

/** Bytes of a file: the head first, kept, then the rest; everything passes the hash once. */
export class HashedChunks {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #hash: Hash = createHash('sha256');
  readonly #throwIfCancelled: () => void;
  #head: Uint8Array = new Uint8Array(0);
  #isHeadTaken = false;
  isWhole = false;
  sizeBytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>, throwIfCancelled: () => void = () => undefined) {
    this.#iterator = chunks[Symbol.asyncIterator]();
    this.#throwIfCancelled = throwIfCancelled;
  }

  /** At least 64 KiB, or all there is. */
  async readHead(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    while (length < HEAD_BYTES) {
      const chunk = await this.#next();
      if (!chunk) {
        this.isWhole = true;
        break;
      }
      // A chunk is borrowed until the next one is asked for.
      parts.push(chunk.slice());
      length += chunk.length;
    }
    this.#head = Buffer.concat(parts);
    return this.#head;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    if (!this.#isHeadTaken) {
      this.#isHeadTaken = true;
      if (this.#head.length > 0) yield this.#head;
    }
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk;
  }

  /** Reads what an importer left, so that size and hash are those of the whole file. */
  async drain(): Promise<void> {
    while (await this.#next()) this.#throwIfCancelled();
  }

  /** Lower-case hex over everything read so far. */
  digest(): string {
    return this.#hash.digest('hex');
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.isWhole) return undefined;
    const { value, done } = await this.#iterator.next();
    if (done === true) {
      this.isWhole = true;
      return undefined;
    }
    this.#hash.update(value);
    this.sizeBytes += value.length;
    return value;
  }
}
