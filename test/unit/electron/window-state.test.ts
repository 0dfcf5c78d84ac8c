import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWindowState, placeBeside, placeWindow, SMALLEST_WINDOW } from '../../../electron/main/window-state.ts';
import type { Rectangle, WindowState } from '../../../electron/main/window-state.ts';

const primary: Rectangle = { x: 0, y: 25, width: 1_920, height: 1_055 };
const second: Rectangle = { x: 1_920, y: 0, width: 1_280, height: 1_024 };
const stateAt = (bounds: Rectangle): WindowState => ({ version: 1, bounds, isMaximized: false, isFullScreen: false });

describe('a stored window state', () => {
  it('is read as it was written', () => {
    const state = stateAt({ x: 10, y: 40, width: 1_000, height: 700 });
    expect(parseWindowState(JSON.stringify(state))).toEqual(state);
  });

  it.each([
    ['nothing', ''],
    ['half a file', '{"version":1,"bounds":{"x":1'],
    ['another version', JSON.stringify({ ...stateAt(primary), version: 2 })],
    ['a number that is none', JSON.stringify({ ...stateAt(primary), bounds: { ...primary, x: null } })],
    ['no size', JSON.stringify(stateAt({ ...primary, width: 0 }))],
    ['a field nobody knows', JSON.stringify({ ...stateAt(primary), command: 'rm' })],
  ])('is none when it is %s', (_what, text) => {
    expect(parseWindowState(text)).toBeNull();
  });
});

describe('placing a window', () => {
  it('puts the first one in the middle of the primary display', () => {
    // 1920 - 1440 = 480 and 1055 - 900 = 155 are left over.
    expect(placeWindow(null, [primary])).toEqual({ x: 240, y: 25 + 77, width: 1_440, height: 900 });
  });

  it('puts it back on the display where it was', () => {
    const bounds = { x: 2_000, y: 100, width: 1_100, height: 800 };
    expect(placeWindow(stateAt(bounds), [primary, second])).toEqual(bounds);
  });

  it('keeps its size in the middle when its display is gone', () => {
    const bounds = { x: 2_000, y: 100, width: 1_100, height: 800 };
    expect(placeWindow(stateAt(bounds), [primary])).toEqual({ x: 410, y: 25 + 127, width: 1_100, height: 800 });
  });

  it('pulls a title that is under the menu bar down to where it can be caught', () => {
    expect(placeWindow(stateAt({ x: 100, y: 0, width: 900, height: 600 }), [primary]).y).toBe(25);
  });

  it('is always reachable and never too small, whatever was stored', () => {
    const any = fc.integer({ min: -100_000, max: 100_000 });
    const size = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(any, any, size, size, (x, y, width, height) => {
        const placed = placeWindow(stateAt({ x, y, width, height }), [primary, second]);
        expect(placed.width).toBeGreaterThanOrEqual(SMALLEST_WINDOW.width);
        expect(placed.height).toBeGreaterThanOrEqual(SMALLEST_WINDOW.height);
        // A strip of 150 pixels of the top edge lies on a display.
        const isCaught = [primary, second].some(
          (area) =>
            Math.min(placed.x + placed.width, area.x + area.width) - Math.max(placed.x, area.x) >= 150 &&
            placed.y >= area.y &&
            placed.y < area.y + area.height,
        );
        expect(isCaught).toBe(true);
      }),
    );
  });

  it('puts a second window a little lower to the right, and back to the corner at the edge', () => {
    expect(placeBeside({ x: 100, y: 100, width: 900, height: 600 }, primary)).toEqual({
      x: 132,
      y: 132,
      width: 900,
      height: 600,
    });
    expect(placeBeside({ x: 1_000, y: 400, width: 900, height: 670 }, primary)).toMatchObject({ x: 0, y: 25 });
  });
});
