/**
 * Finds JSON values in a stream of bytes: lines of JSON, pretty-printed, concatenated or comma-separated documents, arrays
 * of documents. A value that is too large to hold is entered: its members come one by one, so memory stays bounded by
 * `maxValueBytes` whatever the size of the document. The reader decides what a value means; this module only knows
 * brackets and quotes (own scanner, one pass, cost linear in bytes).
 *
 * Kept invariants: values come in file order; every byte is either inside a value handed out, between values, or
 * reported as rejected; depth of nesting never turns into depth of recursion.
 */
import type { RejectedRecord } from '../../model/record-batch.ts';
import { ByteBuffer } from './byte-buffer.ts';
import * as json from './json-bytes.ts';
import { danglingEscape, indexOfNewline, stringEnd, UNFINISHED } from './json-bytes.ts';
import { decodeText, excerptOf, type JsonRange } from './json-range.ts';

export interface JsonHandler {
  /**
   * A complete value. True = taken care of; false = enter it, so that its members are handed out instead (a scalar that
   * is refused is rejected).
   */
  value(range: JsonRange): boolean;
  /** Members of a container follow one by one. `range.end` is not its end. */
  enter?(range: JsonRange, isArray: boolean, why: EnterReason): void;
  /** The container entered last is over; also called for those that the end of the file left open. */
  leave?(): void;
  reject(record: RejectedRecord): void;
}
/** Larger than may be held; refused by the handler; or the file or line ends before the container does. */
export type EnterReason = 'large' | 'refused' | 'cut';
export interface JsonStreamOptions {
  /** Larger values are entered (containers) or rejected (strings). */
  readonly maxValueBytes?: number;
  /** Containers entered inside each other at most; a larger value below is rejected. */
  readonly maxEntered?: number;
}

export const DEFAULT_MAX_VALUE_BYTES = 4 << 20;
const DEFAULT_MAX_ENTERED = 16;
/** Deeper nesting is no telemetry; readers may recurse as deep as this. */
export const MAX_DEPTH = 500;

const TOO_DEEP = `A value is nested deeper than ${MAX_DEPTH} levels.`;
const TOO_LARGE = 'A value is too large to be read and cannot be divided.';

/** What the scanner is in the middle of. */
type Mode = 'between' | 'garbage' | 'container' | 'string' | 'scalar' | 'skipContainer' | 'skipString';

interface Entered {
  readonly isArray: boolean;
  index: number;
}

export class JsonStream {
  readonly #handler: JsonHandler;
  readonly #maxValueBytes: number;
  readonly #maxEntered: number;
  readonly #buffer = new ByteBuffer();
  readonly #entered: Entered[] = [];
  #decoder: TextDecoder | undefined;
  #isFirst = true;
  #isFinal = false;

  #mode: Mode = 'between';
  /** Next byte to look at. */
  #position = 0;
  #line = 1;
  #key: string | number | undefined;
  #valueStart = 0;
  #valueLine = 1;
  /** Inside a container value: open brackets, deepest so far, whether inside a string, where the last newline scan ended. */
  #depth = 0;
  #maxDepthSeen = 0;
  #inString = false;
  /** Position up to which no newline was found for the line short cut; 0 = short cut not tried. */
  #lineSearched = 0;
  #noLine = false;
  /** Offset in the file up to which a line was looked through; what begins before it does not begin a line. */
  #lineTriedUntil = 0;
  /** The last document was one line, so a line that begins a document is taken at its word. */
  #isLineDelimited = false;
  #garbage: RejectedRecord | undefined;
  #skipped: RejectedRecord | undefined;
  #cutReason = 'The file ends inside a JSON document; what came before the cut was read.';

  constructor(handler: JsonHandler, options: JsonStreamOptions = {}) {
    this.#handler = handler;
    this.#maxValueBytes = options.maxValueBytes ?? DEFAULT_MAX_VALUE_BYTES;
    this.#maxEntered = options.maxEntered ?? DEFAULT_MAX_ENTERED;
  }

  /** Reads the next chunk; values complete by now are handed out before this returns. The chunk is not kept. */
  push(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.#isFirst && chunk.length > 0) {
      this.#isFirst = false;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) this.#decoder = new TextDecoder('utf-16le');
      else if (chunk[0] === 0xfe && chunk[1] === 0xff) this.#decoder = new TextDecoder('utf-16be');
      else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
        bytes = chunk.subarray(3);
        this.#buffer.origin = 3;
      }
    }
    if (this.#decoder) bytes = new TextEncoder().encode(this.#decoder.decode(bytes, { stream: true }));
    this.#append(bytes);
    this.#run();
  }

  /** End of the file: what is unfinished is entered as far as it goes, and the rest reported. */
  finish(): void {
    this.#isFinal = true;
    this.#run();
    this.#flushGarbage();
    const open = this.#entered.length;
    if (open === 0) return;
    this.#rejectRest();
    for (let i = 0; i < open; i++) this.#leave();
  }

  /** Reports the place at which an entered document breaks off. */
  #rejectRest(): void {
    const { bytes, end, start } = this.#buffer;
    let from = this.#mode === 'string' || this.#mode === 'scalar' ? this.#valueStart : this.#position;
    let line = this.#line;
    for (; from > start && (bytes[from - 1] ?? 0) <= 32; from--) if (bytes[from - 1] === json.NEWLINE) line--;
    this.#reject(this.#cutReason, from, end - from, line);
  }

  #append(bytes: Uint8Array): void {
    const keepsValue = this.#mode === 'container' || this.#mode === 'string' || this.#mode === 'scalar';
    this.#buffer.start = keepsValue ? this.#valueStart : this.#position;
    const moved = this.#buffer.append(bytes);
    this.#position -= moved;
    this.#valueStart -= moved;
    if (this.#lineSearched > 0) this.#lineSearched -= moved;
  }

  #run(): void {
    while (this.#step());
  }

  /** One step of the scanner. False = more bytes needed. */
  #step(): boolean {
    switch (this.#mode) {
      case 'between':
        return this.#findValue();
      case 'garbage':
        return this.#skipGarbage();
      case 'container':
        return this.#readContainer();
      case 'string':
        return this.#readString();
      case 'scalar':
        return this.#readScalar();
      case 'skipContainer':
        return this.#endSkip(this.#scanContainer());
      case 'skipString':
        return this.#endSkip(this.#skipString());
    }
  }

  /** Moves over white space and separators to the next value, key or closing bracket. False = more bytes needed. */
  #findValue(): boolean {
    const { bytes, end } = this.#buffer;
    const parent = this.#entered.at(-1);
    for (; this.#position < end; this.#position++) {
      const c = bytes[this.#position] ?? 0;
      if (c === json.NEWLINE) this.#line++;
      if (c <= 32 || c === json.COMMA || (parent && c === json.COLON)) {
        // NUL is no white space in JSON, but between documents it only means that a file was not written to its end.
        continue;
      }
      if (!parent) {
        if (c === json.OPEN_BRACE || c === json.OPEN_BRACKET) this.#begin('container');
        else this.#mode = 'garbage';
        return true;
      }
      if (c === json.CLOSE_BRACE || c === json.CLOSE_BRACKET) {
        this.#position++;
        this.#leave();
        return true;
      }
      if (!parent.isArray && this.#key === undefined) return this.#readKey();
      if (parent.isArray) this.#key = parent.index++;
      this.#begin(
        c === json.OPEN_BRACE || c === json.OPEN_BRACKET ? 'container' : c === json.QUOTE ? 'string' : 'scalar',
      );
      return true;
    }
    return false;
  }

  #begin(mode: 'container' | 'string' | 'scalar'): void {
    this.#flushGarbage();
    this.#mode = mode;
    this.#valueStart = this.#position;
    this.#valueLine = this.#line;
    this.#depth = 0;
    this.#maxDepthSeen = 0;
    this.#inString = false;
    this.#lineSearched = 0;
    this.#noLine = this.#entered.length > 0 || this.#buffer.origin + this.#position < this.#lineTriedUntil;
  }

  /** The name of the next member of an entered object. */
  #readKey(): boolean {
    const { bytes, end } = this.#buffer;
    const start = this.#position;
    if (bytes[start] !== json.QUOTE) {
      // No name where one must be: the object is damaged here. What follows is looked at as if it had one.
      this.#key = '';
      return true;
    }
    const close = stringEnd(bytes, start + 1, end);
    if (close < 0) {
      if (this.#isFinal) this.#position = end;
      // Without this a hostile file could fill the memory with a name that never ends.
      else if (end - start > this.#maxValueBytes) this.#position = end;
      return false;
    }
    this.#key = parseKey(bytes, start, close + 1);
    this.#position = close + 1;
    return true;
  }

  #readContainer(): boolean {
    if (!this.#noLine) {
      if (!this.#tryLine()) return false;
      if (this.#mode !== 'container') return true;
    }
    if (this.#scanContainer()) {
      this.#handOut();
      return true;
    }
    if (this.#mode !== 'container') return true;
    const isLarge = this.#buffer.end - this.#valueStart > this.#maxValueBytes;
    if (!isLarge && !this.#isFinal) return false;
    if (this.#isFinal && this.#maxDepthSeen > MAX_DEPTH) this.#startSkip('skipContainer', TOO_DEEP);
    else if (this.#entered.length < this.#maxEntered) this.#enter(isLarge ? 'large' : 'cut');
    else this.#startSkip('skipContainer', isLarge ? TOO_LARGE : this.#cutReason);
    return true;
  }

  /**
   * Short cut for line-delimited JSON: a line that starts and ends with a bracket, followed by another such line or the
   * end, is one value, and finding its newline is much cheaper than looking at every byte. False = more bytes needed.
   */
  #tryLine(): boolean {
    const { bytes, end } = this.#buffer;
    const newline = indexOfNewline(bytes, Math.max(this.#lineSearched, this.#valueStart), end);
    if (newline < 0) {
      this.#lineSearched = end;
      if (!this.#isFinal && end - this.#valueStart <= this.#maxValueBytes) return false;
      this.#noLine = true;
      this.#lineTriedUntil = this.#buffer.origin + end;
      return true;
    }
    let next = newline + 1;
    while (next < end && (bytes[next] ?? 0) <= 32) next++;
    if (next >= end && !this.#isFinal && next - newline < 4096) return false;
    this.#noLine = true;
    this.#lineTriedUntil = this.#buffer.origin + newline;
    let last = newline - 1;
    while (last > this.#valueStart && (bytes[last] ?? 0) <= 32) last--;
    const opening = bytes[this.#valueStart];
    const closing = opening === json.OPEN_BRACE ? json.CLOSE_BRACE : json.CLOSE_BRACKET;
    const follows = next < end ? bytes[next] : opening;
    if (bytes[last] !== closing || follows !== opening || last === this.#valueStart) return true;
    if (newline - this.#valueStart > this.#maxValueBytes) return true;
    if (!this.#handler.value(this.#range(last + 1, true))) return true;
    this.#isLineDelimited = true;
    this.#position = newline;
    this.#mode = 'between';
    return true;
  }

  /**
   * Scans on inside a container. True = its closing bracket was just read. Also ends, with mode changed, where the value
   * cannot be whole: a raw line break inside a string, or a line that begins a document where none may begin.
   */
  #scanContainer(): boolean {
    const { bytes, end } = this.#buffer;
    let i = this.#position;
    let depth = this.#depth;
    let maxDepth = this.#maxDepthSeen;
    let inString = this.#inString;
    let line = this.#line;
    let isBroken = false;
    let isComplete = false;
    while (i < end) {
      if (inString) {
        const close = stringEnd(bytes, i, end);
        if (close >= 0) {
          i = close + 1;
          inString = false;
          continue;
        }
        isBroken = close !== UNFINISHED;
        // Stops before a dangling backslash, so that the escape is seen whole with the next chunk.
        i = isBroken ? -close - 2 : end - danglingEscape(bytes, i, end);
        break;
      }
      const c = bytes[i++] ?? 0;
      if (c <= 32) {
        // White space is most of a pretty-printed file.
        if (c !== json.NEWLINE) continue;
        if (i >= end && !this.#isFinal) {
          // Whether the next line begins a document is told by its first byte.
          i--;
          break;
        }
        if (i < end && bytes[i] === json.OPEN_BRACE && this.#cannotContinue(i)) {
          i--;
          isBroken = true;
          break;
        }
        line++;
        while (i < end && bytes[i] === json.SPACE) i++;
      } else if (c === json.QUOTE) {
        // Nearly every string ends in the bytes at hand; the others take the way above.
        const close = stringEnd(bytes, i, end);
        if (close >= 0) i = close + 1;
        else inString = true;
      }
      // Brackets and braces differ in one bit: 5B 7B open, 5D 7D close.
      else if ((c | 32) === json.OPEN_BRACE) {
        if (++depth > maxDepth) maxDepth = depth;
      } else if ((c | 32) === json.CLOSE_BRACE && --depth === 0) {
        isComplete = true;
        break;
      }
    }
    this.#position = i;
    this.#depth = depth;
    this.#maxDepthSeen = maxDepth;
    this.#inString = inString;
    this.#line = line;
    if (isBroken) this.#breakOff(i);
    return isComplete;
  }

  /** True when `bytes[open]`, a brace at the start of a line, cannot belong to the value being read. */
  #cannotContinue(open: number): boolean {
    const { bytes } = this.#buffer;
    let i = open - 1;
    while (i > this.#valueStart && (bytes[i] ?? 0) <= 32) i--;
    const before = bytes[i];
    if (this.#mode !== 'container') return false;
    if (this.#isLineDelimited && this.#entered.length === 0) return true;
    return before !== json.COMMA && before !== json.COLON && before !== json.OPEN_BRACKET;
  }

  /** The value ends unfinished at `end` (a newline): reads what it holds as a stream of its own, then goes on behind. */
  #breakOff(end: number): void {
    const { bytes, origin } = this.#buffer;
    if (this.#mode !== 'container') {
      this.#inString = false;
      return;
    }
    const start = this.#valueStart;
    this.#mode = 'between';
    this.#key = undefined;
    this.#position = end;
    if (this.#maxDepthSeen > MAX_DEPTH) {
      this.#reject(TOO_DEEP, start, end - start, this.#valueLine);
      return;
    }
    if (this.#entered.length > 0) {
      this.#reject('A string holds a raw line break, so the value is no JSON.', start, end - start, this.#valueLine);
      return;
    }
    const rest = new JsonStream(this.#handler, { maxValueBytes: this.#maxValueBytes, maxEntered: this.#maxEntered });
    rest.#line = this.#valueLine;
    rest.#cutReason = 'The line breaks off inside a JSON document; what came before the break was read.';
    rest.#isFirst = false;
    rest.#buffer.origin = origin + start;
    rest.push(bytes.slice(start, end));
    rest.finish();
  }

  #range(end: number, isAssumed = false): JsonRange {
    return {
      bytes: this.#buffer.bytes,
      start: this.#valueStart,
      end,
      line: this.#valueLine,
      byteOffset: this.#buffer.origin + this.#valueStart,
      key: this.#key,
      depth: this.#entered.length,
      isAssumed,
    };
  }

  /** A container is complete up to `position`. */
  #handOut(): void {
    if (this.#maxDepthSeen > MAX_DEPTH) {
      const size = this.#position - this.#valueStart;
      this.#reject(TOO_DEEP, this.#valueStart, size, this.#valueLine);
      this.#valueDone();
    } else if (this.#handler.value(this.#range(this.#position))) {
      if (this.#line > this.#valueLine) this.#isLineDelimited = false;
      this.#valueDone();
    } else if (this.#entered.length < this.#maxEntered) this.#enter('refused');
    else {
      const size = this.#position - this.#valueStart;
      this.#reject('The value is no valid JSON.', this.#valueStart, size, this.#valueLine);
      this.#valueDone();
    }
  }

  #valueDone(): void {
    this.#mode = 'between';
    this.#key = undefined;
  }

  #enter(why: EnterReason): void {
    const isArray = this.#buffer.bytes[this.#valueStart] === json.OPEN_BRACKET;
    this.#handler.enter?.(this.#range(this.#valueStart), isArray, why);
    this.#entered.push({ isArray, index: 0 });
    this.#position = this.#valueStart + 1;
    this.#line = this.#valueLine;
    this.#valueDone();
  }

  #leave(): void {
    this.#entered.pop();
    this.#valueDone();
    this.#handler.leave?.();
  }

  #readString(): boolean {
    const { bytes, end } = this.#buffer;
    const close = stringEnd(bytes, this.#valueStart + 1, end);
    if (close >= 0) {
      this.#position = close + 1;
      this.#giveScalar();
      return true;
    }
    if (close !== UNFINISHED) {
      this.#position = -close - 2;
      this.#reject('A string holds a raw line break.', this.#valueStart, this.#position - this.#valueStart);
      this.#valueDone();
      return true;
    }
    if (end - this.#valueStart > this.#maxValueBytes) {
      this.#startSkip('skipString', TOO_LARGE);
      this.#position = end - danglingEscape(bytes, this.#valueStart + 1, end);
      return true;
    }
    if (this.#isFinal) this.#position = end;
    return false;
  }

  #readScalar(): boolean {
    const { bytes, end } = this.#buffer;
    let i = this.#valueStart;
    for (; i < end; i++) {
      const c = bytes[i] ?? 0;
      if (c <= 32 || c === json.COMMA || c === json.CLOSE_BRACE || c === json.CLOSE_BRACKET || c === json.COLON) break;
    }
    if (i >= end && !this.#isFinal && end - this.#valueStart < 4096) return false;
    this.#position = Math.max(i, this.#valueStart + 1);
    if (i >= end && this.#isFinal) return false;
    this.#giveScalar();
    return true;
  }

  #giveScalar(): void {
    if (!this.#handler.value(this.#range(this.#position))) {
      this.#reject('The value is not understood here.', this.#valueStart, this.#position - this.#valueStart);
    }
    this.#valueDone();
  }

  /** Gives up keeping the current value: it is scanned to its end and reported. */
  #startSkip(mode: 'skipContainer' | 'skipString', reason: string): void {
    const { bytes, origin, end } = this.#buffer;
    this.#skipped = {
      line: this.#valueLine,
      byteOffset: origin + this.#valueStart,
      reason,
      excerpt: excerptOf(bytes, this.#valueStart, end),
    };
    this.#mode = mode;
  }

  #skipString(): boolean {
    const { bytes, end } = this.#buffer;
    const close = stringEnd(bytes, this.#position, end);
    const isOver = close !== UNFINISHED;
    if (isOver) this.#position = close >= 0 ? close + 1 : -close - 2;
    else this.#position = end - danglingEscape(bytes, this.#position, end);
    return isOver;
  }

  /** Reports the skipped value once it, or the file, is over. */
  #endSkip(isOver: boolean): boolean {
    if (!isOver && !this.#isFinal) return false;
    if (this.#skipped) this.#handler.reject(this.#skipped);
    this.#skipped = undefined;
    if (!isOver) this.#position = this.#buffer.end;
    this.#valueDone();
    return true;
  }

  /** Text outside any document, to the end of its line. */
  #skipGarbage(): boolean {
    const { bytes, end, origin } = this.#buffer;
    const newline = indexOfNewline(bytes, this.#position, end);
    const stop = newline < 0 ? end : newline;
    const text = excerptOf(bytes, this.#position, stop);
    const before = this.#garbage;
    if (before === undefined || before.excerpt.length < 1000) {
      this.#garbage = {
        line: before?.line ?? this.#line,
        byteOffset: before?.byteOffset ?? origin + this.#position,
        reason: 'This is no JSON document: it begins with neither { nor [.',
        excerpt: (before?.excerpt ?? '') + text,
      };
    }
    this.#position = stop;
    if (newline < 0) return false;
    this.#mode = 'between';
    return true;
  }

  #flushGarbage(): void {
    if (this.#garbage) this.#handler.reject(this.#garbage);
    this.#garbage = undefined;
  }

  #reject(reason: string, start: number, size: number, line = this.#line): void {
    const { bytes, origin } = this.#buffer;
    this.#handler.reject({
      line,
      byteOffset: origin + start,
      reason,
      excerpt: excerptOf(bytes, start, Math.min(start + size, this.#buffer.end)),
    });
  }
}

function parseKey(bytes: Uint8Array, start: number, end: number): string {
  try {
    return JSON.parse(decodeText(bytes, start, end)) as string;
  } catch {
    return decodeText(bytes, start + 1, end - 1);
  }
}
