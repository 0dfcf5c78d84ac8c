// 8,000 traces of three spans each, one trace a second.
const start = 1_782_207_900_000; // 2026-06-23T09:45:00Z
export const path = 'input.json';

/** @param {import('../../../../../shared/base/random.ts').Random} random */
export function generate(random) {
  const id = () => (random.uint32().toString(16).padStart(8, '0') + random.uint32().toString(16)).padEnd(16, '0');
  const data = Array.from({ length: 8_000 }, (_, i) => {
    const traceID = id() + id();
    const spanIDs = [id(), id(), id()];
    const spans = spanIDs.map((spanID, k) => ({
      traceID,
      spanID,
      operationName: 'step ' + k,
      references: k === 0 ? [] : [{ refType: 'CHILD_OF', traceID, spanID: spanIDs[k - 1] }],
      startTime: (start + i * 1000 + k) * 1000,
      duration: random.integer(100, 9_000),
      tags: [],
      processID: 'p' + k,
    }));
    const processes = { p0: { serviceName: 'checkout' }, p1: { serviceName: 'cart' }, p2: { serviceName: 'search' } };
    return { traceID, spans, processes };
  });
  return JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null });
}
