/**
 * What a fault did, found by comparing the run with the same run without it: which alerts would not have fired, and
 * which services and stores were worse off.
 */
import type { EntityRef } from '../model/entity.ts';
import type { FiredAlert } from './evaluate-alerts.ts';
import type { ChronicAlert } from './chronic-alerts.ts';
import type { Fault } from './fault.ts';
import type { ModelState } from './model-state.ts';
import { STEP_SECONDS } from './model-state.ts';

/** Alerts of the background that start within this time of each other have one reason. */
const BACKGROUND_GAP_SECONDS = 300;

/**
 * One group per fault in the order of the faults, then groups of background alerts, each with one reason of its own:
 * alerts that also fire without any fault, joined when they start together, and each chronic source. An alert that two
 * faults each raise alone belongs to the one that raises it first.
 */
export function groupAlerts(
  all: readonly FiredAlert[],
  withoutFaults: readonly FiredAlert[],
  alone: readonly (readonly FiredAlert[])[],
  chronic: readonly ChronicAlert[],
): string[][] {
  const usual = new Map(withoutFaults.map((alert) => [alert.fingerprint, alert]));
  const faultGroups: FiredAlert[][] = alone.map(() => []);
  const background: FiredAlert[] = [];
  for (const alert of all) {
    const same = usual.get(alert.fingerprint);
    if (same && Math.abs(same.startSecond - alert.startSecond) <= 60) background.push(alert);
    else faultGroups[causeOf(alert, alone)]?.push(alert);
  }
  const groups = faultGroups.map((group) => group.map((alert) => alert.fingerprint).sort());
  groups.push(...groupByStart(background));
  const sources = [...new Set(chronic.map((alert) => alert.source))];
  for (const source of sources) {
    groups.push(chronic.filter((alert) => alert.source === source).map((alert) => alert.fingerprint));
  }
  return groups;
}

function causeOf(alert: FiredAlert, alone: readonly (readonly FiredAlert[])[]): number {
  let best = 0;
  let earliest = Number.POSITIVE_INFINITY;
  alone.forEach((alerts, i) => {
    const same = alerts.find((other) => other.fingerprint === alert.fingerprint);
    if (same && same.startSecond < earliest) {
      earliest = same.startSecond;
      best = i;
    }
  });
  return best;
}

function groupByStart(alerts: readonly FiredAlert[]): string[][] {
  const groups: string[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const alert of alerts.toSorted(
    (a, b) => a.startSecond - b.startSecond || (a.fingerprint < b.fingerprint ? -1 : 1),
  )) {
    if (alert.startSecond - last > BACKGROUND_GAP_SECONDS) groups.push([]);
    groups.at(-1)?.push(alert.fingerprint);
    last = alert.startSecond;
  }
  return groups;
}

/** Services and stores that were clearly worse off for at least half a minute, the cause itself left out. Sorted. */
export function findSymptoms(state: ModelState, without: ModelState, faults: readonly Fault[]): EntityRef[] {
  if (faults.length === 0) return [];
  const first = Math.floor(Math.min(...faults.map((fault) => fault.startSecond)) / STEP_SECONDS);
  const causes = new Set(faults.map((fault) => `${fault.entity.type}:${fault.entity.name}`));
  const { system } = state;
  const found: EntityRef[] = [];
  for (const service of system.services) {
    if (causes.has(`service:${service.name}`)) continue;
    const isWorse = service.operations.some((operation) => isOperationWorse(state, without, operation.index, first));
    if (isWorse) found.push({ type: 'service', name: service.name });
  }
  for (const store of system.stores) {
    if (causes.has(`database:${store.name}`)) continue;
    const at = (run: ModelState, step: number): number =>
      run.storeLatencyMs[step * system.stores.length + store.index] ?? 0;
    const isWorse = holds(state, first, (step) => at(state, step) > 2 * at(without, step) + 2);
    if (isWorse) found.push({ type: 'database', name: store.name });
  }
  return found.sort((a, b) => (a.type + a.name < b.type + b.name ? -1 : 1));
}

function isOperationWorse(state: ModelState, without: ModelState, operation: number, first: number): boolean {
  const width = state.system.operations.length;
  return holds(state, first, (step) => {
    const at = step * width + operation;
    const errors = (state.opErrorRatio[at] ?? 0) - (without.opErrorRatio[at] ?? 0);
    const latency = state.opLatencyMs[at] ?? 0;
    const usual = without.opLatencyMs[at] ?? 0;
    return errors > 0.03 || latency > 1.5 * usual + 5;
  });
}

/** True when the condition holds for three steps in a row. */
function holds(state: ModelState, first: number, condition: (step: number) => boolean): boolean {
  let streak = 0;
  for (let step = first; step < state.steps; step += 1) {
    streak = condition(step) ? streak + 1 : 0;
    if (streak >= 3) return true;
  }
  return false;
}
