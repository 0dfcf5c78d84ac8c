/** The graph of a scene: few nodes, thick strokes, no thin coloured lines that video turns to mud. */
import { useMemo } from 'react';
import type { GraphNode } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { layeredLayout } from '../../../shared/layout/layered-layout.ts';
import type { Point } from '../../../shared/layout/layered-layout.ts';
import { useNaming } from '../../stores/naming.ts';
import { present, usePresentation } from '../../stores/presentation.ts';
import { durationText, percentText } from '../../stores/time-format.ts';
import type { SceneGraph } from './scenes.ts';

const RADIUS = 28;
const NODE_WIDTH = 190;
const NODE_HEIGHT = 150;
const SPOTLIGHT_RADIUS = 98;
const NS_PER_MS = 1e6;

export function SceneGraphPicture({ graph, summary }: { readonly graph: SceneGraph; readonly summary: string }) {
  const layout = useMemo(() => {
    const nodes = graph.nodes.map((node) => ({ id: entityKey(node.entity), width: NODE_WIDTH, height: NODE_HEIGHT }));
    const edges = graph.edges.map((edge) => ({ from: entityKey(edge.from), to: entityKey(edge.to) }));
    return layeredLayout(nodes, edges, { layerGap: 10, nodeGap: 16 });
  }, [graph]);
  const { isSpotlightOn, spotlight } = usePresentation();
  const target = spotlight ?? graph.causePath[0] ?? null;
  const lit = isSpotlightOn && target !== null ? layout.positions.get(target) : undefined;
  const margin = 24;
  return (
    <svg
      className="presenter-graph"
      viewBox={`${-margin} ${-margin} ${layout.width + 2 * margin} ${layout.height + 2 * margin}`}
      role="img"
      aria-label={summary}
    >
      <g opacity={lit ? 0.8 : 1}>
        {graph.edges.map((edge, index) => {
          const key = `${entityKey(edge.from)}→${entityKey(edge.to)}`;
          const [from, to] = [layout.positions.get(entityKey(edge.from)), layout.positions.get(entityKey(edge.to))];
          if (!from || !to) return null;
          const isPath = isOnPath(graph.causePath, entityKey(edge.from), entityKey(edge.to));
          return <path key={`${key} ${index}`} d={curve(from, to)} className={isPath ? 'edge path' : 'edge'} />;
        })}
      </g>
      {graph.nodes.map((node) => (
        <SceneNode
          key={entityKey(node.entity)}
          node={node}
          at={layout.positions.get(entityKey(node.entity)) ?? { x: 0, y: 0 }}
          place={graph.causePath.indexOf(entityKey(node.entity)) + 1}
          isDimmed={lit !== undefined && entityKey(node.entity) !== target}
        />
      ))}
      {lit && <circle className="spotlight" cx={lit.x} cy={lit.y} r={SPOTLIGHT_RADIUS} />}
    </svg>
  );
}

function SceneNode(properties: {
  readonly node: GraphNode;
  readonly at: Point;
  /** 1 = the cause; 0 = not on its path. */
  readonly place: number;
  readonly isDimmed: boolean;
}) {
  const { node, at, place, isDimmed } = properties;
  const naming = useNaming();
  const name = naming.entity(node.entity);
  return (
    <g
      className={`scene-node health-${node.health} ${place > 0 ? 'on-path' : ''}`}
      transform={`translate(${at.x} ${at.y - 24})`}
      opacity={isDimmed ? 0.8 : 1}
      onClick={() => present({ spotlight: entityKey(node.entity), isSpotlightOn: true })}
    >
      <title>{name}</title>
      {node.health === 'failing' && <circle className="ring" r={RADIUS + 9} />}
      {node.health !== 'healthy' && <circle className="ring" r={RADIUS + 4} strokeDasharray={ringDash(node.health)} />}
      <circle className="body" r={RADIUS} />
      {place > 0 && (
        <text className="place" y={7}>
          {place}
        </text>
      )}
      <text className="name" y={RADIUS + 32}>
        {shortened(name)}
      </text>
      <text className="value" y={RADIUS + 54}>
        {worstValue(node)}
      </text>
    </g>
  );
}

function ringDash(health: GraphNode['health']): string | undefined {
  if (health === 'degraded') return '170 40';
  return health === 'unknown' ? '6 6' : undefined;
}

/** A label of the scene has room for this; the full name is in the title. */
function shortened(name: string): string {
  const characters = [...name];
  return characters.length > 18 ? `${characters.slice(0, 17).join('')}…` : name;
}

function worstValue(node: GraphNode): string {
  if (node.health === 'healthy') return '';
  if (node.errorRatio !== null && node.errorRatio >= 0.01) return `${percentText(node.errorRatio)} errors`;
  if (node.latencyP95Ms !== null) return `p95 ${durationText(node.latencyP95Ms * NS_PER_MS)}`;
  return node.health === 'unknown' ? 'no data' : '';
}

function isOnPath(path: readonly string[], from: string, to: string): boolean {
  const place = path.indexOf(to);
  return place >= 0 && path[place + 1] === from;
}

function curve(from: Point, to: Point): string {
  const [y1, y2] = [from.y - 24, to.y - 24];
  const x1 = from.x + RADIUS + 4;
  const x2 = to.x - RADIUS - 10;
  const bend = Math.max(40, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
