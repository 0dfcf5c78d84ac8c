/** The Case view and what hangs on it: the journey from a dropped bundle to raw rows and back, by mouse and by keys. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const causes = (app: Page) => app.getByRole('region', { name: 'Possible causes' });
const ledgerRow = (app: Page) => causes(app).getByRole('region', { name: 'Supports' }).getByRole('button').first();
const drawer = (app: Page) => app.getByRole('complementary', { name: /raw rows?/i });

test.describe('the case', () => {
  test('from incident to cause, evidence, raw rows, graph and back', async ({ app, takeScreenshot }) => {
    await expect(app.getByRole('heading', { level: 1 })).toContainText('budget-api: error rate');
    const first = causes(app).getByRole('listitem').first();
    await expect(first).toContainText('budget-api');
    await expect(first).toContainText('likely');
    await takeScreenshot('case/incident');

    await ledgerRow(app).click();
    await expect(drawer(app)).toBeVisible();
    await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
    await expect(app).toHaveURL(/f\.rows=span/);
    await takeScreenshot('case/raw-rows');

    await drawer(app).getByRole('button', { name: 'Show in graph' }).click();
    await expect(drawer(app)).toHaveCount(0);
    await expect(app).toHaveURL(/sel=entity%3Aservice%3Abudget-api/);
    await app.keyboard.press('Alt+ArrowLeft');
    await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
    await app.keyboard.press('Alt+ArrowLeft');
    await expect(drawer(app)).toHaveCount(0);
  });

  test('everything is reached by keys alone', async ({ app }) => {
    await expect(causes(app).getByRole('listitem').first()).toContainText('budget-api');
    await app.keyboard.press('j');
    await app.keyboard.press('j');
    const second = causes(app).getByRole('listitem').nth(1).getByRole('button');
    await expect(second).toBeFocused();
    await app.keyboard.press('Enter');
    await expect(second).toHaveAttribute('aria-current', 'true');
    await expect(app).toHaveURL(/sel=cause/);
    // On through the rest of the list into the evidence.
    for (let step = 0; step < 12; step++) {
      await app.keyboard.press('j');
      if (await ledgerRow(app).evaluate((row) => row === document.activeElement)) break;
    }
    await expect(ledgerRow(app)).toBeFocused();
    await app.keyboard.press('Enter');
    await expect(drawer(app)).toBeVisible();
    await app.keyboard.press('Escape');
    await expect(drawer(app)).toHaveCount(0);
    await expect(ledgerRow(app)).toBeFocused();
  });

  test('a reload keeps cause, rows and verdict', async ({ app }) => {
    await causes(app).getByRole('listitem').nth(1).getByRole('button').click();
    await app.keyboard.press('x');
    await expect(causes(app).getByText(/^Rejected by/)).toBeVisible();
    await ledgerRow(app).click();
    await expect(drawer(app)).toBeVisible();
    await app.reload();
    await expect(drawer(app)).toBeVisible();
    await expect(causes(app).getByText(/^Rejected by/)).toBeVisible();
    const rejected = causes(app).getByRole('listitem').filter({ hasText: 'rejected by' });
    await expect(rejected.getByRole('button')).toHaveAttribute('aria-current', 'true');
    // Said again, it is taken back.
    await app.keyboard.press('Escape');
    await app.keyboard.press('x');
    await expect(causes(app).getByText(/^Rejected by/)).toHaveCount(0);
  });

  test('shares and what the case does not show add up to 1', async ({ app }) => {
    const list = causes(app).getByRole('list', { name: /^Possible causes/ });
    await expect(list.getByText('Something this case does not show')).toBeVisible();
    await list.getByRole('button', { name: /more, each less likely/ }).click();
    const text = await list.innerText();
    const shares = [...text.matchAll(/^(?:0\.\d\d|1\.00)$/gm)].map(([share]) => Math.round(Number(share) * 100));
    expect(shares.length).toBeGreaterThan(3);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
  });

  test('two causes stand side by side, a fact is added', async ({ app, takeScreenshot }) => {
    await expect(causes(app).getByRole('listitem').first()).toContainText('budget-api');
    await app.keyboard.press('=');
    const compared = app.getByRole('region', { name: 'Two causes compared' });
    await expect(compared.getByText(/^Explains alone/)).toHaveCount(2);
    await takeScreenshot('case/compare');
    await app.keyboard.press('Escape');
    await expect(compared).toHaveCount(0);
    await app.keyboard.press('Shift+A');
    // Letters typed into the fact must not confirm or reject anything.
    await app.getByRole('textbox', { name: 'A fact about this cause' }).fill('');
    await app.keyboard.type('xc: seen on staging');
    await app.keyboard.press('Enter');
    await expect(causes(app).getByText('xc: seen on staging')).toBeVisible();
    await expect(causes(app).getByText(/^(Confirmed|Rejected) by/)).toHaveCount(0);
  });

  test('the timeline sets the range of every view and has a table twin', async ({ app, takeScreenshot }) => {
    const timeline = app.getByRole('region', { name: 'Timeline', exact: true });
    await expect(timeline.getByRole('button', { name: /deployment Deployment of budget-api/ })).toBeVisible();
    const lane = timeline.locator('[data-lane=latency]');
    const box = await lane.boundingBox();
    if (!box) throw new Error('The latency lane has no place.');
    const y = box.y + box.height / 2;
    await app.mouse.move(box.x + 300, y);
    await app.mouse.down();
    await app.mouse.move(box.x + 500, y, { steps: 4 });
    await app.mouse.up();
    await expect(app).toHaveURL(/range=\d+\.\.\d+/);
    await app.keyboard.press('Control+Z');
    await expect(app).not.toHaveURL(/range=/);
    await timeline.getByRole('button', { name: 'Show as table' }).click();
    await expect(timeline.getByRole('cell', { name: 'Deployment of budget-api v2.20.0 to production' })).toBeVisible();
    await timeline.getByRole('button', { name: 'Show lanes' }).click();
    await timeline.getByRole('button', { name: /Findings/ }).click();
    await expect(timeline.getByRole('button', { name: /Findings/ })).toHaveAttribute('aria-expanded', 'false');
    await takeScreenshot('case/lane-folded');
  });

  test('narrow, the causes are a tab; at 200 % everything is one column', async ({ app, takeScreenshot }) => {
    await expect(causes(app)).toBeVisible();
    await app.setViewportSize({ width: 1200, height: 800 });
    await expect(causes(app)).toHaveCount(0);
    await app.getByRole('tab', { name: 'Possible causes' }).click();
    await expect(causes(app)).toBeVisible();
    await takeScreenshot('case/narrow');
    // 1440 × 900 at 200 %.
    await app.setViewportSize({ width: 720, height: 450 });
    await expect(causes(app)).toBeAttached();
    await expect(app.getByRole('region', { name: 'Timeline', exact: true })).toBeAttached();
    const overflow = await app.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await takeScreenshot('case/one-column');
  });
});

test.describe('incidents and changes', () => {
  test('alerts are folded, links say why, rows open', async ({ app, takeScreenshot }) => {
    await app.goto(`${app.url().split('#')[0] ?? ''}#/incidents`);
    const list = app.getByRole('list', { name: /18 alerts in 12 groups/ });
    await expect(list).toBeVisible();
    await expect(app.getByText(/^Noise reduction = 1 − incidents ÷ alerts read/)).toBeVisible();
    await list.focus();
    await app.keyboard.press('ArrowDown');
    await app.keyboard.press('Enter');
    await expect(drawer(app)).toBeVisible();
    await app.keyboard.press('Escape');
    await app.getByRole('tab', { name: /^Why one incident/ }).click();
    await expect(app.getByRole('cell', { name: /^same place/ }).first()).toBeVisible();
    await takeScreenshot('incidents/why');
  });

  test('changes: the guilty one first, filtered by words', async ({ app, takeScreenshot }) => {
    await app.goto(`${app.url().split('#')[0] ?? ''}#/changes`);
    const changes = app.getByRole('region', { name: 'Changes', exact: true });
    const row = changes.getByRole('listitem').filter({ hasText: 'cause 1' });
    await expect(row).toContainText('Deployment of budget-api v2.20.0');
    await takeScreenshot('changes/all');
    await changes.getByRole('searchbox').fill('flag points');
    await expect(changes.getByText('1 of 22')).toBeVisible();
    await expect(app).toHaveURL(/f\.changes=flag/);
    await app.reload();
    await expect(changes.getByText('1 of 22')).toBeVisible();
  });
});
