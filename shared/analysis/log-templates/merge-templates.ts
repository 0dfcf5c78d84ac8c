/**
 * Second step of template mining: templates that differ in one word at one place, where many different words were seen,
 * are one event with a variable there ("cardinality per position", after IPLoM, Makanju et al., KDD 2009, done here on
 * template keys instead of lines). A merge is an alias old id → root id; ids themselves never change, so marks that a
 * user or an earlier import set on them survive. Cost: O(tokens of all templates) per round, few rounds.
 */
import { MessageScan, STATE_WORDS, TOKEN } from './scan-message.ts';
import { TemplateMiner } from './template-miner.ts';

export interface CountedTemplate {
  readonly id: string;
  /** As the miner printed it. */
  readonly text: string;
  readonly count: number;
}
export interface MergedTemplate {
  /** Id of the template it is now part of: hash64 of the merged key. */
  readonly id: string;
  readonly text: string;
}

/** Different fillers needed at a position before it counts as a variable; found on the Loghub development systems. */
const FILLERS_NEEDED = { dotted: 3, value: 3, oneDigit: 5, word: 8 } as const;
type FillerClass = keyof typeof FILLERS_NEEDED;
/** Letters of constant text that must be left, so that unlike sentences do not merge on their punctuation. */
const CONSTANT_LETTERS = 4;
const MAX_ROUNDS = 4;
/** Beyond this many the rarest templates are left alone: 10^5 one-off lines would cost more than they tell. */
const MAX_TEMPLATES = 5_000;
const POLL_EVERY = 64;

interface Group {
  readonly key: string;
  readonly text: string;
  readonly members: string[];
  mergedInto: Group | undefined;
}

/** Alias of every id that merged into another template; ids that stay alone are absent. Independent of input order. */
export function mergeTemplates(
  templates: readonly CountedTemplate[],
  throwIfCancelled: () => void = () => undefined,
): ReadonlyMap<string, MergedTemplate> {
  const sorted = [...templates]
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_TEMPLATES)
    .filter((template) => !template.text.includes('\n'));
  let groups = new Map<string, Group>();
  for (const template of sorted) {
    const known = groups.get(template.text);
    if (known) known.members.push(template.id);
    else
      groups.set(template.text, {
        key: template.text,
        text: template.text,
        members: [template.id],
        mergedInto: undefined,
      });
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = mergeOnce(groups, throwIfCancelled);
    if (next === groups) break;
    groups = next;
  }
  return aliasesOf(groups);
}

function aliasesOf(groups: ReadonlyMap<string, Group>): Map<string, MergedTemplate> {
  const aliases = new Map<string, MergedTemplate>();
  const miner = new TemplateMiner();
  for (const group of groups.values()) {
    if (group.members.length < 2) continue;
    const merged = { id: miner.keyOf(group.text).id, text: group.text };
    for (const id of group.members) aliases.set(id, merged);
  }
  return aliases;
}

interface Position {
  readonly group: Group;
  /** Token index in the group's text. */
  readonly at: number;
  readonly filler: string;
  readonly fillerClass: FillerClass;
}

function mergeOnce(groups: Map<string, Group>, throwIfCancelled: () => void): Map<string, Group> {
  const scan = new MessageScan();
  const patterns = new Map<string, Position[]>();
  const exact = new Map<string, Group>();
  const ordered = [...groups.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
  for (const [index, group] of ordered.entries()) {
    if (index % POLL_EVERY === 0) throwIfCancelled();
    scan.scan(group.text);
    exact.set(canonical(group.text), group);
    indexPositions(scan, group, patterns);
  }
  // Patterns with the most fillers first: the clearest variable wins where two patterns compete for a template.
  const qualified = [...patterns]
    .filter(([pattern, positions]) => qualifies(positions, exact.get(pattern)))
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  if (qualified.length === 0) return groups;
  const merged: Group[] = [];
  for (const [pattern, positions] of qualified) {
    const free = positions.filter((position) => !position.group.mergedInto);
    const sibling = exact.get(pattern);
    if (!qualifies(free, sibling)) continue;
    const text = sibling?.text ?? patternText(scan, free[0]!);
    const parts = new Set(free.map((position) => position.group));
    if (sibling && !sibling.mergedInto) parts.add(sibling);
    const made: Group = { key: text, text, members: [...parts].flatMap((part) => part.members), mergedInto: undefined };
    for (const part of parts) part.mergedInto = made;
    merged.push(made);
  }
  const next = new Map<string, Group>();
  for (const group of [...ordered.filter((g) => !g.mergedInto), ...merged]) {
    const known = next.get(group.text);
    if (known) known.members.push(...group.members);
    else next.set(group.text, group);
  }
  return merged.length === 0 ? groups : next;
}

function indexPositions(scan: MessageScan, group: Group, patterns: Map<string, Position[]>): void {
  const lettersInAll = constantLetters(scan);
  for (let i = 0; i < scan.count; i += 1) {
    if (scan.kind[i] !== TOKEN.word) continue;
    const filler = scan.word(i);
    if (STATE_WORDS.has(filler.toLowerCase())) continue;
    if (lettersInAll - lettersOf(filler) < CONSTANT_LETTERS) continue;
    const pattern = canonical(replaceToken(scan, i));
    const position = { group, at: i, filler, fillerClass: classOf(scan, i, filler) };
    const known = patterns.get(pattern);
    if (known) known.push(position);
    else patterns.set(pattern, [position]);
  }
}

function qualifies(positions: readonly Position[], sibling: Group | undefined): boolean {
  if (positions.length === 0) return false;
  if (sibling && !positions.some((position) => position.group === sibling)) return true;
  const fillers = new Map<string, FillerClass>();
  for (const position of positions) fillers.set(position.filler, position.fillerClass);
  let share = 0;
  for (const fillerClass of fillers.values()) share += 1 / FILLERS_NEEDED[fillerClass];
  return fillers.size >= 2 && share >= 0.999;
}

function classOf(scan: MessageScan, i: number, filler: string): FillerClass {
  const before = scan.text.charCodeAt((scan.start[i] ?? 0) - 1);
  const after = scan.text.charCodeAt(scan.end[i] ?? 0);
  const isQuoted = (before === 34 || before === 39) && after === before;
  if (isQuoted || before === 61) return 'value';
  if (/^[\w-]+(?:\.[\w-]+){2,}$/.test(filler)) return 'dotted';
  return /\d/.test(filler) ? 'oneDigit' : 'word';
}

function replaceToken(scan: MessageScan, i: number): string {
  return `${scan.text.slice(0, scan.start[i])}<*>${scan.text.slice(scan.end[i])}`;
}

function patternText(scan: MessageScan, position: Position): string {
  scan.scan(position.group.text);
  return replaceToken(scan, position.at);
}

function constantLetters(scan: MessageScan): number {
  let sum = 0;
  for (let i = 0; i < scan.count; i += 1) if (scan.kind[i] === TOKEN.word) sum += lettersOf(scan.word(i));
  return sum;
}

function lettersOf(word: string): number {
  return word.replace(/[^A-Za-z\u0080-\uffff]/g, '').length;
}

/** Runs of wildcards count as one for comparison, as they do in the miner's key. */
function canonical(text: string): string {
  const first = text.indexOf('<*>');
  const hasSeveral = first >= 0 && text.indexOf('<*>', first + 3) >= 0;
  const joined = hasSeveral ? text.replace(/<\*>(?:[^A-Za-z0-9\u0080-\uffff<]*<\*>)+/g, '<*>') : text;
  return /\s\s|[\t\n]/.test(joined) ? joined.replace(/\s+/g, ' ') : joined;
}
