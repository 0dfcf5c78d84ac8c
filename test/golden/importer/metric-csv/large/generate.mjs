// Three services with 8,000 points each, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.csv';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  let text = 'timestamp,service,metric,value\n';
  for (let i = 0; i < 8_000; i += 1)
    for (const service of ['checkout', 'cart', 'search'])
      text += `${new Date(start + i * 1000).toISOString()},${service},cpu_usage,${random.next()}\n`;
  return text;
}
