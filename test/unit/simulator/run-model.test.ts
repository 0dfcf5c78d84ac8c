import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../shared/base/random.ts';
import { buildSystem } from '../../../shared/simulator/build-system.ts';
import { STEP_SECONDS } from '../../../shared/simulator/model-state.ts';
import { SCENARIOS } from '../../../shared/simulator/options.ts';
import { planFaults } from '../../../shared/simulator/plan-faults.ts';
import { shareAbove, waitFactor } from '../../../shared/simulator/queueing.ts';
import { runModel } from '../../../shared/simulator/run-model.ts';
import { TrafficShape } from '../../../shared/simulator/traffic-shape.ts';

const STEPS = 240;
const system = buildSystem(createRandom('model test'), 20);
const shape = new TrafficShape(4, 1_780_000_000, STEPS);
const without = runModel(system, [], shape, STEPS);

describe('buildSystem', () => {
  it('has no cycle of calls and gives every operation traffic', () => {
    for (const operation of system.operations) {
      for (const call of operation.calls) {
        if (call.kind === 'service') expect(call.target).toBeGreaterThan(operation.service);
      }
      expect(system.usualRate[operation.index]).toBeGreaterThan(0);
    }
  });
});

describe('runModel', () => {
  it('runs at ordinary utilisation when nothing is wrong, and keeps ratios within 0 and 1', () => {
    for (const matrix of [without.opErrorRatio, without.slotCpuRatio, without.slotMemoryRatio, without.storeCpuRatio]) {
      for (const value of matrix) expect(value >= 0 && value < 0.8).toBe(true);
    }
  });

  it.each(SCENARIOS)('%s changes nothing before its onset and something after it', (scenario) => {
    const options = { scenarios: [scenario], seed: 4, services: 20, minutes: 40, rate: 1 };
    const [fault] = planFaults(system, options, createRandom('faults'), [1]);
    const state = runModel(system, fault ? [fault.influence] : [], shape, STEPS);
    const onset = Math.floor((fault?.startSecond ?? 0) / STEP_SECONDS);
    expect(onset).toBeGreaterThanOrEqual(120);
    for (const [matrix, usual, width] of [
      [state.opLatencyMs, without.opLatencyMs, system.operations.length],
      [state.opErrorRatio, without.opErrorRatio, system.operations.length],
      [state.storeLatencyMs, without.storeLatencyMs, system.stores.length],
    ] as const) {
      expect(matrix.subarray(0, onset * width)).toEqual(usual.subarray(0, onset * width));
    }
    let worst = 0;
    state.opLatencyMs.forEach((latency, at) => {
      const errors = (state.opErrorRatio[at] ?? 0) - (without.opErrorRatio[at] ?? 0);
      worst = Math.max(worst, errors, latency / (without.opLatencyMs[at] ?? 1) - 1);
    });
    expect(worst).toBeGreaterThan(0.1);
  });
});

describe('queueing', () => {
  it('agrees with M/M/1 exactly and grows with utilisation', () => {
    // W_q = rho / (1 - rho) service times for one server.
    for (const rho of [0.1, 0.5, 0.9]) expect(waitFactor(rho, 1)).toBeCloseTo(rho / (1 - rho), 9);
    expect(waitFactor(0.9, 8)).toBeGreaterThan(waitFactor(0.5, 8));
    expect(waitFactor(0.9, 8)).toBeLessThan(waitFactor(0.9, 2));
  });
  it('puts half of the log-normal times above their median', () => {
    const sigma = 0.55;
    expect(shareAbove(100, 100 * Math.exp(-(sigma * sigma) / 2), sigma)).toBeCloseTo(0.5, 6);
  });
});
