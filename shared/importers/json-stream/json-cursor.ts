/**
 * Reads JSON in place, token by token, for readers that know which members they want. Nothing is decoded unless asked.
 * Lenient about commas and colons, strict about strings and brackets. `failed` stays set once the bytes make no sense or
 * end too early; `position` then is the place.
 */
import * as json from './json-bytes.ts';
import { UNFINISHED } from './json-bytes.ts';
import { decodeText } from './json-range.ts';

export class JsonCursor {
  bytes: Uint8Array = new Uint8Array(0);
  position = 0;
  end = 0;
  failed = false;
  /** Content of the member name read last, without quotes. */
  keyStart = 0;
  keyEnd = 0;
  /** Content of the string read last, without quotes. */
  textStart = 0;
  textEnd = 0;
  hasEscape = false;

  reset(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.failed = false;
  }

  /** Moves over white space, commas and colons; the next byte, or 0 at the end. Nothing follows once failed. */
  peek(): number {
    if (this.failed) return 0;
    const { bytes, end } = this;
    let i = this.position;
    while (i < end) {
      const c = bytes[i] ?? 0;
      if (c > 32 && c !== json.COMMA && c !== json.COLON) {
        this.position = i;
        return c;
      }
      i++;
    }
    this.position = i;
    return 0;
  }

  /** Steps into an object or array; false when something else is there. */
  open(bracket: typeof json.OPEN_BRACE | typeof json.OPEN_BRACKET): boolean {
    if (this.peek() !== bracket) return false;
    this.position++;
    return true;
  }

  /** Inside an object: reads the next name and stops before its value. False at the end of the object, or failed. */
  nextKey(): boolean {
    const c = this.peek();
    if (c === json.QUOTE) {
      if (!this.readString()) return false;
      this.keyStart = this.textStart;
      this.keyEnd = this.textEnd;
      if (this.bytes[this.position] === json.COLON) this.position++;
      return true;
    }
    if (c === json.CLOSE_BRACE) this.position++;
    else this.failed = true;
    return false;
  }

  /** Inside an array: stops before the next element. False at the end of the array, or failed. */
  nextElement(): boolean {
    const c = this.peek();
    if (c === json.CLOSE_BRACKET) this.position++;
    else if (c === 0 || c === json.CLOSE_BRACE) this.failed = true;
    else return true;
    return false;
  }

  /** Reads a string into `textStart`, `textEnd`, `hasEscape`. False when there is none, or failed. */
  readString(): boolean {
    const { bytes, end } = this;
    // Most often the quote is right here; `peek` looks further.
    if ((this.position >= end || bytes[this.position] !== json.QUOTE || this.failed) && this.peek() !== json.QUOTE)
      return false;
    const start = this.position + 1;
    let hasEscape = false;
    for (let i = start; i < end; i++) {
      const c = bytes[i] ?? 0;
      if (c === json.QUOTE) {
        this.textStart = start;
        this.textEnd = i;
        this.hasEscape = hasEscape;
        this.position = i + 1;
        return true;
      }
      if (c === json.BACKSLASH) {
        hasEscape = true;
        i++;
      } else if (c < 32) break;
    }
    this.failed = true;
    return false;
  }

  /** The string read last, decoded; undefined when its escapes are wrong. */
  text(): string | undefined {
    if (!this.hasEscape) return decodeText(this.bytes, this.textStart, this.textEnd);
    const value = this.parse(this.textStart - 1, this.textEnd + 1);
    return typeof value === 'string' ? value : undefined;
  }

  /** Reads a number, `true`, `false` or `null` token into `textStart`, `textEnd`. False when another value is there. */
  readLiteral(): boolean {
    const first = this.peek();
    if (first === 0 || first === json.QUOTE || (first | 32) === json.OPEN_BRACE || (first | 32) === json.CLOSE_BRACE) {
      return false;
    }
    const { bytes, end } = this;
    let i = this.position;
    for (; i < end; i++) {
      const c = bytes[i] ?? 0;
      if (c <= 32 || c === json.COMMA || (c | 32) === json.CLOSE_BRACE || c === json.COLON) break;
    }
    this.textStart = this.position;
    this.textEnd = i;
    this.position = i;
    return true;
  }

  /** Moves behind the next value, whatever it is. False, and failed, when it does not end. */
  skipValue(): boolean {
    const first = this.peek();
    if ((first | 32) === json.OPEN_BRACE) return this.#skipContainer();
    if (first === json.QUOTE ? this.readString() : this.readLiteral()) return true;
    this.failed = true;
    return false;
  }

  #skipContainer(): boolean {
    const { bytes, end } = this;
    let depth = 0;
    for (let i = this.position; i < end; i++) {
      const c = bytes[i] ?? 0;
      if (c === json.QUOTE) {
        const close = json.stringEnd(bytes, i + 1, end);
        if (close < 0) {
          if (close !== UNFINISHED) this.position = -close - 2;
          break;
        }
        i = close;
      } else if ((c | 32) === json.OPEN_BRACE) depth++;
      else if ((c | 32) === json.CLOSE_BRACE && --depth === 0) {
        this.position = i + 1;
        return true;
      }
    }
    this.failed = true;
    return false;
  }

  /** JSON.parse of a stretch; undefined when it is no JSON. */
  parse(start: number, end: number): unknown {
    try {
      return JSON.parse(decodeText(this.bytes, start, end)) as unknown;
    } catch {
      return undefined;
    }
  }

  /** Reads the next value with JSON.parse; undefined (and failed only when it does not end) when it is no JSON. */
  parseValue(): unknown {
    this.peek();
    const start = this.position;
    return this.skipValue() ? this.parse(start, this.position) : undefined;
  }
}
