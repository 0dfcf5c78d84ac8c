/** A canvas sized in CSS pixels with the colours and faces of the design; drawing never sees device pixels. */
import { shorterOperations } from './operation-name.ts';
import { palette } from './palette.ts';
import type { Palette } from './palette.ts';

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly colours: Palette;
}

/** Sizes the canvas where needed and wipes it; null where the browser gives no context. */
export function surfaceOf(canvas: HTMLCanvasElement, width: number, height: number): Surface | null {
  const context = canvas.getContext('2d');
  if (!context) return null;
  const ratio = window.devicePixelRatio || 1;
  const deviceWidth = Math.max(1, Math.round(width * ratio));
  const deviceHeight = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, colours: palette() };
}

export function uiFont({ colours }: Surface, sizePx: number, weight = 400): string {
  return `${weight} ${sizePx}px ${colours.fontUi}`;
}

export function monoFont({ colours }: Surface, sizePx: number): string {
  return `400 ${sizePx}px ${colours.fontMono}`;
}

/** First strong isolate … pop: text of any direction keeps to itself. */
const ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
/** Longer is never drawn: measuring a name of megabytes would stop the frame. */
const MAX_DRAWN_LETTERS = 240;

/** Text from telemetry, cut to `width` with an ellipsis in the context's current font. Control characters become blanks. */
export function fittingText(context: CanvasRenderingContext2D, text: string, width: number): string {
  const plain = text.slice(0, MAX_DRAWN_LETTERS).replace(/\p{Cc}+/gu, ' ');
  const isCut = plain.length < text.length;
  if (width <= 0) return '';
  if (!isCut && context.measureText(plain).width <= width) return isolated(plain);
  let low = 0;
  let high = plain.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${plain.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  // Half of a pair of surrogates would print as a box.
  const end = low > 0 && /[\uD800-\uDBFF]/.test(plain[low - 1] ?? '') ? low - 1 : low;
  return end === 0 ? '' : `${isolated(plain.slice(0, end))}…`;
}

/** Like `fittingText`, for the name of an operation: its begin gives way first, since names differ at their end. */
export function fittingOperation(context: CanvasRenderingContext2D, name: string, width: number): string {
  if (context.measureText(name.slice(0, MAX_DRAWN_LETTERS)).width <= width) return fittingText(context, name, width);
  const shorter = shorterOperations(name);
  const fitting = shorter.find((text) => context.measureText(text).width <= width);
  return fitting === undefined
    ? fittingText(context, shorter.at(-1) ?? name, width)
    : fittingText(context, fitting, width);
}

function isolated(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : ISOLATE + text + POP_ISOLATE;
}

/** Text with a casing in the ground's colour, readable across lines. */
export function casedText({ context, colours }: Surface, text: string, x: number, y: number): void {
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = colours.surface1;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}
