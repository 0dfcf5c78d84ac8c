/**
 * The one hairline: the time under the pointer, drawn by every visible chart, lane and waterfall. It changes with each
 * mouse move, so it is no React state: charts subscribe and move a line.
 */
import { createStore } from 'zustand/vanilla';

/** Unix nanoseconds; null = nothing is pointed at. */
export const hoverTime = createStore<{ readonly timeUnixNano: bigint | null; readonly entityKey: string | null }>(
  () => ({
    timeUnixNano: null,
    entityKey: null,
  }),
);

export function hoverAt(timeUnixNano: bigint | null): void {
  hoverTime.setState({ timeUnixNano });
}

/** Lights one entity in graph, lists and lanes; null = none. */
export function hoverEntity(entityKey: string | null): void {
  hoverTime.setState({ entityKey });
}
