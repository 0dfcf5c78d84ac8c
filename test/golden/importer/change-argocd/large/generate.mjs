// 12,000 applications deployed once each, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const items = Array.from({ length: 12_000 }, (_, i) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `app-${i}` },
    status: { history: [{ id: i, revision: random.uint32().toString(16), deployedAt: new Date(start + i * 1000).toISOString() }] },
  }));
  return JSON.stringify({ apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationList', items });
}
