/** The canvas of the graph as a hand knows it: moving over it until something answers. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

export interface FoundNode {
  readonly x: number;
  readonly y: number;
  /** First line of its tooltip. */
  readonly name: string;
}

/** A node that the pointer can take hold of, by where the pointer becomes a hand. */
export async function findNode(page: Page): Promise<FoundNode> {
  const canvas = page.locator('.graph-canvas');
  await expect(canvas).toBeVisible();
  // The layout is made by a worker: until it is there, the pointer finds nothing.
  let spots: readonly (readonly [number, number])[] = [];
  await expect.poll(async () => (spots = await canvas.evaluate(spotsUnderHand)).length).toBeGreaterThan(0);
  for (const [x, y] of spots) {
    await page.mouse.move(x, y);
    const name = await tooltipName(page);
    if (name !== null && !name.includes('→')) return { x, y, name };
  }
  throw new Error('The pointer found no node on the graph.');
}

/** What the tooltip under the resting pointer is about. */
async function tooltipName(page: Page): Promise<string | null> {
  const tooltip = page.getByRole('tooltip').first();
  await tooltip.waitFor({ state: 'visible', timeout: 1_500 }).catch(() => undefined);
  return (await tooltip.isVisible()) ? tooltip.locator('p').first().textContent() : null;
}

/** Runs in the page. Spots whose neighbours are under the hand as well: the middle of a shape, not an edge. */
function spotsUnderHand(host: Element): readonly (readonly [number, number])[] {
  const STEP = 6;
  const box = host.getBoundingClientRect();
  const style = (host as HTMLElement).style;
  const isHand = (x: number, y: number): boolean => {
    host.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y, bubbles: true }));
    return style.cursor === 'pointer';
  };
  const found: (readonly [number, number])[] = [];
  for (let y = box.top + 12; y < box.bottom - 12; y += STEP) {
    for (let x = box.left + 12; x < box.right - 12; x += STEP) {
      const isMiddle = isHand(x, y) && isHand(x - STEP, y) && isHand(x + STEP, y) && isHand(x, y - STEP);
      const isNear = found.some(([nearX, nearY]) => Math.hypot(nearX - x, nearY - y) < 40);
      if (isMiddle && !isNear && isHand(x, y + STEP)) found.push([x, y]);
    }
  }
  return found;
}
