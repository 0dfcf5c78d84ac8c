/**
 * The one text box of the log view: `error service:cart -template:abc level>=warn "a phrase"`. Text and parts are two
 * writings of one thing: `parseLogQuery(formatLogQuery(parts))` answers the same parts. What is not understood is a plain
 * word, so typing never fails.
 */

export const LEVEL_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LevelName = (typeof LEVEL_NAMES)[number];
export const LEVEL_OPERATORS = ['>=', '<=', '='] as const;
export type LevelOperator = (typeof LEVEL_OPERATORS)[number];

export type LogQueryPart =
  /** One word to find; a `*` at its end finds all that begin so. */
  | { readonly kind: 'word'; readonly text: string; readonly isExcluded: boolean }
  | { readonly kind: 'phrase'; readonly text: string; readonly isExcluded: boolean }
  /** An attribute, or `service`, `template`, `trace` and the other kinds of entity. */
  | { readonly kind: 'field'; readonly key: string; readonly value: string; readonly isExcluded: boolean }
  | { readonly kind: 'level'; readonly operator: LevelOperator; readonly level: LevelName };

const LEVEL = new RegExp(`^level(>=|<=|=|:)(${LEVEL_NAMES.join('|')})$`, 'i');
/** A piece: an optional minus, then quoted stretches and other letters up to the next blank. */
const PIECE = /-?(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/gsu;
const QUOTED = /^"((?:[^"\\]|\\.)*)"?$/su;
const FIELD = /^("(?:[^"\\]|\\.)+"|[^\s":]+):("(?:[^"\\]|\\.)*"?|[^\s"]+)$/su;

/** Any text answers parts; O(n). */
export function parseLogQuery(text: string): readonly LogQueryPart[] {
  return (text.match(PIECE) ?? []).flatMap((piece) => {
    const part = partOf(piece);
    return part ? [part] : [];
  });
}

function partOf(piece: string): LogQueryPart | undefined {
  const level = LEVEL.exec(piece);
  if (level) {
    const operator = LEVEL_OPERATORS.find((known) => known === level[1]) ?? '=';
    const name = LEVEL_NAMES.find((known) => known === level[2]?.toLowerCase());
    return name && { kind: 'level', operator, level: name };
  }
  const isExcluded = piece.startsWith('-') && piece.length > 1;
  const rest = isExcluded ? piece.slice(1) : piece;
  const quoted = QUOTED.exec(rest);
  if (quoted) return quoted[1] ? { kind: 'phrase', text: unescape(quoted[1]), isExcluded } : undefined;
  const field = FIELD.exec(rest);
  if (field) return { kind: 'field', key: unquoted(field[1] ?? ''), value: unquoted(field[2] ?? ''), isExcluded };
  const text = rest.replaceAll('"', '');
  return text === '' ? undefined : { kind: rest.includes('"') ? 'phrase' : 'word', text, isExcluded };
}

export function formatLogQuery(parts: readonly LogQueryPart[]): string {
  return parts.map(formatPart).join(' ');
}

export function formatPart(part: LogQueryPart): string {
  if (part.kind === 'level') return `level${part.operator}${part.level}`;
  const minus = part.isExcluded ? '-' : '';
  switch (part.kind) {
    case 'word':
      return minus + (isPlainWord(part.text) ? part.text : quoted(part.text));
    case 'phrase':
      return minus + quoted(part.text);
    case 'field':
      return `${minus}${isPlainKey(part.key) ? part.key : quoted(part.key)}:${isPlainValue(part.value) ? part.value : quoted(part.value)}`;
  }
}

/** Whether two parts say the same. */
export function isSamePart(left: LogQueryPart, right: LogQueryPart): boolean {
  return formatPart(left) === formatPart(right);
}

/** `parts` with `part` added once; the same with the opposite sign is taken away. */
export function withPart(parts: readonly LogQueryPart[], part: LogQueryPart): readonly LogQueryPart[] {
  const others = parts.filter((known) => !isSamePart(known, part) && !isOpposite(known, part));
  return [...others, part];
}

export function withoutPart(parts: readonly LogQueryPart[], part: LogQueryPart): readonly LogQueryPart[] {
  return parts.filter((known) => !isSamePart(known, part));
}

function isOpposite(left: LogQueryPart, right: LogQueryPart): boolean {
  if (left.kind === 'level' || right.kind === 'level') return left.kind === right.kind;
  return isSamePart({ ...left, isExcluded: !left.isExcluded }, right);
}

function isPlainWord(text: string): boolean {
  return /^[^\s"-][^\s"]*$/u.test(text) && !text.includes(':') && !LEVEL.test(text);
}
function isPlainKey(key: string): boolean {
  return /^[^\s"\-:][^\s":]*$/u.test(key) && !/^level$/i.test(key);
}
function isPlainValue(value: string): boolean {
  return /^[^\s"]+$/u.test(value);
}
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
function unquoted(text: string): string {
  const match = QUOTED.exec(text);
  return match ? unescape(match[1] ?? '') : text;
}
function unescape(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}
