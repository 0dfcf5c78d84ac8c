/** What a layout is asked with and answers: plain data and typed arrays, so that it crosses to the worker cheaply. */
import type { Box } from '../../../shared/layout/grouped-layout.ts';
import type { Scene, SceneNode } from '../model/scene.ts';

export interface KnownPlaces {
  /** Centre per node key. */
  readonly positions: Readonly<Record<string, readonly [number, number]>>;
  /** x, y, width, height per group. */
  readonly boxes: Readonly<Record<string, readonly [number, number, number, number]>>;
  /** Keys that a person has put somewhere. */
  readonly pins: readonly string[];
}
export const NO_PLACES: KnownPlaces = { positions: {}, boxes: {}, pins: [] };

export interface LayoutRequest {
  readonly form: Scene['form'];
  readonly ids: readonly string[];
  /** Room a node needs, label included; world pixels. */
  readonly widths: Float64Array;
  readonly heights: Float64Array;
  readonly groups: readonly string[];
  readonly hasOwnRow: Uint8Array;
  /** Ends of each edge as indices into `ids`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly straight: readonly string[];
  readonly known: KnownPlaces;
}
export interface LayoutAnswer {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly boxes: readonly (Box & { readonly group: string })[];
  /** Per edge x, y of its bends from caller to callee, without the ends; null = straight there. */
  readonly bends: readonly (Float64Array | null)[];
  readonly layoutMs: number;
}

/** Widest label a layer is spaced for, and room for the shape with one line of text, or two where a value is said. */
const MIN_WIDTH = 72;
const MAX_WIDTH = 124;
const CHARACTER_PX = 6.6;
const PLAIN_HEIGHT = 50;
const NOTABLE_HEIGHT = 68;
/** The shape of a cause is larger. Alike for the whole path, so that its shapes stand on one line. */
const PATH_HEIGHT = 76;

export function layoutRequest(scene: Scene, known: KnownPlaces): LayoutRequest {
  const { nodes, edges } = scene;
  return {
    form: scene.form,
    ids: nodes.map((node) => node.key),
    widths: Float64Array.from(nodes, (node) => labelRoom(node)),
    heights: Float64Array.from(nodes, heightRoom),
    groups: nodes.map((node) => node.group),
    hasOwnRow: Uint8Array.from(nodes, (node) => Number(node.isNotable)),
    from: Int32Array.from(edges, (edge) => edge.from),
    to: Int32Array.from(edges, (edge) => edge.to),
    straight: scene.path.map((index) => nodes[index]?.key ?? ''),
    known,
  };
}

function heightRoom(node: SceneNode): number {
  if (node.step > 0) return PATH_HEIGHT;
  return node.isNotable || node.state === 'unknown' ? NOTABLE_HEIGHT : PLAIN_HEIGHT;
}

function labelRoom(node: SceneNode): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, node.name.length * CHARACTER_PX));
}
