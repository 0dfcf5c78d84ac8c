/**
 * Alerts and findings into incidents: fold duplicates, set the usual apart, gather cells, link them by time, topology
 * and text, take connected groups, split those that hold two separate stories, attach changes. What people decided about
 * groups holds at every step. Deterministic; every alert ends up in exactly one draft.
 */
import type { Finding } from '../../model/finding.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { AnalysisContext } from '../context.ts';
import { quantile } from '../series/robust-statistics.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import { attachChanges } from './attach-changes.ts';
import { buildCells, buildSignals, type Cell } from './build-signals.ts';
import type { AlertFold, Correlation, IncidentDraft, Signal, SignalLink } from './correlator.ts';
import { decisionsOfGroups, numberOfSignal, partCells, rejoinGroups, rulesOfCells } from './apply-decisions.ts';
import { DecidedGroups } from './decided-groups.ts';
import { findChronic } from './find-chronic.ts';
import { foldAlerts } from './fold-alerts.ts';
import { groupCells } from './group-cells.ts';
import { LINK_PARAMETERS, linkCells, type CellLink } from './link-cells.ts';
import { mapSites, type SiteMap } from './site-distance.ts';
import { splitGroups } from './split-groups.ts';

export const CORRELATOR = { id: 'time-topology-text', version: 2, parameters: LINK_PARAMETERS } as const;
/** Links shown within one incident; the rest follow the same pattern. */
const MAX_LINKS = 200;

export interface CorrelateInput {
  readonly telemetry: Telemetry;
  readonly graph: ServiceGraph;
  readonly findings: readonly Finding[];
  /** Which findings are worth correlating. */
  readonly isNotable: (finding: Finding, index: number) => boolean;
  /** What people decided; nothing by default. */
  readonly groupings?: readonly Grouping[] | undefined;
}

export function correlate(input: CorrelateInput, context: AnalysisContext): Correlation {
  const { telemetry, graph, findings } = input;
  const decided = new DecidedGroups(input.groupings ?? []);
  const folds = foldAlerts(telemetry, graph, context, decided);
  const isChronic = findChronic(telemetry, folds, graph.windows);
  const signals = buildSignals(telemetry, graph, folds, findings, input.isNotable);
  const decisions = { telemetry, folds, findings, signals };
  // What a person spoke about is never the usual noise.
  const isBackground = signals.map(
    (signal) =>
      signal.source === 'alert' && isChronic[signal.index] === true && numberOfSignal(decisions, decided, signal) < 0,
  );
  const foreground = signals.flatMap((_, index) => (isBackground[index] ? [] : [index]));
  const gathered = buildCells(
    telemetry,
    folds,
    findings,
    foreground.map((index) => signals[index]!),
  ).map((cell) => ({ ...cell, signals: cell.signals.map((at) => foreground[at]!) }));
  const sites = mapSites(graph);
  const cells = partCells(decisions, decided, gathered);
  const links = linkCells(cells, sites, () => context.throwIfCancelled());
  const { ruled, rules } = rulesOfCells(decisions, decided, cells);
  const connected = groupCells(cells.length, links, ruled, rules);
  const groups = rejoinGroups(splitGroups(connected, { cells, signals, findings, graph }), ruled, rules);
  const decisionsOf = decisionsOfGroups(decisions, decided);
  const parts = { telemetry, graph, findings, folds, signals, sites };
  const drafts = groups.map((group) => {
    const members = group.cells.flatMap((at) => cells[at]!.signals);
    const said = decisionsOf(members);
    const shown = [...said.links, ...showLinks(cells, signals, group.cells, group.links)].slice(0, MAX_LINKS);
    return draftIncident(parts, members, { links: shown, decisions: said.decisions, isBackground: false });
  });
  signals.forEach((_, index) => {
    if (isBackground[index])
      drafts.push(draftIncident(parts, [index], { links: [], decisions: [], isBackground: true }));
  });
  drafts.sort(
    (a, b) =>
      a.startNs - b.startNs || (a.folds[0] ?? -1) - (b.folds[0] ?? -1) || (a.findings[0] ?? -1) - (b.findings[0] ?? -1),
  );
  return { folds, signals, incidents: drafts };
}

interface Parts {
  readonly telemetry: Telemetry;
  readonly graph: ServiceGraph;
  readonly findings: readonly Finding[];
  readonly folds: readonly AlertFold[];
  readonly signals: readonly Signal[];
  readonly sites: SiteMap;
}

function draftIncident(
  parts: Parts,
  members: readonly number[],
  said: Pick<IncidentDraft, 'links' | 'decisions' | 'isBackground'>,
): IncidentDraft {
  const weightOf = new Map<number, number>();
  const startNs = firstSign(parts, members);
  let endNs = -Infinity;
  const folds: number[] = [];
  const findings: number[] = [];
  for (const member of members) {
    const signal = parts.signals[member]!;
    (signal.source === 'alert' ? folds : findings).push(signal.index);
    endNs = Math.max(endNs, Math.min(signal.endNs, parts.telemetry.endNs));
    if (signal.entity >= 0) weightOf.set(signal.entity, (weightOf.get(signal.entity) ?? 0) + signal.weight);
  }
  folds.sort((a, b) => parts.folds[a]!.startNs - parts.folds[b]!.startNs || a - b);
  findings.sort((a, b) => a - b);
  const entities = [...weightOf].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([entity]) => entity);
  return {
    folds,
    findings,
    startNs,
    endNs: Math.max(startNs, endNs),
    entities,
    ...said,
    changes: said.isBackground
      ? []
      : attachChanges(parts.telemetry, parts.graph, parts.sites, new Set(entities), startNs),
  };
}

/** A finding this sure is a sign; the onset of weaker ones is often just where the window begins. */
const SURE_WEIGHT = 0.8;
/** One early estimate in ten may be wrong. */
const EARLY_SHARE = 0.1;

/** The first alert, or the moment by which a tenth of the sure findings had begun, whichever is earlier. */
function firstSign(parts: Parts, members: readonly number[]): number {
  const signals = members.map((member) => parts.signals[member]!);
  const firstAlert = Math.min(...signals.filter(({ source }) => source === 'alert').map(({ startNs }) => startNs));
  const sure = signals.filter(({ source, weight }) => source === 'finding' && weight >= SURE_WEIGHT);
  const onsets = Float64Array.from(sure, ({ startNs }) => startNs);
  const early = quantile(onsets, EARLY_SHARE);
  const known = Math.min(firstAlert, Number.isNaN(early) ? Infinity : early);
  return Number.isFinite(known) ? known : Math.min(...signals.map(({ startNs }) => startNs));
}

function showLinks(
  cells: readonly Cell[],
  signals: readonly Signal[],
  members: readonly number[],
  links: readonly CellLink[],
): SignalLink[] {
  const out: SignalLink[] = links.map((link) => ({
    from: cells[link.from]!.signals[0]!,
    to: cells[link.to]!.signals[0]!,
    strength: link.strength,
    terms: { ...link.terms },
    reason: reasonOf(link),
  }));
  for (const member of members) {
    const [lead, ...rest] = cells[member]!.signals;
    for (const signal of rest) {
      const lagNs = signals[signal]!.startNs - signals[lead!]!.startNs;
      out.push({
        from: lead!,
        to: signal,
        strength: 1,
        terms: { time: 1, topology: 1 },
        reason: `same place, ${describeLag(lagNs)}`,
      });
    }
  }
  return out;
}

function reasonOf(link: CellLink): string {
  const steps =
    ['same place', 'direct neighbours', 'two steps apart', 'three steps apart'][link.distance] ?? 'no known path';
  const text = link.terms.text >= 0.3 ? ', similar words' : '';
  return `${steps}, ${describeLag(link.lagNs)}${text}`;
}

function describeLag(lagNs: number): string {
  const seconds = Math.round(lagNs / 1e9);
  if (seconds < 30) return 'at the same time';
  return seconds < 120 ? `${seconds} s apart` : `${Math.round(seconds / 60)} min apart`;
}
