// 12,000 events, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const items = Array.from({ length: 12_000 }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `event-${i}`, namespace: 'shop', uid: `uid-${i}` },
    involvedObject: { kind: 'Pod', namespace: 'shop', name: random.choice(['checkout-1', 'cart-1', 'search-1']) },
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    type: 'Warning',
    count: 1,
    firstTimestamp: new Date(start + i * 1000).toISOString(),
    lastTimestamp: new Date(start + i * 1000).toISOString(),
  }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
