/** Memory of this process as Linux counts it. */
import { readFileSync } from 'node:fs';

/** Highest resident set so far, of the process with all its threads; 0 where the system does not tell. */
export function peakRssBytes(): number {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    return Number(match?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
