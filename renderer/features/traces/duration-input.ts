/** Durations as people type them: `250ms`, `2 s`, `1.5min`, a bare number for milliseconds. Pure. */
const NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  '': 1e6,
};

/** Nanoseconds; null for what is no duration. */
export function parseDurationNs(text: string): number | null {
  const [, digits, unit = ''] = /^\s*[≥>]?=?\s*(\d+(?:[.,]\d+)?)\s*(ns|us|µs|ms|s|min|m|h)?\s*$/i.exec(text) ?? [];
  const scale = NS[unit.toLowerCase()];
  return digits === undefined || scale === undefined ? null : Number(digits.replace(',', '.')) * scale;
}
