// 12,000 deployments, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.jsonl';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const changes = Array.from({ length: 12_000 }, (_, i) => ({
    time: new Date(start + i * 1000).toISOString(),
    service: random.choice(['checkout', 'cart', 'search']),
    kind: 'deployment',
    version: `2.4.${i}`,
    id: `d-${i}`,
  }));
  return changes.map((change) => JSON.stringify(change) + '\n').join('');
}
