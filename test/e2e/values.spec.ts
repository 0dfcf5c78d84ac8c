/** One service has one error rate: graph and Services show values of the same stretch, name it, and follow the range alike. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const SERVICE = 'budget-api';

/** Errors and p95 of the service in the graph's table, and the stretch the graph names. */
async function inGraph(app: Page): Promise<readonly string[]> {
  await app.keyboard.press('1');
  const graph = app.getByRole('region', { name: 'Dependency graph' });
  const row = graph.getByRole('option').filter({ hasText: SERVICE });
  const table = graph.getByRole('button', { name: 'Table twin' });
  if ((await table.getAttribute('aria-pressed')) !== 'true') await table.click();
  const cells = row.first().locator(':scope > span');
  await expect(cells.nth(5)).toHaveText(/%/u);
  const stretch = /values (.+)/u.exec(await graph.locator('.graph-counts').innerText())?.[1] ?? 'none';
  return [await cells.nth(5).innerText(), await cells.nth(7).innerText(), stretch];
}

/** The same of the list in Services. */
async function inServices(app: Page): Promise<readonly string[]> {
  await app.keyboard.press('3');
  const services = app.getByRole('region', { name: 'Services' });
  const row = services.locator(`[data-entity="service:${SERVICE}"]`);
  const numbers = row.locator('.services-number');
  await expect(numbers.nth(1)).toHaveText(/%/u);
  const stretch = /values (.+)/u.exec(await services.locator('.panel-header').innerText())?.[1] ?? 'none';
  return [await numbers.nth(1).innerText(), await numbers.nth(3).innerText(), stretch];
}

test('graph and Services say the same of a service, before and after a range is chosen', async ({ app }) => {
  const first = await inGraph(app);
  expect(await inServices(app)).toEqual(first);

  await app.getByRole('button', { name: '±5 min' }).click();
  await expect(async () => {
    const chosen = await inGraph(app);
    expect(chosen[2]).not.toBe(first[2]);
    expect(await inServices(app)).toEqual(chosen);
  }).toPass();
});

test('the chart of errors leads with the value of the graph and says which one is the peak', async ({ app }) => {
  const [errors = ''] = await inGraph(app);
  await app.keyboard.press('3');
  await app.locator(`[data-entity="service:${SERVICE}"]`).click();
  const chart = app.getByRole('region', { name: 'Errors', exact: true });
  await expect(chart.locator('.value')).toHaveText(errors);
  await expect(chart).toContainText('peak');
});
