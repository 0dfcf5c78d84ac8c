/**
 * When an engine that died is started again. It always is, so that the window stays usable; but a case whose opening
 * kills the engine is left closed after a few attempts, and an engine that dies even so is given more and more time, or
 * the two would chase each other for ever.
 */

const WINDOW_MS = 60_000;
const MAX_CRASHES_WITH_CASE = 3;
const FIRST_DELAY_MS = 500;
const MOST_DELAY_MS = 15_000;

export interface Restart {
  readonly isCaseReopened: boolean;
  /** 0 = at once. */
  readonly delayMs: number;
}

export class RestartPolicy {
  #crashTimesMs: number[] = [];

  /** Called at each crash. `nowMs` rises. */
  afterCrash(nowMs: number): Restart {
    this.#crashTimesMs = this.#crashTimesMs.filter((timeMs) => nowMs - timeMs < WINDOW_MS);
    this.#crashTimesMs.push(nowMs);
    const surplus = this.#crashTimesMs.length - MAX_CRASHES_WITH_CASE;
    if (surplus <= 0) return { isCaseReopened: true, delayMs: 0 };
    return { isCaseReopened: false, delayMs: Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** (surplus - 1)) };
  }
}
