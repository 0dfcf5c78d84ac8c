// 12,000 alerts, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const alerts = Array.from({ length: 12_000 }, (_, i) => ({
    labels: { alertname: 'HighErrorRate', service: random.choice(['checkout', 'cart', 'search']), number: String(i) },
    annotations: {},
    startsAt: new Date(start + i * 1000).toISOString(),
    endsAt: new Date(start + i * 1000 + 300_000).toISOString(),
    fingerprint: i.toString(16).padStart(16, '0'),
  }));
  return JSON.stringify(alerts);
}
