/** Which pod is in which slot when: deployments replace the pod, restarts keep it. */
import type { Random } from '../base/random.ts';
import { STEP_SECONDS } from './model-state.ts';
import type { ModelState } from './model-state.ts';
import { safeSuffix, uuid } from './names.ts';
import { ROLLOUT_LAG_SECONDS } from './plan-changes.ts';
import type { PlannedChange } from './plan-changes.ts';
import { ROLLOUT_SECONDS } from './service-faults.ts';
import type { Service, System } from './system.ts';

export interface Pod {
  /** Position in `PodTable.pods`. */
  readonly index: number;
  readonly slot: number;
  readonly service: number;
  readonly name: string;
  readonly uid: string;
  readonly ip: string;
  readonly version: string;
  readonly podTemplateHash: string;
  /** Seconds after the start of the recording; negative = it ran before, infinite = it still runs. */
  readonly fromSecond: number;
  readonly toSecond: number;
  /** The deployment that made it, undefined for those that were there before. */
  readonly change: PlannedChange | undefined;
}

/** Restarts of the container of a pod up to a step; what happened to the pod before it in the slot does not count. */
export function restartsOf(state: ModelState, pod: Pod, step: number): number {
  const width = state.system.slots.length;
  const total = state.slotRestarts[step * width + pod.slot] ?? 0;
  if (pod.fromSecond <= 0) return total;
  const born = Math.min(state.steps - 1, Math.floor(pod.fromSecond / STEP_SECONDS));
  return Math.max(0, total - (state.slotRestarts[born * width + pod.slot] ?? 0));
}

export class PodTable {
  readonly pods: readonly Pod[];
  readonly #bySlot: readonly (readonly Pod[])[];

  constructor(system: System, changes: readonly PlannedChange[], random: Random) {
    const pods: Pod[] = [];
    this.#bySlot = system.slots.map((slot) => {
      const service = system.services[slot.service] as Service;
      const lives: Pod[] = [];
      const position = service.slots.indexOf(slot.index);
      let from = slot.addedAtSecond >= 0 ? slot.addedAtSecond : -random.integer(7200, 900_000);
      let hash = service.podTemplateHash;
      let version = service.version;
      let made: PlannedChange | undefined;
      const end = (toSecond: number): void => {
        if (toSecond <= from) return;
        const pod: Pod = {
          index: pods.length,
          slot: slot.index,
          service: service.index,
          name: `${service.name}-${hash}-${safeSuffix(random, 5)}`,
          uid: uuid(random),
          ip: `10.${random.integer(64, 127)}.${random.integer(0, 255)}.${random.integer(2, 254)}`,
          version,
          podTemplateHash: hash,
          fromSecond: from,
          toSecond,
          change: made,
        };
        pods.push(pod);
        lives.push(pod);
        from = toSecond;
      };
      for (const change of changes) {
        if (change.kind !== 'deployment' || change.service !== service.index) continue;
        end(change.second + ROLLOUT_LAG_SECONDS + position * ROLLOUT_SECONDS);
        hash = change.podTemplateHash;
        version = change.toVersion;
        made = change;
      }
      end(Number.POSITIVE_INFINITY);
      return lives;
    });
    this.pods = pods;
  }

  livesOf(slot: number): readonly Pod[] {
    return this.#bySlot[slot] ?? [];
  }
  at(slot: number, second: number): Pod {
    const lives = this.#bySlot[slot] as readonly Pod[];
    for (let i = lives.length - 1; i > 0; i -= 1) {
      const pod = lives[i] as Pod;
      if (second >= pod.fromSecond) return pod;
    }
    return lives[0] as Pod;
  }
}
