// 25,000 spans, ten a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const hex = () => (1 + random.uint32()).toString(16).padStart(8, '0').slice(-8);
  const spans = Array.from({ length: 25_000 }, (_, i) => ({
    traceId: hex() + hex() + hex() + hex(),
    id: hex() + hex(),
    name: 'get /pay',
    kind: 'SERVER',
    timestamp: (start + i * 100) * 1000,
    duration: random.integer(100, 9_000),
    localEndpoint: { serviceName: random.choice(['checkout', 'cart', 'search']) },
  }));
  return JSON.stringify(spans);
}
