/** From the panel's props to the scene that is drawn: level, scope, filter, state at the chosen time. */
import { useMemo } from 'react';
import { findCausePath } from '../../graph/model/cause-path.ts';
import { defaultFilter } from '../../graph/model/default-filter.ts';
import { buildGraphData } from '../../graph/model/graph-data.ts';
import type { GraphData } from '../../graph/model/graph-data.ts';
import { buildMembership } from '../../graph/model/membership.ts';
import { buildScene } from '../../graph/model/scene.ts';
import type { Scene, SceneForm } from '../../graph/model/scene.ts';
import { sceneAtWindow } from '../../graph/model/window-state.ts';
import { parseFilter } from '../../graph/model/filter-expression.ts';
import type { GraphPanelProps } from './graph-types.ts';

/** More than this beside each other is not readable as a layered picture: boxes instead. */
const MOST_FLAT = 64;
/** Above this the graph opens at namespace level and says so. */
export const MOST_AT_ONCE = 2_000;
export const ONLY_UNHEALTHY = 'health = failing or health = degraded';
const CANDIDATES = 3;

export interface UsedScene {
  readonly data: GraphData;
  /** At the chosen time. */
  readonly scene: Scene;
  /** As of the incident: what positions depend on. */
  readonly base: Scene;
  /** The filter in force: the person's, or the default scope. */
  readonly filterText: string;
  readonly isDefaultFilter: boolean;
  /** Places are remembered per form and level. */
  readonly placesKey: string;
}

export function useScene(props: GraphPanelProps): UsedScene {
  const { graph, entities, level, cause, hypotheses, incident, isWhole, nameOf } = props;
  const membership = useMemo(() => buildMembership(entities), [entities]);
  const data = useMemo(() => buildGraphData(graph, membership, level), [graph, membership, level]);
  const isDefaultFilter = props.filterText.trim() === '';
  const filterText = useMemo(() => {
    if (!isDefaultFilter) return props.filterText.trim() === '*' ? '' : props.filterText;
    return isWhole ? '' : defaultFilter(data, findCausePath(data, cause));
  }, [isDefaultFilter, props.filterText, isWhole, data, cause]);
  // Only a filter that speaks of the selection has to be evaluated anew with it.
  const filterSelected = filterText.includes('selected') ? props.selectedKey : null;
  const base = useMemo(() => {
    const build = (form: SceneForm): Scene =>
      buildScene({
        data,
        cause,
        causes: hypotheses.slice(0, CANDIDATES),
        hitEntities: incident?.entities ?? [],
        changedEntities: props.changedEntities,
        changeText: props.changeText,
        selectedKey: filterSelected,
        filterText: parseFilter(filterText).isValid ? filterText : '',
        form,
        windowSeconds: props.windowSeconds,
        nameOf,
        signs: props.signs,
      });
    if (isWhole && data.nodes.length > MOST_FLAT && level !== 'namespace') return build('grouped');
    const flat = build('flat');
    return flat.nodes.length > MOST_FLAT && level !== 'namespace' ? build('grouped') : flat;
  }, [
    data,
    cause,
    hypotheses,
    incident,
    props.changedEntities,
    props.changeText,
    filterSelected,
    filterText,
    isWhole,
    level,
    props.windowSeconds,
    nameOf,
    props.signs,
  ]);
  const scene = useMemo(
    () => (props.windowStats ? sceneAtWindow(base, props.windowStats) : base),
    [base, props.windowStats],
  );
  return { data, scene, base, filterText, isDefaultFilter, placesKey: `${base.form}:${level}` };
}
