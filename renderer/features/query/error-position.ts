/** Where in a statement the database stumbled, from its message: it names the word, not the place. Pure. */

export interface SqlErrorPlace {
  /** Index of the first letter, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

const NAMED = [
  /near "((?:[^"]|"")+)"/,
  /no such (?:column|table|function): (?:\w+\.)?(\S+)/,
  /ambiguous column name: (\S+)/,
  /unrecognized token: "((?:[^"]|"")+)"/,
] as const;

/** null when the message names no word of the statement. Of several the first outside of texts and comments. */
export function sqlErrorPlace(sql: string, message: string): SqlErrorPlace | null {
  for (const pattern of NAMED) {
    const word = pattern.exec(message)?.[1];
    if (word === undefined) continue;
    const start = findWord(sql, word);
    if (start >= 0) return placeOf(sql, start, word.length);
  }
  if (/incomplete input/.test(message)) return placeOf(sql, sql.trimEnd().length, 0);
  return null;
}

function findWord(sql: string, word: string): number {
  // Texts and comments are blanked, not cut, so that places stay.
  const code = sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (piece) => ' '.repeat(piece.length));
  const isName = /^\w+$/.test(word);
  for (let at = code.indexOf(word); at >= 0; at = code.indexOf(word, at + 1)) {
    const isWhole = !isName || (!/\w/.test(code[at - 1] ?? '') && !/\w/.test(code[at + word.length] ?? ''));
    if (isWhole) return at;
  }
  return sql.indexOf(word);
}

function placeOf(sql: string, start: number, length: number): SqlErrorPlace {
  const before = sql.slice(0, start).split('\n');
  return { start, end: start + length, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
