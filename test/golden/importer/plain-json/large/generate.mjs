// 25,000 spans, ten a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.jsonl';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const hex = () => random.uint32().toString(16).padStart(8, '0');
  let text = '';
  for (let i = 0; i < 25_000; i += 1)
    text += JSON.stringify({
      trace_id: hex() + hex() + hex() + hex(),
      span_id: hex() + hex(),
      service: random.choice(['checkout', 'cart', 'search']),
      name: 'GET /pay',
      start: new Date(start + i * 100).toISOString(),
      duration_ms: random.integer(1, 900),
      status: 'ok',
    }) + '\n';
  return text;
}
