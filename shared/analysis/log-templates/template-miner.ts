/**
 * Log message → template, streaming. The key of a message follows from its own characters alone: constants stay,
 * variables become `<*>`, runs of variables join, blanks collapse. So an id depends neither on order nor on other
 * messages, two imports of the same line agree, and finding the template is one hash lookup however many there are.
 * Joining templates that differ by a word which turns out to vary is a later, separate step (`merge-templates.ts`).
 */
import { hashString64, hexOfHash64 } from '../../base/hash64.ts';
import { MAX_SCANNED_CHARS, MessageScan, TOKEN } from './scan-message.ts';
import { findStack, type StackSignature } from './stack-signature.ts';

export interface TemplateKey {
  /** 16 hex digits: hash64 of the key. */
  readonly id: string;
  /** For people: the message that first had this key, with `<*>` for its variables. */
  readonly text: string;
}

interface CacheEntry extends TemplateKey {
  readonly key: string;
  readonly next: CacheEntry | undefined;
}

/** Distinct keys kept for fast lookup. Dropping them costs time, never identity. */
const MAX_CACHED_KEYS = 100_000;
const TERMINAL_COLOUR = /\u001b\[[\d;?]*[A-Za-z]/g;
const LESS = 60;
const STAR = 42;
const GREATER = 62;
const SPACE = 32;

export class TemplateMiner {
  readonly #scan = new MessageScan();
  /** UTF-16 units of the key under construction: at worst every character, plus three per variable and its framing. */
  readonly #units = new Uint16Array(MAX_SCANNED_CHARS * 4);
  #length = 0;
  #cache = new Map<number, CacheEntry>();
  #cached = 0;
  readonly #stacks = new Map<string, TemplateKey>();

  /** Cost: linear in the message (its first 2,048 characters), about 1 µs for a usual line. */
  keyOf(rawMessage: string): TemplateKey {
    const message = rawMessage.includes('\u001b') ? rawMessage.replace(TERMINAL_COLOUR, '') : rawMessage;
    const newline = message.indexOf('\n');
    if (newline >= 0) {
      const stack = findStack(message);
      if (stack) return this.#keyOfStack(message, stack);
    }
    this.#scan.scan(message);
    return this.#lookUp();
  }

  #keyOfStack(message: string, stack: StackSignature): TemplateKey {
    this.#scan.scan(message, 0, stack.headEnd);
    const head = this.#lookUp();
    const signature = `${head.id} ${stack.signature}`;
    const known = this.#stacks.get(signature);
    if (known) return known;
    const made = { id: hexOfHash64(hashString64(signature)), text: `${head.text}\n${stack.signature}`.trim() };
    if (this.#stacks.size >= MAX_CACHED_KEYS) this.#stacks.clear();
    this.#stacks.set(signature, made);
    return made;
  }

  #lookUp(): TemplateKey {
    const hash = this.#writeKey();
    let entry = this.#cache.get(hash);
    for (; entry; entry = entry.next) if (this.#isSameKey(entry.key)) return entry;
    return this.#remember(hash);
  }

  #remember(hash: number): TemplateKey {
    let key = '';
    for (let i = 0; i < this.#length; i += 1) key += String.fromCharCode(this.#units[i] ?? 0);
    const made = {
      key,
      id: hexOfHash64(hashString64(key)),
      text: isOneVariable(this.#scan) ? key : printTemplate(this.#scan),
      next: this.#cache.get(hash),
    };
    if (this.#cached >= MAX_CACHED_KEYS) {
      this.#cache = new Map();
      this.#cached = 0;
    }
    this.#cache.set(hash, made);
    this.#cached += 1;
    return made;
  }

  #isSameKey(key: string): boolean {
    if (key.length !== this.#length) return false;
    for (let i = 0; i < key.length; i += 1) if (key.charCodeAt(i) !== this.#units[i]) return false;
    return true;
  }

  /** Writes the key into `#units` and returns a 32-bit hash of it (FNV-1a over code units, for the cache only). */
  #writeKey(): number {
    const scan = this.#scan;
    this.#length = 0;
    if (isOneVariable(scan)) {
      this.#writeText(shapeOfOneVariable(scan));
    } else {
      let isInVariable = false;
      let from = leadingEnd(scan.text);
      for (let i = 0; i < scan.count; i += 1) {
        const isVariable = scan.kind[i] !== TOKEN.word;
        const start = scan.start[i] ?? 0;
        if (!(isVariable && isInVariable)) {
          this.#writeSeparator(from, start);
          if (isVariable) this.#writeWildcard();
          else this.#writeChars(start, scan.end[i] ?? 0);
        }
        isInVariable = isVariable;
        from = scan.end[i] ?? 0;
      }
      this.#writeSeparator(from, scan.scannedEnd);
      while (this.#length > 0 && this.#units[this.#length - 1] === SPACE) this.#length -= 1;
    }
    let hash = 0x811c9dc5;
    for (let i = 0; i < this.#length; i += 1) hash = Math.imul(hash ^ (this.#units[i] ?? 0), 0x01000193);
    return hash;
  }

  #writeText(text: string): void {
    for (let i = 0; i < text.length; i += 1) this.#units[this.#length++] = text.charCodeAt(i);
  }
  #writeWildcard(): void {
    this.#units[this.#length++] = LESS;
    this.#units[this.#length++] = STAR;
    this.#units[this.#length++] = GREATER;
  }
  #writeChars(from: number, to: number): void {
    const text = this.#scan.text;
    for (let at = from; at < to; at += 1) this.#units[this.#length++] = text.charCodeAt(at);
  }
  #writeSeparator(from: number, to: number): void {
    const text = this.#scan.text;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (code > SPACE) this.#units[this.#length++] = code;
      else if (this.#length > 0 && this.#units[this.#length - 1] !== SPACE) this.#units[this.#length++] = SPACE;
    }
  }
}

/**
 * The scanned message with `<*>` for variables, spacing kept. Wildcards joined by punctuation print as one; those with a
 * blank, bracket or quote between them stay apart, since a reader expects to see the list they form.
 */
export function printTemplate(scan: MessageScan): string {
  let out = '';
  let from = leadingEnd(scan.text);
  let isInVariable = false;
  for (let i = 0; i < scan.count; i += 1) {
    const separator = scan.text.slice(from, scan.start[i]);
    const isVariable = scan.kind[i] === TOKEN.variable;
    if (!(isVariable && isInVariable && !/[\s()[\]{}"']/.test(separator))) {
      out += separator + (isVariable ? '<*>' : scan.word(i));
    }
    isInVariable = isVariable;
    from = scan.end[i] ?? 0;
  }
  const rest = scan.text.slice(from, scan.scannedEnd);
  return (out + rest).trimEnd() + (scan.scannedEnd < scan.text.length && rest === '' ? '…' : '');
}

function leadingEnd(text: string): number {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) <= SPACE) at += 1;
  return at;
}

function isOneVariable(scan: MessageScan): boolean {
  if (scan.count === 0) return true;
  for (let i = 0; i < scan.count; i += 1) if (scan.kind[i] === TOKEN.word) return false;
  return true;
}

/** A message without any constant is told apart by what its first value looks like, else all of them would be one. */
function shapeOfOneVariable(scan: MessageScan): string {
  if (scan.count === 0) return scan.text.trim().slice(0, 20);
  const value = scan.word(0);
  if (value === '<*>') return '<value>';
  if (/^[-+\d.,:%]+$/.test(value)) return '<number>';
  if (value.includes('://')) return '<link>';
  if (/[/\\]/.test(value)) return '<path>';
  return /^(?:0x)?[0-9a-fA-F-]+$/.test(value) ? '<hex>' : '<value>';
}
