/**
 * The simulator: options in, files and truth out. Pure and seeded: the same options give the same bytes. Files come as
 * chunks of text that are made while they are read, so memory does not grow with the size of the bundle. The truth
 * belongs beside the bundle and is in none of its files.
 */
import { createRandom } from '../base/random.ts';
import type { EntityRef } from '../model/entity.ts';
import type { FaultKind } from '../model/analysis-result.ts';
import { writeAlerts } from './alert-file.ts';
import { planBackground } from './background.ts';
import { buildSystem } from './build-system.ts';
import { changeFiles } from './change-files.ts';
import { chronicAlerts } from './chronic-alerts.ts';
import { RecordingClock } from './clock.ts';
import { findSymptoms, groupAlerts } from './effects.ts';
import type { Influence } from './environment.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import type { Fault } from './fault.ts';
import { writeEvents, writeObjects } from './kubernetes-files.ts';
import { writeLogs } from './log-writer.ts';
import { writeMetrics } from './metric-writer.ts';
import { STEP_SECONDS } from './model-state.ts';
import type { ModelState } from './model-state.ts';
import { checkOptions } from './options.ts';
import type { SimulationOptions } from './options.ts';
import { planChanges } from './plan-changes.ts';
import { planFaults } from './plan-faults.ts';
import { PodTable } from './pods.ts';
import { runModel } from './run-model.ts';
import type { Simulation } from './simulation.ts';
import type { System } from './system.ts';
import { writeTraces } from './trace-writer.ts';
import { TrafficShape } from './traffic-shape.ts';

export interface TruthCause {
  readonly entity: EntityRef;
  readonly faultKind: FaultKind;
  /** The change that brought it about, by the id its tool gave it. */
  readonly change: {
    readonly id: string;
    readonly kind: string;
    readonly revision: string | null;
    readonly time: string;
  } | null;
  /** RFC 3339 with nanoseconds. */
  readonly start: string;
  readonly end: string;
}
export interface Truth {
  readonly causes: readonly TruthCause[];
  readonly symptoms: readonly EntityRef[];
  /** Fingerprints; the first groups belong to the causes in order, the others to the background. */
  readonly alertGroups: readonly (readonly string[])[];
}
export interface SimulatedFile {
  /** Inside the bundle, `/`-separated. */
  readonly path: string;
  /** Can be read once. */
  readonly chunks: Iterable<string>;
}
export interface SimulatedCase {
  readonly files: Iterable<SimulatedFile>;
  readonly truth: Truth;
}

/** How far the severity is raised, step by step, until that many alerts notice a fault. */
const NOTICED_ALERTS = 6;
const BOOST_STEPS = [1, 1.35, 1.8, 2.5] as const;

/** Throws a RangeError with a sentence for a person when the options cannot be run. */
export function simulate(options: SimulationOptions): SimulatedCase {
  const problem = checkOptions(options);
  if (problem !== undefined) throw new RangeError(problem);
  const plan = new Planner(options);
  const { simulation, alerts, truth } = plan.run();
  function* files(): Generator<SimulatedFile> {
    yield { path: 'alerts/alertmanager-alerts.json', chunks: writeAlerts(simulation, alerts) };
    yield* changeFiles(simulation);
    yield { path: 'kubernetes/objects.json', chunks: writeObjects(simulation) };
    yield { path: 'kubernetes/events.json', chunks: writeEvents(simulation) };
    yield { path: 'telemetry/metrics.jsonl', chunks: writeMetrics(simulation) };
    yield { path: 'telemetry/logs.jsonl', chunks: writeLogs(simulation) };
    yield { path: 'telemetry/traces.jsonl', chunks: writeTraces(simulation) };
  }
  return { files: files(), truth };
}

class Planner {
  readonly #options: SimulationOptions;
  readonly #system: System;
  readonly #clock: RecordingClock;
  readonly #shape: TrafficShape;
  readonly #background: readonly Influence[];
  readonly #steps: number;

  constructor(options: SimulationOptions) {
    const random = createRandom(options.seed);
    this.#options = options;
    this.#system = buildSystem(random.fork('system'), options.services);
    const calendar = random.fork('calendar');
    // A day of 2026 and a time of it.
    this.#clock = new RecordingClock(1_767_225_600 + calendar.integer(5, 300) * 86_400 + calendar.integer(0, 86_399));
    this.#steps = (options.minutes * 60) / STEP_SECONDS;
    this.#shape = new TrafficShape(options.seed, this.#clock.startSeconds, this.#steps);
    this.#background = planBackground(this.#system, options.minutes, random.fork('background'));
  }

  run(): { simulation: Simulation; alerts: ReturnType<typeof evaluateAlerts>; truth: Truth } {
    const random = createRandom(this.#options.seed);
    const system = this.#system;
    const without = this.#runWith([]);
    const boost = this.#boosts(without);
    const faults = planFaults(system, this.#options, random.fork('faults'), boost);
    const state = faults.length > 0 ? this.#runWith(faults) : without;
    const changes = planChanges(system, faults, this.#options.minutes, random.fork('changes'));
    const pods = new PodTable(system, changes, random.fork('pods'));
    const lengthSeconds = this.#options.minutes * 60;
    const simulation: Simulation = {
      options: this.#options,
      system,
      clock: this.#clock,
      faults,
      changes,
      pods,
      state,
      lengthSeconds,
    };
    const rules = evaluateAlerts(system, state, pods);
    const usual = evaluateAlerts(system, without, pods);
    const alone =
      faults.length === 1 ? [rules] : faults.map((fault) => evaluateAlerts(system, this.#runWith([fault]), pods));
    const chronic = chronicAlerts(system, lengthSeconds, random.fork('chronic alerts'));
    const truth: Truth = {
      causes: faults.map((fault, i) => this.#cause(fault, simulation, i)),
      symptoms: findSymptoms(state, without, faults),
      alertGroups: groupAlerts(rules, usual, alone, chronic),
    };
    return { simulation, alerts: [...rules, ...chronic], truth };
  }

  #runWith(faults: readonly Fault[]): ModelState {
    const influences = [...this.#background, ...faults.map((fault) => fault.influence)];
    return runModel(this.#system, influences, this.#shape, this.#steps);
  }

  /** Per fault the least boost at which enough alerts notice it on its own. */
  #boosts(without: ModelState): number[] {
    const random = createRandom(this.#options.seed);
    const pods = new PodTable(this.#system, [], random.fork('pods'));
    const usual = new Set(evaluateAlerts(this.#system, without, pods).map((alert) => alert.fingerprint));
    return this.#options.scenarios.map((_, i) => {
      for (const boost of BOOST_STEPS) {
        const boosts = this.#options.scenarios.map(() => boost);
        const fault = planFaults(this.#system, this.#options, random.fork('faults'), boosts).slice(i, i + 1);
        const alerts = evaluateAlerts(this.#system, this.#runWith(fault), pods);
        if (alerts.filter((alert) => !usual.has(alert.fingerprint)).length >= NOTICED_ALERTS) return boost;
      }
      return BOOST_STEPS.at(-1) ?? 1;
    });
  }

  #cause(fault: Fault, simulation: Simulation, position: number): TruthCause {
    const change = simulation.changes.find((candidate) => candidate.fault === position);
    return {
      entity: fault.entity,
      faultKind: fault.faultKind,
      change: change
        ? {
            id: change.tool === 'argocd' ? change.revision : String(change.id),
            kind: change.kind,
            revision: change.kind === 'deployment' ? change.revision : null,
            time: this.#clock.isoNano(change.second),
          }
        : null,
      start: this.#clock.isoNano(fault.startSecond),
      end: this.#clock.isoNano(fault.endSecond),
    };
  }
}
