/**
 * The page of `test/perf/graph.bench.ts`: a large generated graph in the real view, moved by a script that notes how long
 * each frame's script took. Lives among the page tests because it needs their types of the browser.
 */
import { bringIntoView, panBy, zoomAt } from '../../../renderer/graph/draw/camera.ts';
import { GraphView } from '../../../renderer/graph/draw/graph-view.ts';
import { NO_FOCUS } from '../../../renderer/graph/draw/paint-focus.ts';
import { readTheme } from '../../../renderer/graph/draw/theme.ts';
import { hitTest, indexNodes } from '../../../renderer/graph/interact/hit-test.ts';
import { layoutRequest, NO_PLACES } from '../../../renderer/graph/layout/layout-request.ts';
import type { KnownPlaces, LayoutAnswer, LayoutRequest } from '../../../renderer/graph/layout/layout-request.ts';
import { knownPlacesOf, placementOf } from '../../../renderer/graph/layout/placement.ts';
import type { Placement } from '../../../renderer/graph/layout/placement.ts';
import { buildGraphData } from '../../../renderer/graph/model/graph-data.ts';
import type { GraphInput } from '../../../renderer/graph/model/graph-data.ts';
import { buildMembership } from '../../../renderer/graph/model/membership.ts';
import type { MemberEntity } from '../../../renderer/graph/model/membership.ts';
import { buildScene } from '../../../renderer/graph/model/scene.ts';
import type { Scene } from '../../../renderer/graph/model/scene.ts';

export interface GeneratedCase extends GraphInput {
  readonly entities: readonly MemberEntity[];
  /** Name of the service to blame, and of those it is blamed for. */
  readonly cause: string;
  readonly symptoms: readonly string[];
}
export interface LayoutFigures {
  readonly nodes: number;
  readonly edges: number;
  readonly sceneMs: number;
  /** In the worker, and until the page had the answer. */
  readonly layoutMs: number;
  readonly waitMs: number;
  readonly positions: Readonly<Record<string, readonly [number, number]>>;
}

const worker = new Worker('/layout-worker.js', { type: 'module' });
let view: GraphView | null = null;
let scene: Scene | null = null;
let place: Placement | null = null;
let known: KnownPlaces = NO_PLACES;
let frames: number[] = [];
let asked = 0;

function askWorker(request: LayoutRequest): Promise<LayoutAnswer> {
  return new Promise((resolve, reject) => {
    const id = ++asked;
    worker.onmessage = ({ data }: MessageEvent<{ id: number; answer?: LayoutAnswer; error?: string }>) => {
      if (data.id !== id) return;
      if (data.answer) resolve(data.answer);
      else reject(new Error(data.error));
    };
    worker.postMessage({ id, request });
  });
}

function service(name: string): { readonly type: 'service'; readonly name: string } {
  return { type: 'service', name };
}

/** Lays a case out; with `isSeeded`, as after a reload with places remembered. */
async function load(input: GeneratedCase, isSeeded: boolean, level: 'service' | 'namespace'): Promise<LayoutFigures> {
  const started = performance.now();
  const data = buildGraphData(input, buildMembership(input.entities), level);
  const cause = { entity: service(input.cause), explains: input.symptoms.map(service) };
  scene = buildScene({
    data,
    cause,
    causes: [cause],
    hitEntities: [],
    changedEntities: [],
    changeText: 'deployed 2.42.0 · 14:01:52',
    selectedKey: null,
    filterText: '',
    form: level === 'namespace' ? 'flat' : 'grouped',
    windowSeconds: 600,
    nameOf: ({ name }) => name,
  });
  const sceneMs = performance.now() - started;
  const asking = performance.now();
  const answer = await askWorker(layoutRequest(scene, isSeeded ? known : NO_PLACES));
  const waitMs = performance.now() - asking;
  place = placementOf(answer, new Set());
  known = knownPlacesOf(scene, place, NO_PLACES);
  return {
    nodes: scene.nodes.length,
    edges: scene.edges.length,
    sceneMs,
    layoutMs: answer.layoutMs,
    waitMs,
    positions: known.positions,
  };
}

async function draw(): Promise<void> {
  const host = document.getElementById('graph');
  if (!host || !scene || !place) throw new Error('Load a graph before drawing it.');
  view?.dispose();
  await new Promise<void>((resolve) => {
    view = new GraphView(host, readTheme(), {
      onFrame: (ms) => frames.push(ms),
      onPainted: resolve,
    });
    view.setSize(host.clientWidth, host.clientHeight);
    if (scene && place) view.show(scene, place);
    view.fit();
  });
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/**
 * Moves the camera each frame as a hand does: pans, zooms in to names and out again, with pauses in which the picture is
 * painted anew. Answers the script time of every frame, milliseconds, what the events themselves took included.
 */
async function move(frameCount: number): Promise<readonly number[]> {
  if (!view || !place) throw new Error('Draw a graph before moving it.');
  frames = [];
  const events: number[] = [];
  const { width, height } = view.size;
  for (let i = 0; i < frameCount; i++) {
    const before = performance.now();
    const phase = Math.floor(i / 30) % 6;
    if (phase === 0) view.setCamera(zoomAt(view.camera, 1.06, width * 0.4, height * 0.4));
    else if (phase === 1) view.setCamera(panBy(view.camera, -14, -6));
    else if (phase === 2) view.setCamera(zoomAt(view.camera, 1.04, width * 0.6, height * 0.5));
    else if (phase === 3) view.setCamera(panBy(view.camera, 22, 9));
    else if (phase === 4) view.setCamera(zoomAt(view.camera, 1 / 1.055, width / 2, height / 2));
    // Phase 5 rests: the picture is painted anew while nobody moves.
    events.push(performance.now() - before);
    await nextFrame();
  }
  for (let i = 0; i < 20; i++) await nextFrame();
  return frames.map((ms, i) => ms + (events[i] ?? 0));
}

const HOVERS = 9;

/** Script time of lighting a hub (median), of a hit test, and of bringing a node into view. */
async function hover(): Promise<{ readonly hoverMs: number; readonly hitMs: number }> {
  if (!view || !scene || !place) throw new Error('Draw a graph before hovering it.');
  let hub = 0;
  scene.edgesOf.forEach((edges, index) => {
    if (edges.length > (scene?.edgesOf[hub]?.length ?? 0)) hub = index;
  });
  const tree = indexNodes(place);
  view.setCamera(bringIntoView(view.camera, view.size, place.x[hub] ?? 0, place.y[hub] ?? 0));
  for (let i = 0; i < 30; i++) await nextFrame();
  const frame = view.frameNow();
  if (!frame) throw new Error('There is nothing to test.');
  const started = performance.now();
  for (let i = 0; i < 1000; i++) hitTest(frame, tree, (i * 37) % frame.size.width, (i * 53) % frame.size.height);
  const hitMs = (performance.now() - started) / 1000;
  const litMs: number[] = [];
  for (let turn = 0; turn < HOVERS; turn++) {
    view.setFocus(NO_FOCUS);
    await nextFrame();
    await nextFrame();
    frames = [];
    view.setFocus({ ...NO_FOCUS, node: hub });
    await nextFrame();
    await nextFrame();
    litMs.push(Math.max(...frames));
  }
  litMs.sort((a, b) => a - b);
  return { hoverMs: litMs[HOVERS >> 1] ?? NaN, hitMs };
}

Object.assign(window, { graphBench: { load, draw, move, hover } });
