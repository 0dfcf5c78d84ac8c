/**
 * How strongly do two cells belong together? Time, topology and text each give a term; the strength is their weighted
 * sum and is what a person sees as the reason. Nearness in time counts the more the farther apart two sites are, because
 * coincidence grows with the number of sites within reach. Cost: O(cells × sites within three steps).
 */
import { weightedJaccard } from './alert-words.ts';
import type { Cell } from './build-signals.ts';
import type { SiteMap } from './site-distance.ts';

export interface CellLink {
  /** Indexes into the cells, from < to. */
  readonly from: number;
  readonly to: number;
  readonly strength: number;
  readonly terms: { readonly time: number; readonly topology: number; readonly text: number };
  readonly distance: number;
  readonly lagNs: number;
}

export interface LinkParameters {
  /** Least strength that joins. */
  readonly threshold: number;
  readonly topologyShare: number;
  readonly textShare: number;
}
export const LINK_PARAMETERS: LinkParameters = { threshold: 0.35, topologyShare: 0.75, textShare: 0.25 };

/** Steps between sites → how much nearness says, and how fast it fades with the lag. */
const NEARNESS = [1, 0.85, 0.6, 0.35] as const;
const FADE_NS = [30 * 60e9, 15 * 60e9, 10 * 60e9, 6 * 60e9] as const;
/**
 * Where no path is known, time and text have to do. In a case without any topology that must carry incidents; where
 * everything else is connected, a place that is not is probably none of this.
 */
const NEARNESS_WITHOUT_PATH = { noTopology: 0.5, unknownPlace: 0.4, isolatedPlace: 0.2 } as const;
const UNKNOWN_FADE_NS = 5 * 60e9;
const MAX_STEPS = 3;
/** A site without topology is compared with this many cells next to it in time. */
const UNKNOWN_NEIGHBOURS = 50;

export function linkCells(
  cells: readonly Cell[],
  sites: SiteMap,
  throwIfCancelled: () => void,
  parameters: LinkParameters = LINK_PARAMETERS,
): CellLink[] {
  const bySite = new Map<number, number[]>();
  cells.forEach((cell, index) => {
    const list = bySite.get(cell.site);
    if (list) list.push(index);
    else bySite.set(cell.site, [index]);
  });
  const weightOf = rarity(cells);
  const links: CellLink[] = [];
  const consider = (a: number, b: number, distance: number, nearness: number): void => {
    const link = score(cells, { from: Math.min(a, b), to: Math.max(a, b), distance, nearness }, weightOf, parameters);
    if (link) links.push(link);
  };
  const loose: number[] = [];
  cells.forEach((cell, index) => {
    throwIfCancelled();
    const reached = cell.site >= 0 ? sites.within(cell.site, MAX_STEPS) : new Map<number, number>();
    if (reached.size <= 1) loose.push(index);
    for (const [site, distance] of reached) {
      for (const other of bySite.get(site) ?? [])
        if (other > index) consider(index, other, distance, NEARNESS[distance]!);
    }
  });
  const byTime = cells.map((_, index) => index).sort((a, b) => cells[a]!.startNs - cells[b]!.startNs || a - b);
  const place = new Map(byTime.map((index, at) => [index, at]));
  const isLoose = new Set(loose);
  const withoutPath = (a: number, b: number): number => {
    const { noTopology, unknownPlace, isolatedPlace } = NEARNESS_WITHOUT_PATH;
    if (isLoose.size === cells.length) return noTopology;
    return cells[a]!.site < 0 || cells[b]!.site < 0 ? unknownPlace : isolatedPlace;
  };
  for (const index of loose) {
    const at = place.get(index)!;
    for (let k = at - UNKNOWN_NEIGHBOURS; k <= at + UNKNOWN_NEIGHBOURS; k += 1) {
      const other = byTime[k];
      if (other === undefined || other === index || (isLoose.has(other) && other < index)) continue;
      if (cells[other]!.site === cells[index]!.site && cells[index]!.site >= 0) continue;
      consider(index, other, Infinity, withoutPath(index, other));
    }
  }
  return links.sort((a, b) => b.strength - a.strength || a.from - b.from || a.to - b.to);
}

function score(
  cells: readonly Cell[],
  pair: { readonly from: number; readonly to: number; readonly distance: number; readonly nearness: number },
  weightOf: (word: string) => number,
  parameters: LinkParameters,
): CellLink | undefined {
  const { from, to, distance, nearness: topology } = pair;
  const a = cells[from]!;
  const b = cells[to]!;
  const lagNs = Math.abs(a.startNs - b.startNs);
  const fade = Number.isFinite(distance) ? FADE_NS[distance]! : UNKNOWN_FADE_NS;
  const time = Math.exp(-Math.max(0, lagNs - Math.max(a.uncertaintyNs, b.uncertaintyNs)) / fade);
  const withoutText = time * topology * parameters.topologyShare;
  if (withoutText + time * parameters.textShare < parameters.threshold) return undefined;
  const text = weightedJaccard(a.words, b.words, weightOf);
  const strength = withoutText + time * text * parameters.textShare;
  return strength >= parameters.threshold
    ? { from, to, strength, terms: { time, topology, text }, distance, lagNs }
    : undefined;
}

/** Inverse document frequency over cells: a word that every site shows ties nobody together. */
function rarity(cells: readonly Cell[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const cell of cells) for (const word of cell.words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + cells.length / (counts.get(word) ?? 1));
}
