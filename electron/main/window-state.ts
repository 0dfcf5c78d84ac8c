/**
 * Place and size of a window, remembered over restarts. What was stored is checked like any other input: the file may be
 * damaged, and the display it speaks of may have been unplugged since. A window is always reachable by the mouse.
 */
import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pixels = z.number().int().min(-100_000).max(100_000);
const windowState = z.strictObject({
  version: z.literal(1),
  bounds: z.strictObject({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) }),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

/** The drawn screens are 1440 wide and stay usable at half of that. */
export const SMALLEST_WINDOW = { width: 720, height: 480 } as const;
const FIRST_WINDOW = { width: 1440, height: 900 } as const;
/** So much of the window lies on a display at least, so that its title can be caught. */
const REACHABLE = { width: 160, height: 60 } as const;

/** The stored state, or null when the text is none. */
export function parseWindowState(text: string): WindowState | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  return windowState.safeParse(json).data ?? null;
}

/**
 * Bounds a window can be opened with. `workAreas` are those of the displays connected now, the primary one first and at
 * least one. A stored place that no display shows any more gives way to the middle of the primary display.
 */
export function placeWindow(stored: WindowState | null, workAreas: readonly [Rectangle, ...Rectangle[]]): Rectangle {
  if (!stored) return centred(FIRST_WINDOW, workAreas[0]);
  for (const area of workAreas) {
    // Judged by the size it will have: a window made smaller may no longer reach onto the display.
    const bounds = { ...stored.bounds, ...fitted(stored.bounds, area) };
    if (isReachable(bounds, area)) return { ...bounds, y: Math.max(bounds.y, area.y) };
  }
  return centred(stored.bounds, workAreas[0]);
}

/** A second window lies a little lower and to the right, and never outside the display. */
export function placeBeside(bounds: Rectangle, workArea: Rectangle): Rectangle {
  const STEP = 32;
  const moved = { ...bounds, x: bounds.x + STEP, y: bounds.y + STEP };
  const isInside = moved.x + moved.width <= right(workArea) && moved.y + moved.height <= bottom(workArea);
  return isInside ? moved : { ...bounds, ...fitted(bounds, workArea), x: workArea.x, y: workArea.y };
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(right(bounds), right(area)) - Math.max(bounds.x, area.x);
  // The title is at the top: a window whose top is above or below the display cannot be moved back.
  const isTopVisible = bounds.y >= area.y - REACHABLE.height && bounds.y <= bottom(area) - REACHABLE.height;
  return width >= REACHABLE.width && isTopVisible;
}

function fitted(size: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Pick<Rectangle, 'width' | 'height'> {
  return {
    width: Math.max(SMALLEST_WINDOW.width, Math.min(size.width, area.width)),
    height: Math.max(SMALLEST_WINDOW.height, Math.min(size.height, area.height)),
  };
}

function centred(size: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Rectangle {
  const { width, height } = fitted(size, area);
  return {
    x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.floor((area.height - height) / 2)),
    width,
    height,
  };
}

function right({ x, width }: Rectangle): number {
  return x + width;
}
function bottom({ y, height }: Rectangle): number {
  return y + height;
}
