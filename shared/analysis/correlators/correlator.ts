/**
 * What correlation gives out. Correlation says what belongs together and why; it never says what caused what. The stages
 * are `fold-alerts` (duplicates become one), `find-chronic` (what was there all along), `link-signals` (pairs with terms
 * and a reason) and `group-signals` (incidents), composed by `correlate`.
 */
import type { AlertSeverity } from '../../model/alert.ts';
import type { GroupDecision } from '../../model/analysis-result.ts';
import type { EntityIndex } from '../../model/telemetry.ts';

/** Alerts that say the same thing about the same entities: replicas, vendors, repeats of one rule. */
export interface AlertFold {
  /** Index into `telemetry.alerts` of the one that stands for all: the earliest, ties by external id. */
  readonly lead: number;
  /** Indexes into `telemetry.alerts`, ascending by time, `lead` first. */
  readonly members: readonly number[];
  readonly name: string;
  readonly severity: AlertSeverity;
  /** Its site first, then every entity its alerts name, folded (`graph.foldedInto`). */
  readonly entities: readonly EntityIndex[];
  readonly startNs: number;
  /** Latest known end; Infinity while one is firing. */
  readonly endNs: number;
}

/** Something that can be linked: one fold of alerts or one finding. */
export interface Signal {
  readonly source: 'alert' | 'finding';
  /** Index into the folds or the findings. */
  readonly index: number;
  /** Folded entity, -1 = unknown. */
  readonly entity: EntityIndex;
  readonly peer: EntityIndex;
  readonly startNs: number;
  readonly endNs: number;
  /** How much it says, 0-1: a finding's score, an alert's severity. */
  readonly weight: number;
}

/** Why two signals are in one incident. The strength is the sum of its terms. */
export interface SignalLink {
  /** Indexes into the signals. */
  readonly from: number;
  readonly to: number;
  readonly strength: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly reason: string;
  /** Id of the grouping, where a person decided it. */
  readonly decision?: number | undefined;
}

export interface IncidentDraft {
  /** Indexes into `findings`. */
  readonly findings: readonly number[];
  /** Indexes into the folds, ascending by start. */
  readonly folds: readonly number[];
  readonly startNs: number;
  readonly endNs: number;
  /** Folded entities of its signals, the most affected first. */
  readonly entities: readonly EntityIndex[];
  /** Indexes into the signals. */
  readonly links: readonly SignalLink[];
  /** True for what was there before the incident or comes and goes all the time. */
  readonly isBackground: boolean;
  /** What people decided about its signals; such a group is an incident, however little it weighs. */
  readonly decisions: readonly GroupDecision[];
  /** Indexes into `telemetry.changes` that may have to do with it, the most plausible first. */
  readonly changes: readonly number[];
}

export interface Correlation {
  readonly folds: readonly AlertFold[];
  readonly signals: readonly Signal[];
  readonly incidents: readonly IncidentDraft[];
}
