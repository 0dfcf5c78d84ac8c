/**
 * Which way a diff goes, held against the kind of failure: a guard that is gone against null dereferences, a bound that is
 * gone or a call that moved into a loop against slowness, a time limit made shorter against exceeded deadlines, a call that
 * is gone against things not found. Words of removed lines tell more than words that only moved. Pure text, any language.
 */
import { wordParts } from './word-parts.ts';

export interface DiffLines {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}
/** Lines of a unified diff without its headers and comments. */
export function readDiff(text: string): DiffLines {
  const lines = text.split('\n');
  const of = (sign: '+' | '-'): string[] =>
    lines
      .filter((line) => line[0] === sign && !line.startsWith(sign.repeat(3)))
      .map((line) => line.slice(1).trim())
      .filter((line) => line !== '' && !/^(\/\/|#|\*|\/\*)/.test(line));
  return { removed: of('-'), added: of('+') };
}

const GONE_WORD = 1.4;
const MOVED_WORD = 0.6;
/** Weight of a word of a change by where it stands: gone with removed lines, on both sides, or anything else. */
export function wordDirections({ removed, added }: DiffLines): (word: string) => number {
  const gone = wordParts(removed.join('\n'));
  const come = wordParts(added.join('\n'));
  return (word) => (!gone.has(word) ? 1 : come.has(word) ? MOVED_WORD : GONE_WORD);
}

const GUARD = /(==|!=|===|!==|\bis( not)?\b)\s*(nil|null|none|undefined)\b|\?\./i;
const BOUND = /\b(limit|top|max(imum)?|page_?size|batch_?size|take|fetch first)\b\W{0,3}\(?\d+/i;
const TIME_LIMIT = /\b\w*(timeout|deadline)\w*\b/i;
const LOOP = /^(for|foreach|while)\b|\.(map|foreach)\(/i;
const REMOTE_CALL = /\.\s*(get|fetch|find|load|query|list|read|lookup|select)\w*\(/i;

interface Direction {
  readonly failure: RegExp;
  readonly isIn: (diff: DiffLines) => boolean;
}
const DIRECTIONS: readonly Direction[] = [
  {
    failure: /nil pointer|null ?pointer|nullreference|nonetype|of (undefined|null)\b/i,
    isIn: ({ removed, added }) => count(removed, GUARD) > count(added, GUARD),
  },
  {
    failure: /\bslow|latency|time.?out|deadline|out of memory|exceeded/i,
    isIn: ({ removed, added }) => count(removed, BOUND) > count(added, BOUND),
  },
  {
    failure: /\bslow|latency|time.?out|exceeded|select\b/i,
    isIn: ({ removed, added }) =>
      added.some((line) => LOOP.test(line)) && count(added, REMOTE_CALL) > count(removed, REMOTE_CALL),
  },
  {
    failure: /time.?out|deadline|cancell?ed/i,
    isIn: ({ removed, added }) =>
      removed.some((line) => TIME_LIMIT.test(line)) && added.some((line) => TIME_LIMIT.test(line)),
  },
  {
    failure: /not found|no such|missing|unknown|unregistered|undefined/i,
    isIn: ({ removed, added }) => {
      const still = new Set(added.flatMap((line) => calledIn(line)));
      return removed.some(
        (line) => /^(await\s+)?[\w.]+\([^{]*\);?$/.test(line) && calledIn(line).some((name) => !still.has(name)),
      );
    },
  },
];

/** True when the diff goes the way that brings about failures like `messages`. */
export function goesTowards(diff: DiffLines, messages: string): boolean {
  return DIRECTIONS.some(({ failure, isIn }) => failure.test(messages) && isIn(diff));
}
function count(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length;
}
function calledIn(line: string): string[] {
  return [...line.matchAll(/([A-Za-z_]\w*)\(/g)].map((match) => match[1]!);
}
