/**
 * The graph of a scene as the drawing code wants it: at most a handful of nodes, laid out in layers and spread over the
 * room there is. Pure: the same incident and size give the same picture.
 */
import type { Hypothesis } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { computeLayout } from '../../graph/layout/compute-layout.ts';
import { layoutRequest, NO_PLACES } from '../../graph/layout/layout-request.ts';
import { placementOf } from '../../graph/layout/placement.ts';
import type { Placement } from '../../graph/layout/placement.ts';
import { buildGraphData } from '../../graph/model/graph-data.ts';
import { buildMembership } from '../../graph/model/membership.ts';
import { buildScene } from '../../graph/model/scene.ts';
import type { Scene } from '../../graph/model/scene.ts';
import type { Signs } from '../../graph/model/signs.ts';
import { rowCount, rowsOf, withLonersBelow } from './scene-rows.ts';
import type { SceneGraph } from './scenes.ts';

/** Everything is drawn as large as at this zoom; places are given in pixels of the screen divided by it. */
export const PICTURE_ZOOM = 1.25;
/** Type and strokes of the picture against those of the working screen. */
export const PICTURE_SCALE = 1.5;
/** Free pixels at the sides for names, above for the change tag, below for two lines of text and the ring of the spotlight. */
const ROOM = { side: 100, top: 84, bottom: 116 };
/** Shape, name and value of one node. */
const ROW_PX = 118;
/** Layers and rows are not spread wider than this: few nodes stay one group. */
const WIDEST_LAYER = 250;
const WIDEST_ROW = 170;

type Answer = ReturnType<typeof computeLayout>;

function scenePicture(request: {
  readonly graph: SceneGraph;
  readonly cause: Pick<Hypothesis, 'entity' | 'explains'> | null;
  readonly changeText: string | null;
  readonly signs: Signs;
  readonly nameOf: (entity: EntityRef) => string;
}): Scene {
  const { graph, cause, changeText, signs, nameOf } = request;
  return buildScene({
    data: buildGraphData(graph, buildMembership([]), 'instance'),
    cause,
    causes: cause ? [cause] : [],
    hitEntities: [],
    changedEntities: [],
    changeText,
    selectedKey: null,
    filterText: '',
    form: 'flat',
    windowSeconds: null,
    nameOf,
    signs,
  });
}

/** A picture that fits: what would leave no room for names is left out, the least important first. */
export function fittingPicture(
  request: Parameters<typeof scenePicture>[0],
  width: number,
  height: number,
): { readonly scene: Scene; readonly place: Placement } {
  const most = Math.max(1, Math.floor((height - ROOM.top - ROOM.bottom) / ROW_PX) + 1);
  let { graph } = request;
  for (;;) {
    const scene = scenePicture({ ...request, graph });
    const answer = computeLayout(layoutRequest(scene, NO_PLACES));
    const inCalls = new Set(scene.edges.flatMap(({ from, to }) => [from, to]));
    const nodes = withLonersBelow(
      scene.nodes.map(({ step }, index) => ({
        layer: Math.round(answer.x[index] ?? 0),
        y: answer.y[index] ?? 0,
        isOnPath: step > 0,
      })),
      new Set([...scene.nodes.keys()].filter((index) => !inCalls.has(index) && (scene.nodes[index]?.step ?? 0) === 0)),
    );
    const rows = rowsOf(nodes);
    const smaller = rowCount(rows) > most ? withoutLast(graph) : null;
    if (!smaller)
      return {
        scene,
        place: placed({ ...answer, x: Float64Array.from(nodes, ({ layer }) => layer) }, rows, width, height),
      };
    graph = smaller;
  }
}

/** Nodes come in order of importance; the path is never cut. */
function withoutLast(graph: SceneGraph): SceneGraph | null {
  const last = graph.nodes.findLast(({ entity }) => !graph.causePath.includes(entityKey(entity)));
  if (!last) return null;
  const key = entityKey(last.entity);
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => node !== last),
    edges: graph.edges.filter(({ from, to }) => entityKey(from) !== key && entityKey(to) !== key),
  };
}

/** World pixels of a picture whose corner is the corner of the screen. */
function placed(answer: Answer, rows: readonly number[], width: number, height: number): Placement {
  const x = spread(answer.x, width, ROOM.side, ROOM.side, WIDEST_LAYER);
  const y = spread(Float64Array.from(rows), height, ROOM.top, ROOM.bottom, WIDEST_ROW);
  // Bends belong to the layout's own proportions; few nodes need none.
  return placementOf(
    { ...answer, x: x.map(toWorld), y: y.map(toWorld), bends: answer.bends.map(() => null) },
    new Set(),
  );
}

function toWorld(pixels: number): number {
  return pixels / PICTURE_ZOOM;
}

/** Spreads values over the room between two margins, keeping their proportions; middle stays middle. */
function spread(values: Float64Array, room: number, before: number, after: number, widest: number): Float64Array {
  const least = Math.min(...values);
  const extent = Math.max(...values) - least;
  const free = Math.max(0, room - before - after);
  if (!(extent > 0)) return values.map(() => before + free / 2);
  const distinct = new Set(values.map((value) => Math.round(value))).size;
  const used = Math.min(free, Math.max(1, distinct - 1) * widest);
  return values.map((value) => before + (free - used) / 2 + ((value - least) / extent) * used);
}
