/** All entities of the range with their health, worst first; a row opens one. */
import { useMemo, useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import { signsOf } from '../../graph/model/signs.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useKnownParts } from '../../stores/known-range.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { countText, durationText, momentText, percentText, rateText } from '../../stores/time-format.ts';
import { useWindowText } from '../../stores/value-window.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { EntityMark, EntityName, HEALTH_WORDS } from '../../ui/entity-mark.tsx';
import { Segmented } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { entityRows, errorLook } from './entity-rows.ts';
import type { EntityRow } from './entity-rows.ts';
import { TroubleStrip } from './trouble-strip.tsx';
import { troubleByEntity } from './trouble-times.ts';
import type { EntityTrouble } from './trouble-times.ts';
import { useEntityValues } from './use-entity-values.ts';

/** More changes than this no strip can show apart. */
const MOST_CHANGES = 1_000;
const NO_TROUBLE: ReadonlyMap<string, EntityTrouble> = new Map();

export function openEntity(entity: EntityRef): void {
  const { filters } = useViewStore.getState();
  look({ selection: { kind: 'entity', entity }, filters: { ...filters, servicesList: '' } });
}

/** Findings whose values have a column of their own. */
const COLUMN_KINDS: ReadonlySet<string> = new Set(['latency_increase', 'error_rate_increase']);

export function EntityTable({ range }: { readonly range: EffectiveRange }) {
  const { nodes, error, window, isPartial } = useEntityValues();
  const windowText = useWindowText(window);
  const signs = useSigns(window?.isAnalysed ?? false);
  const named = useQuery('entity.list', {}).data?.entities;
  const filter = useViewStore((store) => store.filters['services'] ?? '');
  const naming = useNaming();
  const box = useMaskedBox('services', filter, (typed) => setFilter('services', typed, { isContinued: true }));
  const [active, setActive] = useState(0);
  const all = useMemo(() => (nodes && named ? entityRows(nodes, named) : []), [nodes, named]);
  const rows = useMemo(() => {
    const word = naming.typed('services', filter).trim().toLowerCase();
    return all.filter(
      ({ entity }) => word === '' || naming.entity(entity).toLowerCase().includes(word) || entity.type === word,
    );
  }, [all, filter, naming]);
  const trouble = useTrouble(range);
  const isRead = nodes !== undefined && named !== undefined;
  const open = (index: number): void => {
    const row = rows[index];
    if (row) openEntity(row.entity);
  };
  const step = (by: number): void => setActive(Math.min(rows.length - 1, Math.max(0, active + by)));
  useActions([
    { id: 'services.next', title: 'Next entity', group: 'Services', keys: ['j'], run: () => step(1) },
    { id: 'services.previous', title: 'Previous entity', group: 'Services', keys: ['k'], run: () => step(-1) },
    { id: 'services.open', title: 'Open the entity', group: 'Services', keys: ['Enter'], run: () => open(active) },
  ]);
  return (
    <section className="panel services" aria-label="Services">
      <header className="panel-header">
        <h1>Services</h1>
        <span className="detail text-3 cut">{isRead ? countedText(rows, all.length, windowText) : ''}</span>
        {isPartial && <span className="chip dashed">partial</span>}
        <span className="grow" />
        <ListTabs current="entities" />
        <input
          className="field"
          type="search"
          aria-label="Part of a name, or a type such as database"
          placeholder="name or type"
          spellCheck={false}
          autoComplete="off"
          {...box}
        />
      </header>
      {error && !nodes && <ErrorState title="The entities could not be read." error={error} />}
      {!isRead && !error && <LoadingState what="Reading entities." rows={12} />}
      {isRead && rows.length === 0 && (
        <EmptyState icon="services" title={filter === '' ? 'This case names no entity.' : 'No entity fits.'}>
          {filter === ''
            ? 'Import traces, metrics, alerts or Kubernetes objects: they name services and what they run on.'
            : 'Take letters away, or type a kind such as database, queue or node.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <div className="services-row services-head detail text-3" aria-hidden="true">
            <span />
            <span>Entity</span>
            <span>Health</span>
            <StripHead range={range} />
            <span className="services-number">calls/s</span>
            <span className="services-number">errors</span>
            <span className="services-number">p50</span>
            <span className="services-number">p95</span>
            <span className="services-number">alerts</span>
          </div>
          <VirtualList
            count={rows.length}
            rowHeight={28}
            label={`Entities, ${rows.length}`}
            activeIndex={active}
            onActiveChange={setActive}
            onOpen={open}
            renderRow={(index) => {
              const row = rows[index];
              return (
                row && (
                  <ListRow
                    row={row}
                    range={range}
                    sign={signs(row)}
                    trouble={trouble.get(entityKey(row.entity))}
                    isActive={index === active}
                    onOpen={() => open(index)}
                  />
                )
              );
            }}
          />
        </>
      )}
    </section>
  );
}

/** What the other columns do not say of a row, in the graph's words; findings are of the stretch of the analysis only. */
function useSigns(isAnalysed: boolean): (row: EntityRow) => string {
  const findings = useQuery('finding.list', {}).data?.findings;
  return useMemo(() => {
    const { ofNode, movedOf } = signsOf(
      isAnalysed ? (findings ?? []).filter(({ kind }) => !COLUMN_KINDS.has(kind)) : [],
    );
    return ({ entity, node }) => {
      if (node?.health !== 'failing' && node?.health !== 'degraded') return '';
      const key = entityKey(entity);
      return ofNode.get(key) ?? movedOf.get(key) ?? '';
    };
  }, [findings, isAnalysed]);
}

/** `250 entities · 66 measured, worst first · values 12:08 – 12:22`: of the same stretch as those of the graph. */
function countedText(rows: readonly EntityRow[], total: number, windowText: string): string {
  const measured = rows.filter(({ node }) => node !== null).length;
  const shown = rows.length === total ? countText(total) : `${countText(rows.length)} of ${countText(total)}`;
  const said = measured === 0 ? 'no calls seen in this range' : `${countText(measured)} measured, worst first`;
  return `${shown} ${total === 1 ? 'entity' : 'entities'} · ${said}${windowText === '' ? '' : ` · values ${windowText}`}`;
}

/** The list of entities, or all metrics of the case without asking whose they are. */
export function ListTabs({ current }: { readonly current: 'entities' | 'metrics' }) {
  return (
    <Segmented
      label="What is listed"
      value={current}
      options={[
        { value: 'entities', label: 'Entities' },
        { value: 'metrics', label: 'Metrics' },
      ]}
      onChange={(tab) => setFilter('servicesTab', tab === 'metrics' ? 'metrics' : '')}
    />
  );
}

/** By entity key, as far as it was known. */
function useTrouble(range: EffectiveRange): ReadonlyMap<string, EntityTrouble> {
  const findings = useQuery('finding.list', {}).data?.findings;
  const changes = useQuery('change.list', { ...range, limit: MOST_CHANGES }).data?.changes;
  const { known } = useKnownParts(range);
  return useMemo(
    () => (known && findings && changes ? troubleByEntity(findings, changes, known) : NO_TROUBLE),
    [findings, changes, known],
  );
}

function StripHead({ range }: { readonly range: EffectiveRange }) {
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <span className="services-strip-head">
      <span>{momentText(range.from, range, zone)}</span>
      <span>findings, changes</span>
      <span>{momentText(range.to, range, zone)}</span>
    </span>
  );
}

function ListRow({
  row: { entity, node },
  range,
  sign,
  trouble,
  isActive,
  onOpen,
}: {
  readonly row: EntityRow;
  readonly range: EffectiveRange;
  readonly sign: string;
  readonly trouble: EntityTrouble | undefined;
  readonly isActive: boolean;
  readonly onOpen: () => void;
}) {
  // A pseudonym begins with what it stands for.
  const { isMasked } = useNaming();
  const health = node?.health ?? 'unknown';
  const colour = health === 'failing' ? 'fail' : health === 'degraded' ? 'warn' : health === 'healthy' ? '' : 'text-3';
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
        <EntityName entity={entity} /> {!isMasked && <span className="text-3">{entity.type}</span>}
      </span>
      <span className="cut" title={sign === '' ? undefined : sign}>
        <span className={colour}>{node ? HEALTH_WORDS[health] : 'no calls seen'}</span>
        {sign !== '' && <span className="detail text-2"> · {sign}</span>}
      </span>
      <TroubleStrip trouble={trouble} range={range} />
      <span className="services-number mono">{figure(node?.requestsPerSecond, rateText)}</span>
      <span className={`services-number mono ${node ? errorLook(node) : ''}`}>
        {figure(node?.errorRatio, percentText)}
      </span>
      <span className="services-number mono">{figure(node?.latencyP50Ms, latencyText)}</span>
      <span className="services-number mono">{figure(node?.latencyP95Ms, latencyText)}</span>
      <span className="services-number mono">{node && node.alertCount > 0 ? countText(node.alertCount) : ''}</span>
    </div>
  );
}

function figure(value: number | null | undefined, text: (value: number) => string): string {
  return value === null || value === undefined ? '–' : text(value);
}

function latencyText(ms: number): string {
  return durationText(ms * 1e6);
}
