/**
 * Where one stands in the list: the row under the keyboard, the rows chosen with it, the row opened. The row is kept as the
 * selection of all views by its id; when the filter changes it is looked up again among the rows that now pass.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useProcedures } from '../../client/engine-context.tsx';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import type { LogFilter } from './log-filter.ts';
import type { LogPages, LogRowRef } from './log-pages.ts';

export interface LogWalk {
  /** -1 = none. */
  readonly active: number;
  readonly row: LogRowRef | undefined;
  readonly rowId: number | null;
  /** Chosen rows, from `from` to `to` (exclusive); empty without an active row. */
  readonly chosen: { readonly from: number; readonly to: number };
  /** -1 = none. */
  readonly opened: number;
  readonly list: RefObject<VirtualListHandle | null>;
  readonly choose: (index: number) => void;
  /** Chooses all rows from the last one chosen to this one. */
  readonly extendTo: (index: number) => void;
  readonly step: (by: number) => void;
  /** Opens the row, or closes it when it is open. */
  readonly toggle: (index: number) => void;
}

/** Row id of a selection such as `log:12`; null for any other. */
export function logRowIdOf(ref: string | null): number | null {
  const digits = /^log:(\d{1,15})$/.exec(ref ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

export function useLogWalk(
  pages: LogPages,
  filter: LogFilter,
  range: EffectiveRange,
  aroundRowId: number | null,
): LogWalk {
  const procedures = useProcedures();
  const selection = useViewStore((store) => store.selection);
  const wantedRowId = aroundRowId ?? logRowIdOf(selection?.kind === 'row' ? selection.ref : null);
  const [active, setActive] = useState(-1);
  const [anchor, setAnchor] = useState(-1);
  const [opened, setOpened] = useState(-1);
  const list = useRef<VirtualListHandle>(null);
  /** What was looked up last; an object, so that looking it up again moves there again. */
  const [sought, setSought] = useState<{ readonly index: number } | null>(null);
  /** The row the list stands on, so that it does not look up what it has just chosen itself. */
  const placed = useRef<{ readonly rowId: number | null; readonly content: string }>({ rowId: null, content: '' });
  const content = JSON.stringify([filter, String(range.from), String(range.to)]);

  useEffect(() => {
    if (wantedRowId === null || (placed.current.rowId === wantedRowId && placed.current.content === content)) return;
    const abort = new AbortController();
    const asked = { filter, ...range, rowId: wantedRowId };
    procedures['log.locate'](asked, { signal: abort.signal }).then(
      ({ index, isExact }) => {
        placed.current = { rowId: wantedRowId, content };
        setActive(isExact ? index : -1);
        setAnchor(isExact ? index : -1);
        setOpened(-1);
        setSought({ index });
      },
      () => undefined,
    );
    return () => abort.abort();
    // `content` stands for filter and range.
  }, [procedures, wantedRowId, content]);

  const hasRows = (pages.total ?? 0) > 0;
  // In the middle, so that what led to it and what it led to are both in sight; as soon as there is a list to move.
  useEffect(() => {
    if (sought && hasRows) list.current?.centreIndex(sought.index);
  }, [sought, hasRows]);

  const row = active >= 0 ? pages.row(active) : undefined;
  const rowId = row?.columns.rowId[row.offset] ?? null;
  useEffect(() => {
    if (rowId === null || rowId === placed.current.rowId) return;
    placed.current = { rowId, content };
    look({ selection: { kind: 'row', ref: `log:${rowId}` } }, { isContinued: true });
  }, [rowId, content]);

  const choose = useCallback((index: number) => {
    setActive(index);
    setAnchor(index);
  }, []);
  return {
    ...{ active, row, rowId, opened, list, choose },
    chosen: active < 0 ? { from: 0, to: 0 } : { from: Math.min(active, anchor), to: Math.max(active, anchor) + 1 },
    extendTo: setActive,
    step: (by) => {
      const next = Math.min((pages.total ?? 0) - 1, Math.max(0, active + by));
      choose(next);
      setOpened((before) => (before >= 0 ? next : before));
    },
    toggle: (index) => setOpened((before) => (before === index ? -1 : index)),
  };
}
