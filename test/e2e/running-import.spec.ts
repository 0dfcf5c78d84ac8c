/** While a large import runs: the case stays usable and says it is partial; it can be cancelled; a dead engine loses nothing. */
import type { Page } from '@playwright/test';
import { startHost } from '../support/start-host.ts';
import { dropManyLines } from './support/drop-files.ts';
import { expect, test } from './support/fixtures.ts';
import { openView, ready } from './support/views.ts';

/** Enough that a person, and a test, has seconds to do something meanwhile. */
const LINES = 300_000;
const LINE = '2026-05-18T23:58:01.000Z ERROR stock: reservation {n} was refused by the ledger with code 17';

const causes = (page: Page) => page.getByRole('region', { name: 'Possible causes' });
const progress = (page: Page) => page.getByRole('progressbar', { name: 'read and keep' });

async function dropHuge(page: Page): Promise<void> {
  await expect(causes(page).getByRole('listitem').first()).toContainText('budget-api');
  await dropManyLines(page, 'huge.log', LINE, LINES);
  await expect(page.getByRole('heading', { name: /^Reading huge\.log/ })).toBeVisible();
}

/** How many rows the report of the file says are kept. */
async function keptRows(page: Page): Promise<number> {
  const text = await page
    .getByRole('row', { name: /huge\.log/ })
    .first()
    .getByRole('cell')
    .nth(4)
    .innerText();
  return Number(text.replaceAll(',', ''));
}

test('the case is used meanwhile and says that it is partial', async ({ app, takeScreenshot }) => {
  await dropHuge(app);
  await takeScreenshot('import/running');
  await app.keyboard.press('1');
  await expect(app.getByText(/^From |^Ranking anew/)).toBeVisible();
  await expect(causes(app).getByRole('listitem').first()).toContainText('budget-api');
  await takeScreenshot('states/partial');
  await causes(app).getByRole('region', { name: 'Supports' }).getByRole('button').first().click();
  await expect(
    app
      .getByRole('complementary', { name: /raw rows?/i })
      .getByRole('rowheader')
      .first(),
  ).toBeVisible();
});

test('an import can be cancelled; what was read stays, and the case goes on', async ({ app, takeScreenshot }) => {
  await dropHuge(app);
  await expect(progress(app)).toBeVisible();
  // By its key: the button moves while figures beside it grow.
  await app.getByRole('button', { name: /^Cancel/ }).press('Enter');
  // In the heading until the analysis that follows has its own, then below it.
  await expect(app.getByText(/The import was cancelled; what was read is kept/)).toBeVisible();
  await takeScreenshot('import/cancelled');
  const kept = await keptRows(app);
  expect(kept).toBeLessThan(LINES);
  await app.reload();
  await ready(app);
  await expect.poll(() => keptRows(app)).toBe(kept);
  await openView(app, 'case');
  await expect(causes(app).getByRole('listitem').first()).toContainText('budget-api');
  // It goes on: the next file is read as if nothing had been.
  await dropManyLines(app, 'small.log', LINE.replace('stock', 'later'), 50);
  await expect(
    app
      .getByRole('row', { name: /small\.log/ })
      .first()
      .getByRole('cell')
      .nth(4),
  ).toHaveText('50');
});

/** The file says that it was not read to its end, also as a blind spot; what the case said before still stands. */
async function expectMarked(page: Page): Promise<void> {
  await openView(page, 'sources');
  const file = page.getByRole('row', { name: /huge\.log/ }).first();
  await expect(file).toContainText('read with a warning');
  expect(await keptRows(page)).toBeLessThan(LINES);
  await expect(page.getByText('Not read to the end: huge.log.')).toBeVisible();
  await openView(page, 'case');
  await expect(causes(page).getByRole('listitem').first()).toContainText('budget-api');
}

test.describe('an engine that is killed', () => {
  test.use({ expectedProblems: ['WebSocket connection to', 'Failed to load resource', 'ERR_CONNECTION_REFUSED'] });

  test('comes back by itself with the case, and the import is marked', async ({
    app,
    host,
    hostKind,
    takeScreenshot,
  }) => {
    test.skip(hostKind === 'browser', 'there host and engine are one process, see below');
    await dropHuge(app);
    host.killEngine?.();
    await expect(app.getByText('The engine is away.', { exact: false }).first()).toBeAttached();
    await takeScreenshot('states/engine-killed');
    await expect(app.getByText('The engine is away.', { exact: false })).toHaveCount(0);
    await expectMarked(app);
  });

  test('with its host is started again on its case, and the import is marked', async ({
    browser,
    caseFile,
    folder,
    hostKind,
    watch,
  }) => {
    test.skip(hostKind === 'desktop', 'there the program starts the engine again by itself, see above');
    const first = await startHost({ folder, caseFile });
    const page = watch(await browser.newPage({ viewport: { width: 1440, height: 900 } }));
    await page.goto(first.link);
    await dropHuge(page);
    await expect(progress(page)).toBeVisible();
    first.process.kill('SIGKILL');
    await first.ended;
    await expect(page.getByText('The engine is away.').first()).toBeVisible();
    const second = await startHost({ folder, caseFile, args: ['--port', String(first.port)] });
    try {
      await page.goto(second.link);
      await ready(page);
      await expectMarked(page);
    } finally {
      await page.close();
      expect(await second.stop()).toBe(0);
    }
  });
});
