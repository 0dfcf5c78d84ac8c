/**
 * Flattens a KeyValue list straight from its bytes into the bytes of a compact JSON object, without making strings or
 * objects on the way; the texts of many spans are then decoded in one go. On the way it remembers the few attributes that
 * name a span's peer.
 */
import type { EntityRef } from '../../model/entity.ts';
import type { AttributeValue } from '../../model/resource.ts';
import { CURRENT_ATTRIBUTE_NAMES, ATTR_DB_QUERY_TEXT, ATTR_URL_FULL } from '../../semconv/attribute-keys.ts';
import { PEER_KEYS, peerOfSpan } from '../../semconv/peer-of-span.ts';
import { ByteInterner } from '../byte-interner.ts';
import * as json from '../json-stream/json-bytes.ts';
import type { JsonCursor } from '../json-stream/json-cursor.ts';
import { KeyTable } from '../json-stream/key-table.ts';
import { decodeText } from '../json-stream/json-range.ts';
import { unwrapAnyValue } from './any-value.ts';
import { KEY, otlpKeys } from './otlp-keys.ts';

const encoder = new TextEncoder();
const INITIAL_BYTES = 1 << 17;
/** Values of peer attributes longer than this are cut before they are looked at. */
const MAX_PEER_VALUE = 200;
const SLASH = 47;
/** Longer strings take the general way. */
const MAX_COPIED = 512;
const PAIR_OPENING = encoder.encode('{"key":"');
const VALUE_OPENING = encoder.encode('","value":{"');
const STRING_VALUE = encoder.encode('stringValue":"');
const INT_VALUE = encoder.encode('intValue":"');
const PAIR_CLOSING = encoder.encode('"}}');

/** How much of a peer attribute matters. */
const WHOLE = 1;
const PRESENCE = 2;
const AUTHORITY = 3;

const PEER_NAMES = [...PEER_KEYS];
const PEER_SHARES = PEER_NAMES.map((name) => {
  const current = CURRENT_ATTRIBUTE_NAMES[name] ?? name;
  if (current === ATTR_DB_QUERY_TEXT) return PRESENCE;
  return current === ATTR_URL_FULL ? AUTHORITY : WHOLE;
});

/** Attribute key → index in `PEER_NAMES` + 1. */
const peerKeys = new KeyTable(Object.fromEntries(PEER_NAMES.map((name, index) => [name, index + 1])));

export class AttributeWriter {
  /** Written so far: `out[0, length)`. */
  out: Uint8Array = new Uint8Array(INITIAL_BYTES);
  length = 0;
  /** Why the last `writeAttributes` failed. */
  problem = '';
  /** What the current span says of its peer: pairs of one byte for the name and the value's bytes, 0-terminated. */
  readonly #peerSign = new Uint8Array(4096);
  #peerSignLength = 0;
  readonly #peerSigns = new ByteInterner(1 << 15);
  #peerOfSign: (EntityRef | undefined)[] = [];
  /** Grows when earlier signs are void. */
  peerGeneration = 0;

  /** Forgets the attributes of the span before. Byte 0 is kept free for the span kind. */
  beginSpan(): void {
    this.#peerSignLength = 1;
  }

  /**
   * Reads the array of KeyValues at the cursor and appends `{"key":value,…}`, or nothing for an empty list. False when
   * the bytes are no such list; `length` is then as before.
   */
  writeAttributes(cursor: JsonCursor): boolean {
    const before = this.length;
    if (!cursor.open(json.OPEN_BRACKET)) {
      const value = cursor.parseValue();
      if (value === undefined || cursor.failed) return false;
      if (value !== null) this.#appendText(JSON.stringify(unwrapAnyValue(value)));
      return true;
    }
    this.#appendByte(json.OPEN_BRACE);
    while (cursor.nextElement()) {
      if (this.#copyPair(cursor, before)) continue;
      if (!this.#writePair(cursor, before)) {
        this.length = before;
        return false;
      }
    }
    if (this.length === before + 1) this.length = before;
    else this.#appendByte(json.CLOSE_BRACE);
    if (cursor.failed) this.length = before;
    return !cursor.failed;
  }

  /**
   * Short cut for the one spelling nearly every collector writes, `{"key":"k","value":{"stringValue":"v"}}` without blanks
   * and escapes, and the same with intValue. False = something else is there, and nothing has changed.
   */
  #copyPair(cursor: JsonCursor, objectStart: number): boolean {
    const { bytes, position } = cursor;
    if (!matches(bytes, position, PAIR_OPENING)) return false;
    const written = this.length;
    this.#reserve(2 * MAX_COPIED + 8);
    if (written > objectStart + 1) this.out[this.length++] = json.COMMA;
    const keyStart = position + PAIR_OPENING.length;
    const keyEnd = this.#copyString(bytes, keyStart);
    if (keyEnd > 0 && matches(bytes, keyEnd, VALUE_OPENING)) {
      this.out[this.length++] = json.COLON;
      const valueAt = keyEnd + VALUE_OPENING.length;
      if (matches(bytes, valueAt, STRING_VALUE)) {
        const start = valueAt + STRING_VALUE.length;
        const end = this.#copyString(bytes, start);
        if (end > 0 && matches(bytes, end, PAIR_CLOSING) && end < cursor.end) {
          const peerIndex = peerKeys.codeOf(bytes, keyStart, keyEnd) - 1;
          cursor.textStart = start;
          cursor.textEnd = end;
          if (peerIndex >= 0) this.#notePeer(cursor, peerIndex);
          cursor.position = end + PAIR_CLOSING.length;
          return true;
        }
      } else if (matches(bytes, valueAt, INT_VALUE)) {
        const start = valueAt + INT_VALUE.length;
        let end = start;
        while (end < start + 17 && bytes[end] !== json.QUOTE) end++;
        if (isShortInteger(bytes, start, end) && matches(bytes, end, PAIR_CLOSING) && end < cursor.end) {
          for (let i = start; i < end; i++) this.out[this.length++] = bytes[i] ?? 0;
          cursor.position = end + PAIR_CLOSING.length;
          return true;
        }
      }
    }
    this.length = written;
    return false;
  }

  /** Copies a string without escapes, quotes included. Index of its closing quote, or −1. */
  #copyString(bytes: Uint8Array, start: number): number {
    const out = this.out;
    let to = this.length;
    out[to++] = json.QUOTE;
    const limit = start + MAX_COPIED;
    for (let i = start; i < limit; i++) {
      const c = bytes[i] ?? 0;
      out[to++] = c;
      if (c === json.QUOTE) {
        this.length = to;
        return i;
      }
      if (c === json.BACKSLASH || c < 32) return -1;
    }
    return -1;
  }

  #writePair(cursor: JsonCursor, objectStart: number): boolean {
    if (!cursor.open(json.OPEN_BRACE)) return cursor.skipValue();
    const pairStart = this.length;
    let hasKey = false;
    let hasValue = false;
    let peerIndex = -1;
    let lateValue = -1;
    while (cursor.nextKey()) {
      const code = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (code === KEY.key) {
        if (!cursor.readString() || !this.#isValidText(cursor)) return false;
        if (pairStart > objectStart + 1) this.#appendByte(json.COMMA);
        this.#appendQuoted(cursor);
        this.#appendByte(json.COLON);
        peerIndex = peerKeys.codeOf(cursor.bytes, cursor.textStart, cursor.textEnd) - 1;
        hasKey = true;
      } else if (code === KEY.value && hasKey) {
        if (!this.#writeAnyValue(cursor, peerIndex)) return false;
        hasValue = true;
      } else {
        cursor.peek();
        if (code === KEY.value) lateValue = cursor.position;
        if (!cursor.skipValue()) return false;
      }
    }
    if (cursor.failed) return false;
    if (!hasKey) this.length = pairStart;
    else if (!hasValue && lateValue >= 0) return this.#writeLate(cursor, lateValue, peerIndex);
    else if (!hasValue) this.#appendText('null');
    return true;
  }

  /** The value stood before its key: goes back for it. */
  #writeLate(cursor: JsonCursor, valueAt: number, peerIndex: number): boolean {
    const after = cursor.position;
    cursor.position = valueAt;
    const isWritten = this.#writeAnyValue(cursor, peerIndex);
    cursor.position = after;
    return isWritten;
  }

  #writeAnyValue(cursor: JsonCursor, peerIndex: number): boolean {
    const c = cursor.peek();
    const start = cursor.position;
    if (c !== json.OPEN_BRACE) return this.#writePlain(cursor);
    cursor.position++;
    if (!cursor.nextKey()) {
      if (!cursor.failed) this.#appendText('null');
      return !cursor.failed;
    }
    const code = otlpKeys.codeOf(cursor.bytes, cursor.keyStart, cursor.keyEnd);
    if (!this.#writeScalar(cursor, code, peerIndex) || cursor.peek() !== json.CLOSE_BRACE) {
      if (cursor.failed) return false;
      return this.#writeSlowly(cursor, start);
    }
    cursor.position++;
    return true;
  }

  /** The frequent kinds of value, copied. False = nothing written, look again from the start. */
  #writeScalar(cursor: JsonCursor, code: number, peerIndex: number): boolean {
    switch (code) {
      case KEY.stringValue:
        if (!cursor.readString() || !this.#isValidText(cursor)) return false;
        this.#appendQuoted(cursor);
        if (peerIndex >= 0) this.#notePeer(cursor, peerIndex);
        return true;
      case KEY.intValue:
        if (cursor.peek() === json.QUOTE ? !cursor.readString() : !cursor.readLiteral()) return false;
        if (!isShortInteger(cursor.bytes, cursor.textStart, cursor.textEnd)) return false;
        this.#appendBytes(cursor.bytes, cursor.textStart, cursor.textEnd);
        return true;
      case KEY.boolValue:
        if (!cursor.readLiteral()) return false;
        this.#appendText(cursor.bytes[cursor.textStart] === 0x74 ? 'true' : 'false');
        return true;
      default:
        return false;
    }
  }

  /** A value without wrapper, as some tools write it. */
  #writePlain(cursor: JsonCursor): boolean {
    const value = cursor.parseValue();
    if (value === undefined) return false;
    this.#appendText(JSON.stringify(unwrapAnyValue(value)));
    return true;
  }

  #writeSlowly(cursor: JsonCursor, start: number): boolean {
    const writtenBefore = this.length;
    cursor.position = start;
    const value = cursor.parseValue();
    if (value === undefined) return false;
    const plain: AttributeValue = unwrapAnyValue(value);
    this.length = writtenBefore;
    this.#appendText(JSON.stringify(plain));
    return true;
  }

  /** Escapes are copied as they stand, so they have to be right. */
  #isValidText(cursor: JsonCursor): boolean {
    return !cursor.hasEscape || cursor.text() !== undefined;
  }

  #notePeer(cursor: JsonCursor, peerIndex: number): void {
    const { bytes, textStart } = cursor;
    const share = PEER_SHARES[peerIndex] ?? WHOLE;
    let end = Math.min(cursor.textEnd, textStart + MAX_PEER_VALUE);
    if (share === PRESENCE) end = Math.min(end, textStart + 1);
    if (share === AUTHORITY) end = authorityEnd(bytes, textStart, end);
    if (this.#peerSignLength + end - textStart + 2 > this.#peerSign.length) return;
    this.#peerSign[this.#peerSignLength++] = peerIndex + 1;
    for (let i = textStart; i < end; i++) this.#peerSign[this.#peerSignLength++] = bytes[i] ?? 0;
    this.#peerSign[this.#peerSignLength++] = 0;
  }

  /** Number of what the attributes since `beginSpan` say of the peer of a span of this kind; −1 when nothing. */
  peerSign(spanKind: number): number {
    if (this.#peerSignLength === 1) return -1;
    this.#peerSign[0] = spanKind;
    const id = this.#peerSigns.intern(this.#peerSign, 0, this.#peerSignLength);
    if (this.#peerSigns.generation !== this.peerGeneration) {
      this.peerGeneration = this.#peerSigns.generation;
      this.#peerOfSign = [];
    }
    if (id >= this.#peerOfSign.length) this.#peerOfSign[id] = this.#peerFromSign(spanKind);
    return id;
  }

  /** The peer a sign of the current generation stands for. */
  peerOfSign(sign: number): EntityRef | undefined {
    return this.#peerOfSign[sign];
  }

  #peerFromSign(spanKind: number): EntityRef | undefined {
    const attributes: Record<string, string> = {};
    for (let i = 1; i < this.#peerSignLength;) {
      const name = PEER_NAMES[(this.#peerSign[i] ?? 1) - 1] ?? '';
      let end = i + 1;
      while (end < this.#peerSignLength && this.#peerSign[end] !== 0) end++;
      const text = decodeText(this.#peerSign, i + 1, end);
      attributes[name] = text.includes('\\') ? unescape(text) : text;
      i = end + 1;
    }
    return peerOfSpan(attributes, spanKind);
  }

  #reserve(size: number): void {
    if (this.length + size <= this.out.length) return;
    const larger = new Uint8Array(Math.max(this.length + size, 2 * this.out.length));
    larger.set(this.out.subarray(0, this.length));
    this.out = larger;
  }

  #appendByte(byte: number): void {
    this.#reserve(1);
    this.out[this.length++] = byte;
  }

  #appendBytes(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    const out = this.out;
    let to = this.length;
    // Most pieces are a few bytes; below about 64 a loop beats the native copy.
    if (end - start < 64) for (let i = start; i < end; i++) out[to++] = bytes[i] ?? 0;
    else {
      out.set(bytes.subarray(start, end), to);
      to += end - start;
    }
    this.length = to;
  }

  #appendQuoted(cursor: JsonCursor): void {
    this.#appendBytes(cursor.bytes, cursor.textStart - 1, cursor.textEnd + 1);
  }

  #appendText(text: string): void {
    const bytes = encoder.encode(text);
    this.#appendBytes(bytes, 0, bytes.length);
  }
}

function unescape(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/** An integer that a double holds exactly and JSON allows as it stands: at most 15 digits, no leading zero. */
function isShortInteger(bytes: Uint8Array, start: number, end: number): boolean {
  const from = bytes[start] === 0x2d ? start + 1 : start;
  const digits = end - from;
  if (digits < 1 || digits > 15 || (digits > 1 && bytes[from] === 0x30)) return false;
  for (let i = from; i < end; i++) {
    const c = bytes[i] ?? 0;
    if (c < 0x30 || c > 0x39) return false;
  }
  return true;
}

/** End of `scheme://host:port` in a URL: its path and query vary with every call and name nobody. */
function authorityEnd(bytes: Uint8Array, start: number, end: number): number {
  let slashes = 0;
  for (let i = start; i < end; i++) if (bytes[i] === SLASH && ++slashes === 3) return i;
  return end;
}

function matches(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  return true;
}
