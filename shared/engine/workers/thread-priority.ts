/**
 * Long work gives way to what a person waits for: parsing, storing and analysing run at a lower priority than the threads
 * that answer questions, so that a machine whose cores are all busy with an import still draws at once. Alone on the
 * machine they are as fast as ever.
 */
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Lowers the calling thread. Only Linux counts priority by thread (setpriority(2)); elsewhere nothing happens. */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    const threadId = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (threadId > 0) setPriority(threadId, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Without /proc, or where it is not allowed, work goes on at the usual priority.
  }
}
