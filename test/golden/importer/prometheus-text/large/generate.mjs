// 25,000 series with one sample each, one a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.prom';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  let text = '# TYPE queue_depth gauge\n';
  for (let i = 0; i < 25_000; i += 1)
    text += `queue_depth{job="checkout",queue="${i}"} ${random.integer(0, 500)} ${start + i * 1000}\n`;
  return text;
}
