/** The rows themselves: a virtual list over pages, one row open, with what they are above them. */
import { useMemo, useRef } from 'react';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { setPreference, usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { look, setFilter } from '../../stores/view-state.ts';
import { Button, LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { DETAIL_HEIGHT_PX, LogDetail } from './log-detail.tsx';
import type { LogFilter } from './log-filter.ts';
import { logText } from './log-pages.ts';
import type { LogPages } from './log-pages.ts';
import { LogRow, LogRowShape } from './log-row.tsx';
import { wrappedLines } from './wrapped-lines.ts';
import { useLogActions } from './use-log-actions.ts';
import type { LogCopying } from './use-log-actions.ts';
import { useLogPages } from './use-log-pages.ts';
import { useLogWalk } from './use-log-walk.ts';
import type { LogWalk } from './use-log-walk.ts';

const ROW_PX = 25;
/** A line of a wrapped row, and the air around all of them. */
const LINE_PX = 16;
const ROW_AIR_PX = 9;
/** What stands beside the message, and a letter of it. */
const BESIDE_MESSAGE_PX = 330;
const LETTER_PX = 7.3;
/** Rows looked at to find how high wrapped rows are. */
const SAMPLED_ROWS = 200;
const ALL_ROWS: LogFilter = {};

export function LogRowsPanel(properties: {
  readonly filter: LogFilter;
  readonly range: EffectiveRange;
  /** What lies after the knowledge cursor: counted, not listed. */
  readonly after: EffectiveRange | null;
  /** The row shown among all rows; null = the filter holds. */
  readonly aroundRowId: number | null;
}) {
  const { range, aroundRowId } = properties;
  const isAround = aroundRowId !== null;
  const filter = isAround ? ALL_ROWS : properties.filter;
  const { pages, isStale, want } = useLogPages(filter, range);
  const walk = useLogWalk(pages, filter, range, aroundRowId);
  const copying = useLogActions(walk, filter, range, isAround);
  const panel = useRef<HTMLElement>(null);
  const widthPx = useElementWidth(panel);
  return (
    <section ref={panel} className="logs-rows panel" aria-label="Rows">
      <RowsHeader pages={pages} isStale={isStale} walk={walk} isAround={isAround} copying={copying} />
      {pages.total === undefined && pages.error === null && <LoadingState what="Reading rows." rows={12} />}
      {pages.error instanceof ContractError && <ErrorState title="The rows could not be read." error={pages.error} />}
      {pages.total === 0 && (
        <EmptyState
          icon="logs"
          title={properties.after ? 'No rows known yet.' : 'No rows here.'}
          action={
            Object.keys(filter).length > 0 && <Button onClick={() => setFilter('logs', '')}>Clear the filter</Button>
          }
        >
          No log row of this range passes the filter. Widen the range, or take a chip away.
        </EmptyState>
      )}
      {(pages.total ?? 0) > 0 && <RowList pages={pages} walk={walk} widthPx={widthPx} want={want} />}
      {properties.after && <RowsAfter filter={filter} after={properties.after} />}
    </section>
  );
}

/** The list ends at the knowledge cursor, and says how much came later. */
function RowsAfter({ filter, after }: { readonly filter: LogFilter; readonly after: EffectiveRange }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const { data } = useQuery('log.rows', { filter, ...after, index: 0, limit: 1 });
  if (!data || data.total === 0) return null;
  return (
    <p className="logs-after row detail" role="status">
      <Icon name="clock" size={12} className="mark-note" />
      <span className="text-2">
        {countText(data.total)} {data.total === 1 ? 'row' : 'rows'} after Known at {clockText(after.from - 1n, zone)}
      </span>
      <LinkButton onClick={() => look({ knownAt: null })}>Show all that is known now</LinkButton>
    </p>
  );
}

function RowList(properties: {
  readonly pages: LogPages;
  readonly walk: LogWalk;
  readonly widthPx: number;
  readonly want: (start: number, end: number) => void;
}) {
  const { pages, walk, want } = properties;
  const { active, opened, chosen, choose, toggle, extendTo } = walk;
  const zone = usePreferences((preferences) => preferences.zone);
  const isWrapped = usePreferences((preferences) => preferences.isLogWrapped);
  const wrappedPx = useWrappedHeight(pages, properties.widthPx);
  const onClick = (index: number, isExtending: boolean): void => {
    if (isExtending && active >= 0) return extendTo(index);
    if (index === active || opened >= 0) toggle(index);
    choose(index);
  };
  return (
    <VirtualList
      count={pages.total ?? 0}
      rowHeight={isWrapped ? wrappedPx : ROW_PX}
      label={`Log rows, ${pages.total ?? 0}`}
      activeIndex={active}
      onActiveChange={choose}
      onOpen={toggle}
      onVisibleChange={({ start, end }) => want(start, end)}
      opened={opened < 0 ? undefined : { index: opened, extraPx: DETAIL_HEIGHT_PX }}
      handle={walk.list}
      className="logs-list"
      renderRow={(index) => {
        const row = pages.row(index);
        if (!row) return <LogRowShape index={index} />;
        return (
          <div role="listitem" aria-current={index === active}>
            <div onClick={(event) => onClick(index, event.shiftKey)}>
              <LogRow
                row={row}
                zone={zone}
                isActive={index === active}
                isChosen={index >= chosen.from && index < chosen.to}
                wrappedPx={isWrapped ? wrappedPx : null}
              />
            </div>
            {index === opened && <LogDetail rowId={row.columns.rowId[row.offset] ?? 0} />}
          </div>
        );
      }}
    />
  );
}

/** Decided once per filter and width, from the rows at hand then: scrolling never changes it. */
function useWrappedHeight(pages: LogPages, widthPx: number): number {
  const isKnown = pages.row(0) !== undefined;
  return useMemo(() => {
    const letters: number[] = [];
    for (let index = 0; index < SAMPLED_ROWS; index++) {
      const row = pages.row(index);
      if (row) letters.push(logText(row.columns, 'body', row.offset).length);
    }
    return wrappedLines(letters, (widthPx - BESIDE_MESSAGE_PX) / LETTER_PX) * LINE_PX + ROW_AIR_PX;
    // `pages` is one object for one filter; what it holds comes later.
  }, [pages, isKnown, widthPx]);
}

function RowsHeader(properties: {
  readonly pages: LogPages;
  readonly isStale: boolean;
  readonly walk: LogWalk;
  readonly isAround: boolean;
  readonly copying: LogCopying;
}) {
  const { pages, walk, isAround, copying } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  const isWrapped = usePreferences((preferences) => preferences.isLogWrapped);
  const time = walk.row?.columns.timeUnixNano[walk.row.offset];
  const count = walk.chosen.to - walk.chosen.from;
  const about = isAround
    ? `around ${time === undefined ? 'this row' : clockText(time, zone, 'millisecond')}, every row without the filter`
    : `${countText(pages.total ?? 0)} rows${properties.isStale ? ', asking again' : ''}`;
  return (
    <header className="panel-header logs-rows-header">
      <h2>Rows</h2>
      <span className="detail text-3 cut">{pages.total === undefined ? '' : about}</span>
      {pages.isPartial && <span className="chip dashed">partial</span>}
      {isAround && <LinkButton onClick={() => setFilter('logsAround', '')}>Back to the filter</LinkButton>}
      <span className="grow" />
      <span className="detail text-3" role="status">
        {copying.said}
      </span>
      {count > 0 && (
        <Button look="quiet" isSmall icon="copy" onClick={copying.copy}>
          {count > 1 ? `Copy ${count} rows` : 'Copy row'}
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
  );
}
