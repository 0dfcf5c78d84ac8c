/**
 * Splits a YAML stream into documents, and a document that is a list into its items, line by line, so that each piece is
 * small when the YAML reader gets it. Only the layout of block style at column 0 is relied on; anything else is handed
 * over whole. `managedFields` are left out: they are most of the text and say nothing about an incident.
 */
import { parse as parseYaml } from 'yaml';

export interface YamlPiece {
  readonly text: string;
  /** 1-based line it begins on. */
  readonly line: number;
  /** Lower-case first members of the list around it, '' for a document of its own. */
  readonly listKind: string;
  readonly listApiVersion: string;
}

export const MAX_PIECE_LENGTH = 4 << 20;
const MAX_ALIASES = 100;
const TOP_KEY = /^([A-Za-z][\w.-]*):(?:\s+(.*))?$/;

/**
 * Reads one piece. Throws an Error with a readable message for anything that is no YAML, for aliases that multiply and
 * for one that stands for something it is itself part of.
 */
export function parseYamlPiece(text: string): unknown {
  const value: unknown = parseYaml(text, {
    maxAliasCount: MAX_ALIASES,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    strict: false,
  });
  if (/&[^\s,[\]{}]/.test(text) && isCircular(value, new Set())) throw new Error('An alias refers to what holds it.');
  return value;
}

/** `above` = the containers around `value`. Few steps: aliases are limited to MAX_ALIASES. */
function isCircular(value: unknown, above: Set<object>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (above.has(value)) return true;
  above.add(value);
  const isInside = Object.values(value).some((member) => isCircular(member, above));
  above.delete(value);
  return isInside;
}

export class YamlSplitter {
  readonly #emit: (piece: YamlPiece) => void;
  readonly #reject: (line: number, reason: string, excerpt: string) => void;
  #lines: string[] = [];
  #length = 0;
  #startLine = 1;
  #line = 0;
  #isTooLong = false;
  /** Set while inside the `items:` of a list, or a document that is a sequence. */
  #itemIndent = -1;
  #isInItems = false;
  #listKind = '';
  #listApiVersion = '';
  /** Indentation of a `managedFields:` being left out, −1 when none is. */
  #skippedIndent = -1;

  constructor(emit: (piece: YamlPiece) => void, reject: (line: number, reason: string, excerpt: string) => void) {
    this.#emit = emit;
    this.#reject = reject;
  }

  line(text: string): void {
    this.#line += 1;
    if (text.startsWith('---') && /^---(?:\s|$)/.test(text)) {
      this.#endDocument();
      return;
    }
    if (text === '...') {
      this.#endDocument();
      return;
    }
    if (this.#skips(text)) return;
    if (!this.#isInItems) {
      if (this.#beginsItems(text)) return;
    } else if (this.#itemBoundary(text)) return;
    this.#keep(text);
  }

  finish(): void {
    this.#endDocument();
  }

  #skips(text: string): boolean {
    const indent = indentOf(text);
    if (this.#skippedIndent >= 0) {
      const isInside =
        indent > this.#skippedIndent || (indent === this.#skippedIndent && text.charCodeAt(indent) === 45);
      if (isInside || text.trim() === '') return true;
      this.#skippedIndent = -1;
    }
    if (text.startsWith('managedFields:', indent) && text.trim() === 'managedFields:') {
      this.#skippedIndent = indent;
      return true;
    }
    return false;
  }

  /** `items:` at column 0, or a document that begins with `- `. */
  #beginsItems(text: string): boolean {
    if (text === 'items:' || text === 'items: ') {
      this.#readListHead();
      this.#isInItems = true;
      this.#itemIndent = -1;
      this.#clear();
      return true;
    }
    if (text.startsWith('- ') && this.#lines.every((line) => line.trim() === '' || line.startsWith('#'))) {
      this.#isInItems = true;
      this.#itemIndent = 0;
      this.#clear();
      this.#startItem(text, 0);
      return true;
    }
    return false;
  }

  /** True when the line was taken care of. */
  #itemBoundary(text: string): boolean {
    const indent = indentOf(text);
    const isDash = text.charCodeAt(indent) === 45 && (text.length === indent + 1 || text.charCodeAt(indent + 1) === 32);
    if (isDash && (this.#itemIndent < 0 || indent === this.#itemIndent)) {
      this.#itemIndent = indent;
      this.#flush();
      this.#startItem(text, indent);
      return true;
    }
    if (indent === 0 && text !== '' && !isDash && !text.startsWith('#')) {
      // Behind the items: kind and apiVersion of the list come after them in alphabetical order.
      this.#flush();
      const match = TOP_KEY.exec(text);
      if (match?.[1] === 'kind') this.#listKind = unquoted(match[2] ?? '');
      this.#itemIndent = Number.MAX_SAFE_INTEGER;
      return true;
    }
    return this.#itemIndent === Number.MAX_SAFE_INTEGER;
  }

  #startItem(text: string, indent: number): void {
    this.#startLine = this.#line;
    // The dash becomes a blank, so that the item is a document of its own.
    this.#keep(`${' '.repeat(indent)} ${text.slice(indent + 1)}`);
  }

  #readListHead(): void {
    for (const line of this.#lines) {
      const match = TOP_KEY.exec(line);
      if (match?.[1] === 'kind') this.#listKind = unquoted(match[2] ?? '');
      if (match?.[1] === 'apiVersion') this.#listApiVersion = unquoted(match[2] ?? '');
    }
  }

  #keep(text: string): void {
    if (this.#lines.length === 0 && text.trim() === '') return;
    if (this.#lines.length === 0) this.#startLine = this.#line;
    if (this.#length > MAX_PIECE_LENGTH) {
      this.#isTooLong = true;
      return;
    }
    this.#lines.push(text);
    this.#length += text.length + 1;
  }

  #flush(): void {
    const { length } = this.#lines;
    if (this.#isTooLong) {
      this.#reject(
        this.#startLine,
        `A YAML document of more than ${MAX_PIECE_LENGTH} characters was not read; split the file.`,
        this.#lines.slice(0, 5).join('\n'),
      );
    } else if (length > 0 && this.#lines.some((line) => line.trim() !== '' && !line.startsWith('#'))) {
      this.#emit({
        text: `${this.#lines.join('\n')}\n`,
        line: this.#startLine,
        listKind: this.#isInItems ? this.#listKind : '',
        listApiVersion: this.#isInItems ? this.#listApiVersion : '',
      });
    }
    this.#clear();
  }

  #clear(): void {
    this.#lines = [];
    this.#length = 0;
    this.#isTooLong = false;
  }

  #endDocument(): void {
    this.#flush();
    this.#isInItems = false;
    this.#itemIndent = -1;
    this.#listKind = '';
    this.#listApiVersion = '';
    this.#skippedIndent = -1;
  }
}

function indentOf(text: string): number {
  let indent = 0;
  while (text.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}
