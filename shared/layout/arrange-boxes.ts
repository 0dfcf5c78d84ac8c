/**
 * Boxes into columns: sorted by rank, cut where a column is full, ordered in each column by what they talk to, centred.
 * Each column spreads its free height between its boxes, so that the picture has no ragged bottom.
 */
import type { BoxSize } from './fill-box.ts';
import type { GroupedOptions } from './grouped-layout.ts';
import type { Point } from './layered-layout.ts';

const SWEEPS = 8;
const MOST_COLUMNS = 60;
/** Free height is spread up to this many row gaps between two boxes. */
const WIDEST_GAP = 2.5;

export function arrangeBoxes(
  names: readonly string[],
  sizes: ReadonlyMap<string, BoxSize>,
  ranks: ReadonlyMap<string, number>,
  bundles: ReadonlyMap<string, ReadonlyMap<string, number>>,
  options: GroupedOptions,
): ReadonlyMap<string, Point> {
  const ranked = [...names].sort((a, b) => compareRank(ranks, a, b));
  const columns = bestColumns(ranked, sizes, options);
  orderColumns(columns, bundles);
  const heights = columns.map((column) => columnHeight(column, sizes, options));
  const tallest = Math.max(0, ...heights);
  const corners = new Map<string, Point>();
  let x = 0;
  columns.forEach((column, c) => {
    const width = columnWidth(column, sizes);
    const free = tallest - (heights[c] ?? 0);
    const spread = column.length > 1 ? Math.min(free / (column.length - 1), (WIDEST_GAP - 1) * options.rowGap) : 0;
    let y = (free - spread * (column.length - 1)) / 2;
    for (const name of column) {
      corners.set(name, { x, y });
      y += (sizes.get(name)?.height ?? 0) + options.rowGap + spread;
    }
    x += width + options.columnGap;
  });
  return corners;
}

function compareRank(ranks: ReadonlyMap<string, number>, a: string, b: string): number {
  const left = ranks.get(a) ?? Infinity;
  const right = ranks.get(b) ?? Infinity;
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : 1;
}

function columnHeight(column: readonly string[], sizes: ReadonlyMap<string, BoxSize>, options: GroupedOptions): number {
  return column.reduce((sum, name) => sum + (sizes.get(name)?.height ?? 0) + options.rowGap, -options.rowGap);
}

/** As many columns as make the picture largest on a screen of the wished proportions. */
function bestColumns(
  ranked: readonly string[],
  sizes: ReadonlyMap<string, BoxSize>,
  options: GroupedOptions,
): string[][] {
  let best: string[][] = [];
  let leastExtent = Infinity;
  for (let count = 1; count <= Math.min(ranked.length, MOST_COLUMNS); count++) {
    const columns = cutColumns(ranked, sizes, options, count);
    const width = columns.reduce((sum, column) => sum + columnWidth(column, sizes) + options.columnGap, 0);
    const height = Math.max(...columns.map((column) => columnHeight(column, sizes, options)));
    const extent = Math.max(width / options.aspect, height);
    if (extent >= leastExtent) continue;
    leastExtent = extent;
    best = columns;
  }
  return best;
}

function columnWidth(column: readonly string[], sizes: ReadonlyMap<string, BoxSize>): number {
  return Math.max(...column.map((name) => sizes.get(name)?.width ?? 0));
}

/** The ranked list in `count` columns of like height, or fewer. */
function cutColumns(
  ranked: readonly string[],
  sizes: ReadonlyMap<string, BoxSize>,
  options: GroupedOptions,
  count: number,
): string[][] {
  const all = ranked.map((name) => sizes.get(name) ?? { width: 0, height: 0, columns: 1 });
  const total = all.reduce((sum, size) => sum + size.height + options.rowGap, 0);
  const columns: string[][] = [];
  let done = 0;
  let filled = 0;
  let column: string[] = [];
  ranked.forEach((name, i) => {
    const height = (all[i]?.height ?? 0) + options.rowGap;
    const limit = (total * (columns.length + 1)) / count;
    const isOver = done + filled + height / 2 > limit;
    if (column.length > 0 && isOver && columns.length < count - 1) {
      columns.push(column);
      done += filled;
      filled = 0;
      column = [];
    }
    column.push(name);
    filled += height;
  });
  if (column.length > 0) columns.push(column);
  return columns;
}

function orderColumns(columns: string[][], bundles: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
  const place = new Map<string, number>();
  const note = (column: readonly string[]): void =>
    column.forEach((name, i) => place.set(name, column.length > 1 ? i / (column.length - 1) : 0.5));
  columns.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const order = columns.map((_, c) => (sweep % 2 === 0 ? c : columns.length - 1 - c));
    for (const c of order) {
      const column = columns[c];
      if (!column) continue;
      const keyed = column.map((name, i) => ({ name, i, key: barycentre(name, bundles, place) }));
      keyed.sort((a, b) => a.key - b.key || a.i - b.i);
      columns[c] = keyed.map(({ name }) => name);
      note(columns[c] ?? []);
    }
  }
}

function barycentre(
  name: string,
  bundles: ReadonlyMap<string, ReadonlyMap<string, number>>,
  place: ReadonlyMap<string, number>,
): number {
  let sum = 0;
  let weight = 0;
  for (const [other, edges] of bundles.get(name) ?? []) {
    const at = Math.sqrt(edges);
    sum += (place.get(other) ?? 0.5) * at;
    weight += at;
  }
  return weight > 0 ? sum / weight : (place.get(name) ?? 0.5);
}
