/** Namespaces as boxes: border says the worst state inside, the head has the name and how many of how many are unwell. */
import type { SceneGroup } from '../model/scene.ts';
import type { Frame } from './frame.ts';
import { fontOf, shownName } from './frame.ts';

const PADDING = 12;
const TITLE_PX = 13;
const COUNT_PX = 11.5;
const LEAST_ROOMY_ZOOM = 0.36;
/** Narrower boxes have no room for a word. */
const LEAST_TITLE_PX = 34;

export function paintBoxes(frame: Frame): void {
  const { pen, theme, camera, place, scene } = frame;
  const groups = new Map(scene.groups.map((group) => [group.key, group]));
  for (const box of place.boxes) {
    const group = groups.get(box.group);
    if (!group || group.members.length === 0) continue;
    const x = (box.x - camera.x) * camera.zoom;
    const y = (box.y - camera.y) * camera.zoom;
    const width = box.width * camera.zoom;
    const height = box.height * camera.zoom;
    if (x > frame.size.width || y > frame.size.height || x + width < 0 || y + height < 0) continue;
    const state = stateOf(group);
    pen.save();
    pen.beginPath();
    pen.roundRect(x, y, width, height, Math.min(8, 3 + width / 30));
    pen.fillStyle = theme.surface2;
    pen.fill();
    pen.strokeStyle = state === 'failing' ? theme.failFill : state === 'degraded' ? theme.warnFill : theme.line2;
    pen.globalAlpha = state === 'plain' ? 0.55 : 1;
    pen.lineWidth = state === 'failing' ? 2 : state === 'degraded' ? 1.5 : 1;
    pen.stroke();
    pen.restore();
    if (width >= LEAST_TITLE_PX) paintHead(frame, group, x, y, width, height);
  }
}

function stateOf(group: SceneGroup): 'failing' | 'degraded' | 'plain' {
  return group.failingCount > 0 ? 'failing' : group.degradedCount > 0 ? 'degraded' : 'plain';
}

/** `26`, or `2 of 26` when two are unwell. */
export function countOf(group: SceneGroup): string {
  const unwell = group.failingCount + group.degradedCount;
  return unwell > 0 ? `${unwell} of ${group.members.length}` : String(group.members.length);
}

function paintHead(frame: Frame, group: SceneGroup, x: number, y: number, width: number, height: number): void {
  const { pen, theme, scale } = frame;
  const padding = Math.min(PADDING, Math.max(5, width / 12));
  const titleFont = fontOf(frame, 600, Math.max(11, Math.min(TITLE_PX, 9 + width / 40)));
  const countFont = fontOf(frame, 400, COUNT_PX);
  const room = width - 2 * padding;
  let title = shownName(group.name);
  const unwell = stateOf(group);
  const count = countOf(group);
  const countWidth = frame.measure(count, countFont);
  const isOneLine = frame.measure(title, titleFont) + countWidth + 8 <= room;
  for (let most = [...title].length - 1; most > 1 && frame.measure(title, titleFont) > room; most--)
    title = shownName(group.name, most);
  pen.save();
  pen.textAlign = 'left';
  pen.fillStyle = theme.text1;
  pen.font = titleFont;
  // Members begin under the head, which shrinks with the picture.
  const baseline = y + (frame.camera.zoom < LEAST_ROOMY_ZOOM ? 14 : isOneLine ? 20 : 17) * scale;
  pen.fillText(title, x + padding, baseline);
  pen.fillStyle = unwell === 'failing' ? theme.fail : unwell === 'degraded' ? theme.warn : theme.text3;
  pen.font = countFont;
  if (isOneLine) pen.fillText(count, x + padding + frame.measure(title, titleFont) + 8, baseline);
  else if (height > 36 * scale && frame.detail === 'boxes') pen.fillText(count, x + padding, baseline + 15 * scale);
  pen.restore();
}
