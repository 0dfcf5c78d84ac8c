/**
 * Parsed values of a JSON file with their path, for readers that work on objects. Whole documents come as one value;
 * documents too large or damaged come as their members, with the path telling where they belong.
 */
import type { RejectedRecord } from '../../model/record-batch.ts';
import { excerptOf, parseRange, type JsonRange } from './json-range.ts';
import { JsonStream, type EnterReason, type JsonHandler, type JsonStreamOptions } from './json-stream.ts';

export type JsonPath = readonly (string | number)[];

/** Where a value stands, and how to reject it or a part of it. */
export interface JsonPlace {
  /** Keys and indexes of the entered containers down to this value; [] for a whole document. */
  readonly path: JsonPath;
  readonly line: number;
  readonly byteOffset: number;
  readonly sizeBytes: number;
  /** Rejects what was found here. `part` is the offending part, for its text. */
  reject(reason: string, part?: unknown): void;
}
export interface JsonValueReader {
  value(value: unknown, place: JsonPlace): void;
  /**
   * True for a container that is one record, or part of one: when it is damaged or too large to be held, its members are
   * no records of their own. None of them is handed out, and the whole is rejected once.
   */
  isRecord?(path: JsonPath, isArray: boolean): boolean;
  /** The members of a container follow one by one. */
  enter?(path: JsonPath, isArray: boolean, why: EnterReason): void;
  /** The container with this path is over. */
  leave?(path: JsonPath): void;
}

class ValueHandler implements JsonHandler {
  readonly #reader: JsonValueReader;
  readonly #reject: (record: RejectedRecord) => void;
  #path: (string | number)[] = [];
  /** Length of `#path` inside the broken record that is being passed over; 0 = none. */
  #brokenDepth = 0;

  constructor(reader: JsonValueReader, reject: (record: RejectedRecord) => void) {
    this.#reader = reader;
    this.#reject = reject;
  }

  value(range: JsonRange): boolean {
    if (this.#brokenDepth > 0) return true;
    const value = parseRange(range);
    if (value === undefined) return false;
    const { bytes, start, end, line, byteOffset } = range;
    const reject = (reason: string, part?: unknown) => {
      const excerpt = part === undefined ? excerptOf(bytes, start, end) : JSON.stringify(part).slice(0, 1000);
      this.#reject({ line, byteOffset, reason, excerpt });
    };
    try {
      this.#reader.value(value, { path: this.#pathOf(range), line, byteOffset, sizeBytes: end - start, reject });
    } catch (error) {
      // Values nested without measure exhaust the stack; that is the file's fault and costs only this value.
      if (!(error instanceof RangeError)) throw error;
      reject('The value is nested too deeply to be read.');
    }
    return true;
  }

  enter(range: JsonRange, isArray: boolean, why: EnterReason): void {
    // The top level has no key of its own; 'document' keeps the stack in step without showing up in paths.
    this.#path.push(range.key ?? '');
    if (this.#brokenDepth > 0) return;
    const path = this.#path.slice(1);
    if (this.#reader.isRecord?.(path, isArray) !== true) return this.#reader.enter?.(path, isArray, why);
    this.#brokenDepth = this.#path.length;
    // Where the file or the line breaks off, the stream rejects the rest.
    if (why === 'cut') return;
    const { bytes, start, end, line, byteOffset } = range;
    const reason = why === 'large' ? 'A record is too large to be read.' : 'A record is no valid JSON.';
    this.#reject({ line, byteOffset, reason, excerpt: excerptOf(bytes, start, Math.max(end, start + 200)) });
  }

  leave(): void {
    if (this.#brokenDepth === 0) this.#reader.leave?.(this.#path.slice(1));
    else if (this.#brokenDepth === this.#path.length) this.#brokenDepth = 0;
    this.#path.pop();
  }

  reject(record: RejectedRecord): void {
    this.#reject(record);
  }

  #pathOf(range: JsonRange): JsonPath {
    return range.key === undefined ? [] : [...this.#path.slice(1), range.key];
  }
}

/** A stream that gives parsed values to `reader` and what is no JSON to `reject`. */
export function jsonValueStream(
  reader: JsonValueReader,
  reject: (record: RejectedRecord) => void,
  options?: JsonStreamOptions,
): JsonStream {
  return new JsonStream(new ValueHandler(reader, reject), options);
}
