/**
 * Loaded into every thread of a child process (`--import`): a thread whose role is CRASH_ROLE throws from its event loop
 * once the file CRASH_GO is there, as a bug in it would, or, with CRASH_KIND=stall, never returns to it. Only the first
 * thread of that role does, so that its replacement works; CRASH_MARK says that it did.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { isMainThread, workerData } from 'node:worker_threads';

const POLL_MS = 5;
const { CRASH_ROLE: role, CRASH_GO: go, CRASH_MARK: mark } = process.env;
if (
  !isMainThread &&
  go !== undefined &&
  mark !== undefined &&
  (workerData as { readonly role?: string }).role === role
) {
  const timer = setInterval(() => {
    if (!existsSync(go)) return;
    clearInterval(timer);
    if (existsSync(mark)) return;
    writeFileSync(mark, '');
    if (process.env['CRASH_KIND'] === 'stall') for (;;);
    throw new Error('planted crash');
  }, POLL_MS);
}
