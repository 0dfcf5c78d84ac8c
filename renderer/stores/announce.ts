/**
 * What screen readers are told about changes they cannot see: ranks, imports, the connection. At most one sentence in
 * five seconds; of those that came in between, the last is spoken.
 */
import { createStore } from 'zustand/vanilla';

const LEAST_WAIT_MS = 5_000;

export const announcement = createStore<{ readonly text: string }>(() => ({ text: '' }));

let spokenAt = -Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  clearTimeout(timer);
  const waitMs = spokenAt + LEAST_WAIT_MS - performance.now();
  if (waitMs <= 0) speak(text);
  else timer = setTimeout(() => speak(text), waitMs);
}

function speak(text: string): void {
  spokenAt = performance.now();
  // The same sentence twice is news as well; a changed space makes it be read again.
  announcement.setState(({ text: before }) => ({ text: before === text ? `${text}\u00a0` : text }));
}
