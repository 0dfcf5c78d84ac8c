/** Log rows of a trace by the span they were written in, as times after the trace's begin. Pure. */
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import type { LogChunk } from './use-trace.ts';

/** Rows without a span of this trace belong to its first root. O(spans + rows). */
export function logTimesBySpan(model: TraceModel, chunks: readonly LogChunk[]): ReadonlyMap<number, readonly number[]> {
  const times = new Map<number, number[]>();
  if (chunks.length === 0) return times;
  const { table, tree } = model;
  const spanOfId = new Map<bigint, number>();
  for (let span = table.count - 1; span >= 0; span--) spanOfId.set(table.spanId[span]!, span);
  for (const chunk of chunks) {
    for (let row = 0; row < chunk.rowCount; row++) {
      const span = spanOfId.get(chunk.spanId[row]!) ?? tree.roots[0] ?? 0;
      const time = Number(chunk.timeUnixNano[row]! - table.originTime);
      const known = times.get(span);
      if (known) known.push(time);
      else times.set(span, [time]);
    }
  }
  return times;
}
