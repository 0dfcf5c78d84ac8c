/**
 * How often answers are asked again while rows stream in. An import changes the case four times a second; asking for every
 * chart that often would leave the engine no time for the person. The first change passes at once, later ones once a
 * second, and the last one is never lost. What is not about rows passes at once.
 */
import type { CaseArea } from './case-areas.ts';

const LEAST_GAP_MS = 1_000;

export interface PacedChanges {
  changed(areas: readonly CaseArea[]): void;
  /** What is still held back is forgotten. */
  dispose(): void;
}

export function pacedChanges(pass: (areas: readonly CaseArea[]) => void): PacedChanges {
  let passedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passRecords = (): void => {
    timer = undefined;
    passedAt = performance.now();
    pass(['records']);
  };
  return {
    changed(areas) {
      const others = areas.filter((area) => area !== 'records');
      if (others.length > 0) pass(others);
      if (others.length === areas.length || timer !== undefined) return;
      const waitMs = passedAt + LEAST_GAP_MS - performance.now();
      if (waitMs <= 0) passRecords();
      else timer = setTimeout(passRecords, waitMs);
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
