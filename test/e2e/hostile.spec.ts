import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from './support/fixtures.ts';
import { findNode } from './support/graph-pointer.ts';
import { LONG_NAME, writeHostileBundle } from './support/hostile-bundle.ts';
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

  test('stays text in the drawer, in tooltips and in what is found; the whole of a long name can be read', async ({
    app,
    takeScreenshot,
  }) => {
    await ready(app);
    await expect(app.getByRole('region', { name: 'Possible causes' }).getByRole('listitem').first()).toBeVisible();
    await app.keyboard.press('Shift+Enter');
    const drawer = app.getByRole('complementary', { name: /raw rows?/i });
    await expect(drawer.getByRole('rowheader').first()).toBeVisible();
    expect(await harm(app), 'drawer').toEqual([]);
    await takeScreenshot('hostile/raw-rows');
    await app.keyboard.press('Escape');
    const { name } = await findNode(app);
    expect(name.length).toBeLessThan(300);
    expect(await harm(app), 'tooltip').toEqual([]);
    await takeScreenshot('hostile/tooltip');
    await app.mouse.move(5, 5);
    await app.keyboard.press('Control+k');
    await app.keyboard.type('long-');
    await expect(app.getByRole('option').first()).toBeVisible();
    expect(await harm(app), 'command box').toEqual([]);
    await takeScreenshot('hostile/command-box');
    await app.keyboard.press('Escape');
    expect(await app.title()).toMatch(/– Faultline$/);

    // The case knows the service by the beginning of its name; the row says all of it.
    await openView(app, 'query');
    await app
      .getByRole('textbox', { name: /SQL|statement/i })
      .first()
      .fill(
        `select length(attributes ->> '$."service.name"') as letters, length(name) as shown from entities where name like 'long-%'`,
      );
    await app.keyboard.press('Control+Enter');
    await expect(app.getByText(String(LONG_NAME.length), { exact: true })).toBeVisible();
  });

  test('stays text in what leaves the page', async ({ app, hostKind, browser }) => {
    test.skip(hostKind === 'desktop', 'the desktop saves through a dialog, see desktop/; the bytes are the same');
    await ready(app);
    await findNode(app);
    const svg = await downloaded(app, /^Export the whole graph as SVG/);
    expect(svg).toContain('&lt;img');
    await openView(app, 'notes');
    const html = await downloaded(app, 'HTML');
    for (const [what, text] of [
      ['SVG', svg],
      ['post-mortem', html],
    ] as const) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.setContent(text);
      const harms = await page.evaluate(() => ({
        ran: 'hacked' in window,
        images: document.querySelectorAll('img[src="x"]').length,
        handlers: [...document.querySelectorAll('*')].filter((element) =>
          [...element.attributes].some(({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value)),
        ).length,
      }));
      expect(harms, what).toEqual({ ran: false, images: 0, handlers: 0 });
      await context.close();
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

/** The text of the file that a button hands out. */
async function downloaded(page: Page, name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}
