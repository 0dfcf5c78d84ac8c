/** Beside the whole graph: one-click scopes with their counts, the unwell first, and the overview map. */
import { useMemo } from 'react';
import type { Scene } from '../../graph/model/scene.ts';
import { latencyText } from '../../graph/model/words.ts';
import { percentText } from '../../stores/time-format.ts';
import { EntityMark } from '../../ui/entity-mark.tsx';
import { GraphMinimap } from './graph-minimap.tsx';
import type { MinimapProps } from './graph-minimap.tsx';
import type { GraphPanelProps } from './graph-types.ts';
import { tableOrder } from './table-rows.ts';
import { ONLY_UNHEALTHY } from './use-scene.ts';
import type { UsedScene } from './use-scene.ts';

const MOST_LISTED = 60;

export function GraphSide(
  props: GraphPanelProps & {
    readonly used: UsedScene;
    readonly selected: number;
    readonly onSelectIndex: (index: number) => void;
    readonly isBlast: boolean;
    readonly onBlast: () => void;
    readonly minimap: Omit<MinimapProps, 'scene'> | null;
  },
) {
  const { used, onFilterChange } = props;
  const { scene } = used;
  const unwell = useMemo(() => listed(scene), [scene]);
  const count = (test: (node: Scene['nodes'][number]) => boolean): number => scene.nodes.filter(test).length;
  const scopes = [
    {
      label: 'only unhealthy',
      filter: ONLY_UNHEALTHY,
      count: count((node) => node.state === 'failing' || node.state === 'degraded'),
    },
    { label: 'changed', filter: 'changed', count: count((node) => node.isChanged) },
    { label: 'no data', filter: 'health = unknown', count: count((node) => node.state === 'unknown') },
    { label: 'at risk', filter: 'health = atRisk', count: count((node) => node.state === 'atRisk') },
  ];
  return (
    <aside className="graph-side" aria-label="What the graph shows">
      <div className="panel-header">
        <h2>Show</h2>
      </div>
      <div className="graph-scopes">
        {scopes.map(({ label, filter, count: found }) => (
          <button
            key={label}
            type="button"
            className="chip outlined graph-scope"
            aria-pressed={used.filterText === filter}
            disabled={found === 0}
            onClick={() => onFilterChange(used.filterText === filter ? '' : filter)}
          >
            {label} <b>{found}</b>
          </button>
        ))}
        <button
          type="button"
          className="chip outlined graph-scope"
          aria-pressed={props.isBlast}
          onClick={props.onBlast}
        >
          blast radius
        </button>
      </div>
      <div className="panel-header">
        <h2>Unhealthy first</h2>
        <span className="text-3">{scene.hitCount}</span>
      </div>
      <div className="graph-side-list">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Entity</th>
              <th scope="col" className="number">
                errors
              </th>
              <th scope="col" className="number">
                p95
              </th>
            </tr>
          </thead>
          <tbody>
            {unwell.map((index) => (
              <SideRow
                key={scene.nodes[index]?.key}
                scene={scene}
                index={index}
                isSelected={index === props.selected}
                onSelect={() => props.onSelectIndex(index)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {props.minimap && <GraphMinimap scene={scene} {...props.minimap} />}
    </aside>
  );
}

function listed(scene: Scene): readonly number[] {
  const order = tableOrder({ ...scene, nodes: scene.nodes.map((node) => ({ ...node, isMatch: true })) });
  return order
    .filter((index) => {
      const node = scene.nodes[index];
      return node !== undefined && (node.step > 0 || (node.state !== 'healthy' && node.state !== 'unknown'));
    })
    .slice(0, MOST_LISTED);
}

function SideRow(props: {
  readonly scene: Scene;
  readonly index: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}) {
  const node = props.scene.nodes[props.index];
  if (!node) return null;
  const tone = node.state === 'failing' ? 'number fail' : 'number';
  return (
    <tr aria-selected={props.isSelected} onClick={props.onSelect}>
      <td>
        <button type="button" className="graph-side-name" onClick={props.onSelect}>
          <EntityMark type={node.entity?.type ?? 'namespace'} health={node.state} size={20} />
          <bdi className="cut" title={node.name}>
            {node.name}
          </bdi>
        </button>
      </td>
      <td className={tone}>{node.stats.errorRatio === null ? '–' : percentText(node.stats.errorRatio)}</td>
      <td className={tone}>{node.stats.latencyP95Ms === null ? '–' : latencyText(node.stats.latencyP95Ms)}</td>
    </tr>
  );
}
