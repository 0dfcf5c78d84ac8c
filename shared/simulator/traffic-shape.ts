/** How much traffic there is at a given time: a daily wave, slow drift and short noise, per entry operation. */
import { createRandom, noiseAt } from '../base/random.ts';
import { STEP_SECONDS } from './model-state.ts';

export class TrafficShape {
  /** Salt of all noise of this simulation. */
  readonly salt: number;
  readonly #startHour: number;
  readonly #drift: Float64Array;

  /** `startUnixSeconds` fixes the hour of the day. */
  constructor(seed: number, startUnixSeconds: number, steps: number) {
    this.salt = createRandom(`${seed}/noise`).uint32();
    this.#startHour = (startUnixSeconds % 86_400) / 3600;
    const random = createRandom(`${seed}/drift`);
    this.#drift = new Float64Array(steps);
    let level = 0;
    for (let step = 0; step < steps; step += 1) {
      level = 0.985 * level + random.normal(0, 0.008);
      this.#drift[step] = level;
    }
  }

  /** Multiplies the daily mean; lowest at 4 h, highest at 16 h. */
  factor(operation: number, step: number): number {
    return this.level(step) * (1 + 0.05 * noiseAt(this.salt, operation, step));
  }
  /** The same for all operations together. */
  level(step: number): number {
    const hour = this.#startHour + (step * STEP_SECONDS) / 3600;
    const daily = 1 + 0.3 * Math.sin(((hour - 10) / 24) * 2 * Math.PI);
    return daily * (1 + (this.#drift[step] ?? 0));
  }
}
