/**
 * Which names are written and where. Claims come in order of importance; each tries below, right and above its shape
 * with all its lines, then the same with its first line only, then gives up. Nothing overlaps: neither another label nor
 * a shape other than its own. Text never shrinks. A uniform grid keeps each test to its neighbourhood: O(claims).
 */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type LabelSide = 'below' | 'right' | 'above' | 'left';
export interface LabelClaim {
  readonly node: number;
  /** Middle of the shape and its radius with rings, screen pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Width of each line. */
  readonly lineWidths: readonly number[];
  readonly sides: readonly LabelSide[];
  /** Width of a shorter name, tried last: better than none for what must be named. */
  readonly shortWidth?: number | undefined;
}
export interface PlacedLabel extends Rect {
  readonly node: number;
  readonly side: LabelSide;
  readonly lineCount: number;
  /** The shorter name is the one that has room. */
  readonly isShort?: boolean;
}
export interface LabelOptions {
  readonly lineHeight: number;
  /** Free pixels between shape and text. */
  readonly offset: number;
  readonly view: Rect;
}

const CELL = 48;

export function placeLabels(
  claims: readonly LabelClaim[],
  shapes: readonly (Rect & { readonly node: number })[],
  options: LabelOptions,
): readonly PlacedLabel[] {
  const taken = new RectGrid();
  for (const shape of shapes) taken.add(shape, shape.node);
  const placed: PlacedLabel[] = [];
  for (const claim of claims) {
    const label = tryClaim(claim, taken, options);
    if (!label) continue;
    taken.add(label, -1);
    placed.push(label);
  }
  return placed;
}

function tryClaim(claim: LabelClaim, taken: RectGrid, options: LabelOptions): PlacedLabel | undefined {
  for (let lineCount = claim.lineWidths.length; lineCount >= 1; lineCount--) {
    const width = Math.max(...claim.lineWidths.slice(0, lineCount));
    const height = lineCount * options.lineHeight;
    const found = freeSide(claim, width, height, taken, options);
    if (found) return { ...found, lineCount };
  }
  if (claim.shortWidth === undefined) return undefined;
  const found = freeSide(claim, claim.shortWidth, options.lineHeight, taken, options);
  return found && { ...found, lineCount: 1, isShort: true };
}

function freeSide(
  claim: LabelClaim,
  width: number,
  height: number,
  taken: RectGrid,
  options: LabelOptions,
): Omit<PlacedLabel, 'lineCount'> | undefined {
  for (const side of claim.sides) {
    const wanted = rectAt(claim, side, width, height, options.offset);
    if (!isInside(wanted, options.view)) continue;
    const rect = movedInside(wanted, options.view);
    if (!taken.hits(rect, claim.node)) return { ...rect, node: claim.node, side };
  }
  return undefined;
}

function rectAt(claim: LabelClaim, side: LabelSide, width: number, height: number, offset: number): Rect {
  const { x, y, radius } = claim;
  switch (side) {
    case 'below':
      return { x: x - width / 2, y: y + radius + offset, width, height };
    case 'above':
      return { x: x - width / 2, y: y - radius - offset - height, width, height };
    case 'right':
      return { x: x + radius + offset + 2, y: y - height / 2, width, height };
    case 'left':
      return { x: x - radius - offset - 2 - width, y: y - height / 2, width, height };
  }
}

/** A name at the rim is read whole: it moves along its shape, never away from it. */
function movedInside(rect: Rect, view: Rect): Rect {
  const room = view.width - rect.width;
  return room < 0 ? rect : { ...rect, x: Math.max(view.x, Math.min(view.x + room, rect.x)) };
}

/** Cut above or mostly outside it would only claim room. */
function isInside(rect: Rect, view: Rect): boolean {
  const middle = rect.x + rect.width / 2;
  return middle > view.x && middle < view.x + view.width && rect.y >= view.y && rect.y < view.y + view.height;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

class RectGrid {
  readonly #cells = new Map<number, { readonly rect: Rect; readonly node: number }[]>();

  add(rect: Rect, node: number): void {
    const entry = { rect, node };
    this.#visit(rect, (key) => {
      const list = this.#cells.get(key);
      if (list) list.push(entry);
      else this.#cells.set(key, [entry]);
      return false;
    });
  }

  hits(rect: Rect, ownNode: number): boolean {
    return this.#visit(rect, (key) =>
      (this.#cells.get(key) ?? []).some((entry) => entry.node !== ownNode && overlaps(entry.rect, rect)),
    );
  }

  #visit(rect: Rect, visit: (key: number) => boolean): boolean {
    for (let cx = Math.floor(rect.x / CELL); cx <= Math.floor((rect.x + rect.width) / CELL); cx++) {
      for (let cy = Math.floor(rect.y / CELL); cy <= Math.floor((rect.y + rect.height) / CELL); cy++) {
        if (visit(cx * 1_000_003 + cy)) return true;
      }
    }
    return false;
  }
}
