/** What people say about causes and evidence: the ranking answers in place, tells whose it is, and every step is undone. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { openView, ready } from './support/views.ts';

const causes = (app: Page): Locator => app.getByRole('region', { name: 'Possible causes' });
const list = (app: Page): Locator => causes(app).getByRole('list', { name: /most likely first/ });
const row = (app: Page, name: string): Locator => list(app).getByRole('listitem').filter({ hasText: name });
const supports = (app: Page): Locator => causes(app).getByRole('region', { name: 'Supports' });

/** Hundredths of a row of the list. */
async function share(of: Locator): Promise<number> {
  const figure = of.locator('.cause-share b, .cause-rest-share');
  return Math.round(Number(await figure.textContent()) * 100);
}
async function sumOfShares(app: Page): Promise<number> {
  let sum = 0;
  for (const item of await list(app).getByRole('listitem').all()) sum += await share(item);
  return sum;
}

test('evidence struck out takes its weight away in place, and comes back by undo', async ({ app, takeScreenshot }) => {
  await ready(app);
  const first = row(app, 'budget-api').first();
  await expect(first).toContainText('0.9');
  const before = await share(first);
  const lines = supports(app).getByRole('listitem');
  const count = await lines.count();

  // By keys: the line with the focus.
  await lines.first().getByRole('button').first().focus();
  await app.keyboard.press('-');
  await expect(lines.first()).toContainText('struck out by you');
  await expect(first).toContainText('1 struck out');
  await expect(causes(app).getByText('Ranked anew: 1 line of evidence struck out.')).toBeVisible();
  // Every other line as well, by its own button or with Shift.
  for (let line = 1; line < count; line++) {
    if (line % 2 === 1)
      await lines
        .nth(line)
        .getByRole('button', { name: /^Strike this evidence out/ })
        .click();
    else
      await lines
        .nth(line)
        .getByRole('button')
        .first()
        .click({ modifiers: ['Shift'] });
    await expect(lines.nth(line)).toContainText('struck out by you');
  }
  await expect.poll(() => share(first)).toBeLessThan(before / 4);
  await expect(list(app).getByRole('listitem').first()).not.toContainText('budget-api');
  await expect(list(app).getByRole('listitem').first()).toContainText('↑1');
  expect(await sumOfShares(app)).toBe(100);
  await expect(causes(app).getByText('This sentence was written before evidence was struck out.')).toBeVisible();
  await takeScreenshot('ranking/struck-out');

  // The analysis' own ranking is one click away, and one back.
  await causes(app).getByRole('button', { name: 'Show the ranking of the analysis' }).click();
  await expect(list(app).getByRole('listitem').first()).toContainText('budget-api');
  expect(await share(list(app).getByRole('listitem').first())).toBe(before);
  await causes(app).getByRole('button', { name: 'Rank by what people said' }).click();
  await expect(list(app).getByRole('listitem').first()).not.toContainText('budget-api');

  // It is kept in the case, and told in the draft of the post-mortem.
  await app.reload();
  await ready(app);
  await expect(supports(app).getByRole('listitem').first()).toContainText('struck out by');
  await openView(app, 'notes');
  await expect(app.getByRole('listitem').filter({ hasText: /^supports: .*, struck out$/ })).toHaveCount(count);
});

test('a rejected cause loses its share to the others, is marked, and comes back by undo and redo', async ({
  app,
  takeScreenshot,
}) => {
  await ready(app);
  const first = list(app).getByRole('listitem').first();
  await expect(first).toContainText('budget-api');
  const before = await share(first);
  const second = await share(list(app).getByRole('listitem').nth(1));
  await app.keyboard.press('x');
  await expect(row(app, 'budget-api').first()).toContainText('rejected by you');
  expect(await share(row(app, 'budget-api').first())).toBe(0);
  await expect(first).not.toContainText('budget-api');
  expect(await share(first)).toBeGreaterThan(second);
  expect(await sumOfShares(app)).toBe(100);
  // What one looked at stays what one looks at.
  await expect(row(app, 'budget-api').first().getByRole('button')).toHaveAttribute('aria-current', 'true');
  await takeScreenshot('ranking/rejected');

  await app.keyboard.press('Control+z');
  await expect(first).toContainText('budget-api');
  expect(await share(first)).toBe(before);
  await app.getByRole('button', { name: /^Redo: reject a cause/ }).click();
  await expect(row(app, 'budget-api').first()).toContainText('rejected by you');
  await app.keyboard.press('x');
  await expect(first).toContainText('budget-api');
  await expect(causes(app).getByText(/^Ranked anew/)).toHaveCount(0);
});

test('with every cause rejected nothing is named', async ({ app }) => {
  await ready(app);
  await causes(app)
    .getByRole('button', { name: /more, each less likely/ })
    .click();
  const names = await list(app).locator('.cause-row').count();
  for (let left = names; left > 0; left--) {
    await list(app).locator('.cause-row:not([data-verdict=rejected])').first().getByRole('button').click();
    await app.keyboard.press('x');
    await expect(list(app).locator('[data-verdict=rejected]')).toHaveCount(names - left + 1);
  }
  await expect(causes(app).getByRole('heading', { name: 'Not enough to name a cause' })).toBeVisible();
  await expect(causes(app).getByText(/what did was rejected or struck out/)).toBeVisible();
});

test('what is copied says what was struck out', async ({ app, host }) => {
  test.skip(host.kind === 'desktop', 'the clipboard of the desktop host is the stand-in’s');
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ready(app);
  await supports(app)
    .getByRole('button', { name: /^Strike this evidence out/ })
    .first()
    .click();
  await expect(causes(app).getByText(/^Ranked anew/)).toBeVisible();
  await app.keyboard.press('y');
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toMatch(/struck out: budget-api, /);
});
