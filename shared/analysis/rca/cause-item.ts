/** What speaks for or against blaming one entity: the unit in which every term of the ranking argues. */
import type { FaultKind } from '../../model/analysis-result.ts';
import type { SignalKind } from '../../model/finding.ts';
import type { RowRef } from '../../model/ids.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import type { RankingTerm } from './rank-causes.ts';

export interface CauseItem {
  readonly entity: EntityIndex;
  readonly term: RankingTerm;
  readonly signal: SignalKind;
  /** Items of one aspect say the same thing in different ways: the strongest counts fully, the others little. */
  readonly aspect: string;
  /** Points of evidence: 1 = hardly unusual, 5 = decisive alone. Negative = speaks against. */
  readonly weight: number;
  readonly onsetNs: number;
  readonly onsetUncertaintyNs: number;
  readonly text: string;
  readonly refs: readonly RowRef[];
  /** Index into `telemetry.changes` where the item is about a change. */
  readonly change?: number | undefined;
  /** It speaks of waiting for others or of being full, which is what a slow or failing callee brings about. */
  readonly isPassedOn?: boolean | undefined;
  /** It names somebody its entity calls, so when such a one fails it says nothing about the entity. */
  readonly isComplaint?: boolean | undefined;
  /** What kind of fault it hints at, with the share of its weight that does. */
  readonly hint?: FaultKind | undefined;
}
