/** Evidence as two lines: what is seen, then in grey what makes it weigh. And how the rows behind it are counted. */
import type { Evidence } from '../model/analysis-result.ts';
import type { RowRef } from '../model/ids.ts';

export interface EvidenceLines {
  readonly fact: string;
  /** '' when the sentence has one part only. */
  readonly reason: string;
}

const SHORTEST_FACT = 14;
const LONGEST_FACT = 110;
/** In order of how well they part a sentence. */
const PARTINGS = [
  /; /,
  /: (?=[\d“])/,
  / \((?=[^)]*\)[.;]?$)/,
  /, (?=not |0 % before|\d[\d.]* % before)/,
  / in (?=\d[\d.]* % of the cases)/,
  /: /,
];

/** Holes of log templates as people read them: `‹…›`, never mistaken for mark-up. */
export function readable(text: string): string {
  return withUnits(text.replaceAll('<*>', '‹…›'));
}

/** A figure and its unit are never on two lines. */
function withUnits(text: string): string {
  return text.replace(/(\d) (?=(?:%|[kMGT]?B|[nµm]?s|min|h|d)(?![\p{L}\p{N}]))/gu, '$1\u202f');
}

/** Parts the sentence of an analysis at its first joint that leaves a fact of readable length. */
export function evidenceLines(text: string): EvidenceLines {
  const sentence = text.replaceAll('<*>', '‹…›').trim().replace(/\.$/, '');
  for (const parting of PARTINGS) {
    const match = parting.exec(sentence);
    if (!match || match.index < SHORTEST_FACT || match.index > LONGEST_FACT) continue;
    const rest = sentence.slice(match.index + match[0].length);
    const reason = match[0].startsWith(' (') ? rest.replace(/\)$/, '') : rest;
    // A name alone is no fact.
    if (isBalanced(sentence.slice(0, match.index)) && sentence.slice(0, match.index).includes(' ')) {
      const lead = match[0].startsWith(' in') ? 'in ' : '';
      return { fact: withUnits(sentence.slice(0, match.index)), reason: withUnits(lead + reason) };
    }
  }
  return { fact: withUnits(sentence), reason: '' };
}

/** Quotes and brackets opened are closed: a quoted log line is never cut in two. */
function isBalanced(text: string): boolean {
  const count = (sign: string): number => text.split(sign).length - 1;
  return count('“') === count('”') && count('(') === count(')') && count('"') % 2 === 0;
}

const ROW_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  span: ['span', 'spans'],
  log: ['log record', 'log records'],
  template: ['template', 'templates'],
  series: ['series', 'series'],
  alert: ['alert', 'alerts'],
  change: ['change', 'changes'],
  event: ['event', 'events'],
  edge: ['call', 'calls'],
  entity: ['entity', 'entities'],
  finding: ['finding', 'findings'],
  quarantine: ['rejected record', 'rejected records'],
};

/**
 * `12 spans`; rows of several tables are just `rows`. Where the sentence counts more than it links, `3 of 11 log records`:
 * they are examples.
 */
export function rowsText(refs: readonly RowRef[], sentence = ''): string {
  const tables = new Set(refs.map((ref) => ref.slice(0, ref.indexOf(':'))));
  const [table] = tables;
  const words = (tables.size === 1 && table !== undefined && ROW_WORDS[table]) || (['row', 'rows'] as const);
  const counted = tables.size === 1 && (table === 'log' || table === 'span') ? countedIn(sentence) : 0;
  if (counted > refs.length) return `${refs.length} of ${counted} ${words[1]}`;
  return `${refs.length} ${refs.length === 1 ? words[0] : words[1]}`;
}

/** What a sentence counts: `11 times`, `(104 of 169)`; 0 when nothing. Figures inside quotes are other people's. */
function countedIn(sentence: string): number {
  const own = sentence.replace(/“[^”]*”/g, '');
  const match = /\b(\d+) times(?!\w| its| as)/.exec(own) ?? /\((\d+) of \d+\)/.exec(own);
  return match ? Number(match[1]) : 0;
}

export function byStance<Item extends Evidence>(
  evidence: readonly Item[],
  stance: Evidence['stance'],
): readonly Item[] {
  return evidence.filter((item) => item.stance === stance);
}
