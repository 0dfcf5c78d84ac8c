import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from './support/fixtures.ts';
import { writeHostileBundle } from './support/hostile-bundle.ts';
import { VIEWS, openView, ready } from './support/views.ts';

const test = base.extend({
  bundle: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-hostile-'));
    await use(await writeHostileBundle(folder));
    await rm(folder, { recursive: true, force: true });
  },
});

/** Text of the bundle became an element, ran, or pushed the page out of its frame. */
async function harm(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const harms: string[] = [];
    if ('hacked' in window) harms.push(`a script of the bundle ran (${String(window.hacked)})`);
    if (document.querySelector('img[src="x"]')) harms.push('text of the bundle became an image');
    for (const script of document.scripts) if (script.src === '') harms.push('text of the bundle became a script');
    for (const link of document.links) if (link.protocol === 'javascript:') harms.push('a link runs a script');
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const outside = [...document.body.querySelectorAll('*')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth,
      );
      const shown = outside.map((element) => element.outerHTML.slice(0, 100)).slice(-3);
      harms.push(`the page is ${scrollWidth} px wide, because of one of ${shown.join(' … ')}`);
    }
    return harms;
  });
}

test.describe('a bundle of hostile texts', () => {
  test('stays text in every view', async ({ app, takeScreenshot }) => {
    await ready(app);
    for (const view of VIEWS) {
      await openView(app, view);
      expect(await harm(app), view).toEqual([]);
      await takeScreenshot(`hostile/${view}`);
    }
  });

  test('stays text on the presenter screen, also with masked names', async ({ app, takeScreenshot }) => {
    await expect(app.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await app.keyboard.press('p');
    for (const scene of ['Impact', 'What broke', 'Why we think so', 'What we tried', 'Open questions']) {
      await app.getByRole('navigation', { name: 'Scenes' }).getByRole('button', { name: scene }).click();
      await expect(app.getByRole('main')).not.toBeEmpty();
      expect(await harm(app), scene).toEqual([]);
    }
    await takeScreenshot('hostile/presenter');
    await app.keyboard.press('m');
    await expect(app.getByText('Names masked')).toBeVisible();
    await expect(app.getByText('aaaaaaaaaa')).toHaveCount(0);
    expect(await harm(app)).toEqual([]);
  });
});
