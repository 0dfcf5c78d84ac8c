// 12,000 events, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.jsonl';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const events = Array.from({ length: 12_000 }, (_, i) => ({
    specversion: '1.0',
    id: `e-${i}`,
    source: '/ci/shop',
    type: 'deployment.finished',
    time: new Date(start + i * 1000).toISOString(),
    data: { service: random.choice(['checkout', 'cart', 'search']) },
  }));
  return events.map((event) => JSON.stringify(event) + '\n').join('');
}
