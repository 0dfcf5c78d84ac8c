/**
 * What there is to correlate: folded alerts and notable findings as signals, gathered into cells. A cell is everything
 * one site shows in one stretch; storms shrink to (site, stretch) cells before any pair is looked at, so 10^5 alerts
 * cost no more than the sites they are about.
 */
import type { AlertSeverity } from '../../model/alert.ts';
import type { Finding } from '../../model/finding.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import { onsetOfAlerted } from './alerted-onset.ts';
import { wordsOf } from './alert-words.ts';
import type { AlertFold, Signal } from './correlator.ts';
import { siteOf } from './place-of-alert.ts';

export const ALERT_WEIGHT: Readonly<Record<AlertSeverity, number>> = {
  critical: 1,
  warning: 0.7,
  info: 0.3,
  unknown: 0.5,
};
/** Signals of one site further apart than this are two stretches. */
const STRETCH_GAP_NS = 30 * 60e9;

export interface Cell {
  /** -1 = unknown. */
  readonly site: number;
  /** Indexes into the signals, ascending by start. */
  readonly signals: readonly number[];
  readonly startNs: number;
  readonly endNs: number;
  /** How well the start is known. */
  readonly uncertaintyNs: number;
  readonly words: ReadonlySet<string>;
}

export function buildSignals(
  telemetry: Telemetry,
  graph: ServiceGraph,
  folds: readonly AlertFold[],
  findings: readonly Finding[],
  isNotable: (finding: Finding, index: number) => boolean,
): Signal[] {
  const mention = new MentionIndex(telemetry);
  const signals: Signal[] = [];
  folds.forEach((fold, index) => {
    const alert = telemetry.alerts[fold.lead]!;
    const named =
      fold.entities[0] ?? mention.find(`${alert.name} ${alert.summary} ${Object.values(alert.labels).join(' ')}`);
    signals.push({
      source: 'alert',
      index,
      entity: siteOf(graph, named),
      peer: -1,
      // Trouble begins when what the rule watches leaves its usual range, not when the rule fires.
      startNs: Math.min(fold.startNs, onsetOfAlerted(telemetry, alert)),
      endNs: fold.endNs,
      weight: ALERT_WEIGHT[fold.severity],
    });
  });
  findings.forEach((finding, index) => {
    if (!isNotable(finding, index)) return;
    signals.push({
      source: 'finding',
      index,
      entity: siteOf(graph, finding.entity),
      peer: siteOf(graph, finding.peer ?? -1),
      startNs: finding.onsetNs,
      endNs: finding.endNs,
      weight: finding.score,
    });
  });
  return signals;
}

/** Cells in order of site, then start. Signals about nothing known share a cell per name. */
export function buildCells(
  telemetry: Telemetry,
  folds: readonly AlertFold[],
  findings: readonly Finding[],
  signals: readonly Signal[],
): Cell[] {
  const byPlace = new Map<string, number[]>();
  signals.forEach((signal, index) => {
    const name = signal.source === 'alert' ? folds[signal.index]!.name : findings[signal.index]!.subject;
    const place = signal.entity >= 0 ? `${signal.entity}` : `name ${name}`;
    const list = byPlace.get(place);
    if (list) list.push(index);
    else byPlace.set(place, [index]);
  });
  const cells: Cell[] = [];
  for (const members of byPlace.values()) {
    members.sort((a, b) => signals[a]!.startNs - signals[b]!.startNs || a - b);
    let from = 0;
    let reachNs = -Infinity;
    for (let i = 1; i <= members.length; i += 1) {
      reachNs = Math.max(reachNs, knownUntil(folds, signals[members[i - 1]!]!));
      const isCut = i === members.length || signals[members[i]!]!.startNs - reachNs > STRETCH_GAP_NS;
      if (!isCut) continue;
      cells.push(makeCell(telemetry, folds, findings, signals, members.slice(from, i)));
      from = i;
    }
  }
  return cells.sort((a, b) => a.site - b.site || a.startNs - b.startNs || a.signals[0]! - b.signals[0]!);
}

/** Until when a signal surely went on: an alert at least from its onset to its firing. */
function knownUntil(folds: readonly AlertFold[], { source, index, startNs }: Signal): number {
  return source === 'alert' ? Math.max(startNs, folds[index]!.startNs) : startNs;
}

/** What the signals at `members` show together. */
export function makeCell(
  telemetry: Telemetry,
  folds: readonly AlertFold[],
  findings: readonly Finding[],
  signals: readonly Signal[],
  members: readonly number[],
): Cell {
  const words = new Set<string>();
  let endNs = -Infinity;
  let uncertaintyNs = Infinity;
  for (const member of members) {
    const signal = signals[member]!;
    endNs = Math.max(endNs, signal.endNs);
    if (signal.source === 'alert') {
      const alert = telemetry.alerts[folds[signal.index]!.lead]!;
      for (const word of wordsOf(`${alert.name} ${alert.summary}`)) words.add(word);
    } else {
      const finding = findings[signal.index]!;
      for (const word of wordsOf(`${finding.kind.replaceAll('_', ' ')} ${finding.subject}`)) words.add(word);
      if (finding.onsetUncertaintyNs < uncertaintyNs) uncertaintyNs = finding.onsetUncertaintyNs;
    }
  }
  return {
    site: signals[members[0]!]!.entity,
    signals: members,
    startNs: signals[members[0]!]!.startNs,
    endNs,
    // An alert fires after its rule held for a while: a minute or so is unknown in any case.
    uncertaintyNs: Number.isFinite(uncertaintyNs) ? Math.max(uncertaintyNs, 60e9) : 120e9,
    words,
  };
}

/** Alerts without entity labels often name one in their text. */
class MentionIndex {
  readonly #byName = new Map<string, number>();
  constructor(telemetry: Telemetry) {
    telemetry.entities.forEach((entity, index) => {
      const name = entity.name.toLowerCase();
      // Short names are words of everyday language as well.
      if (name.length < 4) return;
      const known = this.#byName.get(name);
      if (known === undefined || (entity.type === 'service' && telemetry.entities[known]!.type !== 'service')) {
        this.#byName.set(name, index);
      }
    });
  }
  /** The first entity that the text names as a whole word, -1 for none. */
  find(text: string): number {
    for (const word of text.toLowerCase().match(/[a-z0-9][a-z0-9._-]*[a-z0-9]/g) ?? []) {
      const found = this.#byName.get(word);
      if (found !== undefined) return found;
    }
    return -1;
  }
}
