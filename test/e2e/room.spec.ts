/** Two windows, one presenting: a guest follows, looks around alone, returns, and cannot change the case. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import type { OpenedHost } from './support/fixtures.ts';
import { expect, test } from './support/fixtures.ts';
import { openView, ready, settled } from './support/views.ts';

test.use({ hostArgs: ['--share', '--address', '127.0.0.1'] });
test.skip(({ hostKind }) => hostKind === 'desktop', 'the desktop host does not share; `faultline serve --share` does');

async function openGuest(
  host: OpenedHost,
  browser: Browser,
  watch: (page: Page) => Page,
  listen: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Page> {
  const [link] = host.viewerLinks;
  if (link === undefined) throw new Error('The host gave no link for guests.');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  // Guests come over plain HTTP from other machines, where browsers keep these back.
  await context.addInitScript(() => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    Reflect.deleteProperty(Navigator.prototype, 'clipboard');
  });
  const guest = watch(await context.newPage());
  await listen(guest);
  await guest.goto(link);
  await ready(guest);
  return guest;
}

test('a guest follows the presenter through views, scenes and masks', async ({
  app,
  browser,
  host,
  watch,
  takeScreenshot,
}) => {
  const guest = await openGuest(host, browser, watch);
  await app.keyboard.press('5');
  await expect(guest).toHaveURL(/#\/logs/);
  await app.keyboard.press('p');
  await app.keyboard.press('2');
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('budget-api');
  await expect(app.getByText(/^1/).first()).toBeVisible();
  await app.keyboard.press('m');
  await expect(guest.getByText('Names masked')).toBeVisible();
  await expect(guest.getByText('budget-api')).toHaveCount(0);
  await takeScreenshot('room/guest', guest);
  await guest.context().close();
});

test('a guest who goes elsewhere is left alone until they follow again', async ({
  app,
  browser,
  host,
  watch,
  takeScreenshot,
}) => {
  const guest = await openGuest(host, browser, watch);
  await app.keyboard.press('5');
  await expect(guest).toHaveURL(/#\/logs/);
  await guest.keyboard.press('6');
  await expect(guest).toHaveURL(/#\/changes/);
  const follow = guest.getByRole('button', { name: /^Follow/ });
  await expect(follow).toBeVisible();
  await settled(guest);
  await takeScreenshot('room/guest-alone', guest);
  await app.keyboard.press('2');
  await expect(app).toHaveURL(/#\/incidents/);
  await app.keyboard.press('p');
  await expect(app.getByRole('navigation', { name: 'Scenes' })).toBeVisible();
  await expect(guest).toHaveURL(/#\/changes/);
  await follow.click();
  await expect(guest.getByRole('navigation', { name: 'Scenes' })).toBeVisible();
  await app.keyboard.press('p');
  await expect(guest).toHaveURL(/#\/incidents/);
  await guest.context().close();
});

test('a guest changes nothing, by button, key or drop', async ({ app, browser, host, watch, takeScreenshot }) => {
  const guest = await openGuest(host, browser, watch);
  await expect(guest.getByText('viewer', { exact: true })).toBeVisible();
  const causes = guest.getByRole('region', { name: 'Possible causes' });
  await expect(causes.getByRole('listitem').first()).toContainText('budget-api');
  await settled(guest);
  await takeScreenshot('room/read-only', guest);
  for (const name of [/^Confirm/, /^Reject/, /^Add fact/, /^Strike/]) {
    await expect(causes.getByRole('button', { name })).toHaveCount(0);
  }
  for (const key of ['c', 'x', '-', 'Shift+A', 'n', 'v']) await guest.keyboard.press(key);
  await expect(guest.getByRole('dialog')).toHaveCount(0);
  await openView(guest, 'sources');
  await expect(guest.getByRole('button', { name: /^Pick/ })).toHaveCount(0);
  await ready(app);
  await expect(app.getByText(/^(Confirmed|Rejected) by/)).toHaveCount(0);
  await openView(app, 'notes');
  await expect(app.getByText('Nothing is written down yet.')).toBeVisible();
  await guest.context().close();
});

const NAMES = ['budget-api', 'points-api', 'warehouse-service', 'admin-portal', 'config-pg', 'nadia-p'] as const;

test('a guest who joins a masked room is told no name, by no frame and at no moment', async ({
  app,
  browser,
  host,
  watch,
  takeScreenshot,
}) => {
  await ready(app);
  await app.getByRole('region', { name: 'Possible causes' }).getByRole('listitem').first().getByRole('button').click();
  await app.keyboard.press('m');
  await expect(app.getByRole('button', { name: /^Names masked/ })).toBeVisible();
  const frames: string[] = [];
  const guest = await openGuest(host, browser, watch, async (page) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => frames.push(payload.toString('latin1')));
    });
    // Every text that was ever painted, not only what is left at the end.
    await page.addInitScript(() => {
      const painted = new Set<string>();
      Object.assign(window, { painted });
      const look = (): void => {
        painted.add(`${document.title} ${document.body?.textContent ?? ''}`);
        requestAnimationFrame(look);
      };
      look();
    });
  });
  await expect(guest.getByText(/Names masked/)).toBeVisible();
  const heading = app.getByRole('heading', { level: 1 });
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText((await heading.textContent()) ?? '');
  await expect(guest.getByRole('button', { name: /\bnames\b/i })).toHaveCount(0);
  await guest.keyboard.press('m');

  await openView(app, 'logs');
  await app.getByRole('searchbox', { name: 'Filter of the log rows' }).fill('service:budget-api');
  await app.keyboard.press('Enter');
  await expect(guest).toHaveURL(/#\/logs\?.*f\.logs=service/);
  await settled(guest);
  await takeScreenshot('room/guest-masked', guest);
  await guest.reload();
  await expect(guest.getByRole('searchbox', { name: 'Filter of the log rows' })).toHaveValue(/^service:"service [A-Z]/);
  await expect(guest).toHaveURL(/#\/logs\?.*names=masked/);
  for (const view of ['case', 'services', 'traces', 'changes', 'notes', 'sources', 'query'] as const) {
    await openView(guest, view);
    await takeScreenshot(`room/guest-masked-${view}`, guest);
  }
  await guest.getByRole('button', { name: /^Run/ }).click();
  await expect(guest.getByText(/^Names are masked in this room/)).toBeVisible();
  await takeScreenshot('room/guest-masked-query', guest);
  const painted = await guest.evaluate(() => [...(window as unknown as { painted: Set<string> }).painted].join('\n'));
  const received = frames.join('\n');
  expect(received.length).toBeGreaterThan(10_000);
  expect(NAMES.filter((name) => received.includes(name))).toEqual([]);
  expect(NAMES.filter((name) => `${painted} ${guest.url()}`.includes(name))).toEqual([]);
  await guest.context().close();
});

test('showing names to guests is asked once, and Esc keeps them masked', async ({
  app,
  browser,
  host,
  watch,
  takeScreenshot,
}) => {
  const guest = await openGuest(host, browser, watch);
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('budget-api');
  await app.keyboard.press('m');
  await expect(guest.getByRole('heading', { level: 1 })).toContainText(/service [A-Z]/);
  const question = app.getByRole('alertdialog', { name: /Show them the names\?$/ });
  await app.keyboard.press('m');
  await expect(question).toContainText('One guest follows this screen.');
  await takeScreenshot('room/unmask-question');
  const { violations } = await new AxeBuilder({ page: app }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await app.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(app.getByRole('button', { name: /^Names masked/ })).toBeVisible();
  await app.keyboard.press('m');
  await expect(question).toBeVisible();
  await app.keyboard.press('Enter');
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('budget-api');
  await app.keyboard.press('m');
  await expect(guest.getByRole('heading', { level: 1 })).toContainText(/service [A-Z]/);
  await app.keyboard.press('m');
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('budget-api');
  await expect(question).toHaveCount(0);
  await guest.context().close();
});
