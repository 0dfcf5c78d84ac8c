/**
 * Boxes that have grown, and boxes that are new, beside those that keep their place. A grown box pushes those below it
 * only as far as it must; a new one goes under the column whose ranks are nearest to its own.
 */
import type { Box, GroupedOptions } from './grouped-layout.ts';

const LEAST_GAP_SHARE = 0.2;

export function settleBoxes(
  names: readonly string[],
  wanted: ReadonlyMap<string, Box>,
  known: ReadonlyMap<string, Box>,
  options: GroupedOptions,
  ranks: ReadonlyMap<string, number>,
): ReadonlyMap<string, Box> {
  const settled = new Map<string, Box>();
  const old = names.filter((name) => known.has(name));
  old.sort((a, b) => (wanted.get(a)?.y ?? 0) - (wanted.get(b)?.y ?? 0) || (a < b ? -1 : 1));
  for (const name of old) {
    const box = wanted.get(name);
    if (box) settled.set(name, pushDown(box, [...settled.values()], options.rowGap * LEAST_GAP_SHARE));
  }
  for (const name of names) {
    const box = wanted.get(name);
    if (!box || known.has(name)) continue;
    const host = nearestByRank(name, old, ranks);
    const x = host === undefined ? box.x : (settled.get(host)?.x ?? box.x);
    const below = [...settled.values()].filter((other) => overlapsAcross({ ...box, x }, other));
    const bottom = Math.max(0, ...below.map((other) => other.y + other.height + options.rowGap));
    settled.set(name, { ...box, x, y: below.length > 0 ? bottom : box.y });
  }
  return settled;
}

function pushDown(box: Box, others: readonly Box[], gap: number): Box {
  let y = box.y;
  // Each pass clears one box above; there are no more passes than boxes.
  for (let pass = 0; pass <= others.length; pass++) {
    const hit = others.find(
      (other) => overlapsAcross(box, other) && y < other.y + other.height + gap && other.y < y + box.height,
    );
    if (!hit) break;
    y = hit.y + hit.height + gap;
  }
  return { ...box, y };
}

function overlapsAcross(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width;
}

function nearestByRank(name: string, among: readonly string[], ranks: ReadonlyMap<string, number>): string | undefined {
  const rank = ranks.get(name) ?? Infinity;
  let best: string | undefined;
  let distance = Infinity;
  for (const other of among) {
    const away = Math.abs((ranks.get(other) ?? Infinity) - rank);
    if (away < distance || best === undefined) {
      distance = away;
      best = other;
    }
  }
  return best;
}
