/** The answers without a cause, and what a view says when it has nothing or cannot. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from './support/fixtures.ts';
import { writeCalmBundle } from './support/calm-bundle.ts';
import { VIEWS, openView, ready } from './support/views.ts';

const test = base.extend<{ readonly seconds: number }>({
  seconds: [900, { option: true }],
  bundle: async ({ seconds }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-calm-'));
    await use(await writeCalmBundle(folder, seconds));
    await rm(folder, { recursive: true, force: true });
  },
});

test.describe('telemetry in which nothing happens', () => {
  test('is answered so, with what was read; no view is blank', async ({ app, takeScreenshot }) => {
    await ready(app);
    await expect(app.getByRole('heading', { level: 1, name: 'Nothing unusual in this case' })).toBeVisible();
    await expect(app.getByText(/^Read: 900 spans from 1 file/)).toBeVisible();
    await takeScreenshot('states/nothing-unusual');
    for (const view of VIEWS) {
      await openView(app, view);
      await takeScreenshot(`states/calm-${view}`);
      expect((await app.getByRole('main').innerText()).trim().length, view).toBeGreaterThan(40);
    }
  });

  test('a statement that is none says where it breaks', async ({ app, takeScreenshot }) => {
    await ready(app);
    await openView(app, 'query');
    await app
      .getByRole('textbox', { name: /SQL|statement/i })
      .first()
      .fill('select name from v_nothing');
    await app.keyboard.press('Control+Enter');
    await expect(app.getByRole('alert')).toContainText('v_nothing');
    await takeScreenshot('states/error');
  });
});

test.describe('telemetry of a few seconds', () => {
  test.use({ seconds: 20 });

  test('is not called calm: it is too little to know', async ({ app, takeScreenshot }) => {
    await ready(app);
    await expect(app.getByRole('heading', { level: 1, name: 'Not enough to name an incident' })).toBeVisible();
    await expect(app.getByText(/^Read: 20 spans from 1 file/)).toBeVisible();
    await takeScreenshot('states/not-enough');
  });
});
