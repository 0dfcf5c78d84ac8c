/** Marks drawn once and stamped many times: the quiet nodes of a large graph. One sheet per theme and pixel ratio. */
import type { ShapeKind } from '../model/entity-shape.ts';
import { outline, ornament } from './shapes.ts';
import type { GraphTheme } from './theme.ts';

/** Tiny nodes are solid; larger ones an outline with a body. */
const SOLID_BELOW = 6.5;
const MOST_SPRITES = 400;

export class SpriteSheet {
  readonly #theme: GraphTheme;
  readonly #pixelRatio: number;
  readonly #sprites = new Map<string, HTMLCanvasElement>();

  constructor(theme: GraphTheme, pixelRatio: number) {
    this.#theme = theme;
    this.#pixelRatio = pixelRatio;
  }

  stamp(context: CanvasRenderingContext2D, shape: ShapeKind, radius: number, x: number, y: number): void {
    const r = Math.round(radius * 4) / 4;
    const key = `${shape} ${r}`;
    let sprite = this.#sprites.get(key);
    if (!sprite) {
      if (this.#sprites.size >= MOST_SPRITES) this.#sprites.clear();
      sprite = this.#draw(shape, r);
      this.#sprites.set(key, sprite);
    }
    const size = sprite.width / this.#pixelRatio;
    context.drawImage(sprite, x - size / 2, y - size / 2, size, size);
  }

  #draw(shape: ShapeKind, r: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    const half = Math.ceil((1.25 * r + 2) * this.#pixelRatio);
    canvas.width = 2 * half;
    canvas.height = 2 * half;
    const context = canvas.getContext('2d');
    if (context) {
      context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, half, half);
      drawQuietBody(context, this.#theme, shape, 0, 0, r);
    }
    return canvas;
  }
}

/** A healthy entity: grey, and nothing else. */
export function drawQuietBody(
  pen: Parameters<typeof outline>[0],
  theme: GraphTheme,
  shape: ShapeKind,
  x: number,
  y: number,
  r: number,
): void {
  pen.beginPath();
  outline(pen, shape, x, y, r);
  if (r < SOLID_BELOW) {
    pen.fillStyle = theme.series2;
    pen.fill();
    return;
  }
  pen.fillStyle = theme.surface3;
  pen.fill();
  pen.strokeStyle = theme.line2;
  pen.lineWidth = 1.5;
  pen.lineJoin = 'round';
  pen.stroke();
  pen.beginPath();
  ornament(pen, shape, x, y, r);
  pen.stroke();
}
