/**
 * A pen that writes SVG instead of pixels, so that an exported graph is the very picture on the screen. Text is escaped
 * and stripped of what XML 1.0 forbids: names in a bundle are hostile.
 */
import type { Pen } from '../draw/pen.ts';

interface PenState {
  fillStyle: Pen['fillStyle'];
  strokeStyle: Pen['strokeStyle'];
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  dash: readonly number[];
  transform: string;
}

const ANCHORS: Readonly<Partial<Record<CanvasTextAlign, string>>> = { center: 'middle', right: 'end', end: 'end' };

export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000';
  strokeStyle: Pen['strokeStyle'] = '#000';
  lineWidth = 1;
  lineCap: CanvasLineCap = 'butt';
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  readonly #parts: string[] = [];
  readonly #states: PenState[] = [];
  #dash: readonly number[] = [];
  #transform = '';
  #path: string[] = [];

  /** Everything drawn so far, without an `<svg>` around it. */
  get markup(): string {
    return this.#parts.join('\n');
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign } = this;
    this.#states.push({
      fillStyle,
      strokeStyle,
      lineWidth,
      lineCap,
      lineJoin,
      globalAlpha,
      font,
      textAlign,
      dash: this.#dash,
      transform: this.#transform,
    });
  }
  restore(): void {
    const state = this.#states.pop();
    if (!state) return;
    const { dash, transform, ...rest } = state;
    Object.assign(this, rest);
    this.#dash = dash;
    this.#transform = transform;
  }
  translate(x: number, y: number): void {
    this.#transform += ` translate(${short(x)} ${short(y)})`;
  }
  rotate(angle: number): void {
    this.#transform += ` rotate(${short((angle * 180) / Math.PI)})`;
  }
  setLineDash(segments: number[]): void {
    this.#dash = segments;
  }
  beginPath(): void {
    this.#path = [];
  }
  closePath(): void {
    this.#path.push('Z');
  }
  moveTo(x: number, y: number): void {
    this.#path.push(`M${short(x)} ${short(y)}`);
  }
  lineTo(x: number, y: number): void {
    this.#path.push(`${this.#path.length === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`);
  }
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.#path.push(`C${[ax, ay, bx, by, x, y].map(short).join(' ')}`);
  }
  arc(x: number, y: number, radius: number, start: number, end: number): void {
    // Two halves: a full circle as one arc would be nothing.
    const middle = (start + end) / 2;
    const at = (angle: number): string =>
      `${short(x + radius * Math.cos(angle))} ${short(y + radius * Math.sin(angle))}`;
    const r = short(radius);
    this.#path.push(
      `${this.#path.length === 0 ? 'M' : 'L'}${at(start)}A${r} ${r} 0 0 1 ${at(middle)}A${r} ${r} 0 0 1 ${at(end)}`,
    );
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }
  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2));
    const [w, h] = [width - 2 * r, height - 2 * r].map(short);
    const k = short(r);
    this.#path.push(
      `M${short(x + r)} ${short(y)}h${w}a${k} ${k} 0 0 1 ${k} ${k}v${h}a${k} ${k} 0 0 1 -${k} ${k}h-${w}a${k} ${k} 0 0 1 -${k} -${k}v-${h}a${k} ${k} 0 0 1 ${k} -${k}Z`,
    );
  }
  fill(): void {
    if (this.#path.length > 0)
      this.#parts.push(`<path d="${this.#path.join('')}" fill="${this.#colour(this.fillStyle)}"${this.#common()}/>`);
  }
  stroke(): void {
    if (this.#path.length > 0)
      this.#parts.push(`<path d="${this.#path.join('')}" fill="none"${this.#line()}${this.#common()}/>`);
  }
  fillText(text: string, x: number, y: number): void {
    this.#text(text, x, y, `fill="${this.#colour(this.fillStyle)}"`);
  }
  strokeText(text: string, x: number, y: number): void {
    this.#text(text, x, y, `fill="none"${this.#line()}`);
  }

  #text(text: string, x: number, y: number, paint: string): void {
    const [, weight = '400', size = '10', family = 'sans-serif'] = /^(\d+)? ?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const anchor = ANCHORS[this.textAlign];
    const face = `font-family="${escapeXml(family)}" font-size="${size}" font-weight="${weight}"${anchor ? ` text-anchor="${anchor}"` : ''}`;
    this.#parts.push(
      `<text x="${short(x)}" y="${short(y)}" ${face} ${paint}${this.#common()}>${escapeXml(text)}</text>`,
    );
  }
  #line(): string {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.map(short).join(' ')}"` : '';
    return ` stroke="${this.#colour(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"${dash}`;
  }
  #common(): string {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : '';
    return `${alpha}${this.#transform === '' ? '' : ` transform="${this.#transform.trim()}"`}`;
  }
  #colour(style: Pen['fillStyle']): string {
    return typeof style === 'string' ? escapeXml(style) : 'none';
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attribute values. Characters XML 1.0 does not allow, lone surrogates too, become `�`. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}
