// 12,000 deployments, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const deployments = Array.from({ length: 12_000 }, (_, i) => ({
    id: i + 1,
    sha: random.uint32().toString(16),
    ref: 'main',
    environment: 'production',
    created_at: new Date(start + i * 1000).toISOString(),
    statuses_url: `https://api.github.com/repos/example/shop/deployments/${i + 1}/statuses`,
    url: `https://api.github.com/repos/example/shop/deployments/${i + 1}`,
  }));
  return JSON.stringify(deployments);
}
