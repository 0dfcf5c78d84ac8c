/**
 * A connected group may still be two stories: chains of nearness join whatever is busy at the same time. A group is cut
 * where nothing new began for longer than trouble takes to spread, and where it holds two origins: places at the end of
 * separate call paths, each with followers of its own, that began at clearly different times. Callers of both go with
 * the origin that was there when they began.
 */
import type { Finding, FindingKind } from '../../model/finding.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import { median } from '../series/robust-statistics.ts';
import type { Cell } from './build-signals.ts';
import type { Signal } from './correlator.ts';
import type { CellGroup } from './group-cells.ts';
import { siteOf } from './place-of-alert.ts';

/** Silence between two beginnings that separates stories. */
const GAP_NS = 25 * 60e9;
/** Two origins began at least this far apart … */
const ORIGIN_GAP_NS = 4 * 60e9;
/** … and each alone explains at least this share of what the group shows … */
const OWN_SHARE = 0.12;
/** … and this much in weight of signals. */
const OWN_WEIGHT = 3;
/** Clocks, rule intervals and hold times blur a beginning by about this. */
const SLACK_NS = 90e9;

/** Kinds that say a place is in trouble itself; load and level shifts follow from trouble elsewhere. */
const TROUBLE: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'error_rate_increase',
  'latency_increase',
  'edge_error_increase',
  'edge_latency_increase',
  'saturation',
  'leak',
  'restart',
  'missing_data',
]);
/** A site with less than this only echoes others (one warning, one slower call) and is no end of a path. */
const LEAST_TROUBLE = 1.5;

export interface SplitInput {
  readonly cells: readonly Cell[];
  readonly signals: readonly Signal[];
  readonly findings: readonly Finding[];
  readonly graph: ServiceGraph;
}

export function splitGroups(groups: readonly CellGroup[], input: SplitInput): CellGroup[] {
  return groups.flatMap((group) => splitByTime(group, input.cells)).flatMap((group) => splitByOrigin(group, input));
}

function splitByTime(group: CellGroup, cells: readonly Cell[]): CellGroup[] {
  const ordered = [...group.cells].sort((a, b) => cells[a]!.startNs - cells[b]!.startNs || a - b);
  const parts: number[][] = [];
  ordered.forEach((cell, i) => {
    const isGap = i > 0 && cells[cell]!.startNs - cells[ordered[i - 1]!]!.startNs > GAP_NS;
    if (i === 0 || isGap) parts.push([]);
    parts[parts.length - 1]!.push(cell);
  });
  return parts.length === 1 ? [group] : parts.map((part) => partOf(group, part));
}

interface Trouble {
  weight: number;
  /** Starts of its findings; their onset is vague when they are weak. */
  readonly starts: number[];
  firstAlertNs: number;
}

function splitByOrigin(group: CellGroup, input: SplitInput): CellGroup[] {
  const trouble = troubleBySite(group, input);
  if (trouble.size < 4) return [group];
  const originsOf = reachableOrigins(trouble, input.graph);
  const own = new Map<number, { weight: number; starts: number[] }>();
  let total = 0;
  for (const [site, { weight, starts, firstAlertNs }] of trouble) {
    total += weight;
    const origins = originsOf.get(site)!;
    if (origins.size !== 1) continue;
    const [origin] = origins;
    const sum = own.get(origin!) ?? { weight: 0, starts: [] };
    sum.weight += weight;
    sum.starts.push(Number.isFinite(firstAlertNs) ? firstAlertNs : median(starts));
    own.set(origin!, sum);
  }
  const strong = [...own]
    .filter(([, { weight }]) => weight >= OWN_WEIGHT && weight >= OWN_SHARE * total)
    .map(([origin, { starts, weight }]) => ({ origin, weight, startNs: median(starts) }))
    .sort((a, b) => a.startNs - b.startNs || a.origin - b.origin);
  const kept = strong.filter((entry, i) => i === 0 || entry.startNs - strong[i - 1]!.startNs >= ORIGIN_GAP_NS);
  if (kept.length < 2) return [group];
  return assign(group, input.cells, originsOf, kept);
}

/** Each cell goes to the reachable origin that was there when it began: the latest beginning not after its own. */
function assign(
  group: CellGroup,
  cells: readonly Cell[],
  originsOf: ReadonlyMap<number, ReadonlySet<number>>,
  kept: readonly { readonly origin: number; readonly startNs: number }[],
): CellGroup[] {
  const parts = kept.map((): number[] => []);
  for (const cell of group.cells) {
    const { site, startNs } = cells[cell]!;
    const reachable = kept.map(({ origin }) => originsOf.get(site)?.has(origin) ?? false);
    const isFree = !reachable.includes(true);
    let chosen = -1;
    kept.forEach((entry, i) => {
      if (!isFree && !reachable[i]) return;
      if (chosen < 0 || entry.startNs - SLACK_NS <= startNs) chosen = i;
    });
    parts[Math.max(0, chosen)]!.push(cell);
  }
  return parts.filter((part) => part.length > 0).map((part) => partOf(group, part));
}

function troubleBySite(group: CellGroup, input: SplitInput): Map<number, Trouble> {
  const found = new Map<number, Trouble>();
  const add = (site: number, signal: Signal): void => {
    if (site < 0) return;
    const known = found.get(site) ?? { weight: 0, starts: [], firstAlertNs: Infinity };
    known.weight += signal.weight;
    if (signal.source === 'alert') known.firstAlertNs = Math.min(known.firstAlertNs, signal.startNs);
    else known.starts.push(signal.startNs);
    found.set(site, known);
  };
  const counted = new Set<string>();
  for (const cell of group.cells) {
    for (const index of input.cells[cell]!.signals) {
      const signal = input.signals[index]!;
      if (signal.source === 'alert') {
        add(signal.entity, signal);
        continue;
      }
      const { kind } = input.findings[signal.index]!;
      const key = `${signal.entity} ${signal.peer} ${kind}`;
      if (!TROUBLE.has(kind) || counted.has(key)) continue;
      counted.add(key);
      add(signal.entity, signal);
      // Trouble of a call is trouble of who is called, too: a third party shows nothing itself.
      if (signal.peer >= 0) add(signal.peer, signal);
    }
  }
  for (const [site, { weight }] of found) if (weight < LEAST_TROUBLE) found.delete(site);
  return found;
}

/** Per troubled site the ends of call paths through troubled sites. Sites of a cycle share their ends. */
function reachableOrigins(trouble: ReadonlyMap<number, Trouble>, graph: ServiceGraph): Map<number, Set<number>> {
  const next = new Map<number, number[]>();
  for (const site of trouble.keys()) {
    const callees = graph.callsFrom(site).map((edge) => siteOf(graph, graph.calls[edge]!.to));
    const machines = [site, ...graph.instancesOf(site)].map((instance) => graph.nodeOf(instance));
    next.set(
      site,
      [...new Set([...callees, ...machines])].filter((to) => to !== site && trouble.has(to)),
    );
  }
  const reachable = new Map<number, Set<number>>();
  for (const site of trouble.keys()) {
    const seen = new Set([site]);
    for (const at of seen) for (const to of next.get(at)!) seen.add(to);
    reachable.set(site, seen);
  }
  const origins = new Map<number, Set<number>>();
  for (const [site, seen] of reachable) {
    const ends = [...seen].filter((end) =>
      [...reachable.get(end)!].every((further) => reachable.get(further)!.has(end)),
    );
    // One representative per cycle, so that a cycle is one end.
    origins.set(site, new Set(ends.map((end) => Math.min(...reachable.get(end)!))));
  }
  return origins;
}

function partOf(group: CellGroup, part: readonly number[]): CellGroup {
  const members = new Set(part);
  return {
    cells: [...part].sort((a, b) => a - b),
    links: group.links.filter((link) => members.has(link.from) && members.has(link.to)),
  };
}
