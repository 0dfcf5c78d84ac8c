/**
 * What a span does while it runs, as far as names and shape tell: it waits, it holds something others wait for, its
 * children work, or it works itself. A guess from words that libraries use for pools, locks and transactions; it colours
 * bars and never ranks causes.
 */
import type { SpanTable } from './span-table.ts';
import { textAt } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

export const ACTIVITY = { works: 0, childrenWork: 1, waits: 2, holds: 3 } as const;

const WAIT_WORDS = new Set(
  'wait waits waiting await acquire acquiring lock locking blocked queued backoff sleep throttle throttled semaphore'.split(
    ' ',
  ),
);
/** `getConnection`, `borrowObject`: a pool hands something out, and its callers wait for it. */
const POOL_CALL = /^(get|borrow|checkout|obtain) (\p{L}+ )?(connection|conn|object|resource|permit|lease)$/u;
const TAKE_WORDS = new Set('acquire begin lock'.split(' '));
const GIVE_WORDS = new Set('commit rollback release unlock'.split(' '));
/** A span whose children take more than this share of it lets them work. */
const CHILDREN_SHARE = 0.5;
/** Shorter than this share of the trace, nothing is worth a colour of its own. */
const LEAST_SHARE = 0.01;
const MAX_NAME_LETTERS = 200;

/** ACTIVITY per span. O(n). */
export function spanActivities(table: SpanTable, tree: SpanTree, selfNs: Float64Array): Uint8Array {
  const words = wordsByName(table);
  const activities = new Uint8Array(table.count);
  let totalNs = 0;
  for (let span = 0; span < table.count; span++) {
    totalNs = Math.max(totalNs, table.startNs[span]! + table.durationNs[span]!);
  }
  for (let span = 0; span < table.count; span++) {
    const duration = table.durationNs[span]!;
    const isOwn = selfNs[span]! >= duration * CHILDREN_SHARE;
    if (!isOwn) activities[span] = ACTIVITY.childrenWork;
    else if (isWait(words[table.name[span]!])) activities[span] = ACTIVITY.waits;
  }
  for (let span = 0; span < table.count; span++) markHeld(table, tree, span, words, activities, totalNs * LEAST_SHARE);
  return activities;
}

/** Between taking and giving back, time spent with anyone but the store itself is time held. */
function markHeld(
  table: SpanTable,
  tree: SpanTree,
  parent: number,
  words: readonly (readonly string[])[],
  activities: Uint8Array,
  leastNs: number,
): void {
  let isHeld = false;
  for (let at = tree.childStart[parent]!; at < tree.childStart[parent + 1]!; at++) {
    const child = tree.children[at]!;
    const said = words[table.name[child]!];
    if (has(said, GIVE_WORDS)) isHeld = false;
    else if (has(said, TAKE_WORDS)) isHeld = true;
    else if (isHeld && table.durationNs[child]! >= leastNs && isElsewhere(table, parent, child)) {
      activities[child] = ACTIVITY.holds;
    }
  }
}

function isElsewhere(table: SpanTable, parent: number, child: number): boolean {
  const peer = textAt(table, 'peer', child);
  if (peer.startsWith('database:') || textAt(table, 'entity', child).startsWith('database:')) return false;
  return peer !== '' || table.entity[child] !== table.entity[parent];
}

function wordsByName(table: SpanTable): readonly (readonly string[])[] {
  return table.strings.map((text) =>
    text
      .slice(0, MAX_NAME_LETTERS)
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}]+/u),
  );
}

function isWait(words: readonly string[] | undefined): boolean {
  return (
    has(words, WAIT_WORDS) ||
    POOL_CALL.test(words?.slice(-3).join(' ') ?? '') ||
    POOL_CALL.test(words?.slice(-2).join(' ') ?? '')
  );
}

function has(words: readonly string[] | undefined, set: ReadonlySet<string>): boolean {
  return words?.some((word) => set.has(word)) ?? false;
}
