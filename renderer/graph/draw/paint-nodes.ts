/** Nodes: body by type, ring and badge by state, number on the cause path, count in a folded group. */
import { worstValue } from '../model/words.ts';
import type { SceneNode } from '../model/scene.ts';
import type { Frame } from './frame.ts';
import { fontOf, isOnScreen, isPlain, nodeRadius, ringReach, ringScale, screenX, screenY, shownName } from './frame.ts';
import { overlaps } from './place-labels.ts';
import type { Rect } from './place-labels.ts';
import { drawBadge, drawRing, ornament, outline } from './shapes.ts';
import { drawQuietBody } from './sprites.ts';

const PORTION = 250;
/** Free pixels between the change tag and the rim of the view. */
const NAME_HEIGHT = 18;
const TAG_RIM = 6;
/** How far above its cause a tag may go to cover nobody; nearer is better. */
const TAG_LIFTS = [0, 14, 26, 46, 66, 86];
/** Free pixels between the column of the cause and a tag beside it. */
const TAG_BESIDE = 12;
const TAG_FURTHER = 30;
/** No further does it go to leave a name its place. */
const TAG_NEAR = 26;
const BADGE_PX = 13.5;
/** Rings under this radius have no room for a badge; the double ring says it already. */
const LEAST_BADGE_RADIUS = 8.5;

export function* paintNodes(frame: Frame): Generator<void> {
  const { scene } = frame;
  const important: number[] = [];
  for (let index = 0; index < scene.nodes.length; index++) {
    const node = scene.nodes[index]!;
    const isFar = frame.detail === 'boxes' && node.step === 0;
    if (isFar) continue;
    if (node.isMatch && !(isPlain(node) && node.state === 'healthy' && node.foldedCount === 0)) important.push(index);
    else paintQuiet(frame, node, screenX(frame, index), screenY(frame, index));
    if (index % PORTION === PORTION - 1) yield;
  }
  for (const index of important) paintNode(frame, index);
}

function paintQuiet(frame: Frame, node: SceneNode, x: number, y: number): void {
  if (!isOnScreen(frame, x, y, 30)) return;
  const { pen, theme, camera, scale, sprites } = frame;
  const r = nodeRadius(frame.scene.form, node, camera.zoom, scale);
  if (!node.isMatch) {
    pen.beginPath();
    outline(pen, 'service', x, y, Math.min(2, r * 0.5));
    pen.fillStyle = theme.line2;
    pen.save();
    pen.globalAlpha = 0.5;
    pen.fill();
    pen.restore();
  } else if (sprites && isContext(pen)) sprites.stamp(pen, node.shape, r, x, y);
  else drawQuietBody(pen, theme, node.shape, x, y, r);
}

function isContext(pen: Frame['pen']): pen is CanvasRenderingContext2D {
  return 'drawImage' in pen;
}

export function paintNode(frame: Frame, index: number): void {
  const { pen, theme, camera, scale, scene } = frame;
  const node = scene.nodes[index]!;
  const x = screenX(frame, index);
  const y = screenY(frame, index);
  if (!isOnScreen(frame, x, y, 60)) return;
  const r = nodeRadius(scene.form, node, camera.zoom, scale);
  // Where boxes stand for their members, the path is a line with numbers: rings would cover the names of boxes.
  if (frame.detail !== 'boxes' || node.step === 0) drawRing(pen, theme, node.state, x, y, r, ringScale(r));
  if (node.step === 0 && (node.state === 'healthy' || r < 6.5) && node.foldedCount === 0) {
    drawQuietBody(pen, theme, node.shape, x, y, node.state === 'healthy' ? r : Math.max(2.5, r * 0.8));
  } else {
    pen.save();
    pen.beginPath();
    outline(pen, node.shape, x, y, r);
    const isLoud = node.state === 'failing' || node.state === 'degraded';
    pen.fillStyle = node.step > 0 ? theme.changeFill : theme.surface3;
    pen.strokeStyle = node.step > 0 ? theme.changeFill : isLoud ? theme.text2 : theme.line2;
    pen.lineWidth = 1.5 * Math.min(1.4, scale);
    pen.lineJoin = 'round';
    pen.fill();
    pen.stroke();
    pen.beginPath();
    if (node.step === 0) ornament(pen, node.shape, x, y, r);
    pen.stroke();
    pen.restore();
  }
  paintInside(frame, node, x, y, r);
  if (r >= LEAST_BADGE_RADIUS) {
    const reach = node.state === 'failing' ? r * 0.72 + 6 * scale : r * 0.8 + 2 * scale;
    drawBadge(
      pen,
      theme,
      node.state,
      x + reach,
      y - reach - 1 * scale,
      BADGE_PX * scale * Math.min(1.2, Math.max(0.8, r / 12.5)),
    );
  }
  if (node.isChanged && node.step !== 1) paintChangeMark(frame, x, y, r, node.state !== 'healthy');
}

function paintInside(frame: Frame, node: SceneNode, x: number, y: number, r: number): void {
  const { pen, theme } = frame;
  const text = node.step > 0 ? String(node.step) : node.foldedCount > 0 ? String(node.foldedCount) : '';
  if (text === '') return;
  const px = Math.max(10, Math.min(node.step > 0 ? r * 1.02 : r * 0.85, 13 * frame.scale));
  pen.save();
  pen.font = `${node.step > 0 ? 700 : 600} ${px}px ${frame.theme.face}`;
  pen.textAlign = 'center';
  pen.fillStyle = node.step > 0 ? theme.surface1 : theme.text2;
  pen.fillText(text, x, y + px * 0.36 + (node.step > 0 ? 0 : 0.06 * r));
  pen.restore();
}

/** A small diamond: something of this entity was changed. On the side that a badge leaves free. */
function paintChangeMark(frame: Frame, x: number, y: number, r: number, isLeft: boolean): void {
  const { pen, theme, scale } = frame;
  if (r < LEAST_BADGE_RADIUS) return;
  const size = 4.6 * scale;
  const cx = x + (isLeft ? -1 : 1) * (r * 0.75 + 4 * scale);
  const cy = y - r * 0.75 - 4 * scale;
  pen.save();
  pen.beginPath();
  outline(pen, 'cache', cx, cy, size);
  pen.fillStyle = theme.changeFill;
  pen.strokeStyle = theme.surface1;
  pen.lineWidth = 2;
  pen.stroke();
  pen.fill();
  pen.restore();
}

/** What led here, above the cause: `deployed 2.42.0 · 14:01:52`. Answers the room it took. */
export function changeTagRect(frame: Frame): Rect | null {
  const { scene, camera, scale } = frame;
  const tag = scene.change;
  if (!tag || frame.detail === 'boxes') return null;
  const node = scene.nodes[tag.node];
  if (!node) return null;
  const r = nodeRadius(scene.form, node, camera.zoom, scale);
  const width = frame.measure(shownName(tag.text, 40), fontOf(frame, 600, 11.5)) + 34 * scale;
  const height = 21 * scale;
  if (scene.form === 'grouped') {
    // Its name stands beside it, on a row of its own; the tag follows.
    const name = frame.measure(shownName(node.name), fontOf(frame, 600, 12));
    return {
      x: screenX(frame, tag.node) + r + 24 * scale + name,
      y: screenY(frame, tag.node) - height / 2,
      width,
      height,
    };
  }
  const middle = screenX(frame, tag.node);
  const top = screenY(frame, tag.node) - r - 20 * scale - height;
  const edge = 16 * scale;
  const beside = r + TAG_BESIDE * scale;
  // Above the cause; shifted, beside its column, or higher where that would cover somebody else.
  const above = [middle - width / 2, middle - width + edge, middle - edge];
  const far = beside + TAG_FURTHER * scale;
  const next = [middle + beside, middle - beside - width, middle + far, middle - far - width];
  const places = TAG_LIFTS.flatMap((lift) =>
    (lift === 0 ? [...above, ...next] : [...next, ...above]).map((x) => ({ x, y: top - lift * scale })),
  );
  // Near the rim it moves inwards; its foot still reaches the cause while that is in sight.
  const isInSight = middle > 0 && middle < frame.size.width && width + 2 * TAG_RIM < frame.size.width;
  const inside = (x: number): number =>
    isInSight ? Math.min(Math.max(x, TAG_RIM), frame.size.width - width - TAG_RIM) : x;
  const rects = places.map(({ x, y }) => ({ x: inside(x), y, width, height }));
  const free = rects.filter((rect) => !coversNode(frame, rect));
  const near = free.filter(({ y }) => top - y <= TAG_NEAR * scale);
  return near.find((rect) => !coversName(frame, rect)) ?? free[0] ?? rects[0]!;
}

/** Where a name would be written first: below its shape, where nothing else stands in the way. */
function coversName(frame: Frame, rect: Rect): boolean {
  return frame.scene.nodes.some((node, index) => {
    if (index === frame.scene.change?.node || !node.isMatch) return false;
    const [x, y] = [screenX(frame, index), screenY(frame, index)];
    const r = nodeRadius(frame.scene.form, node, frame.camera.zoom, frame.scale);
    const top = y + r + ringReach(node, r);
    if (top > rect.y + rect.height || top + NAME_HEIGHT * frame.scale < rect.y) return false;
    const width = frame.measure(shownName(node.name), fontOf(frame, 500, 12));
    return overlaps(rect, { x: x - width / 2, y: top, width, height: NAME_HEIGHT * frame.scale });
  });
}

function coversNode(frame: Frame, rect: Rect): boolean {
  return frame.scene.nodes.some((node, index) => {
    if (index === frame.scene.change?.node) return false;
    const r = nodeRadius(frame.scene.form, node, frame.camera.zoom, frame.scale);
    const reach = r + ringReach(node, r);
    const [x, y] = [screenX(frame, index), screenY(frame, index)];
    return overlaps(rect, { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach });
  });
}

export function paintChangeTag(frame: Frame): void {
  const rect = changeTagRect(frame);
  const tag = frame.scene.change;
  if (!rect || !tag) return;
  const { pen, theme, scale } = frame;
  pen.save();
  if (frame.scene.form === 'flat') paintTagFoot(frame, rect, tag.node);
  pen.beginPath();
  pen.roundRect(rect.x, rect.y, rect.width, rect.height, 5 * scale);
  pen.fillStyle = theme.changeTint;
  pen.strokeStyle = theme.changeFill;
  pen.lineWidth = 1.5 * Math.min(1.4, scale);
  pen.fill();
  pen.stroke();
  pen.beginPath();
  outline(pen, 'cache', rect.x + 14 * scale, rect.y + rect.height / 2, 4.4 * scale);
  pen.fillStyle = theme.change;
  pen.fill();
  pen.font = fontOf(frame, 600, 11.5);
  pen.textAlign = 'left';
  pen.fillText(shownName(tag.text, 40), rect.x + 24 * scale, rect.y + rect.height / 2 + 4 * scale);
  pen.restore();
}

/** From the nearest place under the tag to the rim of the cause. */
function paintTagFoot(frame: Frame, rect: Rect, index: number): void {
  const { pen, theme, scale, scene, camera } = frame;
  const [x, y] = [screenX(frame, index), screenY(frame, index)];
  const edge = 10 * scale;
  const from = { x: Math.min(Math.max(x, rect.x + edge), rect.x + rect.width - edge), y: rect.y + rect.height };
  const reach = nodeRadius('flat', scene.nodes[index]!, camera.zoom, scale) + 12 * scale;
  const distance = Math.hypot(from.x - x, from.y - y);
  if (distance <= reach) return;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(x + ((from.x - x) * reach) / distance, y + ((from.y - y) * reach) / distance);
  pen.strokeStyle = theme.changeFill;
  pen.lineWidth = 1.5 * scale;
  pen.stroke();
}

/** Pinned nodes have a small tick at their foot. */
export function paintPins(frame: Frame): void {
  const { scene, place, pen, theme } = frame;
  if (place.pins.size === 0 || frame.detail === 'boxes') return;
  pen.save();
  pen.strokeStyle = theme.text2;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const key of place.pins) {
    const index = scene.indexOf.get(key);
    if (index === undefined) continue;
    const r = nodeRadius(scene.form, scene.nodes[index]!, frame.camera.zoom, frame.scale);
    const x = screenX(frame, index) - r - 7;
    const y = screenY(frame, index) + r * 0.5;
    pen.moveTo(x - 2, y);
    pen.lineTo(x, y + 3);
    pen.lineTo(x + 4, y - 3);
  }
  pen.stroke();
  pen.restore();
}

/** Lines under a node at this level of detail. */
export function labelLines(frame: Frame, node: SceneNode, most?: number): readonly string[] {
  const name = shownName(node.name, most);
  // In a layered picture what is unwell says why at any zoom; where there is no room the line is given up first.
  const isUnwell = node.state === 'failing' || node.state === 'degraded' || node.sign !== '';
  const hasValue = frame.detail === 'all' || (frame.scene.form === 'flat' && (frame.detail === 'names' || isUnwell));
  const value = hasValue || frame.scale > 1 ? worstValue(node) : '';
  return value === '' ? [name] : [name, value];
}
