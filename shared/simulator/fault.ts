/** A fault as planned for one simulation: what, where, from when to when, how strong, and the change that caused it. */
import type { FaultKind } from '../model/analysis-result.ts';
import type { EntityRef } from '../model/entity.ts';
import type { Random } from '../base/random.ts';
import type { Influence } from './environment.ts';
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
  /** Operation whose own code fails, -1 for all or none. */
  readonly startSecond: number;
  readonly endSecond: number;
  readonly severity: number;
  readonly influence: Influence;
  readonly change: CausingChange | null;
  readonly text: FaultText | null;
}
export interface FaultPlan {
  readonly system: System;
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
/** Requests per second over all operations of a service, when nothing is wrong. */
export function usualServiceRate(system: System, service: number): number {
  let rate = 0;
  for (const operation of system.services[service]?.operations ?? []) rate += system.usualRate[operation.index] ?? 0;
  return rate;
}
export function entryRate(system: System): number {
  return system.operations.reduce((sum, operation) => sum + operation.entryRate, 0);
}
/** Queries per second to a store, misses of caches included, when nothing is wrong. */
export function usualStoreRate(system: System, store: number): number {
  let rate = 0;
  for (const operation of system.operations) {
    for (const call of operation.calls) {
      const made = (system.usualRate[operation.index] ?? 0) * call.probability * call.count;
      if (call.kind !== 'store') continue;
      if (call.target === store) rate += made;
      if (call.onMiss?.target === store) rate += made * (1 - (system.stores[call.target]?.hitRatio ?? 1));
    }
  }
  return rate;
}
/** One of the candidates with a fair share of the traffic: drawn from the busier half, at least three if there are. */
export function pickBusy<T>(plan: FaultPlan, candidates: readonly T[], weight: (item: T) => number): T | undefined {
  const ranked = candidates.map((item) => ({ item, weight: weight(item) })).sort((a, b) => b.weight - a.weight);
  const strongest = ranked[0]?.weight ?? 0;
  const kept = ranked.filter((entry, i) => entry.weight > 0 && (i < 3 || entry.weight >= strongest * 0.2));
  return kept.length > 0 ? plan.random.choice(kept).item : undefined;
}
