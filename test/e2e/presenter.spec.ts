import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const CAUSE = 'budget-api';

test.describe('presenting', () => {
  test('shows one scene after the other by keys alone, and gives the screen back @quick', async ({
    app,
    takeScreenshot,
  }) => {
    await startPresenting(app);
    await expect(app.getByRole('heading', { level: 1 })).toContainText(CAUSE);
    await takeScreenshot('presenter/impact');
    await app.keyboard.press('ArrowRight');
    await expect(app.getByRole('heading', { level: 1 })).toContainText(/^(Most likely|Possibly): .*budget-api/);
    await expect(app.getByText('not confirmed')).toBeVisible();
    await app.keyboard.press('s');
    await takeScreenshot('presenter/broke-spotlight');
    await app.keyboard.press('5');
    await expect(app.getByRole('button', { name: 'Open questions' })).toHaveAttribute('aria-current', 'step');
    await takeScreenshot('presenter/open');
    await app.keyboard.press('p');
    await expect(app.getByRole('navigation', { name: 'Views' })).toBeVisible();
  });

  test('masks every name, with the same word for the same service, also after a reload', async ({
    app,
    takeScreenshot,
  }) => {
    await startPresenting(app);
    await expect(app.getByText(CAUSE).first()).toBeVisible();
    await app.keyboard.press('m');
    await expect(app.getByText('Names masked')).toBeVisible();
    const heading = app.getByRole('heading', { level: 1 });
    await expect(heading).toContainText(/service [A-Z]/);
    const masked = await heading.textContent();
    for (const scene of ['1', '2', '3', '4', '5']) {
      await app.keyboard.press(scene);
      await expect(app.getByText(CAUSE)).toHaveCount(0);
      expect(await app.content()).not.toContain(CAUSE);
    }
    expect(await app.title()).not.toContain(CAUSE);
    await takeScreenshot('presenter/masked');
    await app.reload();
    await startPresenting(app);
    // A reload in front of a room shows no name: the mask stays until somebody takes it off.
    await expect(app.getByText('Names masked')).toBeVisible();
    await expect(app.getByRole('heading', { level: 1 })).toHaveText(masked ?? '');
    await app.keyboard.press('m');
    await expect(app.getByRole('heading', { level: 1 })).toContainText(CAUSE);
  });

  test('a frozen picture stands still while the case changes', async ({ app, host, watch }) => {
    const other = watch(await host.openPage());
    await startPresenting(app);
    await app.keyboard.press('4');
    await expect(app.getByText('No notes, decisions or actions yet.')).toBeVisible();
    await app.keyboard.press('.');
    await expect(app.getByText(/Frozen \d\d:\d\d/)).toBeVisible();
    await addNote(other, 'restarted the pool');
    await other.keyboard.press('7');
    await expect(
      other.getByRole('region', { name: 'Notes', exact: true }).getByText('restarted the pool'),
    ).toBeVisible();
    await expect(app.getByText('No notes, decisions or actions yet.')).toBeVisible();
    await app.keyboard.press('.');
    await expect(app.getByText('restarted the pool').first()).toBeVisible();
  });
});

async function startPresenting(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  // Shown once there is something to present; the key works from then on.
  await expect(page.getByRole('button', { name: /^Present/ })).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('navigation', { name: 'Scenes' })).toBeVisible();
}

async function addNote(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}
