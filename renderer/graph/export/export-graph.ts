/**
 * The whole graph as a file, whatever part of it the screen shows: SVG with title and description, or PNG with the same
 * sentence in its `Description`. Names come from the scene, so a masked screen gives a masked file.
 */
import { bundleScene } from '../draw/bundles.ts';
import type { Camera, ViewSize } from '../draw/camera.ts';
import { makeFrame } from '../draw/frame.ts';
import type { Frame } from '../draw/frame.ts';
import { paintAll } from '../draw/paint-scene.ts';
import type { Pen } from '../draw/pen.ts';
import type { GraphTheme } from '../draw/theme.ts';
import type { Placement } from '../layout/placement.ts';
import type { Scene } from '../model/scene.ts';
import { sceneSentence } from '../model/words.ts';
import { withDescription } from './png-description.ts';
import { escapeXml, SvgPen } from './svg-pen.ts';

export interface ExportRequest {
  readonly scene: Scene;
  readonly place: Placement;
  readonly theme: GraphTheme;
  readonly measure: Frame['measure'];
}

const PADDING = 20;
/** Names are written from 60 % on, all of them from 90 %. */
const FLAT_ZOOM = 1;
/** A large graph is drawn at the zoom at which its boxes show their members and names. */
const GROUPED_ZOOM = 0.62;
const PNG_SCALE = 2;
const MOST_PNG_SIDE = 16_000;
const MOST_PNG_PIXELS = 120e6;

export function graphToSvg(request: ExportRequest): string {
  const { theme, scene } = request;
  const pen = new SvgPen();
  const { size } = paintWhole(request, pen);
  const sentence = escapeXml(sceneSentence(scene));
  const width = Math.ceil(size.width);
  const height = Math.ceil(size.height);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="graph-title graph-description">
<title id="graph-title">Dependency graph</title>
<desc id="graph-description">${sentence}</desc>
<rect width="${width}" height="${height}" fill="${escapeXml(theme.surface1)}"/>
${pen.markup}
</svg>
`;
}

export async function graphToPng(request: ExportRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = wholeView(request);
  const scale = Math.min(
    PNG_SCALE,
    MOST_PNG_SIDE / Math.max(size.width, size.height),
    Math.sqrt(MOST_PNG_PIXELS / (size.width * size.height)),
  );
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size.width * scale);
  canvas.height = Math.ceil(size.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas to draw the picture on. Export SVG instead.');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = request.theme.surface1;
  context.fillRect(0, 0, size.width, size.height);
  paintWhole(request, context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture is too large for this browser. Export SVG instead, which has no limit.');
  return withDescription(new Uint8Array(await blob.arrayBuffer()), sceneSentence(request.scene));
}

function wholeView({ scene, place }: ExportRequest): { readonly camera: Camera; readonly size: ViewSize } {
  const zoom = scene.form === 'flat' ? FLAT_ZOOM : GROUPED_ZOOM;
  const { left, top, right, bottom } = place.extent;
  return {
    camera: { zoom, x: left - PADDING / zoom, y: top - PADDING / zoom },
    size: { width: (right - left) * zoom + 2 * PADDING, height: (bottom - top) * zoom + 2 * PADDING },
  };
}

function paintWhole(request: ExportRequest, pen: Pen): { readonly size: ViewSize } {
  const { scene, place, theme, measure } = request;
  const { camera, size } = wholeView(request);
  const { bundles } = bundleScene(scene, place);
  paintAll(
    makeFrame({ pen, theme, scene, place, bundles, camera, size, scale: 1, selected: -1, sprites: null, measure }),
  );
  return { size };
}
