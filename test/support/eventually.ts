/**
 * Waits until what the test says holds. How long that takes is the machine's affair: the limit only tells a thing that
 * never comes from one that is slow, and lies within the time of a test, so that the failed expectation is what is said.
 */
import { vi } from 'vitest';

const AT_LAST_MS = 60_000;
const LOOK_MS = 5;

export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: AT_LAST_MS, interval: LOOK_MS });
}
