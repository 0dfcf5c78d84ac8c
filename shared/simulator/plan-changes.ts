/**
 * What people shipped around the recording: the change that caused a fault, if one did, and decoys. Decoys are
 * ordinary: some long before, some close to the culprit just before the onset, some after; none has any effect.
 */
import type { Random } from '../base/random.ts';
import { safeSuffix, hexText } from './names.ts';
import type { Fault } from './fault.ts';
import type { System } from './system.ts';
import { CHANGE_SUBJECTS, PEOPLE } from './vocabulary.ts';

export interface PlannedChange {
  readonly kind: 'deployment' | 'configuration' | 'feature_flag';
  readonly service: number;
  /** When it was started; pods are replaced from `ROLLOUT_LAG_SECONDS` later on. May be before the recording. */
  readonly second: number;
  readonly author: string;
  readonly subject: string;
  readonly fromVersion: string;
  readonly toVersion: string;
  /** 40 hexadecimal digits. */
  readonly revision: string;
  readonly previousRevision: string;
  readonly podTemplateHash: string;
  /** Number the sender gives it; unique. */
  readonly id: number;
  readonly tool: 'github' | 'argocd' | 'settings';
  readonly key: string;
  readonly before: string;
  readonly after: string;
  /** Position of the fault it caused, -1 for none. */
  readonly fault: number;
}

/** From the start of a deployment until the first pod is replaced. */
export const ROLLOUT_LAG_SECONDS = 20;

export function planChanges(
  system: System,
  faults: readonly Fault[],
  minutes: number,
  random: Random,
): readonly PlannedChange[] {
  const planner = new ChangePlanner(system, random);
  faults.forEach((fault, i) => {
    if (!fault.change) return;
    const lead = fault.change.kind === 'deployment' ? ROLLOUT_LAG_SECONDS : random.integer(5, 40);
    planner.add(fault.change.service, fault.startSecond - lead, fault.change.kind, i, fault.change);
  });
  const decoys = 3 + Math.round(minutes / 20) + Math.round(system.services.length / 60);
  for (let i = 0; i < decoys; i += 1) {
    const kind = random.chance(0.7) ? 'deployment' : random.choice(['configuration', 'feature_flag'] as const);
    planner.addDecoy(
      random.integer(0, system.services.length - 1),
      Math.floor(random.uniform(90, minutes * 60 - 180)),
      kind,
    );
  }
  for (const fault of faults) {
    for (const service of random.shuffle(neighboursOf(system, fault)).slice(0, 2)) {
      planner.addDecoy(service, fault.startSecond - random.integer(150, 900), 'deployment');
    }
    planner.addDecoy(
      random.integer(0, system.services.length - 1),
      fault.startSecond - random.integer(20, 240),
      'deployment',
    );
    planner.addDecoy(
      random.integer(0, system.services.length - 1),
      fault.startSecond + random.integer(60, 400),
      'deployment',
    );
  }
  return planner.changes.toSorted((a, b) => a.second - b.second || a.id - b.id);
}

/** Services that call, or are called by, the entity of a fault. */
function neighboursOf(system: System, fault: Fault): number[] {
  const found = new Set<number>();
  const kinds = { database: 'store', external: 'external', queue: 'queue', service: 'service' } as const;
  const kind = kinds[fault.entity.type as keyof typeof kinds];
  for (const operation of system.operations) {
    for (const call of operation.calls) {
      if (call.kind === kind && call.target === fault.target) found.add(operation.service);
      if (kind === 'service' && operation.service === fault.target && call.kind === 'service') found.add(call.target);
    }
  }
  if (kind === 'service') found.delete(fault.target);
  return [...found].sort((a, b) => a - b);
}

class ChangePlanner {
  readonly changes: PlannedChange[] = [];
  readonly #system: System;
  readonly #random: Random;
  readonly #versions = new Map<number, { version: string; revision: string }>();
  readonly #deployed = new Set<number>();
  #nextId: number;

  constructor(system: System, random: Random) {
    this.#system = system;
    this.#random = random;
    this.#nextId = random.integer(1_900_000_000, 2_400_000_000);
  }

  /** One deployment per service at most, so that versions are told apart by it. */
  addDecoy(service: number, second: number, kind: PlannedChange['kind']): void {
    if (kind === 'deployment' && this.#deployed.has(service)) return;
    const noun = this.#system.services[service]?.operations[0]?.noun ?? 'item';
    const isFlag = kind === 'feature_flag';
    const key = isFlag
      ? `${noun}-${this.#random.choice(['new-layout', 'v2-form', 'beta-badge', 'fast-path'])}`
      : this.#random.choice(['log.level', 'http.client.keep-alive-seconds', 'batch.page-size', 'metrics.step-seconds']);
    const values = isFlag
      ? ['off', '10%']
      : this.#random.choice([
          ['30', '60'],
          ['100', '120'],
          ['info', 'debug'],
        ]);
    this.add(service, second, kind, -1, { key, before: values[0] ?? '', after: values[1] ?? '' });
  }

  add(
    service: number,
    second: number,
    kind: PlannedChange['kind'],
    fault: number,
    setting: { readonly key: string; readonly before: string; readonly after: string },
  ): void {
    const random = this.#random;
    const current = this.#versions.get(service) ?? {
      version: this.#system.services[service]?.version ?? '1.0.0',
      revision: hexText(random, 40),
    };
    const isDeployment = kind === 'deployment';
    const next = isDeployment
      ? { version: nextVersion(current.version, random), revision: hexText(random, 40) }
      : current;
    this.#versions.set(service, next);
    if (isDeployment) this.#deployed.add(service);
    const noun = this.#system.services[service]?.operations[0]?.noun ?? 'item';
    this.#nextId += random.integer(40, 9000);
    this.changes.push({
      kind,
      service,
      second,
      author: random.choice(PEOPLE),
      subject: random.choice(CHANGE_SUBJECTS).replaceAll('{noun}', noun),
      fromVersion: current.version,
      toVersion: next.version,
      revision: next.revision,
      previousRevision: current.revision,
      podTemplateHash: safeSuffix(random, 10),
      id: this.#nextId,
      tool: isDeployment ? (service % 3 === 1 ? 'argocd' : 'github') : 'settings',
      key: setting.key,
      before: setting.before,
      after: setting.after,
      fault,
    });
  }
}

function nextVersion(version: string, random: Random): string {
  const [major = 1, minor = 0, patch = 0] = version.split('.').map(Number);
  return random.chance(0.6) ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}
