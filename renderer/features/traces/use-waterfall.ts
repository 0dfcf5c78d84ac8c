/** What of a trace is in sight: rows, stretch of time, the chosen span; and the ways to move in it. */
import { useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { isErrorSpan } from '../../charts/waterfall/trace-model.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import type { TraceStretch, WaterfallHandle } from '../../charts/waterfall/waterfall.tsx';
import { rowOfSpan, waterfallRows } from '../../charts/waterfall/waterfall-rows.ts';
import type { WaterfallRows } from '../../charts/waterfall/waterfall-rows.ts';
import { carriedTo, stretchOf, wholeTrace } from './waterfall-place.ts';
import type { WaterfallPlace } from './waterfall-place.ts';

export const LEAST_SHARES = ['0', '0.001', '0.01', '0.05'] as const;
export type LeastShare = (typeof LEAST_SHARES)[number];
/** Longer traces begin with their short spans folded. */
const FOLDED_FROM_SPANS = 400;

export interface WaterfallState {
  readonly rows: WaterfallRows;
  readonly collapsed: ReadonlySet<number>;
  readonly isByService: boolean;
  readonly setByService: (isByService: boolean) => void;
  readonly leastShare: LeastShare;
  readonly setLeastShare: (share: LeastShare) => void;
  /** -1 = the whole trace. */
  readonly root: number;
  readonly hasPath: boolean;
  readonly setHasPath: (hasPath: boolean) => void;
  readonly stretch: TraceStretch;
  readonly setStretch: (stretch: TraceStretch) => void;
  /** -1 = none. */
  readonly activeSpan: number;
  readonly activeRow: number;
  readonly handle: RefObject<WaterfallHandle | null>;
  readonly toggle: (span: number, isOpen: boolean) => void;
  /** Chooses a row, held inside the list. */
  readonly activate: (row: number) => void;
  readonly goToError: (direction: 1 | -1) => void;
  /** Shows a span as the root; -1 the whole trace with everything open. */
  readonly reroot: (span: number) => void;
}

export function useWaterfall(model: TraceModel): WaterfallState {
  const [lastPlace, setPlace] = useState(() => wholeTrace(model));
  const place = useMemo(() => carriedTo(lastPlace, model), [lastPlace, model]);
  const change = (part: (before: WaterfallPlace) => Partial<WaterfallPlace>): void =>
    setPlace((before) => {
      const here = carriedTo(before, model);
      return { ...here, ...part(here) };
    });
  const { collapsed, root, activeSpan, stretch } = place;
  const [isByService, setByService] = useState(false);
  const [leastShare, setLeastShare] = useState<LeastShare>(model.table.count > FOLDED_FROM_SPANS ? '0.01' : '0');
  const [hasPath, setHasPath] = useState(true);
  const handle = useRef<WaterfallHandle>(null);
  const rows = useMemo(
    () => waterfallRows(model, { collapsed, isByService, leastShare: Number(leastShare), root }),
    [model, collapsed, isByService, leastShare, root],
  );
  const activeRow = useMemo(
    () => (activeSpan < 0 ? -1 : rowOfSpan(rows, model, activeSpan)),
    [rows, model, activeSpan],
  );
  const activate = (row: number): void => {
    const span = rows.spans[Math.min(rows.spans.length - 1, Math.max(0, row))];
    if (span !== undefined) change(() => ({ activeSpan: span }));
  };
  return {
    ...{ rows, collapsed, isByService, setByService, leastShare, setLeastShare, root, hasPath, setHasPath },
    ...{ stretch, activeSpan, activeRow, handle, activate },
    setStretch: (next) => change(() => ({ stretch: next })),
    toggle: (span, isOpen) => change((before) => ({ collapsed: toggled(before.collapsed, span, isOpen) })),
    goToError: (direction) => {
      const row = nextErrorRow(model, rows, activeRow, direction);
      if (row < 0) return;
      activate(row);
      handle.current?.focus();
    },
    reroot: (span) =>
      change(() => ({ root: span, stretch: stretchOf(model, span), ...(span < 0 && { collapsed: new Set() }) })),
  };
}

function toggled(collapsed: ReadonlySet<number>, span: number, isOpen: boolean): ReadonlySet<number> {
  const next = new Set(collapsed);
  if (isOpen) next.delete(span);
  else next.add(span);
  return next;
}

/** -1 when there is none in that direction. */
function nextErrorRow(model: TraceModel, { spans }: WaterfallRows, from: number, direction: 1 | -1): number {
  for (let row = from + direction; row >= 0 && row < spans.length; row += direction) {
    if (isErrorSpan(model, spans[row]!)) return row;
  }
  return -1;
}
