/** Logs of which a part is missing, or was not known yet: boxed with words, and never listed as known. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { expect, test } from './support/fixtures.ts';

const START_MS = Date.UTC(2026, 10, 18, 14);
const ROWS = 900;
const STEP_MS = 3_000;

/** A row each three seconds for 45 minutes; the hash keeps what is compressed from being all alike. */
function logText(name: string): string {
  let word = 7;
  const lines = Array.from({ length: ROWS }, (_, index) => {
    word = (word * 48_271) % 2_147_483_647;
    const level = index % 10 === 0 ? 'ERROR' : 'INFO';
    return `${new Date(START_MS + index * STEP_MS).toISOString()} ${level} ${name} request ${index} key ${word.toString(16)}`;
  });
  return `${lines.join('\n')}\n`;
}

test.use({ bundle: null });
test.beforeEach(async ({ app }) => {
  await expect(app.getByRole('heading', { level: 1 })).toContainText('ranked causes');
  const whole = gzipSync(logText('app'));
  await dropFiles(app, [
    { name: 'web.log', content: logText('web') },
    { name: 'app.log.gz', content: whole.subarray(0, Math.floor(whole.length * 0.6)) },
  ]);
  await expect(app.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
  await app.keyboard.press('5');
  await expect(rowsHeader(app)).toContainText(/[\d,.]+\s?k? rows/);
});

function rowsHeader(app: Page) {
  return app.getByRole('region', { name: 'Rows', exact: true });
}
async function knowOnly(app: Page, minutes: number): Promise<void> {
  const known = String(BigInt(START_MS + minutes * 60_000) * 1_000_000n);
  await app.evaluate((time) => {
    location.hash = `#/logs?known=${time}`;
  }, known);
}

test('a file that ends early is boxed in the histogram and leads to its report', async ({ app, takeScreenshot }) => {
  const words = app.getByRole('button', { name: /^app\.log\.gz is cut at 14:\d\d$/ });
  await expect(words).toBeVisible();
  await expect(
    app.getByRole('img', { name: /Log rows by level.*Missing: app\.log\.gz is cut at 14:\d\d\./ }),
  ).toBeVisible();
  await takeScreenshot('logs/cut');
  await words.click();
  await expect(app.getByRole('row', { name: /app\.log\.gz/ })).toContainText('cut short');
});

test('rows after the knowledge cursor are counted, not listed', async ({ app, takeScreenshot }) => {
  await knowOnly(app, 10);
  // At 14:10:00 each file has given 201 rows: one every three seconds, the first at 14:00:00.
  await expect(rowsHeader(app)).toContainText('402 rows');
  await expect(rowsHeader(app).getByRole('status').filter({ hasText: 'after Known at 14:10:00' })).toBeVisible();
  const errors = app.locator('.logs-levels', { hasText: 'error 42' });
  await expect(errors).toContainText('402 rows');
  await takeScreenshot('logs/known-at');
  await app.keyboard.press('End');
  await expect(app.getByText(/request 201 key/)).toHaveCount(0);
  await knowOnly(app, -5);
  await expect(app.getByText('Nothing of this range was known at 13:55:00.').first()).toBeVisible();
  await app.getByRole('button', { name: 'Show all that is known now' }).first().click();
  await expect(app.getByText(/after Known at/)).toHaveCount(0);
  await expect(app.getByText(/request 0 key/).first()).toBeVisible();
});
