import { expect, test } from './support/fixtures.ts';

test.describe('two windows, one presenting', () => {
  test.use({ hostArgs: ['--share', '--address', '127.0.0.1'] });
  test.skip(
    ({ hostKind }) => hostKind === 'desktop',
    'the desktop host does not share; `faultline serve --share` does',
  );

  test('a guest follows the presenter, may look around alone, and cannot change the case', async ({
    app,
    browser,
    host,
    watch,
    takeScreenshot,
  }) => {
    const [link] = host.viewerLinks;
    if (link === undefined) throw new Error('The host gave no link for guests.');
    const context = await browser.newContext();
    const guest = watch(await context.newPage());
    await guest.goto(link);
    await expect(guest.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await app.keyboard.press('5');
    await expect(guest).toHaveURL(/#\/logs/);
    await guest.keyboard.press('n');
    await expect(guest.getByRole('dialog')).toHaveCount(0);
    await app.keyboard.press('p');
    await app.keyboard.press('2');
    await expect(guest.getByRole('heading', { level: 1 })).toContainText('budget-api');
    await expect(app.getByText(/^1/).first()).toBeVisible();
    await app.keyboard.press('m');
    await expect(guest.getByText('Names masked')).toBeVisible();
    await expect(guest.getByText('budget-api')).toHaveCount(0);
    await takeScreenshot('room/guest', guest);
    await context.close();
  });
});
