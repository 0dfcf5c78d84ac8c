import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseArea } from '../../../../renderer/client/case-areas.ts';
import { pacedChanges } from '../../../../renderer/client/paced-changes.ts';

describe('changes while rows stream in', () => {
  let passed: (readonly CaseArea[])[] = [];
  beforeEach(() => {
    passed = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('pass at once at first, then once a second, and the last one always', () => {
    const paced = pacedChanges((areas) => passed.push(areas));
    for (let at = 0; at < 2_500; at += 250) {
      paced.changed(['records']);
      vi.advanceTimersByTime(250);
    }
    // At 0, 1,000 and 2,000 ms.
    expect(passed).toHaveLength(3);
    vi.advanceTimersByTime(5_000);
    expect(passed).toEqual([['records'], ['records'], ['records'], ['records']]);
  });

  it('hold back nothing that is not about rows', () => {
    const paced = pacedChanges((areas) => passed.push(areas));
    paced.changed(['records', 'jobs']);
    paced.changed(['records', 'jobs']);
    paced.changed(['notes']);
    expect(passed).toEqual([['jobs'], ['records'], ['jobs'], ['notes']]);
  });

  it('wait for a person who is at it, three seconds at most', () => {
    let lastInputAt = -Infinity;
    const times: number[] = [];
    const start = performance.now();
    const paced = pacedChanges(
      () => times.push(performance.now() - start),
      () => lastInputAt,
    );
    for (let at = 0; at < 8_000; at += 100) {
      if (at >= 500 && at < 5_000) lastInputAt = performance.now();
      paced.changed(['records']);
      vi.advanceTimersByTime(100);
    }
    // The last input is at 4,900; calm is 400 ms later, but three seconds have not passed since 3,000.
    expect(times).toEqual([0, 3_000, 5_300, 6_300, 7_300]);
    paced.dispose();
  });

  it('end with whoever listens', () => {
    const paced = pacedChanges((areas) => passed.push(areas));
    paced.changed(['records']);
    paced.changed(['records']);
    paced.dispose();
    vi.advanceTimersByTime(5_000);
    expect(passed).toEqual([['records']]);
  });
});
