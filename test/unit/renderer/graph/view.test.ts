import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleScene } from '../../../../renderer/graph/draw/bundles.ts';
import { bringIntoView, fitCamera, MAX_ZOOM, MIN_ZOOM, zoomAt } from '../../../../renderer/graph/draw/camera.ts';
import { edgeCurve, pointOn } from '../../../../renderer/graph/draw/curves.ts';
import { makeFrame, shownName } from '../../../../renderer/graph/draw/frame.ts';
import type { Frame } from '../../../../renderer/graph/draw/frame.ts';
import { placeFrameLabels } from '../../../../renderer/graph/draw/paint-labels.ts';
import { changeTagRect } from '../../../../renderer/graph/draw/paint-nodes.ts';
import { overlaps } from '../../../../renderer/graph/draw/place-labels.ts';
import { themeFrom } from '../../../../renderer/graph/draw/theme.ts';
import { SvgPen } from '../../../../renderer/graph/export/svg-pen.ts';
import { hitTest, indexNodes } from '../../../../renderer/graph/interact/hit-test.ts';
import { computeLayout } from '../../../../renderer/graph/layout/compute-layout.ts';
import { layoutRequest, NO_PLACES } from '../../../../renderer/graph/layout/layout-request.ts';
import { placementOf } from '../../../../renderer/graph/layout/placement.ts';
import { placesJson, readPlaces } from '../../../../renderer/features/graph/places-json.ts';
import type { Scene } from '../../../../renderer/graph/model/scene.ts';
import { sampleData, sampleScene } from './sample-graph.ts';

const SIZE = { width: 900, height: 400 };

function frameOf(scene: Scene, zoom?: number): Frame {
  const place = placementOf(computeLayout(layoutRequest(scene, NO_PLACES)), new Set());
  const fitted = fitCamera(place.extent, SIZE);
  return makeFrame({
    pen: new SvgPen(),
    theme: themeFrom(() => '#000'),
    scene,
    place,
    bundles: bundleScene(scene, place).bundles,
    camera: zoom === undefined ? fitted : { ...fitted, zoom },
    size: SIZE,
    scale: 1,
    selected: -1,
    sprites: null,
    measure: (text) => text.length * 6,
  });
}

describe('hitTest', () => {
  const frame = frameOf(sampleScene(sampleData('web>cart cart>db web>ads', { db: 'failing' }), { cause: 'db' }));
  const tree = indexNodes(frame.place);
  const screen = (index: number): readonly [number, number] => [
    (frame.place.x[index]! - frame.camera.x) * frame.camera.zoom,
    (frame.place.y[index]! - frame.camera.y) * frame.camera.zoom,
  ];
  it('finds the node in whose shape the pointer is', () => {
    frame.scene.nodes.forEach((_, index) => {
      const [x, y] = screen(index);
      expect(hitTest(frame, tree, x + 4, y - 4)).toEqual({ kind: 'node', index });
    });
  });
  it('finds an edge between nodes, and nothing on free ground', () => {
    frame.scene.edges.forEach((_, index) => {
      const middle = pointOn(edgeCurve(frame, index), 0.5);
      expect(hitTest(frame, tree, middle.x, middle.y + 1)?.kind).toBe('edge');
    });
    expect(hitTest(frame, tree, 2, 2)).toBeNull();
  });
  it('finds the box where a grouped picture shows no members', () => {
    const data = sampleData('a>b b>c', {}, { namespaces: { a: 'front', b: 'back', c: 'back' } });
    const far = frameOf(sampleScene(data, { form: 'grouped' }), 0.2);
    const box = far.place.boxes.find(({ group }) => group === 'back');
    const x = ((box?.x ?? 0) + (box?.width ?? 0) / 2 - far.camera.x) * 0.2;
    const y = ((box?.y ?? 0) + (box?.height ?? 0) / 2 - far.camera.y) * 0.2;
    expect(hitTest(far, indexNodes(far.place), x, y)).toEqual({ kind: 'group', group: 'back' });
  });
});

describe('changeTagRect', () => {
  // The cause in the middle of a column, somebody close above and below it, neighbours left and right.
  const crowded = (rowPx: number, above = 'b'): Frame => {
    const edges = `left>a left>${above} left>cause left>c left>d a>right cause>right`;
    const scene = sampleScene(sampleData(edges, { cause: 'failing' }), {
      cause: 'cause',
      changeText: 'deployed 4952cde · 23:56',
    });
    const columns: Readonly<Record<string, readonly [number, number]>> = {
      left: [150, 2],
      a: [450, 0],
      [above]: [450, 1],
      cause: [450, 2],
      c: [450, 3],
      d: [450, 4],
      right: [750, 2],
    };
    const at = scene.nodes.map(({ name }) => columns[name]!);
    const x = Float64Array.from(at, ([column]) => column);
    const y = Float64Array.from(at, ([, row]) => 60 + row * rowPx);
    const frame = frameOf(scene, 1);
    return { ...frame, place: { ...frame.place, x, y }, camera: { x: 0, y: 0, zoom: 1 } };
  };
  it.each([44, 56, 70])('covers nobody where rows are %i px apart', (rowPx) => {
    const frame = crowded(rowPx);
    const tag = changeTagRect(frame)!;
    frame.scene.nodes.forEach((node, index) => {
      const [x, y] = [frame.place.x[index]!, frame.place.y[index]!];
      const isClear = x < tag.x || x > tag.x + tag.width || y < tag.y || y > tag.y + tag.height;
      expect([node.name, isClear]).toEqual([node.name, true]);
    });
    // Still at the cause: its foot is no line through the picture.
    const cause = frame.scene.nodes.findIndex(({ name }) => name === 'cause');
    expect(frame.place.y[cause]! - tag.y).toBeLessThan(100);
  });
  it.each([58, 70])('leaves the name below a neighbour its place where rows are %i px apart', (rowPx) => {
    const name = 'a-rather-long-name';
    const frame = crowded(rowPx, name);
    const tag = changeTagRect(frame)!;
    const label = placeFrameLabels(frame).find(({ node }) => frame.scene.nodes[node]!.name === name);
    expect(label).toMatchObject({ side: 'below' });
    expect(overlaps(tag, label!)).toBe(false);
  });
});

describe('camera', () => {
  const numbers = fc.double({ min: -1e5, max: 1e5, noNaN: true });
  it('zooms at the pointer: what was under it stays there', () => {
    fc.assert(
      fc.property(
        numbers,
        numbers,
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (x, y, zoom, factor) => {
          const after = zoomAt({ x, y, zoom }, factor, 300, 150);
          expect(after.x + 300 / after.zoom).toBeCloseTo(x + 300 / zoom, 4);
          expect(after.y + 150 / after.zoom).toBeCloseTo(y + 150 / zoom, 4);
          expect(after.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
          expect(after.zoom).toBeLessThanOrEqual(MAX_ZOOM);
        },
      ),
    );
  });
  it('fits everything into the view', () => {
    const { x, y, zoom } = fitCamera({ left: -500, top: 20, right: 1500, bottom: 320 }, SIZE);
    expect((-500 - x) * zoom).toBeGreaterThanOrEqual(0);
    expect((1500 - x) * zoom).toBeLessThanOrEqual(SIZE.width);
    expect((20 - y) * zoom).toBeGreaterThanOrEqual(0);
    expect((320 - y) * zoom).toBeLessThanOrEqual(SIZE.height);
  });
  it('moves no further than it must to show a point', () => {
    const camera = { x: 0, y: 0, zoom: 1 };
    expect(bringIntoView(camera, SIZE, 450, 200)).toBe(camera);
    expect(bringIntoView(camera, SIZE, 1000, 200)).toEqual({ x: 160, y: 0, zoom: 1 });
  });
});

describe('shownName', () => {
  it('cuts in the middle, drops what could reorder or hide text, and isolates right-to-left names', () => {
    expect(shownName('checkout')).toBe('checkout');
    expect(shownName('a'.repeat(12) + 'b'.repeat(9_000) + 'c'.repeat(12))).toBe(`${'a'.repeat(12)}b…${'c'.repeat(12)}`);
    expect(shownName('pay\u202Egnp\u0007')).not.toMatch(/[\u202e\u0007]/u);
    expect(shownName('عربة')).toBe('\u2068عربة\u2069');
  });
});

describe('bundleScene', () => {
  it('joins calls between two groups, either way, into one line', () => {
    const data = sampleData('a>c b>c c>a', {}, { namespaces: { a: 'front', b: 'front', c: 'back' } });
    const { bundles } = frameOf(sampleScene(data, { form: 'grouped' }));
    expect(bundles).toMatchObject([{ edgeCount: 3, calls: 30, state: 'plain' }]);
  });
});

describe('placesJson', () => {
  const places = {
    positions: { 'service:a': [1, 2] as const },
    boxes: { back: [0, 0, 10, 20] as const },
    pins: ['service:a'],
  };
  it('reads back what it wrote', () => {
    expect(readPlaces(placesJson({ 'flat:service': places }))).toEqual({ 'flat:service': places });
  });
  it('lets nothing but numbers and names through', () => {
    expect(readPlaces('{"x":{"positions":{"a":[1,"2"],"b":[1,2,3],"c":[4,5]},"boxes":7,"pins":[1,"c"]}}')).toEqual({
      x: { positions: { c: [4, 5] }, boxes: {}, pins: ['c'] },
    });
    for (const text of ['[]', 'null', '{', '"x"', null]) expect(readPlaces(text)).toEqual({});
  });
  it('keeps pins when a picture is too large to be kept', () => {
    const positions = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, i) => [`service:number-${i}`, [i, i] as const]),
    );
    const json =
      placesJson({ 'grouped:service': { positions, boxes: {}, pins: ['service:number-7'] }, 'flat:service': places }) ??
      '';
    expect(json.length).toBeLessThan(1_000_000);
    expect(readPlaces(json)).toEqual({
      'grouped:service': { positions: { 'service:number-7': [7, 7] }, boxes: {}, pins: ['service:number-7'] },
      'flat:service': places,
    });
  });
});
