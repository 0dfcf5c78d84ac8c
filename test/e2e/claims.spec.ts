/** Claims open: a sentence that counts leads to all it counts, wherever it stands. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const causes = (app: Page) => app.getByRole('region', { name: 'Possible causes' });
const drawer = (app: Page) => app.getByRole('complementary', { name: /raw rows?/i });

test('from “seen eleven times” to all eleven log records', async ({ app }) => {
  const line = causes(app)
    .getByRole('button')
    .filter({ hasText: / of \d+ log records/u })
    .first();
  const count = / of (\d+) log records/u.exec(await line.innerText())?.[1] ?? '';
  await line.click();
  await drawer(app)
    .getByRole('button', { name: `Show all ${count} in Logs` })
    .click();
  await expect(app.getByRole('region', { name: 'Logs' })).toContainText(`${count} rows`);
  await expect(drawer(app)).toHaveCount(0);
  await app.keyboard.press('Alt+ArrowLeft');
  await expect(drawer(app)).toBeVisible();
});

test('findings and alerts beside the charts of a service open their rows', async ({ app }) => {
  await app.keyboard.press('3');
  await app.locator('[data-entity="service:budget-api"]').click();
  const beside = app.getByRole('complementary', { name: 'Findings and neighbours' });
  await beside
    .getByRole('region', { name: 'Findings' })
    .getByRole('button')
    .filter({ hasText: 'Requests to' })
    .first()
    .click();
  await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(drawer(app)).toHaveCount(0);
  await beside.getByRole('region', { name: 'Alerts' }).getByRole('button').first().click();
  await expect(drawer(app).getByRole('rowheader', { name: 'severity' })).toBeVisible();
});

test('a namespace answers no calls: what is in it and its alerts fill the place of the charts', async ({ app }) => {
  await app.keyboard.press('3');
  await app.getByRole('searchbox').fill('namespace');
  const row = app
    .locator('[data-entity^="namespace:"]')
    .filter({ hasText: /failing|degraded/u })
    .first();
  await row.click();
  const left = app.getByRole('region', { name: 'Charts, templates and traces' });
  await expect(left.getByRole('note')).toContainText('A namespace answers no calls itself');
  await expect(left.getByRole('region', { name: 'Alerts' }).getByRole('button').first()).toBeVisible();
  await left.getByRole('region', { name: 'Belongs together' }).getByRole('button', { name: 'budget-api' }).click();
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('budget-api');
  await expect(left.getByRole('note')).toHaveCount(0);
});
