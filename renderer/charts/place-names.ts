/**
 * Where the name of each line stands: just above or below it, where it covers neither another line nor another name, best
 * where its own line is flat. A name without such a place is left out; the readout under the pointer says it. Pure.
 */

/** A line as it is drawn; `y` is NaN where there is a gap. */
export interface NamedLine {
  readonly name: string;
  /** Half the width of the name as text, pixels. */
  readonly halfWidth: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Middle of the text and its baseline. */
export interface NamePlace {
  readonly x: number;
  readonly baseline: number;
}

const CANDIDATES = 17;
const ASCENT_PX = 9;
const DESCENT_PX = 3;
const GAP_PX = 4;
/** More of another line under the name than this, and the name is left out. */
const MOST_COVERED_PX = 3;

/** One place, or null, per line, in the order given: the first lines choose first. O(lines² · candidates · points). */
export function placeNames(lines: readonly NamedLine[], box: Box): readonly (NamePlace | null)[] {
  const taken: Box[] = [];
  return lines.map((line) => {
    if (line.name === '') return null;
    let best: { readonly place: NamePlace; readonly rect: Box; readonly cost: number } | null = null;
    for (const candidate of candidatesOf(line, box)) {
      if (taken.some((rect) => overlaps(rect, candidate.rect))) continue;
      const covered = coveredPx(lines, candidate.rect);
      const cost = covered * 8 + candidate.steepness;
      if (covered <= MOST_COVERED_PX && (!best || cost < best.cost)) best = { ...candidate, cost };
    }
    if (best) taken.push(best.rect);
    return best?.place ?? null;
  });
}

interface Candidate {
  readonly place: NamePlace;
  readonly rect: Box;
  /** How much the line itself rises beside its name. */
  readonly steepness: number;
}

function candidatesOf(line: NamedLine, box: Box): readonly Candidate[] {
  const { halfWidth } = line;
  const found: Candidate[] = [];
  const room = box.right - box.left - 2 * halfWidth;
  for (let step = 0; step < CANDIDATES; step++) {
    const x = box.left + halfWidth + (room * step) / (CANDIDATES - 1);
    const [highest, lowest] = extent(line, x - halfWidth, x + halfWidth);
    if (highest > lowest) continue;
    for (const baseline of [highest - GAP_PX - DESCENT_PX + 1, lowest + GAP_PX + ASCENT_PX]) {
      const rect = {
        left: x - halfWidth,
        right: x + halfWidth,
        top: baseline - ASCENT_PX,
        bottom: baseline + DESCENT_PX,
      };
      if (rect.top < box.top || rect.bottom > box.bottom) continue;
      found.push({ place: { x, baseline }, rect, steepness: lowest - highest });
    }
  }
  return found;
}

/**
 * Least and greatest y of the drawn line between two positions, also where no point of it lies there; the least is above
 * the greatest where nothing of the line is there.
 */
function extent({ x, y }: NamedLine, left: number, right: number): readonly [number, number] {
  let least = Infinity;
  let greatest = -Infinity;
  let before = -1;
  for (let index = 0; index < x.length; index++) {
    if (!Number.isFinite(y[index])) continue;
    const [fromX, fromY] = before < 0 ? [x[index]!, y[index]!] : [x[before]!, y[before]!];
    const [toX, toY] = [x[index]!, y[index]!];
    before = index;
    if (toX < left || fromX > right) continue;
    const at = (place: number): number =>
      toX === fromX ? toY : fromY + ((place - fromX) / (toX - fromX)) * (toY - fromY);
    const [one, other] = [at(Math.max(left, fromX)), at(Math.min(right, toX))];
    least = Math.min(least, one, other);
    greatest = Math.max(greatest, one, other);
  }
  return [least, greatest];
}

/** How many pixels of lines' heights run through a box. */
function coveredPx(lines: readonly NamedLine[], rect: Box): number {
  let covered = 0;
  for (const line of lines) {
    const [highest, lowest] = extent(line, rect.left - 2, rect.right + 2);
    const overlap = Math.min(lowest, rect.bottom) - Math.max(highest, rect.top);
    if (highest <= lowest && overlap >= 0) covered += Math.max(1, overlap);
  }
  return covered;
}

function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
