/** The rows themselves: a virtual list over pages, one row open, keys to walk rows and errors, to wrap, to show around. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProcedures } from '../../client/engine-context.tsx';
import { useActions } from '../../stores/actions.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { setPreference, usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { Button, LinkButton } from '../../ui/controls.tsx';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import { logRowsText } from './copy-rows.ts';
import { DETAIL_HEIGHT_PX, LogDetail, openTrace } from './log-detail.tsx';
import type { LogFilter } from './log-filter.ts';
import { LogRow, LogRowShape } from './log-row.tsx';
import { logText } from './log-pages.ts';
import { useLogPages } from './use-log-pages.ts';
import { useNextError } from './use-next-error.ts';

const ROW_PX = 25;
/** Three lines of 16 px and the air around them. */
const WRAPPED_ROW_PX = 57;
/** What the engine hands out at once. */
const MOST_COPIED_ROWS = 500;

/** Row id of a selection such as `log:12`; null for any other. */
export function selectedLogRowId(ref: string | null): number | null {
  const digits = /^log:(\d{1,15})$/.exec(ref ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

export function LogRowsPanel(properties: {
  readonly filter: LogFilter;
  readonly range: EffectiveRange;
  /** The row shown among all rows; null = the filter holds. */
  readonly aroundRowId: number | null;
}) {
  const { range, aroundRowId } = properties;
  const filter = aroundRowId === null ? properties.filter : ALL_ROWS;
  const { pages, isStale, want } = useLogPages(filter, range);
  const procedures = useProcedures();
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const isWrapped = usePreferences((preferences) => preferences.isLogWrapped);
  const selection = useViewStore((store) => store.selection);
  const chosenRowId = selectedLogRowId(selection?.kind === 'row' ? selection.ref : null);
  const [active, setActive] = useState(-1);
  const [anchor, setAnchor] = useState(-1);
  const [openedIndex, setOpenedIndex] = useState(-1);
  const [copied, setCopied] = useState('');
  const list = useRef<VirtualListHandle>(null);

  /** The row the list last stood on, so that moving does not locate what it has just chosen itself. */
  const placed = useRef<{ rowId: number | null; content: string }>({ rowId: null, content: '' });
  const content = JSON.stringify(filter);
  const wantedRowId = aroundRowId ?? chosenRowId;
  useEffect(() => {
    if (wantedRowId === null || (placed.current.rowId === wantedRowId && placed.current.content === content)) {
      placed.current.content = content;
      return;
    }
    const abort = new AbortController();
    procedures['log.locate'](
      { filter: JSON.parse(content) as LogFilter, ...range, rowId: wantedRowId },
      { signal: abort.signal },
    ).then(
      ({ index, isExact }) => {
        placed.current = { rowId: wantedRowId, content };
        setActive(isExact ? index : -1);
        setOpenedIndex(-1);
        list.current?.scrollToIndex(Math.max(0, index - 6));
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [procedures, wantedRowId, content, range]);

  const activeRow = active >= 0 ? pages.row(active) : undefined;
  const activeRowId = activeRow?.columns.rowId[activeRow.offset] ?? null;
  const choose = useCallback((index: number) => {
    setActive(index);
    setAnchor(index);
    setCopied('');
  }, []);
  useEffect(() => {
    if (activeRowId === null || activeRowId === placed.current.rowId) return;
    placed.current = { rowId: activeRowId, content };
    look({ selection: { kind: 'row', ref: `log:${activeRowId}` } }, { isContinued: true });
  }, [activeRowId, content]);

  const total = pages.total ?? 0;
  const step = (by: number): void => {
    const next = Math.min(total - 1, Math.max(0, active + by));
    choose(next);
    setOpenedIndex((opened) => (opened >= 0 ? next : opened));
  };
  const goToError = useNextError(filter, range, active, activeRowId, (index) => {
    choose(index);
    list.current?.focus();
  });
  const openActive = (index: number): void => setOpenedIndex((opened) => (opened === index ? -1 : index));
  const traceId = activeRow ? logText(activeRow.columns, 'traceId', activeRow.offset) : '';
  const [copyFrom, copyTo] = [Math.min(active, anchor), Math.max(active, anchor) + 1];
  const copy = async (): Promise<void> => {
    if (active < 0) return;
    const limit = Math.min(MOST_COPIED_ROWS, copyTo - copyFrom);
    const rows = await procedures['log.rows']({ filter, ...range, index: copyFrom, limit });
    await navigator.clipboard.writeText(logRowsText(rows.columns, 0, limit, naming));
    setCopied(`${limit === 1 ? 'Row' : `${limit} rows`} copied`);
  };
  const group = 'Logs';
  useActions([
    { id: 'logs.next', title: 'Next row', group, keys: ['j'], run: () => step(1) },
    { id: 'logs.previous', title: 'Previous row', group, keys: ['k'], run: () => step(-1) },
    { id: 'logs.nextError', title: 'Next error', group, keys: ['e'], run: () => goToError(1) },
    { id: 'logs.previousError', title: 'Previous error', group, keys: ['Shift+E'], run: () => goToError(-1) },
    {
      id: 'logs.wrap',
      title: isWrapped ? 'One line per row' : 'Wrap long rows',
      group,
      keys: ['z'],
      run: () => setPreference({ isLogWrapped: !isWrapped }),
    },
    {
      id: 'logs.around',
      title: 'Show around this row',
      group,
      keys: ['o'],
      isDisabled: activeRowId === null,
      run: () => setFilter('logsAround', aroundRowId === null ? String(activeRowId) : ''),
    },
    { id: 'logs.copy', title: 'Copy rows', group, keys: ['Ctrl+C'], isDisabled: active < 0, run: () => void copy() },
    {
      id: 'logs.trace',
      title: 'Open the trace of this row',
      group,
      keys: ['Shift+T'],
      isDisabled: traceId === '',
      run: () => openTrace(traceId),
    },
  ]);

  const aroundTime = aroundRowId !== null && activeRow ? activeRow.columns.timeUnixNano[activeRow.offset] : undefined;
  return (
    <section className="logs-rows panel" aria-label="Rows">
      <header className="panel-header logs-rows-header">
        <h2>Rows</h2>
        <span className="detail text-3 cut">
          {pages.total === undefined
            ? ''
            : aroundRowId === null
              ? `${countText(total)} rows${isStale ? ', asking again' : ''}`
              : `around ${aroundTime === undefined ? 'this row' : clockText(aroundTime, zone, 'millisecond')}, all rows`}
        </span>
        {pages.isPartial && <span className="chip dashed">partial</span>}
        {aroundRowId !== null && (
          <LinkButton onClick={() => setFilter('logsAround', '')}>Back to the filter</LinkButton>
        )}
        <span className="grow" />
        <span className="detail text-3" role="status">
          {copied}
        </span>
        {active >= 0 && (
          <Button look="quiet" isSmall icon="copy" onClick={() => void copy()}>
            {copyTo - copyFrom > 1 ? `Copy ${copyTo - copyFrom} rows` : 'Copy row'}
          </Button>
        )}
        <Button
          look="quiet"
          isSmall
          icon="wrap"
          isPressed={isWrapped}
          onClick={() => setPreference({ isLogWrapped: !isWrapped })}
        >
          Wrap
        </Button>
      </header>
      {pages.total === undefined && pages.error === null && <LoadingState what="Reading rows." rows={12} />}
      {pages.error instanceof ContractError && <ErrorState title="The rows could not be read." error={pages.error} />}
      {pages.total === 0 && (
        <EmptyState title="No rows here.">
          No log row of this range passes the filter. Widen the range, or take a chip away.
        </EmptyState>
      )}
      {total > 0 && (
        <VirtualList
          count={total}
          rowHeight={isWrapped ? WRAPPED_ROW_PX : ROW_PX}
          label={`Log rows, ${total}`}
          activeIndex={active}
          onActiveChange={choose}
          onOpen={openActive}
          onVisibleChange={({ start, end }) => want(start, end)}
          opened={openedIndex < 0 ? undefined : { index: openedIndex, extraPx: DETAIL_HEIGHT_PX }}
          handle={list}
          className="logs-list"
          renderRow={(index) => {
            const row = pages.row(index);
            if (!row) return <LogRowShape index={index} />;
            const rowId = row.columns.rowId[row.offset] ?? 0;
            return (
              <div role="listitem" aria-current={index === active}>
                <div
                  onClick={(event) => {
                    if (event.shiftKey && anchor >= 0) return setActive(index);
                    if (index === active || openedIndex >= 0) openActive(index);
                    choose(index);
                  }}
                >
                  <LogRow
                    row={row}
                    zone={zone}
                    isActive={index === active}
                    isChosen={index >= copyFrom && index < copyTo && active >= 0}
                    isWrapped={isWrapped}
                  />
                </div>
                {index === openedIndex && <LogDetail rowId={rowId} />}
              </div>
            );
          }}
        />
      )}
    </section>
  );
}

const ALL_ROWS: LogFilter = {};
