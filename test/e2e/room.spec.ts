/** Two windows, one presenting: a guest follows, looks around alone, returns, and cannot change the case. */
import type { Browser, Page } from '@playwright/test';
import type { OpenedHost } from './support/fixtures.ts';
import { expect, test } from './support/fixtures.ts';
import { openView, ready, settled } from './support/views.ts';

test.use({ hostArgs: ['--share', '--address', '127.0.0.1'] });
test.skip(({ hostKind }) => hostKind === 'desktop', 'the desktop host does not share; `faultline serve --share` does');

async function openGuest(host: OpenedHost, browser: Browser, watch: (page: Page) => Page): Promise<Page> {
  const [link] = host.viewerLinks;
  if (link === undefined) throw new Error('The host gave no link for guests.');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  // Guests come over plain HTTP from other machines, where browsers keep these back.
  await context.addInitScript(() => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    Reflect.deleteProperty(Navigator.prototype, 'clipboard');
  });
  const guest = watch(await context.newPage());
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
