/** Everything the writers of one simulation work from. Read-only once planned. */
import { createRandom } from '../base/random.ts';
import type { Random } from '../base/random.ts';
import type { RecordingClock } from './clock.ts';
import type { Fault } from './fault.ts';
import type { ModelState } from './model-state.ts';
import { STEP_SECONDS } from './model-state.ts';
import type { SimulationOptions } from './options.ts';
import type { PlannedChange } from './plan-changes.ts';
import type { PodTable } from './pods.ts';
import type { System } from './system.ts';
import { TraceSampler } from './trace-sampler.ts';
import type { RequestSink } from './trace-sampler.ts';

export interface Simulation {
  readonly options: SimulationOptions;
  readonly system: System;
  readonly clock: RecordingClock;
  readonly faults: readonly Fault[];
  readonly changes: readonly PlannedChange[];
  readonly pods: PodTable;
  readonly state: ModelState;
  readonly lengthSeconds: number;
}

export function randomFor(simulation: Simulation, name: string): Random {
  return createRandom(simulation.options.seed).fork(name);
}

/** Draws the sampled requests of the recording second by second; `yield`s after each second for the writer to flush. */
export function* sampleRequests(simulation: Simulation, sink: RequestSink): Generator<number> {
  const { system, state, clock, options, pods, faults } = simulation;
  const random = randomFor(simulation, 'requests');
  const sampler = new TraceSampler({
    system,
    state,
    pods,
    faults,
    random,
    sink,
    startUs: clock.us(0),
    certificateExpiry: clock.iso(faults.find((fault) => fault.scenario === 'certificate-expiry')?.startSecond ?? 0),
  });
  const entries = system.operations.filter((operation) => operation.entryRate > 0);
  const usual = entries.reduce((sum, operation) => sum + operation.entryRate, 0);
  for (let second = 0; second < simulation.lengthSeconds; second += 1) {
    const base = Math.min(state.steps - 1, Math.floor(second / STEP_SECONDS)) * system.operations.length;
    const weights = entries.map((operation) => state.opRate[base + operation.index] ?? 0);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const count = random.poisson((options.rate * total) / usual);
    for (let i = 0; i < count; i += 1) {
      let draw = random.next() * total;
      let chosen = 0;
      while (chosen < entries.length - 1 && draw >= (weights[chosen] ?? 0)) {
        draw -= weights[chosen] ?? 0;
        chosen += 1;
      }
      const operation = entries[chosen];
      if (operation) sampler.sample(operation, second + random.next());
    }
    yield second;
  }
}
