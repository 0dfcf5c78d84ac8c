/** One picture to be painted: what, where, seen through which camera. All paint functions read a frame and draw on a pen. */
import type { Placement } from '../layout/placement.ts';
import type { Scene, SceneNode } from '../model/scene.ts';
import type { Bundle } from './bundles.ts';
import { detailAt } from './camera.ts';
import type { Camera, Detail, ViewSize } from './camera.ts';
import type { Pen } from './pen.ts';
import type { SpriteSheet } from './sprites.ts';
import type { GraphTheme } from './theme.ts';

export interface Frame {
  readonly pen: Pen;
  readonly theme: GraphTheme;
  readonly scene: Scene;
  readonly place: Placement;
  readonly bundles: readonly Bundle[];
  readonly camera: Camera;
  readonly size: ViewSize;
  readonly detail: Detail;
  /** 1; larger in presenter mode: strokes, text and shapes grow together. */
  readonly scale: number;
  readonly selected: number;
  /** Present on a canvas, where many equal marks are stamped; absent in vector output. */
  readonly sprites: SpriteSheet | null;
  readonly measure: (text: string, font: string) => number;
}

export function makeFrame(parts: Omit<Frame, 'detail'>): Frame {
  const detail = detailAt(parts.camera.zoom);
  // Without boxes there is nothing to fall back to: a flat picture always shows its nodes.
  return { ...parts, detail: detail === 'boxes' && parts.scene.form === 'flat' ? 'notable' : detail };
}

export function screenX(frame: Frame, index: number): number {
  return (frame.place.x[index]! - frame.camera.x) * frame.camera.zoom;
}
export function screenY(frame: Frame, index: number): number {
  return (frame.place.y[index]! - frame.camera.y) * frame.camera.zoom;
}

const RADIUS = { flat: 12.5, grouped: 10.5 };
const LARGEST = 20;

export function isPlain(node: SceneNode): boolean {
  return node.step === 0 && (node.state === 'healthy' || node.state === 'unknown') && !node.isNotable;
}

/** Radius of a node's body on the screen. The cause is a little larger; small pictures keep what matters visible. */
export function nodeRadius(form: Scene['form'], node: SceneNode, zoom: number, scale: number): number {
  const base = RADIUS[form] * zoom * (node.step === 1 ? 1.2 : 1);
  const least = form === 'flat' ? (isPlain(node) ? 5 : 7.5) : isPlain(node) ? 2.4 : node.step > 0 ? 6.5 : 4;
  return Math.min(LARGEST, Math.max(least, base)) * scale;
}

/** Rings are thinner around small nodes. */
export function ringScale(radius: number): number {
  return Math.min(1.8, Math.max(0.55, radius / 12.5));
}

/** How far rings reach beyond the body. */
export function ringReach(node: SceneNode, radius: number): number {
  const k = ringScale(radius);
  switch (node.state) {
    case 'failing':
      return 4 * k + Math.max(2.8, 4.4 * k) + 1;
    case 'degraded':
      return 4 * k + 2;
    case 'unknown':
    case 'atRisk':
      return 4 * k + 2;
    case 'healthy':
      return 1;
  }
}

export function isOnScreen(frame: Frame, x: number, y: number, room: number): boolean {
  return x > -room && y > -room && x < frame.size.width + room && y < frame.size.height + room;
}

export function fontOf(frame: Frame, weight: number, px: number): string {
  return `${weight} ${px * frame.scale}px ${frame.theme.face}`;
}

const MOST_CHARACTERS = 26;
/** Isolated from the text around it, without control characters, cut in the middle: any name is safe to draw. */
export function shownName(name: string, most = MOST_CHARACTERS): string {
  const characters = [...name.slice(0, 4 * most).replace(/[\p{Cc}\p{Cf}]+/gu, ' ')];
  const isCut = characters.length > most || name.length > 4 * most;
  const half = Math.floor((most - 1) / 2);
  const end = [...name.slice(-2 * most).replace(/[\p{Cc}\p{Cf}]+/gu, ' ')].slice(-half);
  const text = isCut ? `${characters.slice(0, most - 1 - half).join('')}…${end.join('')}` : characters.join('');
  return /[\u0590-\u08ff\ufb1d-\ufefc]/u.test(text) ? `\u2068${text}\u2069` : text;
}
