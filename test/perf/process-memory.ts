/** Memory of this process as Linux counts it. */
import { readFileSync } from 'node:fs';

/** Highest resident set so far, of the process with all its threads; 0 where the system does not tell. */
export function peakRssBytes(): number {
  return statusBytes('self', 'VmHWM');
}

/** Resident set of another process right now. */
export function rssBytes(pid: number): number {
  return statusBytes(String(pid), 'VmRSS');
}

function statusBytes(process: string, field: string): number {
  try {
    const match = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${process}/status`, 'utf8'));
    return Number(match?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
