/** Services: is this entity well, and since when? A list of all entities by health, and one of them in full. */
import { useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { useRange } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { setFilter, useViewStore } from '../../stores/view-state.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { EntityPane } from './entity-pane.tsx';
import { EntityTable, ListTabs } from './entity-table.tsx';
import type { MetricParts } from './metric-parts.ts';
import './service.css';

export function ServiceView({ metrics }: { readonly metrics: MetricParts }) {
  const range = useRange();
  const summary = useQuery('case.summary', {});
  const selection = useViewStore((store) => store.selection);
  const isList = useViewStore((store) => store.filters['servicesList'] === 'all');
  const isMetrics = useViewStore((store) => store.filters['servicesTab'] === 'metrics');
  const selected = selection?.kind === 'entity' || selection?.kind === 'cause' ? selection.entity : null;
  const [kept, setKept] = useState<EntityRef | null>(selected);
  if (selected && (!kept || entityKey(selected) !== entityKey(kept))) setKept(selected);
  if (!range) {
    return summary.error ? (
      <ErrorState title="The case could not be read." error={summary.error} />
    ) : (
      <LoadingState what="Reading the case." />
    );
  }
  const entity = selected ?? kept;
  if (!entity || isList) {
    return isMetrics ? <AllMetrics range={range} metrics={metrics} /> : <EntityTable range={range} />;
  }
  return (
    <EntityPane
      key={entityKey(entity)}
      entity={entity}
      range={range}
      metrics={metrics}
      onList={() => setFilter('servicesList', 'all')}
    />
  );
}

/** Metrics of the whole case: of a case with metrics alone, or when nobody knows yet whose metric it is. */
function AllMetrics({ range, metrics }: { readonly range: EffectiveRange; readonly metrics: MetricParts }) {
  const isTable = useViewStore((store) => store.filters['servicesTwin'] === 'table');
  const { Browser } = metrics;
  return (
    <section className="panel services" aria-label="Services">
      <header className="panel-header">
        <h1>Services</h1>
        <span className="detail text-3 cut">metrics of every entity</span>
        <span className="grow" />
        <ListTabs current="metrics" />
      </header>
      <Browser entity={null} range={range} baseline={null} isTable={isTable} />
    </section>
  );
}
