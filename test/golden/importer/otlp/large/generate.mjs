// 250 requests of 100 spans each, one request a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.jsonl';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const hex = () => random.uint32().toString(16).padStart(8, '0');
  let text = '';
  for (let i = 0; i < 250; i += 1) {
    const spans = Array.from({ length: 100 }, (_, k) => ({
      traceId: hex() + hex() + hex() + hex(),
      spanId: hex() + hex(),
      name: 'GET /pay',
      kind: 2,
      startTimeUnixNano: `${start + i * 1000 + k}000000`,
      endTimeUnixNano: `${start + i * 1000 + k + random.integer(1, 900)}000000`,
    }));
    const attributes = [{ key: 'service.name', value: { stringValue: random.choice(['checkout', 'cart', 'search']) } }];
    text += JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] }) + '\n';
  }
  return text;
}
