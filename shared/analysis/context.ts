/** What is otherwise forbidden to analysis, passed in: progress, cancellation, history. */
import type { EntityRef } from '../model/entity.ts';
import type { Grouping } from '../model/grouping.ts';
import type { UnixNano } from '../model/time.ts';

export interface AnalysisContext {
  /** 0-1 with the stage's name. */
  progress(stage: string, share: number): void;
  /** Polled at least every 50 ms of work; throws when cancelled. */
  throwIfCancelled(): void;
}
export interface AnalysisRequest {
  /** When people noticed (the alarm). Alerts stand in for it when absent. */
  readonly at?: UnixNano | undefined;
  readonly from?: UnixNano | undefined;
  readonly to?: UnixNano | undefined;
  /** What the alarm was about, when known. */
  readonly symptom?: EntityRef | undefined;
  /** Only these may be blamed, when given. */
  readonly candidates?: readonly EntityRef[] | undefined;
  /** Kinds of finding seen in earlier, unlabelled cases of the same library: how often each (entity, kind) occurred. */
  readonly history?: CaseHistory | undefined;
  /** What people decided about which signals are one incident; in any order. */
  readonly groupings?: readonly Grouping[] | undefined;
}
export interface CaseHistory {
  readonly cases: number;
  /** Key of a sign (entity, kind, subject) → number of earlier cases that held it. */
  readonly casesWithSign: ReadonlyMap<string, number>;
}
