/** Small windows and large type: no view makes the page scroll sideways. */
import { expect, test } from './support/fixtures.ts';
import { VIEWS, openView, overflowPx, ready } from './support/views.ts';

/** The least laptop screen, the least width of the layout, and 1440 × 900 at 200 %. */
const SIZES = [
  { name: '1280', width: 1280, height: 720 },
  { name: '1180', width: 1180, height: 680 },
  { name: '200-percent', width: 720, height: 450 },
] as const;

for (const { name, width, height } of SIZES) {
  test(`no view is wider than a window of ${width} × ${height}`, async ({ app, takeScreenshot }) => {
    await app.setViewportSize({ width, height });
    await ready(app);
    for (const view of VIEWS) {
      await openView(app, view);
      await takeScreenshot(`sizes/${name}/${view}`);
      expect.soft(await overflowPx(app), view).toBeLessThanOrEqual(0);
    }
  });
}
