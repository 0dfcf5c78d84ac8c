/**
 * When an engine that died is started again. It always is, so that the window stays usable; but a case whose opening
 * kills the engine is left closed after a few attempts, or the two would chase each other for ever.
 */

const WINDOW_MS = 60_000;
const MAX_CRASHES_WITH_CASE = 3;

export class RestartPolicy {
  #crashTimesMs: number[] = [];

  /** Called at each crash; answers whether the case may be opened again. `nowMs` rises. */
  isCaseReopened(nowMs: number): boolean {
    this.#crashTimesMs = this.#crashTimesMs.filter((timeMs) => nowMs - timeMs < WINDOW_MS);
    this.#crashTimesMs.push(nowMs);
    return this.#crashTimesMs.length <= MAX_CRASHES_WITH_CASE;
  }
}
