/** Which storms are one thing: the incidents, their alerts folded by kind, and the reason of every link. */
import { useMemo, useState } from 'react';
import type { JudgedIncident } from '../../../shared/contract/note-schemas.ts';
import { useIsOperator } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { readable } from '../../../shared/report/evidence-lines.ts';
import { calmReason } from '../../../shared/report/calm-answer.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { SafeText } from '../../ui/entity-mark.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AlertTable } from './alert-table.tsx';
import type { Selected } from './alert-selection.ts';
import { DecisionList } from './decision-list.tsx';
import { EntityTable } from './entity-table.tsx';
import { IncidentList } from './incident-list.tsx';
import { LinkTable } from './link-table.tsx';
import { MergeBar } from './merge-bar.tsx';
import { NoiseFigures } from './noise-figures.tsx';
import { RegroupLine } from './regroup-line.tsx';
import { SplitBar } from './split-bar.tsx';
import './incidents.css';

type Part = 'alerts' | 'links' | 'entities';
/** More alerts than this are found in the query view. */
const MOST_SET_ASIDE = 1_000;
const LIST_SHARE = 0.32;

export function IncidentsView() {
  const list = useQuery('incident.list', {});
  if (list.error && !list.data) return <NoList error={list.error} />;
  if (!list.data) return <LoadingState what="Reading the incidents." />;
  return (
    <div className="incidents-view">
      <RegroupLine />
      <SplitPane
        name="incidents.columns"
        label="Incidents, and the one chosen"
        direction="columns"
        initialShare={LIST_SHARE}
        first={<ListPanel list={list.data} />}
        second={<ChosenIncident list={list.data} />}
      />
    </div>
  );
}

function NoList({ error }: { readonly error: { readonly code: string; readonly message: string } }) {
  if (error.code !== 'failed_precondition')
    return <ErrorState title="The incidents could not be read." error={error} />;
  return (
    <EmptyState
      title="No incidents yet."
      action={<Button onClick={() => look({ view: 'case' })}>Show the case</Button>}
    >
      They come from an analysis of what was imported.
    </EmptyState>
  );
}

function ListPanel({ list }: { readonly list: QueryOutput<'incident.list'> }) {
  const currentId = useIncidentId();
  const isOperator = useIsOperator();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  // What was merged is gone.
  const chosen = new Set(list.incidents.map(({ id }) => id).filter((id) => marked.has(id)));
  const canMerge = isOperator && list.incidents.length > 1;
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setMarked(next);
  };
  return (
    <section className="panel grow" aria-label="Incidents">
      <div className="panel-header">
        <h1>Incidents</h1>
        <span className="text-3">{list.incidents.length}</span>
      </div>
      <NoiseFigures list={list} />
      {list.incidents.length === 0 ? (
        <EmptyState title="No alert or finding amounts to an incident.">
          <SafeText>{calmReason(list.abstainReason)}</SafeText>
        </EmptyState>
      ) : (
        <>
          {canMerge && <MergeBar ids={[...chosen]} onClear={() => setMarked(new Set())} />}
          <IncidentList
            incidents={list.incidents}
            currentId={currentId}
            chosen={canMerge ? chosen : null}
            onToggle={toggle}
          />
        </>
      )}
      {list.blindSpots.length > 0 && (
        <div className="incidents-blind">
          {list.blindSpots.slice(0, 3).map(({ text, effect }, index) => (
            <p key={index} className="detail text-3">
              <SafeText>{text}</SafeText> <SafeText>{effect}</SafeText>
            </p>
          ))}
        </div>
      )}
    </section>
  );
}

function ChosenIncident({ list }: { readonly list: QueryOutput<'incident.list'> }) {
  const incidentId = useIncidentId();
  const { data, error } = useQuery('incident.get', incidentId === null ? null : { incidentId });
  if (incidentId === null) return <AlertsSetAside />;
  if (error && !data) return <ErrorState title="The incident could not be read." error={error} />;
  if (!data) return <LoadingState what="Reading the incident." />;
  return <IncidentParts key={data.id} incident={data} others={list.incidents.filter(({ id }) => id !== data.id)} />;
}

/** Without an incident the alerts are still there to be looked through. */
function AlertsSetAside() {
  const { data, error } = useQuery('alert.list', { limit: MOST_SET_ASIDE });
  const alerts = useMemo(
    () => (data?.alerts ?? []).map(({ rowId }) => ({ id: String(rowId), rowId, foldedInto: null })),
    [data],
  );
  if (error && !data) return <ErrorState title="The alerts could not be read." error={error} />;
  return (
    <section className="panel grow" aria-label="Alerts set aside">
      <div className="panel-header">
        <h2>Alerts set aside</h2>
        <span className="text-3">{data ? alerts.length : ''}</span>
      </div>
      {!data ? (
        <LoadingState what="Reading the alerts." />
      ) : alerts.length === 0 ? (
        <EmptyState title="No alert is in this case.">
          Alertmanager or PagerDuty exports beside the telemetry would show who was paged, and when.
        </EmptyState>
      ) : (
        <AlertTable alerts={alerts} />
      )}
    </section>
  );
}

function IncidentParts(properties: {
  readonly incident: JudgedIncident;
  readonly others: QueryOutput<'incident.list'>['incidents'];
}) {
  const { incident, others } = properties;
  const isOperator = useIsOperator();
  const [selected, setSelected] = useState<Selected>(new Set());
  const [part, setPart] = useState<Part>('alerts');
  const folded = incident.alerts.filter(({ foldedInto }) => foldedInto !== null).length;
  return (
    <section className="panel grow" aria-label="Incident">
      <div className="panel-header">
        <h2 className="cut">
          <SafeText>{readable(incident.title)}</SafeText>
        </h2>
        <span className="incidents-open">
          <Button isSmall onClick={() => look({ view: 'case', incidentId: incident.id, selection: null })}>
            Show causes
          </Button>
        </span>
      </div>
      <Tabs
        label="Parts of the incident"
        current={part}
        onChange={setPart}
        tabs={[
          { name: 'alerts', label: `Alerts ${incident.alerts.length}, ${folded} folded` },
          { name: 'links', label: `Why one incident ${incident.links.length}` },
          { name: 'entities', label: `Entities ${incident.entities.length}` },
        ]}
      >
        {part === 'alerts' && (
          <>
            {isOperator && (
              <SplitBar
                incidentId={incident.id}
                selected={selected}
                alertCount={incident.alerts.length}
                others={others}
                onClear={() => setSelected(new Set())}
              />
            )}
            <AlertTable
              alerts={incident.alerts}
              choice={isOperator ? { selected, onChange: setSelected } : undefined}
            />
          </>
        )}
        {part === 'links' && (
          <>
            <DecisionList decisions={incident.decisions ?? []} />
            <LinkTable links={incident.links} incidentId={incident.id} />
          </>
        )}
        {part === 'entities' && <EntityTable entities={incident.entities} />}
      </Tabs>
    </section>
  );
}
