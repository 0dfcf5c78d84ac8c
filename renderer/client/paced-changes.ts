/**
 * How often answers are asked again while rows stream in. An import changes the case four times a second; asking for every
 * chart that often would leave the engine no time for the person. The first change passes at once, later ones once a
 * second, not while a person is at it (but every three seconds even then), and the last one is never lost. What is not
 * about rows passes at once.
 */
import type { CaseArea } from './case-areas.ts';

const LEAST_GAP_MS = 1_000;
/** After the last input a person waits for what it asked for. */
const CALM_MS = 400;
const MOST_DELAY_MS = 3_000;

export interface PacedChanges {
  changed(areas: readonly CaseArea[]): void;
  /** What is still held back is forgotten. */
  dispose(): void;
}

/** `lastInputAt`: when the person last pressed or dragged something, as `performance.now()`. */
export function pacedChanges(
  pass: (areas: readonly CaseArea[]) => void,
  lastInputAt: () => number = () => -Infinity,
): PacedChanges {
  let passedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** How long to wait still, ms; 0 or less = pass now. */
  const waitMs = (now: number): number => {
    const calm = Math.min(lastInputAt() + CALM_MS, passedAt + MOST_DELAY_MS);
    return Math.max(passedAt + LEAST_GAP_MS, calm) - now;
  };
  const passOrWait = (): void => {
    const wait = waitMs(performance.now());
    if (wait > 0) {
      timer = setTimeout(passOrWait, wait);
      return;
    }
    timer = undefined;
    passedAt = performance.now();
    pass(['records']);
  };
  return {
    changed(areas) {
      const others = areas.filter((area) => area !== 'records');
      if (others.length > 0) pass(others);
      if (others.length < areas.length && timer === undefined) passOrWait();
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
