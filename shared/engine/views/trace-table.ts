/** A line per trace, by its row id: extent, counts and root, kept up as spans come in whatever order. */
import { SPAN_FLAG, type SpanRows } from './span-run.ts';

interface TraceArrays {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly spans: Int32Array;
  readonly errors: Int32Array;
  readonly rootStart: Float64Array;
  readonly rootEntity: Int32Array;
  readonly rootName: Int32Array;
  /** 1 = the root has no parent; 0 = only the earliest span so far. */
  readonly hasRoot: Uint8Array;
}

export class TraceTable {
  arrays: TraceArrays = allocate(16);
  /** Exclusive upper bound of trace rows. */
  limit = 0;

  add(rows: SpanRows, count: number): void {
    for (let i = 0; i < count; i++) {
      const trace = rows.trace[i]!;
      if (trace >= this.limit) this.#reach(trace);
      const { start, end, spans, errors } = this.arrays;
      const time = rows.time[i]!;
      const until = time + rows.duration[i]!;
      if (spans[trace] === 0 || time < start[trace]!) start[trace] = time;
      if (spans[trace] === 0 || until > end[trace]!) end[trace] = until;
      this.#considerRoot(trace, rows, i);
      spans[trace]!++;
      if ((rows.flags[i]! & SPAN_FLAG.error) !== 0) errors[trace]!++;
    }
  }

  #considerRoot(trace: number, rows: SpanRows, i: number): void {
    const { hasRoot, rootStart, rootEntity, rootName, spans } = this.arrays;
    const isRoot = (rows.flags[i]! & SPAN_FLAG.root) !== 0 ? 1 : 0;
    const isBetter =
      spans[trace] === 0 ||
      isRoot > hasRoot[trace]! ||
      (isRoot === hasRoot[trace] && rows.time[i]! < rootStart[trace]!);
    if (!isBetter) return;
    hasRoot[trace] = isRoot;
    rootStart[trace] = rows.time[i]!;
    rootEntity[trace] = rows.entity[i]!;
    rootName[trace] = rows.name[i]!;
  }

  #reach(trace: number): void {
    this.limit = trace + 1;
    if (trace < this.arrays.spans.length) return;
    const old = this.arrays;
    this.arrays = allocate(Math.max(trace + 1, old.spans.length * 2));
    for (const name of Object.keys(old) as (keyof TraceArrays)[]) this.arrays[name].set(old[name]);
  }
}

function allocate(length: number): TraceArrays {
  return {
    start: new Float64Array(length),
    end: new Float64Array(length),
    spans: new Int32Array(length),
    errors: new Int32Array(length),
    rootStart: new Float64Array(length),
    rootEntity: new Int32Array(length),
    rootName: new Int32Array(length),
    hasRoot: new Uint8Array(length),
  };
}
