/** Files picked in a browser go to the engine first: how many bytes have gone is told in every view, and can be stopped. */
import { expect, test } from './support/fixtures.ts';

test('a picked file on its way tells its bytes beside the view, and is cancelled', async ({ app, hostKind }) => {
  test.skip(hostKind === 'desktop', 'the desktop host reads files where they lie');
  await expect(app.getByRole('region', { name: 'Possible causes' })).toContainText('budget-api');
  const held = Promise.withResolvers<null>();
  await app.route('**/upload', async (route) => {
    await held.promise;
    await route.abort();
  });
  const choosing = app.waitForEvent('filechooser');
  await app.keyboard.press('i');
  await (await choosing).setFiles({ name: 'api.log', mimeType: 'text/plain', buffer: Buffer.alloc(3_000_000, 'a') });
  const banner = app.getByRole('status').filter({ hasText: 'Handing over api.log' });
  await expect(banner).toContainText(/of 3\sMB/u);
  await expect(banner.getByRole('progressbar', { name: 'Handed over' })).toBeVisible();

  // Sources tells it itself, once.
  await app.keyboard.press('9');
  await expect(banner).toHaveCount(0);
  await expect(app.getByRole('heading', { level: 1 })).toContainText(/Handing over api\.log.*of 3\sMB/u);
  await app.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(app.getByRole('heading', { level: 1 })).toContainText('Analysed in');
  await expect(app.getByText('These files could not be imported.')).toHaveCount(0);
  held.resolve(null);
});
