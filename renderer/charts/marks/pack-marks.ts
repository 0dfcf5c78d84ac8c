/**
 * Marks on one line without texts that meet: each mark is a square at its time with words to its right. The more
 * important one keeps its words; one whose words find no room keeps its square; one whose square would touch another
 * becomes part of that one's `+n`. Squares and words never overlap.
 *
 * Greedy by importance, neighbours found by bisection: O(n log n) for n marks.
 */

export interface Mark {
  readonly id: string;
  readonly x: number;
  /** Of its words, pixels; 0 = no words. */
  readonly textWidth: number;
  /** Greater keeps its words longer. */
  readonly importance: number;
}

export interface PlacedMark {
  readonly id: string;
  readonly x: number;
  readonly hasText: boolean;
  /** Whether `+n` for those folded into it meets nobody. */
  readonly hasMore: boolean;
  /** Marks folded into this one. */
  readonly folded: readonly string[];
}

export interface MarkShape {
  /** Width of the square, centred on x. */
  readonly square: number;
  /** Between square and words, and after words. */
  readonly gap: number;
  /** Room kept for `+n`. */
  readonly more: number;
  /** Words end before this x. */
  readonly right: number;
}

interface Slot {
  readonly mark: Mark;
  readonly start: number;
  readonly end: number;
  readonly hasText: boolean;
  readonly folded: string[];
}

export function packMarks(marks: readonly Mark[], shape: MarkShape): readonly PlacedMark[] {
  const order = [...marks].sort(
    (left, right) => right.importance - left.importance || left.x - right.x || (left.id < right.id ? -1 : 1),
  );
  /** By start, never overlapping. */
  const slots: Slot[] = [];
  for (const mark of order) {
    const start = mark.x - shape.square / 2;
    const bare = mark.x + shape.square / 2;
    const full = bare + shape.gap + mark.textWidth + shape.gap + shape.more;
    const at = firstAfter(slots, start);
    const previous = slots[at - 1];
    const next = slots[at];
    const room = Math.min(next?.start ?? Infinity, shape.right);
    const isFree = (previous?.end ?? -Infinity) <= start;
    const hasText = isFree && mark.textWidth > 0 && full <= room;
    if (!hasText && !(isFree && bare <= (next?.start ?? Infinity))) {
      nearest(previous, next, mark.x)?.folded.push(mark.id);
      continue;
    }
    slots.splice(at, 0, { mark, start, end: hasText ? full : bare, hasText, folded: [] });
  }
  return slots.map(({ mark, end, hasText, folded }, index) => {
    const next = Math.min(slots[index + 1]?.start ?? Infinity, shape.right);
    const hasMore = folded.length > 0 && (hasText || end + shape.gap + shape.more <= next);
    return { id: mark.id, x: mark.x, hasText, hasMore, folded };
  });
}

/** The middle of a square that is to stay whole in a lane of that width. */
export function insideLane(x: number, square: number, width: number): number {
  return Math.max(Math.min(square, width) / 2, Math.min(width - square / 2, x));
}

function firstAfter(slots: readonly Slot[], start: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle]?.start ?? Infinity) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(previous: Slot | undefined, next: Slot | undefined, x: number): Slot | undefined {
  if (!previous || !next) return previous ?? next;
  return Math.abs(previous.mark.x - x) <= Math.abs(next.mark.x - x) ? previous : next;
}
