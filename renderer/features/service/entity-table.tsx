/** All entities of the range with their health, worst first; a row opens one. */
import { useMemo, useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { OutputOf } from '../../../shared/contract/derived-types.ts';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { countText, durationText, percentText, shortNumber } from '../../stores/time-format.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { EntityMark, EntityName, HEALTH_WORDS } from '../../ui/entity-mark.tsx';
import type { Health } from '../../ui/entity-mark.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';

type WindowNode = OutputOf<Contract['graph.window']>['nodes'][number];

const HEALTH_RANK: Readonly<Record<Health, number>> = { failing: 4, degraded: 3, atRisk: 2, healthy: 1, unknown: 0 };

export function openEntity(entity: EntityRef): void {
  const { filters } = useViewStore.getState();
  look({ selection: { kind: 'entity', entity }, filters: { ...filters, servicesList: '' } });
}

/** Worst health first, then the busiest, then by name. Pure. */
export function byTrouble(left: WindowNode, right: WindowNode): number {
  return (
    HEALTH_RANK[right.health] - HEALTH_RANK[left.health] ||
    (right.requestsPerSecond ?? -1) - (left.requestsPerSecond ?? -1) ||
    (left.entity.name < right.entity.name ? -1 : 1)
  );
}

export function EntityTable({ range }: { readonly range: EffectiveRange }) {
  const { data, error } = useQuery('graph.window', range);
  const filter = useViewStore((store) => store.filters['services'] ?? '');
  const naming = useNaming();
  const [active, setActive] = useState(0);
  const nodes = useMemo(() => {
    const word = filter.trim().toLowerCase();
    return (data?.nodes ?? [])
      .filter(({ entity }) => word === '' || naming.entity(entity).toLowerCase().includes(word) || entity.type === word)
      .toSorted(byTrouble);
  }, [data, filter, naming]);
  const open = (index: number): void => {
    const node = nodes[index];
    if (node) openEntity(node.entity);
  };
  const step = (by: number): void => setActive(Math.min(nodes.length - 1, Math.max(0, active + by)));
  useActions([
    { id: 'services.next', title: 'Next entity', group: 'Services', keys: ['j'], run: () => step(1) },
    { id: 'services.previous', title: 'Previous entity', group: 'Services', keys: ['k'], run: () => step(-1) },
    { id: 'services.open', title: 'Open the entity', group: 'Services', keys: ['Enter'], run: () => open(active) },
  ]);
  return (
    <section className="panel services" aria-label="Services">
      <header className="panel-header">
        <h2>Services</h2>
        <span className="detail text-3">{data ? `${countText(nodes.length)} entities, worst first` : ''}</span>
        {data?.isPartial && <span className="chip dashed">partial</span>}
        <span className="grow" />
        <input
          className="field"
          type="search"
          aria-label="Part of a name, or a type such as database"
          placeholder="name or type"
          spellCheck={false}
          autoComplete="off"
          value={filter}
          onChange={(event) => setFilter('services', event.target.value, { isContinued: true })}
        />
      </header>
      {error && !data && <ErrorState title="The entities could not be read." error={error} />}
      {!data && !error && <LoadingState what="Reading entities." rows={12} />}
      {data && nodes.length === 0 && (
        <EmptyState title={filter === '' ? 'This case names no entity.' : 'No entity fits.'}>
          {filter === ''
            ? 'Import traces, metrics, alerts or Kubernetes objects: they name services and what they run on.'
            : 'Take letters away, or type a kind such as database, queue or node.'}
        </EmptyState>
      )}
      {nodes.length > 0 && (
        <>
          <div className="services-row services-head detail text-3" aria-hidden="true">
            <span />
            <span>Entity</span>
            <span>Health</span>
            <span className="services-number">calls/s</span>
            <span className="services-number">errors</span>
            <span className="services-number">p50</span>
            <span className="services-number">p95</span>
            <span className="services-number">alerts</span>
          </div>
          <VirtualList
            count={nodes.length}
            rowHeight={28}
            label={`Entities, ${nodes.length}`}
            activeIndex={active}
            onActiveChange={setActive}
            onOpen={open}
            renderRow={(index) => {
              const node = nodes[index];
              return node && <EntityRow node={node} isActive={index === active} onOpen={() => open(index)} />;
            }}
          />
        </>
      )}
    </section>
  );
}

function EntityRow({
  node,
  isActive,
  onOpen,
}: {
  readonly node: WindowNode;
  readonly isActive: boolean;
  readonly onOpen: () => void;
}) {
  const { entity, health } = node;
  const colour = health === 'failing' ? 'fail' : health === 'degraded' ? 'warn' : '';
  return (
    <div
      role="listitem"
      aria-current={isActive}
      className={`services-row ${isActive ? 'is-chosen' : ''}`}
      data-entity={entityKey(entity).slice(0, 200)}
      onClick={onOpen}
    >
      <EntityMark type={entity.type} health={health} />
      <span className="cut">
        <EntityName entity={entity} /> <span className="text-3">{entity.type}</span>
      </span>
      <span className={colour}>{HEALTH_WORDS[health]}</span>
      <span className="services-number mono">
        {node.requestsPerSecond === null ? '–' : shortNumber(node.requestsPerSecond)}
      </span>
      <span className={`services-number mono ${colour}`}>
        {node.errorRatio === null ? '–' : percentText(node.errorRatio)}
      </span>
      <span className="services-number mono">{latency(node.latencyP50Ms)}</span>
      <span className="services-number mono">{latency(node.latencyP95Ms)}</span>
      <span className="services-number mono">{node.alertCount === 0 ? '' : countText(node.alertCount)}</span>
    </div>
  );
}

function latency(ms: number | null): string {
  return ms === null ? '–' : durationText(ms * 1e6);
}
