// 25,000 records, ten a second; every hundredth an error with a stack of two lines: 25,500 lines.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.log';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const lines = [];
  for (let i = 0; i < 25_000; i += 1) {
    const time = new Date(start + i * 100).toISOString();
    if (i % 100 !== 99) lines.push(`${time} INFO  payment ${random.integer(1, 1e6)} accepted`);
    else lines.push(`${time} ERROR payment failed`, 'java.lang.IllegalStateException: pool exhausted', '\tat shop.Pool.borrow(Pool.java:41)');
  }
  return lines.join('\n') + '\n';
}
