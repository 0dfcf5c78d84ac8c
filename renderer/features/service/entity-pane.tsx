/** One entity in full: header, charts, templates and traces on the left; findings and neighbours on the right. */
import type { ReactNode } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { entityFilterText } from '../../stores/entity-filter-text.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { SplitPane } from '../../ui/split-pane.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { useMedia } from '../../ui/use-media.ts';
import type { MetricParts } from './metric-parts.ts';
import { EntityAside } from './entity-aside.tsx';
import { EntityCharts } from './entity-charts.tsx';
import { EntityAlerts } from './entity-alerts.tsx';
import { EntityEvents, NoCallsNote, RelatedTable } from './entity-known.tsx';
import { EntityHeader } from './entity-header.tsx';
import { EntityTemplates } from './entity-templates.tsx';
import { EntityTraces } from './entity-traces.tsx';
import type { ServiceRed } from './service-figures.ts';

const RED_BUCKETS = 120;
const LEAST_BUCKETS = 20;
/** A share or a percentile of fewer calls says nothing. */
const LEAST_CALLS = 6;

/** Buckets that hold enough calls each; null where the finest ones do. */
function fittingBuckets(red: ServiceRed | undefined): number | null {
  if (!red) return null;
  const calls = red.requestCounts.reduce((sum, count) => sum + count, 0);
  const fitting = Math.max(LEAST_BUCKETS, Math.floor(calls / LEAST_CALLS));
  return calls === 0 || fitting >= RED_BUCKETS ? null : fitting;
}

export function EntityPane(properties: {
  readonly entity: EntityRef;
  readonly range: EffectiveRange;
  readonly onList: () => void;
  readonly metrics: MetricParts;
}) {
  const { entity, range } = properties;
  const fine = useQuery('service.red', { entity, ...range, bucketCount: RED_BUCKETS });
  const bucketCount = fittingBuckets(fine.data);
  const coarse = useQuery('service.red', bucketCount === null ? null : { entity, ...range, bucketCount });
  const red = bucketCount === null ? fine : { ...coarse, data: coarse.data ?? fine.data };
  const isTable = useViewStore((store) => store.filters['servicesTwin'] === 'table');
  const isMetrics = useViewStore((store) => store.filters['servicesTab'] === 'metrics');
  const { Browser } = properties.metrics;
  const go = (view: 'logs' | 'traces'): void => {
    const { filters } = useViewStore.getState();
    const text = entityFilterText(entity);
    look({
      view,
      filters: {
        ...filters,
        ...(view === 'logs' ? { logs: text } : { tracesEntity: `${entity.type}:${entity.name}` }),
      },
    });
  };
  const group = 'Services';
  useActions([
    {
      id: 'services.graph',
      title: 'Show in the graph',
      group,
      keys: ['g'],
      run: () => look({ view: 'case', selection: { kind: 'entity', entity } }),
    },
    { id: 'services.logs', title: 'Its log rows', group, keys: ['Shift+L'], run: () => go('logs') },
    { id: 'services.traces', title: 'Its traces', group, keys: ['Shift+T'], run: () => go('traces') },
    { id: 'services.list', title: 'All entities', group, keys: ['l'], run: properties.onList },
    {
      id: 'services.twin',
      title: isTable ? 'Charts as pictures' : 'Charts as tables',
      group,
      keys: ['t'],
      run: () => setFilter('servicesTwin', isTable ? '' : 'table'),
    },
  ]);
  const baseline = red.data?.baseline.window;
  const baselineWindow = baseline ? { from: baseline.start, to: baseline.end } : null;
  const hasNoCalls = red.data !== undefined && red.data.requestCounts.every((count) => count === 0);
  const isNamespace = entity.type === 'namespace';
  const left = (
    <div className="services-left" tabIndex={0} role="region" aria-label="Charts, templates and traces">
      {red.error && !red.data && <ErrorState title="Rate, errors and duration could not be read." error={red.error} />}
      {!red.data && !red.error && <LoadingState what="Reading rate, errors and duration." />}
      {hasNoCalls && <NoCallsNote entity={entity} />}
      {red.data && (
        <EntityCharts
          entity={entity}
          range={range}
          red={red.data}
          baseline={baselineWindow}
          isTable={isTable}
          Panel={properties.metrics.Panel}
        />
      )}
      {hasNoCalls && (
        <>
          {isNamespace && <RelatedTable entity={entity} range={range} />}
          <EntityAlerts entity={entity} range={range} isWide />
          {!isNamespace && <RelatedTable entity={entity} range={range} />}
          <EntityEvents entity={entity} range={range} />
        </>
      )}
      <EntityTemplates entity={entity} range={range} onAll={() => go('logs')} />
      <EntityTraces entity={entity} range={range} onAll={() => go('traces')} />
    </div>
  );
  return (
    <section className="services-one" aria-label="Service">
      <EntityHeader entity={entity} range={range} onList={properties.onList} isMetrics={isMetrics} />
      {isMetrics ? (
        <Browser entity={entity} range={range} baseline={baselineWindow} isTable={isTable} />
      ) : (
        <Columns
          left={left}
          aside={<EntityAside entity={entity} red={red.data} range={range} hasAlerts={!hasNoCalls} />}
        />
      )}
    </section>
  );
}

/** Charts with what was found beside them; below each other where both would be narrow. */
function Columns({ left, aside }: { readonly left: ReactNode; readonly aside: ReactNode }) {
  const isWide = useMedia('(width >= 1100px)');
  if (!isWide) {
    return (
      <div className="services-columns">
        {left}
        {aside}
      </div>
    );
  }
  return (
    <SplitPane
      name="services.columns"
      label="Width of the charts"
      direction="columns"
      initialShare={0.726}
      minShare={0.2}
      first={left}
      second={aside}
    />
  );
}
