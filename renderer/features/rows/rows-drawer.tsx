/**
 * The raw rows behind a claim, as they were read: every field, the file they came from, and the ways on to logs, traces
 * and graph. Mounted beside any view; what is open stands in the address.
 */
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useQuery } from '../../client/use-query.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useActions } from '../../stores/actions.ts';
import { closeRows, openedRows } from '../../stores/opened-rows.ts';
import { useNaming } from '../../stores/naming.ts';
import { useViewStore } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { SafeText } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { AlikeBar } from './alike-bar.tsx';
import { cellText, rowHeadline, waysOn } from './row-words.ts';
import './rows.css';

type Row = QueryOutput<'row.get'>['rows'][number];

const TABLE_ICONS = {
  span: 'trace',
  log: 'log',
  template: 'log',
  series: 'metric',
  alert: 'alert',
  change: 'change',
  event: 'event',
  edge: 'topology',
  entity: 'services',
  finding: 'notice',
  quarantine: 'warning',
} as const;

/** Nothing when no rows are open. */
export function RowsDrawer() {
  const text = useViewStore(({ filters }) => filters['rows'] ?? '');
  const refs = openedRows({ filters: { rows: text } });
  return refs.length === 0 ? null : <OpenedRows key={text} refs={refs} />;
}

function OpenedRows({ refs }: { readonly refs: ReturnType<typeof openedRows> }) {
  const { data, error } = useQuery('row.get', { refs: [...refs] });
  const [index, setIndex] = useState(0);
  const rows = data?.rows ?? [];
  const row = rows[Math.min(index, rows.length - 1)];
  function step(by: number): void {
    setIndex(Math.min(rows.length - 1, Math.max(0, index + by)));
  }
  return (
    <Drawer
      title={refs.length === 1 ? `Raw row ${refs[0]?.split('@')[0] ?? ''}` : `${refs.length} raw rows`}
      className="rows-drawer"
      onClose={closeRows}
    >
      {error && <ErrorState title="The rows could not be read." error={error} />}
      {!data && !error && <LoadingState what="Reading the rows." />}
      {row && <AlikeBar rows={rows} />}
      {row && (
        <div className="rows-split">
          {rows.length > 1 && <RowChoice rows={rows} index={index} onChoose={setIndex} onStep={step} />}
          <RowFields row={row} />
        </div>
      )}
      {data && rows.length === 0 && (
        <EmptyState title="These rows are not in the case.">
          They belong to an import that was removed, or the link was made for another case.
        </EmptyState>
      )}
    </Drawer>
  );
}

function RowChoice(properties: {
  readonly rows: readonly Row[];
  readonly index: number;
  readonly onChoose: (index: number) => void;
  readonly onStep: (by: number) => void;
}) {
  const naming = useNaming();
  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    properties.onStep(by);
    const list = event.currentTarget;
    const next = Math.min(properties.rows.length - 1, Math.max(0, properties.index + by));
    list.querySelectorAll<HTMLElement>('button')[next]?.focus();
  }
  return (
    <div className="rows-choice" role="group" aria-label="Rows" onKeyDown={onKeyDown}>
      {properties.rows.map((row, index) => (
        <button
          key={row.ref}
          type="button"
          aria-current={index === properties.index ? 'true' : undefined}
          onClick={() => properties.onChoose(index)}
        >
          <Icon name={TABLE_ICONS[row.table]} size={12} />
          <span className="cut" dir="auto" title={naming.text(rowHeadline(row))}>
            {naming.text(rowHeadline(row))}
          </span>
        </button>
      ))}
    </div>
  );
}

function RowFields({ row }: { readonly row: Row }) {
  const naming = useNaming();
  const ways = waysOn(row);
  useActions(
    ways.map(({ label, key, run }) => ({
      id: `rows.${label}`,
      title: label,
      group: 'Raw rows',
      ...(key !== null && { keys: [key] }),
      run,
    })),
  );
  if (!row.found) {
    return (
      <EmptyState title={`${row.ref} is not in the case.`}>
        The row was there when the analysis ran. Analyse again to renew the links.
      </EmptyState>
    );
  }
  return (
    <div className="rows-fields" tabIndex={0} role="region" aria-label={`Fields of ${row.ref}`}>
      <div className="rows-source">
        <Icon name="file" size={14} />
        <span className="cut mono" title={naming.text(row.sourcePath)}>
          {row.sourcePath === '' ? 'derived by the engine' : <SafeText>{row.sourcePath}</SafeText>}
        </span>
        <span className="mono text-3">{row.ref.split('@')[0]}</span>
        <span className="rows-ways">
          {ways.map(({ label, run }) => (
            <Button key={label} isSmall onClick={run}>
              {label}
            </Button>
          ))}
        </span>
      </div>
      <table className="data-table rows-table">
        <tbody>
          {row.fields.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="mono" dir="auto">
                {value === null ? <span className="text-3">none</span> : <SafeText>{cellText(value)}</SafeText>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
