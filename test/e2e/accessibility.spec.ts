/** What axe calls serious or critical: in every view, over every dialog and drawer, in every theme; pictures of all of it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { THEMES, VIEWS, openView, ready, setTheme, settled } from './support/views.ts';

/** Ways of a screen reader through a page that axe calls only moderate. */
const ALSO: readonly string[] = ['page-has-heading-one', 'heading-order'];

async function violations(page: Page, where: string): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations
    .filter(({ impact, id }) => impact === 'serious' || impact === 'critical' || ALSO.includes(id))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id} at ${html.slice(0, 160)}`));
}

for (const theme of THEMES) {
  test.describe(`the ${theme} theme`, () => {
    test.setTimeout(480_000);

    test('is accessible in every view', async ({ app, takeScreenshot }) => {
      await ready(app);
      await setTheme(app, theme);
      await ready(app);
      for (const view of VIEWS) {
        await openView(app, view);
        await takeScreenshot(`views/${theme}/${view}`);
        expect.soft(await violations(app, view)).toEqual([]);
      }
    });

    test('is accessible in what opens over and beside a view', async ({ app, takeScreenshot }) => {
      await ready(app);
      await setTheme(app, theme);
      await ready(app);
      const check = async (what: string): Promise<void> => {
        await settled(app);
        await takeScreenshot(`opened/${theme}/${what}`);
        expect.soft(await violations(app, what)).toEqual([]);
      };
      await openView(app, 'case');
      await app.getByRole('region', { name: 'Supports' }).getByRole('button').first().click();
      await expect(app.getByRole('complementary', { name: /raw rows?/i })).toBeVisible();
      await check('raw-rows');
      await app.keyboard.press('Escape');
      await app.keyboard.press('t');
      await expect(app.getByRole('listbox', { name: /^Entities of the graph/ })).toBeVisible();
      await check('graph-table');
      await app.keyboard.press('t');
      await app.keyboard.press('=');
      await check('causes-compared');
      await app.keyboard.press('Escape');
      await app.keyboard.press('?');
      await check('keys');
      await app.keyboard.press('Escape');
      await app.keyboard.press('n');
      await check('note');
      await app.keyboard.press('Escape');
      await app.keyboard.press('Control+k');
      await app.keyboard.type('a');
      await expect(app.getByRole('option').first()).toBeVisible();
      await check('command-box');
      await app.keyboard.press('Escape');
      await app.keyboard.press('p');
      for (const scene of ['Impact', 'What broke', 'Why we think so', 'What we tried', 'Open questions']) {
        await app.getByRole('navigation', { name: 'Scenes' }).getByRole('button', { name: scene }).click();
        await check(`scene-${scene.toLowerCase().replaceAll(' ', '-')}`);
      }
    });

    test.describe('without a case', () => {
      test.use({ bundle: null });

      test('is accessible where one begins', async ({ app, takeScreenshot }) => {
        await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
        await setTheme(app, theme);
        await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
        await takeScreenshot(`views/${theme}/start`);
        expect(await violations(app, 'start')).toEqual([]);
      });
    });
  });
}
