/**
 * Duplicate alerts become one: the same sender id again, the same rule for several replicas of one service, repeats of a
 * rule that comes and goes, and another vendor's rule for the same thing at the same time. Nothing is dropped: every
 * alert is a member of exactly one fold. Cost: O(n log n); 10^5 alerts take well under a second.
 */
import { entityKey } from '../../model/entity.ts';
import type { AlertSeverity } from '../../model/alert.ts';
import type { Telemetry, TelemetryAlert } from '../../model/telemetry.ts';
import type { AnalysisContext } from '../context.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import { weightedJaccard, wordsOf } from './alert-words.ts';
import type { AlertFold } from './correlator.ts';
import { partDecided, type DecidedGroups } from './decided-groups.ts';
import { AlertPlaces } from './place-of-alert.ts';

/** A rule silent for longer than this starts a new fold when it fires again. */
const REPEAT_GAP_NS = 30 * 60e9;
/** Two rules of different names say the same when they start this close together … */
const SAME_START_NS = 5 * 60e9;
/** … and share this much of their words. */
const SAME_WORDS = 0.6;
const POLL_EVERY = 4_096;
const SEVERITY_RANK: Readonly<Record<AlertSeverity, number>> = { critical: 3, warning: 2, info: 1, unknown: 0 };

interface DatedAlert {
  readonly index: number;
  readonly alert: TelemetryAlert;
  readonly startNs: number;
  readonly endNs: number;
  readonly site: number;
  readonly ruleKey: string;
  readonly words: ReadonlySet<string>;
}

/** Alerts that people decided to be apart are never folded into one. */
export function foldAlerts(
  telemetry: Telemetry,
  graph: ServiceGraph,
  context: AnalysisContext,
  decided: DecidedGroups,
): AlertFold[] {
  const places = new AlertPlaces(telemetry, graph);
  const dated = telemetry.alerts.map((alert, index) => {
    if (index % POLL_EVERY === 0) context.throwIfCancelled();
    return dateAlert(telemetry, places, alert, index);
  });
  dated.sort(
    (a, b) => a.startNs - b.startNs || compareText(a.alert.externalId, b.alert.externalId) || a.index - b.index,
  );
  const repeats = foldRepeats(dated);
  const numberOf = ({ index }: DatedAlert): number => decided.ofAlert(telemetry, index);
  return foldVendors(repeats)
    .flatMap((members) => partDecided(members, decided, numberOf, ({ startNs }) => startNs))
    .map((members) => describeFold(members, graph));
}

function dateAlert(telemetry: Telemetry, places: AlertPlaces, alert: TelemetryAlert, index: number): DatedAlert {
  const startNs = Number(alert.startTime - telemetry.origin);
  const endNs = alert.endTime === undefined ? Infinity : Math.max(startNs, Number(alert.endTime - telemetry.origin));
  const site = places.siteOf(alert.entities);
  const ref = site >= 0 ? telemetry.entities[site] : undefined;
  const words = new Set(wordsOf(alert.name));
  const about = ref ? entityKey(ref) : `words:${wordsOf(alert.summary).join(' ')}`;
  return { index, alert, startNs, endNs, site, ruleKey: `${alert.name.trim().toLowerCase()}\u0000${about}`, words };
}

/** Lists of members, by rule and site, or by the id of the sender, cut where the rule was silent for long. */
function foldRepeats(dated: readonly DatedAlert[]): DatedAlert[][] {
  const open = new Map<string, { members: DatedAlert[]; lastNs: number }>();
  const folds: DatedAlert[][] = [];
  for (const alert of dated) {
    const keys = [alert.ruleKey, `id\u0000${alert.alert.externalId}\u0000${alert.site}`];
    const known = keys.map((key) => open.get(key)).find((fold) => fold && alert.startNs - fold.lastNs <= REPEAT_GAP_NS);
    const fold = known ?? { members: [], lastNs: 0 };
    if (!known) folds.push(fold.members);
    fold.members.push(alert);
    fold.lastNs = Math.max(fold.lastNs, Number.isFinite(alert.endNs) ? alert.endNs : alert.startNs, alert.startNs);
    for (const key of keys) open.set(key, fold);
  }
  return folds;
}

/** Joins folds of the same site that start together and share most of their words. */
function foldVendors(folds: readonly DatedAlert[][]): DatedAlert[][] {
  const bySite = new Map<number, DatedAlert[][]>();
  for (const fold of folds) {
    const site = fold[0]!.site;
    const list = bySite.get(site);
    if (list) list.push(fold);
    else bySite.set(site, [fold]);
  }
  const out: DatedAlert[][] = [];
  for (const [site, list] of bySite) {
    if (site < 0) out.push(...list);
    else out.push(...joinSameWords(list));
  }
  return out.sort((a, b) => a[0]!.startNs - b[0]!.startNs || a[0]!.index - b[0]!.index);
}

function joinSameWords(list: readonly DatedAlert[][]): DatedAlert[][] {
  const kept: DatedAlert[][] = [];
  for (const fold of list) {
    const twin = kept.find((other) => isSameStatement(other[0]!, fold[0]!));
    if (!twin) kept.push(fold);
    else {
      twin.push(...fold);
      twin.sort((a, b) => a.startNs - b.startNs || a.index - b.index);
    }
  }
  return kept;
}

function isSameStatement(a: DatedAlert, b: DatedAlert): boolean {
  if (Math.abs(a.startNs - b.startNs) > SAME_START_NS) return false;
  if (a.alert.signal && b.alert.signal && a.alert.signal.kind !== b.alert.signal.kind) return false;
  return weightedJaccard(a.words, b.words) >= SAME_WORDS;
}

function describeFold(members: readonly DatedAlert[], graph: ServiceGraph): AlertFold {
  const lead = members[0]!;
  const entities = new Set<number>(lead.site >= 0 ? [lead.site] : []);
  let severity: AlertSeverity = 'unknown';
  let endNs = -Infinity;
  for (const member of members) {
    for (const entity of member.alert.entities) entities.add(graph.foldedInto[entity] ?? entity);
    if (SEVERITY_RANK[member.alert.severity] > SEVERITY_RANK[severity]) severity = member.alert.severity;
    endNs = Math.max(endNs, member.endNs);
  }
  return {
    lead: lead.index,
    members: members.map((member) => member.index),
    name: lead.alert.name,
    severity,
    entities: [...entities],
    startNs: lead.startNs,
    endNs,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
