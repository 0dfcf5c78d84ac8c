/** Names and values: claims in order of importance, then text with a casing in the colour of the ground. */
import { callValue } from '../model/words.ts';
import type { Box } from '../../../shared/layout/grouped-layout.ts';
import type { SceneNode } from '../model/scene.ts';
import { edgeCurve, pointOn } from './curves.ts';
import type { Frame } from './frame.ts';
import { fontOf, isOnScreen, nodeRadius, ringReach, screenX, screenY, shownName } from './frame.ts';
import { changeTagRect, labelLines } from './paint-nodes.ts';
import { placeLabels } from './place-labels.ts';
import type { LabelClaim, LabelSide, PlacedLabel, Rect } from './place-labels.ts';

const NAME_PX = 12;
const VALUE_PX = 11;
const LINE_HEIGHT = 14;
const CASING = 4;
/** Free pixels before the wall of a box. */
const WALL_PX = 4;
const LEAST_LETTERS = 6;
const SHORT_LETTERS = 10;
const MOST_LETTERS = 26;
/** More names than this do not fit on any screen. */
const MOST_CLAIMS = 500;

export interface PaintedLabel extends PlacedLabel {
  readonly lines: readonly string[];
}

export function placeFrameLabels(frame: Frame): readonly PaintedLabel[] {
  if (frame.detail === 'boxes' && frame.selected < 0) return [];
  const wanted = claimOrder(frame).slice(0, MOST_CLAIMS);
  const lines = new Map<number, readonly string[]>();
  const boxes = new Map(frame.place.boxes.map((box) => [box.group, box]));
  const claims = wanted.map((index): LabelClaim => {
    const node = frame.scene.nodes[index]!;
    const r = nodeRadius(frame.scene.form, node, frame.camera.zoom, frame.scale);
    const text = labelLines(frame, node, lettersInBox(frame, index, r, boxes.get(node.group)));
    lines.set(index, text);
    return {
      node: index,
      x: screenX(frame, index),
      y: screenY(frame, index),
      radius: r + ringReach(node, r),
      lineWidths: text.map((line, i) =>
        frame.measure(line, i === 0 ? nameFont(frame, node) : fontOf(frame, 600, VALUE_PX)),
      ),
      sides: sidesOf(frame, node),
      shortWidth: mustBeNamed(frame, index) ? frame.measure(shortName(node), nameFont(frame, node)) : undefined,
    };
  });
  const values = pathValues(frame, lines);
  const onPath = claims.filter(
    ({ node }) => (frame.scene.nodes[node]?.step ?? 0) > 0 || node === frame.selected,
  ).length;
  const ordered = [...claims.slice(0, onPath), ...values, ...claims.slice(onPath)];
  const placed = placeLabels(ordered, obstacles(frame), {
    lineHeight: LINE_HEIGHT * frame.scale,
    offset: 3 * frame.scale,
    view: { x: 0, y: 0, width: frame.size.width, height: frame.size.height },
  });
  return placed.map((label) => {
    const node = frame.scene.nodes[label.node];
    const all = label.isShort && node ? [shortName(node)] : (lines.get(label.node) ?? []);
    return { ...label, lines: all.slice(0, label.lineCount) };
  });
}

/** What a responder looks for by its name. */
function mustBeNamed({ scene, selected }: Frame, index: number): boolean {
  const node = scene.nodes[index]!;
  return index === selected || node.step > 0 || (scene.form === 'flat' && node.state === 'failing');
}
function shortName({ name }: SceneNode): string {
  return shownName(name, SHORT_LETTERS);
}

/** Letters between a shape and the right wall of its box; a name never leaves the box it is in. */
function lettersInBox(frame: Frame, index: number, r: number, box: Box | undefined): number | undefined {
  const node = frame.scene.nodes[index]!;
  if (!box || !node.isNotable) return undefined;
  const right = (box.x + box.width - frame.camera.x) * frame.camera.zoom - WALL_PX;
  const room = right - screenX(frame, index) - r - ringReach(node, r) - 5;
  const font = nameFont(frame, node);
  let most = MOST_LETTERS;
  while (most > LEAST_LETTERS && frame.measure(shownName(node.name, most), font) > room) most--;
  return most;
}

/** A row of its own has its room at the right; beside the path's line a name would lie on it. */
function sidesOf({ scene }: Frame, node: SceneNode): readonly LabelSide[] {
  if (scene.form === 'grouped') return node.isNotable ? ['right', 'below', 'above'] : ['below', 'right', 'above'];
  if (node.step > 0 && scene.path.length > 1) return ['below', 'above'];
  // A failing one without a name is the one people ask for.
  return node.state === 'failing' ? ['below', 'right', 'above', 'left'] : ['below', 'right', 'above'];
}

/** Selected, cause path, failing, degraded, at risk, then by degree. */
function claimOrder(frame: Frame): number[] {
  const { scene, detail } = frame;
  const isAll = detail === 'all' || detail === 'names';
  const rank = (index: number, node: SceneNode): number => {
    if (index === frame.selected) return 0;
    if (node.step > 0) return 1;
    return { failing: 2, degraded: 3, atRisk: 4, unknown: 5, healthy: 5 }[node.state];
  };
  const order: { readonly index: number; readonly rank: number; readonly degree: number }[] = [];
  scene.nodes.forEach((node, index) => {
    if (!node.isMatch || (detail === 'boxes' && index !== frame.selected)) return;
    if (!isAll && !node.isNotable && index !== frame.selected && scene.form === 'grouped') return;
    if (!isOnScreen(frame, screenX(frame, index), screenY(frame, index), 10)) return;
    order.push({ index, rank: rank(index, node), degree: node.step > 0 ? -node.step : node.degree });
  });
  order.sort((a, b) => a.rank - b.rank || b.degree - a.degree || a.index - b.index);
  return order.map(({ index }) => index);
}

/** What calls on the cause path take, beside the line; claims have numbers below zero. */
function pathValues(frame: Frame, lines: Map<number, readonly string[]>): readonly LabelClaim[] {
  if (frame.scene.form === 'grouped' || frame.detail === 'notable') return [];
  return frame.scene.edges.flatMap((edge, index): LabelClaim[] => {
    const text = edge.pathStep === 0 ? '' : callValue(edge);
    if (text === '') return [];
    const at = pointOn(edgeCurve(frame, index), 0.5);
    lines.set(-1 - index, [text]);
    return [
      {
        node: -1 - index,
        x: at.x,
        y: at.y,
        radius: 6 * frame.scale,
        lineWidths: [frame.measure(text, fontOf(frame, 600, VALUE_PX))],
        sides: ['above', 'below'],
      },
    ];
  });
}

function obstacles(frame: Frame): readonly (Rect & { readonly node: number })[] {
  const rects: (Rect & { readonly node: number })[] = [];
  frame.scene.nodes.forEach((node, index) => {
    if (frame.detail === 'boxes' && node.step === 0) return;
    const x = screenX(frame, index);
    const y = screenY(frame, index);
    if (!isOnScreen(frame, x, y, 40)) return;
    const r = nodeRadius(frame.scene.form, node, frame.camera.zoom, frame.scale);
    const reach = node.isMatch ? r + ringReach(node, r) : 2;
    rects.push({ node: index, x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach });
  });
  const tag = changeTagRect(frame);
  if (tag) rects.push({ node: -1e9, ...tag });
  return rects;
}

function nameFont(frame: Frame, node: SceneNode): string {
  return fontOf(frame, isStrong(node) ? 600 : 500, NAME_PX);
}
function isStrong(node: SceneNode): boolean {
  return node.step > 0 || node.state === 'failing' || node.state === 'degraded';
}

export function paintLabels(frame: Frame, labels: readonly PaintedLabel[], isQuiet = false): void {
  const { pen, theme, scene, scale } = frame;
  pen.save();
  pen.lineJoin = 'round';
  pen.lineWidth = CASING * Math.min(1.5, scale);
  pen.strokeStyle = scene.form === 'grouped' ? theme.surface2 : theme.surface1;
  for (const label of labels) {
    const node = scene.nodes[label.node];
    pen.textAlign = label.side === 'right' ? 'left' : 'center';
    const x = label.side === 'right' ? label.x : label.x + label.width / 2;
    label.lines.forEach((line, i) => {
      const y = label.y + (i * LINE_HEIGHT + 11) * scale;
      pen.font = node && i === 0 ? nameFont(frame, node) : fontOf(frame, 600, VALUE_PX);
      pen.fillStyle = isQuiet ? theme.text3 : colourOf(frame, node, i);
      caseGaps(frame, line, x, y);
      pen.strokeText(line, x, y);
      pen.fillText(line, x, y);
    });
  }
  pen.restore();
}

/** The casing is that of letters: between words, and at a hyphen, an edge would show as if it were a dash. */
function caseGaps({ pen, measure, scale }: Frame, line: string, x: number, y: number): void {
  const width = measure(line, pen.font);
  const left = pen.textAlign === 'left' ? x : x - width / 2;
  const [thickness, middle] = [pen.lineWidth, y - 4 * scale];
  pen.lineWidth = 9 * scale;
  pen.beginPath();
  pen.moveTo(left, middle);
  pen.lineTo(left + width, middle);
  pen.stroke();
  pen.lineWidth = thickness;
}

function colourOf({ theme }: Frame, node: SceneNode | undefined, line: number): string {
  if (!node) return theme.change;
  if (line === 0) return isStrong(node) ? theme.text1 : node.state === 'atRisk' ? theme.text2 : theme.text3;
  if (node.foldedCount > 0 && node.sign !== '') return theme.warn;
  return node.state === 'failing' ? theme.fail : node.state === 'degraded' ? theme.warn : theme.text3;
}
