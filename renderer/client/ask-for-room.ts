/**
 * Tells the engine when a person is at work, so that an import or analysis leaves them the machine meanwhile. Answers how
 * to tell it: call that with every input.
 */
/** The engine keeps aside for half a second. */
const RUNNING_GAP_MS = 250;
const IDLE_GAP_MS = 1_000;

export function askForRoom(standAside: () => Promise<{ readonly isRunning: boolean }>): () => void {
  let askedAt = -Infinity;
  let gapMs = 0;
  return () => {
    const now = performance.now();
    if (now - askedAt < gapMs) return;
    askedAt = now;
    gapMs = IDLE_GAP_MS;
    standAside().then(
      ({ isRunning }) => (gapMs = isRunning ? RUNNING_GAP_MS : IDLE_GAP_MS),
      // The engine may have too much to do at the moment; a lost connection is shown elsewhere.
      () => undefined,
    );
  };
}
