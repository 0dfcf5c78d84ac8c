/** Outlines of entities and the rings of their state, as paths around a centre. Shape says type, ring says health. */
import type { ShapeKind } from '../model/entity-shape.ts';
import type { NodeState } from '../model/scene.ts';
import type { Pen } from './pen.ts';
import type { GraphTheme } from './theme.ts';

const FULL_TURN = Math.PI * 2;

/** Adds the closed outline to the current path. */
export function outline(pen: Pen, shape: ShapeKind, x: number, y: number, r: number): void {
  switch (shape) {
    case 'service':
      pen.moveTo(x + r, y);
      pen.arc(x, y, r, 0, FULL_TURN);
      return;
    case 'gateway':
      polygon(pen, x, y, [-r, -0.55 * r, 0, -1.12 * r, r, -0.55 * r, r, 0.55 * r, 0, 1.12 * r, -r, 0.55 * r]);
      return;
    case 'cache':
      polygon(pen, x, y, [0, -1.18 * r, 1.18 * r, 0, 0, 1.18 * r, -1.18 * r, 0]);
      return;
    case 'external': {
      const a = 0.95 * r;
      const b = 0.42 * r;
      polygon(pen, x, y, [-a, -b, -b, -a, b, -a, a, -b, a, b, b, a, -b, a, -a, b]);
      return;
    }
    case 'database': {
      const w = 0.88 * r;
      const top = y - 0.62 * r;
      const bottom = y + 0.66 * r;
      const lid = 0.55 * r;
      pen.moveTo(x - w, top);
      pen.bezierCurveTo(x - w, top - lid, x + w, top - lid, x + w, top);
      pen.lineTo(x + w, bottom);
      pen.bezierCurveTo(x + w, bottom + lid, x - w, bottom + lid, x - w, bottom);
      pen.closePath();
      return;
    }
    case 'queue':
      pen.roundRect(x - 1.15 * r, y - 0.72 * r, 2.3 * r, 1.44 * r, 0.22 * r);
      return;
    case 'host':
      pen.roundRect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r, Math.min(2, 0.2 * r));
      return;
    case 'group':
      pen.roundRect(x - 0.92 * r, y - 0.7 * r, 1.84 * r, 1.55 * r, 0.22 * r);
      return;
  }
}

/** Lines inside or on top of an outline that make it recognisable; left out when it is tiny. */
export function ornament(pen: Pen, shape: ShapeKind, x: number, y: number, r: number): void {
  if (shape === 'database') {
    const w = 0.88 * r;
    const top = y - 0.62 * r;
    pen.moveTo(x - w, top);
    pen.bezierCurveTo(x - w, top + 0.5 * r, x + w, top + 0.5 * r, x + w, top);
  } else if (shape === 'queue') {
    for (const at of [-0.4, 0.4]) {
      pen.moveTo(x + at * r, y - 0.72 * r);
      pen.lineTo(x + at * r, y + 0.72 * r);
    }
  } else if (shape === 'group') {
    pen.moveTo(x - 0.66 * r, y - 0.7 * r);
    pen.lineTo(x - 0.66 * r, y - 0.95 * r);
    pen.lineTo(x + 0.66 * r, y - 0.95 * r);
    pen.lineTo(x + 0.66 * r, y - 0.7 * r);
  }
}

function polygon(pen: Pen, x: number, y: number, points: readonly number[]): void {
  for (let i = 0; i < points.length; i += 2) {
    if (i === 0) pen.moveTo(x + points[i]!, y + points[i + 1]!);
    else pen.lineTo(x + points[i]!, y + points[i + 1]!);
  }
  pen.closePath();
}

/** The ring of a state. `scale` thins it for small nodes and thickens it for a presenter's screen. */
export function drawRing(
  pen: Pen,
  theme: GraphTheme,
  state: NodeState,
  x: number,
  y: number,
  r: number,
  scale: number,
): void {
  const circle = (radius: number, start = 0, end = FULL_TURN): void => {
    pen.beginPath();
    pen.arc(x, y, radius, start, end);
    pen.stroke();
  };
  const R = r + 4 * scale;
  pen.save();
  switch (state) {
    case 'failing':
      pen.strokeStyle = theme.failFill;
      pen.lineWidth = Math.max(1.5, 3.2 * scale);
      circle(R);
      pen.lineWidth = 1.5;
      circle(R + Math.max(2.8, 4.4 * scale));
      break;
    case 'degraded':
      pen.strokeStyle = theme.warnFill;
      pen.lineWidth = Math.max(2, 3.4 * scale);
      circle(R, -0.87, -0.87 + FULL_TURN * 0.78);
      break;
    case 'unknown':
      pen.strokeStyle = theme.note;
      pen.lineWidth = Math.max(1.5, 1.8 * scale);
      pen.setLineDash([3, 3]);
      circle(R);
      break;
    case 'atRisk':
      pen.strokeStyle = theme.text2;
      pen.lineWidth = 2;
      pen.lineCap = 'round';
      pen.setLineDash([0.6, 4.4]);
      circle(R + 1);
      break;
    case 'healthy':
      break;
  }
  pen.restore();
}

/** Octagon or triangle with an exclamation mark, beside the ring: the state once more, by form. */
export function drawBadge(pen: Pen, theme: GraphTheme, state: NodeState, x: number, y: number, size: number): void {
  if (state !== 'failing' && state !== 'degraded') return;
  const k = size / 16;
  pen.save();
  pen.translate(x, y);
  pen.lineJoin = 'round';
  pen.beginPath();
  const points = state === 'failing' ? OCTAGON : TRIANGLE;
  polygon(
    pen,
    0,
    0,
    points.map((value) => value * k),
  );
  pen.strokeStyle = theme.surface1;
  pen.lineWidth = 3.2 * k;
  pen.stroke();
  pen.fillStyle = state === 'failing' ? theme.failFill : theme.warnFill;
  pen.fill();
  pen.strokeStyle = theme.surface1;
  pen.lineWidth = 1.9 * k;
  pen.lineCap = 'round';
  const shift = state === 'failing' ? 0 : 1.6 * k;
  pen.beginPath();
  pen.moveTo(0, -3.2 * k + shift);
  pen.lineTo(0, 0.9 * k + shift);
  pen.moveTo(0, 3.5 * k + shift * 0.8);
  pen.lineTo(0, 3.6 * k + shift * 0.8);
  pen.stroke();
  pen.restore();
}
const OCTAGON = [-3, -6.6, 3, -6.6, 6.6, -3, 6.6, 3, 3, 6.6, -3, 6.6, -6.6, 3, -6.6, -3];
const TRIANGLE = [0, -6.4, 7, 6, -7, 6];
