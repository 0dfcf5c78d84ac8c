/**
 * Reads a sequence of chunks by count: look ahead, take exactly n, pass over n, or hand the rest on chunk by chunk. A
 * source that fails simply ends; the reason stays in `failure`, so that whatever came before it is kept. Only
 * cancellation is thrown. Chunks are borrowed until the next one is asked for; what `peek` and `take` return is not.
 */
const NOTHING = new Uint8Array(0);

export class ByteReader {
  /** Why the source ended early; undefined when it ended well or has not ended. */
  failure: Error | undefined;
  /** Bytes handed out or passed over so far. */
  position = 0;
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #signal: AbortSignal;
  /** Read from the source, not yet handed out. Owned. */
  #ahead: Uint8Array = NOTHING;
  /** The chunk being handed out. Borrowed from the source. */
  #current: Uint8Array = NOTHING;
  #isOver = false;

  constructor(source: AsyncIterable<Uint8Array>, signal: AbortSignal) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  /** The next `count` bytes without taking them; fewer only at the end. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#ahead.length >= count) return this.#ahead.subarray(0, count);
    const parts = [this.#ahead];
    let length = this.#ahead.length;
    while (length < count) {
      if (this.#current.length === 0) this.#current = (await this.#pull()) ?? NOTHING;
      if (this.#current.length === 0) break;
      // Copied, because the next pull takes the chunk back; what is not asked for stays where it is.
      const taken = this.#current.slice(0, count - length);
      parts.push(taken);
      length += taken.length;
      this.#current = this.#current.subarray(taken.length);
    }
    this.#ahead = joined(parts, length);
    return this.#ahead.subarray(0, count);
  }

  /** Exactly `count` bytes, or undefined when fewer are left (they are then taken). */
  async take(count: number): Promise<Uint8Array | undefined> {
    const bytes = await this.peek(count);
    this.#ahead = this.#ahead.subarray(bytes.length);
    this.position += bytes.length;
    return bytes.length === count ? bytes : undefined;
  }

  /** Up to `limit` bytes of the next chunk; undefined at the end. */
  async next(limit = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    if (this.#ahead.length > 0) {
      const part = this.#ahead.subarray(0, Math.min(limit, this.#ahead.length));
      this.#ahead = this.#ahead.subarray(part.length);
      this.position += part.length;
      return part;
    }
    if (this.#current.length === 0) this.#current = (await this.#pull()) ?? NOTHING;
    if (this.#current.length === 0) return undefined;
    const part = this.#current.subarray(0, Math.min(limit, this.#current.length));
    this.#current = this.#current.subarray(part.length);
    this.position += part.length;
    return part;
  }

  /** Passes over `count` bytes; false when fewer were left. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > 0) {
      const part = await this.next(left);
      if (!part) return false;
      left -= part.length;
    }
    return true;
  }

  /** The next `count` bytes (default: all) as chunks; ends early when the source does. */
  async *chunks(count = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array, void> {
    let left = count;
    while (left > 0) {
      const part = await this.next(left);
      if (!part) return;
      left -= part.length;
      yield part;
    }
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ahead = NOTHING;
    this.#current = NOTHING;
    await this.#iterator.return?.();
  }

  async #pull(): Promise<Uint8Array | undefined> {
    while (!this.#isOver) {
      this.#signal.throwIfAborted();
      try {
        const step = await this.#iterator.next();
        if (step.done === true) this.#isOver = true;
        else if (step.value.length > 0) return step.value;
      } catch (error) {
        this.#isOver = true;
        this.#signal.throwIfAborted();
        this.failure = error instanceof Error ? error : new Error(String(error));
      }
    }
    return undefined;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
