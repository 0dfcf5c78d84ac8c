/** Where one stands in a trace, by its spans; carried over when more of its spans come. Pure. */
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import type { TraceStretch } from '../../charts/waterfall/waterfall.tsx';

export interface WaterfallPlace {
  /** The one whose spans are meant. */
  readonly model: TraceModel;
  readonly collapsed: ReadonlySet<number>;
  /** -1 = the whole trace. */
  readonly root: number;
  /** -1 = none. */
  readonly activeSpan: number;
  readonly stretch: TraceStretch;
}

const NO_SPANS: ReadonlySet<number> = new Set();

export function wholeTrace(model: TraceModel): WaterfallPlace {
  return { model, collapsed: NO_SPANS, root: -1, activeSpan: -1, stretch: stretchOf(model, -1) };
}

/** All of a span; of the trace with -1. */
export function stretchOf({ table, totalNs }: TraceModel, span: number): TraceStretch {
  const fromNs = span < 0 ? 0 : table.startNs[span]!;
  return { fromNs, toNs: fromNs + Math.max(1, span < 0 ? totalNs : table.durationNs[span]!) };
}

/**
 * The same place in another reading of the trace: spans stay who they are, times stay where they were, and what was shown
 * whole is. Spans that are gone are let go. O(spans) when some are collapsed.
 */
export function carriedTo(place: WaterfallPlace, model: TraceModel): WaterfallPlace {
  if (place.model === model) return place;
  const { table } = place.model;
  const moved = (span: number): number => (span < 0 ? -1 : model.table.rowId.indexOf(table.rowId[span]!));
  const root = moved(place.root);
  const { fromNs, toNs } = place.stretch;
  const all = stretchOf(place.model, place.root);
  const isAll = (fromNs === all.fromNs && toNs === all.toNs) || (root < 0 && place.root >= 0);
  const earlierNs = Number(table.originTime - model.table.originTime);
  return {
    model,
    collapsed: carriedSpans(place.collapsed, place.model, model),
    root,
    activeSpan: moved(place.activeSpan),
    stretch: isAll ? stretchOf(model, root) : { fromNs: fromNs + earlierNs, toNs: toNs + earlierNs },
  };
}

function carriedSpans(spans: ReadonlySet<number>, from: TraceModel, to: TraceModel): ReadonlySet<number> {
  if (spans.size === 0) return spans;
  const rowIds = new Set(Array.from(spans, (span) => from.table.rowId[span]));
  const carried = new Set<number>();
  to.table.rowId.forEach((rowId, span) => {
    if (rowIds.has(rowId)) carried.add(span);
  });
  return carried;
}
