/** Bytes waiting to be read: a window that is appended to at the end and consumed from the start. */

const INITIAL_CAPACITY = 1 << 17;

export class ByteBuffer {
  /** Read `bytes[start, end)`; valid until the next `append`, which may move everything down by `start`. */
  bytes: Uint8Array = new Uint8Array(INITIAL_CAPACITY);
  start = 0;
  end = 0;
  /** Offset in the file of `bytes[0]`. */
  origin = 0;

  /** Appends a copy. Returns how far the old content moved down, for whoever holds positions in it. */
  append(chunk: Uint8Array): number {
    let moved = 0;
    if (this.end + chunk.length > this.bytes.length) {
      moved = this.start;
      const needed = this.end - this.start + chunk.length;
      const target = needed > this.bytes.length ? new Uint8Array(Math.max(needed, 2 * this.bytes.length)) : this.bytes;
      if (target === this.bytes) target.copyWithin(0, this.start, this.end);
      else target.set(this.bytes.subarray(this.start, this.end));
      this.bytes = target;
      this.origin += moved;
      this.start -= moved;
      this.end -= moved;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    return moved;
  }
}
