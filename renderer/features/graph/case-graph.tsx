/**
 * The graph of the open case: what the engine answers, what is chosen in the shared stores, places kept in the case.
 * `g` in any view leads here; the whole graph covers the view while it is asked for.
 */
import { useCallback, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useHost } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import type { GraphLevel } from '../../graph/model/graph-data.ts';
import { signsOf } from '../../graph/model/signs.ts';
import type { WindowStats } from '../../graph/model/window-state.ts';
import { announce } from '../../stores/announce.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import { hoverEntity, hoverTime } from '../../stores/hover-time.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { showProblem } from '../../stores/problem.ts';
import { useValueWindow, useWindowText } from '../../stores/value-window.ts';
import { causeKey, look, selectedEntityKey, setFilter, useViewStore } from '../../stores/view-state.ts';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { changeTag } from '../../graph/model/change-tag.ts';
import { GraphPanel } from './graph-panel.tsx';
import { saveFile } from '../../client/save-file.ts';
import { usePlaces } from './use-places.ts';
import { MOST_AT_ONCE } from './use-scene.ts';

const FILTER = 'graph';
const WHOLE = 'graphWhole';
const NS_PER_S = 1e9;
const NOTHING: readonly never[] = [];

export function CaseGraph() {
  const graph = useQuery('graph.get', {});
  const entities = useQuery('entity.list', {});
  const incidentId = useIncidentId();
  const incidentAnswer = useQuery('incident.get', incidentId === null ? null : { incidentId });
  const incident = incidentAnswer.data?.id === incidentId ? incidentAnswer.data : null;
  const incidents = useQuery('incident.list', {});
  const findings = useQuery('finding.list', incidentId === null ? null : { incidentId }).data?.findings;
  const signs = useMemo(() => signsOf(findings ?? NOTHING), [findings]);
  const analysed = incidents.data?.window ?? null;
  const isWhole = useViewStore((store) => store.filters[WHOLE] === '1');
  const filterText = useViewStore((store) => store.filters[FILTER] ?? '');
  const selection = useViewStore((store) => store.selection);
  const hoveredKey = useStore(hoverTime, (store) => store.entityKey);
  const zone = usePreferences((preferences) => preferences.zone);
  const naming = useNaming();
  const host = useHost();
  const { stats, text: windowText } = useWindow();
  const [level, setLevel] = useLevel(graph.data?.nodes.length ?? 0);
  const places = usePlaces();

  const hypotheses = incident?.hypotheses ?? NOTHING;
  const cause = useMemo(() => {
    const chosen = selection?.kind === 'cause' ? hypotheses.find((one) => causeKey(one) === selection.key) : undefined;
    return chosen ?? hypotheses[0] ?? null;
  }, [hypotheses, selection]);
  const nameOf = useCallback((entity: EntityRef) => naming.entity(entity), [naming]);
  const changedEntities = useMemo(
    () => hypotheses.flatMap(({ change, entity }) => (change ? [entity] : [])),
    [hypotheses],
  );
  const change = cause?.change ?? null;
  const changeText = useMemo(
    () => change && changeTag(change, (text) => naming.text(text), zone),
    [change, naming, zone],
  );

  const onSelect = useCallback(
    (entity: EntityRef | null) => look({ selection: entity && { kind: 'entity', entity } }),
    [],
  );
  const onHover = useCallback((entity: EntityRef | null) => hoverEntity(entity && entityKey(entity)), []);
  const onOpen = useCallback(
    (entity: EntityRef) => look({ view: 'services', selection: { kind: 'entity', entity } }),
    [],
  );
  const onFilterChange = useCallback((text: string) => setFilter(FILTER, text), []);
  const onWholeChange = useCallback((is: boolean) => setFilter(WHOLE, is ? '1' : ''), []);
  const onSave = useCallback(
    (name: string, bytes: Uint8Array<ArrayBuffer>, mediaType: string) => {
      saveFile(host, name, bytes, mediaType).then(announce, (error: unknown) =>
        showProblem(`${name} could not be saved.`, error),
      );
    },
    [host],
  );

  if (graph.error && !graph.data) return <ErrorState title="The graph could not be read." error={graph.error} />;
  // A picture made before all is known would be the one that is kept.
  const isIncidentKnown = incidents.data
    ? incidents.data.incidents.length === 0 || incident !== null
    : incidents.error !== null;
  const isComplete =
    (entities.data !== undefined || entities.error !== null) && (isIncidentKnown || incidentAnswer.error !== null);
  if (!graph.data || !places.isReady || !isComplete) return <LoadingState what="Reading the dependency graph." />;
  if (graph.data.nodes.length === 0) {
    return (
      <EmptyState title="No entity of this case shows calls or findings.">
        A graph is drawn from traces, Kubernetes objects, flow logs or a service catalogue. Import one of them to see
        who depends on whom.
      </EmptyState>
    );
  }
  const panel = (
    <GraphPanel
      graph={graph.data}
      entities={entities.data?.entities ?? NOTHING}
      incident={incident}
      hypotheses={hypotheses}
      cause={cause}
      windowStats={stats}
      windowSeconds={analysed ? Number(analysed.end - analysed.start) / NS_PER_S : null}
      windowText={windowText}
      changeText={changeText}
      changedEntities={changedEntities}
      selectedKey={selectedEntityKey(selection)}
      hoveredKey={hoveredKey}
      onSelect={onSelect}
      onHover={onHover}
      onOpen={onOpen}
      level={level}
      onLevelChange={setLevel}
      filterText={filterText}
      onFilterChange={onFilterChange}
      signs={signs}
      nameOf={nameOf}
      isMasked={naming.isMasked}
      places={places.places}
      onPlacesChange={places.remember}
      isWhole={isWhole}
      onWholeChange={onWholeChange}
      onSave={onSave}
    />
  );
  const main = isWhole ? document.getElementById('main') : null;
  return main ? createPortal(<div className="graph-whole">{panel}</div>, main) : panel;
}

/** Large cases open by namespace; after a person chose a level that one holds. */
function useLevel(nodeCount: number): readonly [GraphLevel, (level: GraphLevel) => void] {
  const chosen = useViewStore((store) => store.level);
  const [isChosen, setChosen] = useState(false);
  const level = !isChosen && chosen === 'service' && nodeCount > MOST_AT_ONCE ? 'namespace' : chosen;
  const choose = useCallback((next: GraphLevel) => {
    setChosen(true);
    look({ level: next });
  }, []);
  return [level, choose];
}

/** State in the range a person chose, up to what was known; null while the values are those of the analysis. */
function useWindow(): { readonly stats: WindowStats | null; readonly text: string } {
  const window = useValueWindow();
  const asked = window && !window.isAnalysed ? { from: window.from, to: window.to } : null;
  const answer = useQuery('graph.window', asked).data;
  const seconds = asked ? Number(asked.to - asked.from) / NS_PER_S : 1;
  const isAsked = asked !== null;
  const stats = useMemo(
    () => (isAsked && answer ? { nodes: answer.nodes, edges: answer.edges, seconds } : null),
    [isAsked, answer, seconds],
  );
  return { stats, text: useWindowText(window) };
}
