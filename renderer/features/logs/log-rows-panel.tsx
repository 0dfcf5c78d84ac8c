/** The rows themselves: a virtual list over pages, one row open, with what they are above them. */
import { ContractError } from '../../../shared/contract/contract-error.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { setPreference, usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { setFilter } from '../../stores/view-state.ts';
import { Button, LinkButton } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { DETAIL_HEIGHT_PX, LogDetail } from './log-detail.tsx';
import type { LogFilter } from './log-filter.ts';
import type { LogPages } from './log-pages.ts';
import { LogRow, LogRowShape } from './log-row.tsx';
import { useLogActions } from './use-log-actions.ts';
import type { LogCopying } from './use-log-actions.ts';
import { useLogPages } from './use-log-pages.ts';
import { useLogWalk } from './use-log-walk.ts';
import type { LogWalk } from './use-log-walk.ts';

const ROW_PX = 25;
/** Three lines of 16 px and the air around them. */
const WRAPPED_ROW_PX = 57;
const ALL_ROWS: LogFilter = {};

export function LogRowsPanel(properties: {
  readonly filter: LogFilter;
  readonly range: EffectiveRange;
  /** The row shown among all rows; null = the filter holds. */
  readonly aroundRowId: number | null;
}) {
  const { range, aroundRowId } = properties;
  const isAround = aroundRowId !== null;
  const filter = isAround ? ALL_ROWS : properties.filter;
  const { pages, isStale, want } = useLogPages(filter, range);
  const walk = useLogWalk(pages, filter, range, aroundRowId);
  const copying = useLogActions(walk, filter, range, isAround);
  return (
    <section className="logs-rows panel" aria-label="Rows">
      <RowsHeader pages={pages} isStale={isStale} walk={walk} isAround={isAround} copying={copying} />
      {pages.total === undefined && pages.error === null && <LoadingState what="Reading rows." rows={12} />}
      {pages.error instanceof ContractError && <ErrorState title="The rows could not be read." error={pages.error} />}
      {pages.total === 0 && (
        <EmptyState
          icon="logs"
          title="No rows here."
          action={
            Object.keys(filter).length > 0 && <Button onClick={() => setFilter('logs', '')}>Clear the filter</Button>
          }
        >
          No log row of this range passes the filter. Widen the range, or take a chip away.
        </EmptyState>
      )}
      {(pages.total ?? 0) > 0 && <RowList pages={pages} walk={walk} want={want} />}
    </section>
  );
}

function RowList(properties: {
  readonly pages: LogPages;
  readonly walk: LogWalk;
  readonly want: (start: number, end: number) => void;
}) {
  const { pages, walk, want } = properties;
  const { active, opened, chosen, choose, toggle, extendTo } = walk;
  const zone = usePreferences((preferences) => preferences.zone);
  const isWrapped = usePreferences((preferences) => preferences.isLogWrapped);
  const onClick = (index: number, isExtending: boolean): void => {
    if (isExtending && active >= 0) return extendTo(index);
    if (index === active || opened >= 0) toggle(index);
    choose(index);
  };
  return (
    <VirtualList
      count={pages.total ?? 0}
      rowHeight={isWrapped ? WRAPPED_ROW_PX : ROW_PX}
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
                isWrapped={isWrapped}
              />
            </div>
            {index === opened && <LogDetail rowId={row.columns.rowId[row.offset] ?? 0} />}
          </div>
        );
      }}
    />
  );
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
