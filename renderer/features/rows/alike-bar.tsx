/** Above opened rows that are examples: how many there are in all, and the list of them with its filter. */
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import { useRange } from '../../stores/effective-range.ts';
import { entityFilterText } from '../../stores/entity-filter-text.ts';
import { countText } from '../../stores/time-format.ts';
import { useValueWindow, useWindowText } from '../../stores/value-window.ts';
import type { ValueWindow } from '../../stores/value-window.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { alikeRows } from './alike-rows.ts';
import type { AlikeRows } from './alike-rows.ts';

const MOST_KINDS = 3;
/** More templates than one sentence speaks of. */
const MOST_TEMPLATES = 200;

export function AlikeBar({ rows }: { readonly rows: QueryOutput<'row.get'>['rows'] }) {
  const window = useValueWindow();
  const kinds = alikeRows(rows, MOST_KINDS);
  if (!window || kinds.length === 0) return null;
  return (
    <ul className="rows-alike" aria-label="All rows like these">
      {kinds.map((kind, index) =>
        kind.kind === 'logs' ? (
          <AlikeLogs key={index} alike={kind} window={window} shownCount={rows.length} />
        ) : (
          <AlikeCalls key={index} alike={kind} window={window} />
        ),
      )}
    </ul>
  );
}

function AlikeLogs({
  alike,
  window,
  shownCount,
}: {
  readonly alike: Extract<AlikeRows, { kind: 'logs' }>;
  readonly window: ValueWindow;
  readonly shownCount: number;
}) {
  const { from, to } = window;
  const text = useWindowText(window);
  const range = useRange();
  const filter = { ...(alike.entity && { entity: alike.entity }), templateIds: [...alike.templateIds] };
  const all = sumOf(useQuery('log.templates', { filter, from, to, limit: MOST_TEMPLATES }).data);
  const inRange = sumOf(useQuery('log.templates', range && { filter, ...range, limit: MOST_TEMPLATES }).data);
  if (all === null || inRange === null || all <= shownCount) return null;
  const open = (): void => {
    const logs = [
      ...(alike.entity ? [entityFilterText(alike.entity)] : []),
      ...alike.templateIds.map((id) => `template:${id}`),
    ].join(' ');
    const { filters } = useViewStore.getState();
    // Rows outside the range of the time bar would be missing from the list.
    const isInside = inRange >= all;
    look({ view: 'logs', filters: { ...filters, logs, rows: '' }, ...(!isInside && { range: { from, to } }) });
  };
  return (
    <li>
      <LinkButton onClick={open}>{`Show all ${countText(all)} in Logs`}</LinkButton>
      <span className="detail text-3">
        {' '}
        {alike.templateIds.length === 1 ? 'same template' : `these ${alike.templateIds.length} templates`}, {text}
      </span>
    </li>
  );
}

function AlikeCalls({
  alike,
  window,
}: {
  readonly alike: Extract<AlikeRows, { kind: 'calls' }>;
  readonly window: ValueWindow;
}) {
  const { entity, operation, isFailing } = alike;
  const { from, to } = window;
  const text = useWindowText(window);
  const range = useRange();
  const asked = { entity, operation, onlyErrors: isFailing, sort: 'time' as const, limit: 1 };
  const all = useQuery('trace.list', { ...asked, from, to }).data?.total;
  const inRange = useQuery('trace.list', range && { ...asked, ...range }).data?.total;
  if (all === undefined || inRange === undefined || all <= 1) return null;
  const open = (): void => {
    const { filters } = useViewStore.getState();
    const chosen = {
      tracesEntity: `${entity.type}:${entity.name}`,
      tracesOperation: operation,
      tracesErrors: isFailing ? 'only' : '',
      rows: '',
    };
    look({
      view: 'traces',
      selection: null,
      filters: { ...filters, ...chosen },
      ...(inRange < all && { range: { from, to } }),
    });
  };
  return (
    <li>
      <LinkButton onClick={open}>{`Show all ${countText(all)} in Traces`}</LinkButton>
      <span className="detail text-3">
        {' '}
        {isFailing ? 'failing traces' : 'traces'} with this call, {text}
      </span>
    </li>
  );
}

function sumOf(answer: QueryOutput<'log.templates'> | undefined): number | null {
  return answer ? answer.templates.reduce((sum, { count }) => sum + count, 0) : null;
}
