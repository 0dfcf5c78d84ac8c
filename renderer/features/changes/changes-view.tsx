/** What was changed, how near, how soon before: every change of the case, those that matter first. */
import { useMemo, useState } from 'react';
import { rowRef } from '../../../shared/model/ids.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { useNaming } from '../../stores/naming.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { Chip, Segmented } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ChangeLine } from './change-line.tsx';
import { ChangeStrip } from './change-strip.tsx';
import { filterChanges, orderChanges } from './change-rows.ts';
import type { ChangeOrder, ChangeRow } from './change-rows.ts';
import { useAllChanges } from './use-all-changes.ts';
import './changes.css';

const ROW_PX = 28;

export function ChangesView() {
  const { rows, hasMore, symptomTime, error } = useAllChanges();
  const text = useViewStore(({ filters }) => filters['changes'] ?? '');
  const order: ChangeOrder = useViewStore(({ filters }) => filters['changeOrder']) === 'newest' ? 'newest' : 'near';
  const shown = useMemo(() => orderChanges(filterChanges(rows ?? [], text), order), [rows, text, order]);
  const box = useMaskedBox('changes', text, (typed) => setFilter('changes', typed, { isContinued: true }));
  if (error && !rows) return <ErrorState title="The changes could not be read." error={error} />;
  if (!rows) return <LoadingState what="Reading the changes." />;
  return (
    <section className="panel grow changes-view" aria-label="Changes">
      <div className="panel-header">
        <h1>Changes</h1>
        <span className="text-3">
          {shown.length === rows.length ? rows.length : `${shown.length} of ${rows.length}`}
        </span>
        {hasMore && <Chip look="dashed">the first 10,000</Chip>}
        <input
          className="field changes-filter"
          type="search"
          aria-label="Filter changes"
          placeholder="title, entity, author, revision, -word"
          {...box}
        />
        <Segmented
          label="Order"
          value={order}
          options={[
            { value: 'near', label: 'Nearest first', title: 'Named by a cause, few hops, shortly before' },
            { value: 'newest', label: 'Newest first' },
          ]}
          onChange={(value) => setFilter('changeOrder', value === 'near' ? '' : value)}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyState title="No changes in this case.">
          Deployments, flags and configuration come from Kubernetes objects, GitHub, Argo CD, CloudEvents or a change
          list. Without them a change cannot be excluded as the cause.
        </EmptyState>
      ) : (
        <>
          <ChangeStrip rows={shown} symptomTime={symptomTime} />
          <ChangeTable rows={shown} />
        </>
      )}
    </section>
  );
}

function ChangeTable({ rows }: { readonly rows: readonly ChangeRow[] }) {
  const naming = useNaming();
  const selection = useViewStore((store) => store.selection);
  const [moved, setMoved] = useState(-1);
  const chosen = rows.findIndex(({ change }) => selection?.kind === 'change' && change.externalId === selection.id);
  const active = chosen >= 0 ? chosen : moved;
  function choose(index: number): void {
    setMoved(index);
    const row = rows[index];
    if (row) look({ selection: { kind: 'change', id: row.change.externalId } });
  }
  function open(index: number): void {
    choose(index);
    const row = rows[index];
    if (row) openRows([rowRef('change', row.change.rowId)]);
  }
  return (
    <>
      <div className="change-line change-head detail text-3" aria-hidden="true">
        <span>kind</span>
        <span>time</span>
        <span>title</span>
        <span>entity</span>
        <span>revision</span>
        <span>author</span>
        <span>before first sign</span>
        <span>distance</span>
        <span>cause</span>
      </div>
      {rows.length === 0 ? (
        <EmptyState title="No change passes the filter.">Clear it to see all of them.</EmptyState>
      ) : (
        <VirtualList
          count={rows.length}
          rowHeight={ROW_PX}
          label={`${rows.length} changes${naming.isMasked ? ', names masked' : ''}`}
          activeIndex={active}
          onActiveChange={choose}
          onOpen={open}
          renderRow={(index) => {
            const row = rows[index];
            return row && <ChangeLine row={row} isChosen={index === active} onOpen={() => open(index)} />;
          }}
        />
      )}
    </>
  );
}
