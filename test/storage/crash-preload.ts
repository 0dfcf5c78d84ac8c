/**
 * Loaded into every thread of a child process (`--import`): a thread whose role is CRASH_ROLE throws from its event loop
 * after CRASH_AFTER_MS, as a bug in it would, or, with CRASH_KIND=stall, never returns to it. Only the first thread of that role crashes, so that its replacement works.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { isMainThread, workerData } from 'node:worker_threads';

const { CRASH_ROLE: role, CRASH_AFTER_MS: afterMs = '0', CRASH_MARK: mark } = process.env;
if (!isMainThread && mark !== undefined && (workerData as { readonly role?: string }).role === role) {
  setTimeout(() => {
    if (existsSync(mark)) return;
    writeFileSync(mark, '');
    if (process.env['CRASH_KIND'] === 'stall') for (;;);
    throw new Error('planted crash');
  }, Number(afterMs));
}
