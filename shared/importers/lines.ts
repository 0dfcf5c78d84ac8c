/**
 * Splits the bytes of a text file into lines. Whatever the chunk boundaries, the lines are the same; memory is bounded
 * by one chunk and one line. Text is decoded a block at a time, which is what makes it fast: a decoder call per line
 * costs more than splitting the decoded block.
 *
 * Kept invariants: line numbers are 1-based and count every physical line, empty ones included; byte offsets are those
 * of the file as stored (byte order mark included); a line never holds its terminator (`\n` or `\r\n`).
 */

/** Lines of one block, as equal-length columns. Belongs to whoever receives it. */
export interface LineBlock {
  readonly texts: readonly string[];
  /** Offset of each line's first byte in the file. */
  readonly byteOffsets: readonly number[];
  /** 1-based number of the first line; the others follow without gaps. */
  readonly firstLineNumber: number;
  /** Positions in `texts` of lines that were longer than the limit and lost their end. */
  readonly cutLines: readonly number[];
}
export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  readonly byteOffset: number;
  /** True when the line was longer than the limit and lost its end. */
  readonly isCut: boolean;
}
export interface LineOptions {
  /** Longest line kept whole; the rest of a longer one is skipped and reported. */
  readonly maxLineBytes?: number;
  /** Told at the end of the file what was repaired: invalid UTF-8, NUL bytes, cut lines. */
  readonly warn?: (text: string) => void;
}

export const DEFAULT_MAX_LINE_BYTES = 1_048_576;
/** Lines in one block at most, so that a block of one-byte lines stays small. */
const MAX_BLOCK_LINES = 16_384;
const LF = 10;
const CR = 13;
const REPLACEMENT = '\uFFFD';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Blocks of lines, in file order. Cost: one pass over the bytes. */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: LineOptions = {},
): AsyncGenerator<LineBlock, void, undefined> {
  const splitter = new LineSplitter(options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES);
  for await (const chunk of chunks) {
    splitter.push(chunk);
    yield* splitter.take();
  }
  splitter.end();
  yield* splitter.take();
  if (options.warn) for (const text of splitter.warnings()) options.warn(text);
}

/** The same lines one at a time, for readers of small files. */
export async function* lines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: LineOptions = {},
): AsyncGenerator<Line, void, undefined> {
  for await (const block of lineBlocks(chunks, options)) {
    const cut = block.cutLines.length > 0 ? new Set(block.cutLines) : undefined;
    for (let i = 0; i < block.texts.length; i += 1) {
      yield {
        text: block.texts[i] ?? '',
        number: block.firstLineNumber + i,
        byteOffset: block.byteOffsets[i] ?? 0,
        isCut: cut?.has(i) ?? false,
      };
    }
  }
}

/** The lines of text already decoded (a file head), without terminators; an unfinished last line only when asked. */
export function linesOfText(text: string, keepUnfinished: boolean): string[] {
  const parts = text.split('\n');
  if (!keepUnfinished || parts[parts.length - 1] === '') parts.pop();
  return parts.map((part) => (part.endsWith('\r') ? part.slice(0, -1) : part));
}

/** The splitter itself, synchronous: push chunks, take blocks, end. */
export class LineSplitter {
  private readonly maxLineBytes: number;
  private encoding: Encoding | undefined;
  private utf16: TextDecoder | undefined;
  private readonly utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Bytes of the line that has no terminator yet, and where it began. */
  private carry: Uint8Array[] = [];
  private carryBytes = 0;
  /** The first bytes of the file, held back until a byte order mark can be told. */
  private opening: Uint8Array | undefined;
  private carryText = '';
  private isSkipping = false;
  /** Offset of the next byte that is not yet part of a finished line. */
  private offset = 0;
  private nextLineNumber = 1;
  private texts: string[] = [];
  private byteOffsets: number[] = [];
  private cutLines: number[] = [];
  private blocks: LineBlock[] = [];
  private invalidBytes = 0;
  private nulCharacters = 0;
  private cutCount = 0;

  constructor(maxLineBytes: number = DEFAULT_MAX_LINE_BYTES) {
    this.maxLineBytes = Math.max(1, maxLineBytes);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let bytes = chunk;
    if (this.encoding === undefined) {
      const joined = this.opening === undefined ? chunk : concat([this.opening, chunk]);
      if (joined.length < 3) {
        this.opening = joined.slice();
        return;
      }
      bytes = this.begin(joined);
    }
    if (this.encoding === 'utf-8') this.pushUtf8(bytes);
    else this.pushUtf16(this.utf16?.decode(bytes, { stream: true }) ?? '');
  }

  /** Finishes the last line, with or without terminator. */
  end(): void {
    if (this.encoding === undefined && this.opening !== undefined) {
      const rest = this.begin(this.opening);
      if (this.encoding === 'utf-8') this.pushUtf8(rest);
      else this.pushUtf16(this.utf16?.decode(rest, { stream: true }) ?? '');
    }
    if (this.encoding === 'utf-8') {
      if (this.carryBytes > 0) this.emitBytes(concat(this.carry), false);
    } else if (this.encoding !== undefined) {
      this.pushUtf16(this.utf16?.decode() ?? '');
      if (this.carryText !== '') this.emitUtf16(this.carryText, false);
    }
    this.carry = [];
    this.carryBytes = 0;
    this.carryText = '';
    this.closeBlock();
  }

  /** Blocks finished since the last call. */
  take(): readonly LineBlock[] {
    this.closeBlock();
    const finished = this.blocks;
    this.blocks = [];
    return finished;
  }

  /** What had to be repaired so far, one sentence each. */
  warnings(): readonly string[] {
    const out: string[] = [];
    if (this.encoding === 'utf-16le' || this.encoding === 'utf-16be')
      out.push(`the file is ${this.encoding.toUpperCase()} by its byte order mark and was read as such`);
    if (this.invalidBytes > 0)
      out.push(
        `${count(this.invalidBytes, 'sequence')} of invalid UTF-8 replaced by U+FFFD; the file may be in another encoding`,
      );
    if (this.nulCharacters > 0) out.push(`${count(this.nulCharacters, 'NUL character')} dropped`);
    if (this.cutCount > 0)
      out.push(`${count(this.cutCount, 'line')} longer than ${this.maxLineBytes} bytes cut; the start was kept`);
    return out;
  }

  private begin(bytes: Uint8Array): Uint8Array {
    this.opening = undefined;
    if (bytes[0] === 0xff && bytes[1] === 0xfe) this.encoding = 'utf-16le';
    else if (bytes[0] === 0xfe && bytes[1] === 0xff) this.encoding = 'utf-16be';
    else this.encoding = 'utf-8';
    if (this.encoding !== 'utf-8') this.utf16 = new TextDecoder(this.encoding, { ignoreBOM: true });
    const markBytes =
      this.encoding !== 'utf-8' ? 2 : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    this.offset = markBytes;
    return bytes.subarray(markBytes);
  }

  private pushUtf8(bytes: Uint8Array): void {
    let start = 0;
    if (this.isSkipping) {
      start = this.skipToLineEnd(bytes);
      if (this.isSkipping) return;
    }
    const last = bytes.lastIndexOf(LF);
    if (last >= start) {
      if (this.carryBytes > 0) {
        const first = bytes.indexOf(LF, start);
        this.carry.push(bytes.subarray(start, first));
        this.emitBytes(concat(this.carry), true);
        this.carry = [];
        this.carryBytes = 0;
        start = first + 1;
      }
      if (last >= start) this.emitWholeLines(bytes.subarray(start, last + 1));
      start = last + 1;
    }
    if (start < bytes.length) this.keep(bytes.subarray(start));
  }

  /** Holds the start of an unfinished line; one that is already too long is cut here, so that it costs no memory. */
  private keep(bytes: Uint8Array): void {
    this.carry.push(bytes.slice());
    this.carryBytes += bytes.length;
    if (this.carryBytes <= this.maxLineBytes) return;
    const line = concat(this.carry);
    this.emitBytes(line, false);
    this.carry = [];
    this.carryBytes = 0;
    this.isSkipping = true;
  }

  private skipToLineEnd(bytes: Uint8Array): number {
    const end = bytes.indexOf(LF);
    if (end < 0) {
      this.offset += bytes.length;
      return bytes.length;
    }
    this.offset += end + 1;
    this.isSkipping = false;
    return end + 1;
  }

  private emitBytes(line: Uint8Array, hasTerminator: boolean): void {
    const lineStart = this.offset;
    this.offset += line.length + (hasTerminator ? 1 : 0);
    let content = line;
    if (hasTerminator && content[content.length - 1] === CR) content = content.subarray(0, -1);
    const isCut = content.length > this.maxLineBytes;
    const text = this.decode(isCut ? wholeCharacters(content, this.maxLineBytes) : content);
    this.add(text, lineStart, isCut);
  }

  /** `bytes` ends with a terminator. */
  private emitWholeLines(bytes: Uint8Array): void {
    const text = this.decodeKeepingLength(bytes);
    // One character per byte: character positions are byte positions. Else the bytes are scanned alongside.
    const isByteWise = text.length === bytes.length;
    const base = this.offset;
    const { maxLineBytes } = this;
    const hasNul = text.includes('\0');
    let textStart = 0;
    let byteStart = 0;
    while (textStart < text.length) {
      const textEnd = text.indexOf('\n', textStart);
      const byteEnd = isByteWise ? textEnd : bytes.indexOf(LF, byteStart);
      const isCut = byteEnd - byteStart > maxLineBytes;
      if (isCut) {
        this.add(
          this.clean(this.utf8.decode(wholeCharacters(bytes.subarray(byteStart), maxLineBytes)), hasNul),
          base + byteStart,
          true,
        );
      } else {
        const stop = textEnd > textStart && text.charCodeAt(textEnd - 1) === CR ? textEnd - 1 : textEnd;
        this.add(this.clean(text.slice(textStart, stop), hasNul), base + byteStart, false);
      }
      textStart = textEnd + 1;
      byteStart = byteEnd + 1;
    }
    this.offset = base + bytes.length;
  }

  private pushUtf16(text: string): void {
    let start = 0;
    let end = text.indexOf('\n');
    while (end >= 0) {
      const line = this.carryText + text.slice(start, end);
      this.carryText = '';
      if (this.isSkipping) {
        this.isSkipping = false;
        this.offset += 2 * (line.length + 1);
      } else this.emitUtf16(line, true);
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    const rest = text.slice(start);
    if (this.isSkipping) {
      this.offset += 2 * rest.length;
      return;
    }
    this.carryText += rest;
    if (this.carryText.length * 2 > this.maxLineBytes) {
      this.emitUtf16(this.carryText, false);
      this.carryText = '';
      this.isSkipping = true;
    }
  }

  private emitUtf16(line: string, hasTerminator: boolean): void {
    const lineStart = this.offset;
    this.offset += 2 * (line.length + (hasTerminator ? 1 : 0));
    const content = hasTerminator && line.endsWith('\r') ? line.slice(0, -1) : line;
    const isCut = content.length * 2 > this.maxLineBytes;
    const kept = isCut ? content.slice(0, Math.max(1, this.maxLineBytes >> 1)) : content;
    this.add(this.clean(kept, kept.includes('\0')), lineStart, isCut);
  }

  private decode(bytes: Uint8Array): string {
    const text = this.decodeKeepingLength(bytes);
    return this.clean(text, text.includes('\0'));
  }

  private decodeKeepingLength(bytes: Uint8Array): string {
    const text = this.utf8.decode(bytes);
    // A one-byte string answers this without looking, so plain ASCII pays nothing.
    if (text.includes(REPLACEMENT)) this.invalidBytes += countOf(text, REPLACEMENT) - countEncodedReplacement(bytes);
    return text;
  }

  private clean(text: string, mayHoldNul: boolean): string {
    if (!mayHoldNul) return text;
    const without = text.replaceAll('\0', '');
    this.nulCharacters += text.length - without.length;
    return without;
  }

  private add(text: string, byteOffset: number, isCut: boolean): void {
    if (isCut) {
      this.cutLines.push(this.texts.length);
      this.cutCount += 1;
    }
    this.texts.push(text);
    this.byteOffsets.push(byteOffset);
    if (this.texts.length >= MAX_BLOCK_LINES) this.closeBlock();
  }

  private closeBlock(): void {
    if (this.texts.length === 0) return;
    this.blocks.push({
      texts: this.texts,
      byteOffsets: this.byteOffsets,
      firstLineNumber: this.nextLineNumber,
      cutLines: this.cutLines,
    });
    this.nextLineNumber += this.texts.length;
    this.texts = [];
    this.byteOffsets = [];
    this.cutLines = [];
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return only;
  let total = 0;
  for (const part of parts) total += part.length;
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The first `limit` bytes, less a multi-byte character that the limit would split. */
function wholeCharacters(bytes: Uint8Array, limit: number): Uint8Array {
  let end = limit;
  while (end > 1 && end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function countOf(text: string, character: string): number {
  let n = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) n += 1;
  return n;
}

/** U+FFFD that the file really holds (EF BF BD) is no repair. */
function countEncodedReplacement(bytes: Uint8Array): number {
  let n = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) n += 1;
  }
  return n;
}
