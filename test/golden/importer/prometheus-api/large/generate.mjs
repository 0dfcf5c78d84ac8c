// 30 series of 1,000 points each, one every 15 seconds.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const result = Array.from({ length: 30 }, (_, s) => ({
    metric: { __name__: 'queue_depth', job: `service-${s}` },
    values: Array.from({ length: 1_000 }, (_, i) => [start / 1000 + i * 15, String(random.integer(0, 500))]),
  }));
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
}
