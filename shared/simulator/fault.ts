/** A fault as planned for one simulation: what, where, from when to when, how strong, and the change that caused it. */
import type { FaultKind } from '../model/analysis-result.ts';
import type { EntityRef } from '../model/entity.ts';
import type { Random } from '../base/random.ts';
import type { Influence } from './environment.ts';
import type { Importance } from './importance.ts';
import type { Scenario } from './options.ts';
import type { System } from './system.ts';

/** What people changed to bring a fault about: a new version, or a setting. */
export interface CausingChange {
  readonly kind: 'deployment' | 'configuration' | 'feature_flag';
  readonly service: number;
  /** For settings: which one, and its old and new value. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
}
/** How it shows in text: error type, message and what it is about. */
export interface FaultText {
  readonly errorType: string;
  readonly message: string;
}
export interface Fault {
  readonly scenario: Scenario;
  readonly faultKind: FaultKind;
  readonly entity: EntityRef;
  /** Index of the entity among services, stores, externals, queues or nodes. */
  readonly target: number;
  readonly startSecond: number;
  readonly endSecond: number;
  readonly severity: number;
  readonly influence: Influence;
  readonly change: CausingChange | null;
  readonly text: FaultText | null;
}
export interface FaultPlan {
  readonly system: System;
  readonly importance: Importance;
  readonly random: Random;
  readonly scenario: Scenario;
  readonly startSecond: number;
  readonly endSecond: number;
  /** 0.35 (mild) to 1 (strong); raised above 1 when a fault would go unnoticed. */
  readonly severity: number;
  /** `type:name` of entities that other faults of this simulation already have. */
  readonly taken: ReadonlySet<string>;
}

/** 0 before the start and after the end, in between rising linearly to 1 over `rampSeconds`. */
export function rampAt(plan: FaultPlan, second: number, rampSeconds: number): number {
  if (second < plan.startSecond || second >= plan.endSecond) return 0;
  return Math.min(1, (second - plan.startSecond + 5) / Math.max(5, rampSeconds));
}
/**
 * One of the candidates that enough traffic depends on: drawn from those that at least one request from outside in
 * twenty needs, or from the three most needed where there are too few of them.
 */
export function pickNeeded<T>(plan: FaultPlan, candidates: readonly T[], need: (item: T) => number): T | undefined {
  const ranked = candidates
    .map((item) => ({ item, need: need(item) + Number.EPSILON }))
    .sort((a, b) => b.need - a.need);
  const enough = plan.importance.total * 0.05;
  const kept = ranked.filter((entry, i) => entry.need > 0 && (i < 3 || entry.need >= enough));
  const most = kept[0]?.need ?? 0;
  const fair = kept.filter((entry) => entry.need >= Math.min(enough, most * 0.3));
  return fair.length > 0 ? plan.random.choice(fair).item : undefined;
}
