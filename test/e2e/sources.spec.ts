/** Sources: a file is read another way, and back; where its bytes are gone the page asks for them and changes nothing. */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { expect, test } from './support/fixtures.ts';

function otlpLine(index: number): string {
  const timeUnixNano = String(1_784_548_400_000_000_000n + BigInt(index) * 1_000_000_000n);
  const body = { stringValue: `reserve ${index}` };
  const attributes = [{ key: 'service.name', value: { stringValue: 'stock' } }];
  return JSON.stringify({
    resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords: [{ timeUnixNano, body }] }] }],
  });
}
const LINES = Array.from({ length: 20 }, (_, index) => otlpLine(index)).with(7, '{"resourceLogs":[{"resource": broken');

async function analysed(app: Page): Promise<void> {
  await expect(app.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
}
function cell(row: Locator, place: number): Locator {
  return row.getByRole('cell').nth(place);
}
const KEPT = 4;
const REJECTED = 5;

test.describe('a damaged file', () => {
  test.beforeEach(async ({ app }) => {
    await expect(app.getByRole('heading', { level: 1 })).toContainText('budget-api');
    await dropFiles(app, [{ name: 'stock.jsonl', content: `${LINES.join('\n')}\n` }]);
    const row = app.getByRole('row', { name: /stock\.jsonl/ }).first();
    await expect(cell(row, KEPT)).toHaveText('19');
    await analysed(app);
  });

  test('is read as text in one step and as recognised again by keys alone; the case counts what is in it', async ({
    app,
    takeScreenshot,
  }) => {
    const row = app.getByRole('row', { name: /stock\.jsonl/ }).first();
    const logRows = app.locator('.totals div', { hasText: 'log rows' }).locator('dd');
    const before = Number((await logRows.getAttribute('title'))?.replace(',', ''));
    await app.getByRole('button', { name: /stock\.jsonl/ }).click();
    await app.getByRole('button', { name: 'Read as text instead' }).click();
    await expect(row).toContainText('Plain text');
    await expect(cell(row, KEPT)).toHaveText('20');
    await expect(cell(row, REJECTED)).toHaveText('0');
    await expect(logRows).toHaveAttribute('title', (before + 1).toLocaleString('en'));
    await analysed(app);
    // The same bytes again are known again.
    await dropFiles(app, [{ name: 'again.jsonl', content: `${LINES.join('\n')}\n` }]);
    await expect(app.getByRole('row', { name: /again\.jsonl/ })).toContainText('seen before');
    await analysed(app);
    await app.reload();
    await expect(row).toContainText('chosen');
    await app.getByRole('button', { name: /stock\.jsonl/ }).click();
    await app.keyboard.press('Shift+R');
    const list = app.getByRole('group', { name: /^Read stock\.jsonl another way/ });
    await expect(list.getByRole('button', { name: /OTLP JSON JSON with/ })).toBeFocused();
    await expect(list.getByRole('button', { name: /Plain text log/ })).toBeDisabled();
    await takeScreenshot('sources/read-as');
    await app.keyboard.press('Enter');
    await expect(row).toContainText('OTLP JSON');
    await expect(cell(row, KEPT)).toHaveText('19');
    await analysed(app);
  });

  test('whose bytes are gone keeps its rows and is asked for', async ({ app, folder, host, takeScreenshot }) => {
    await removeHandedOver(folder);
    await app.getByRole('button', { name: /stock\.jsonl/ }).click();
    await app.keyboard.press('Shift+R');
    const list = app.getByRole('group', { name: /^Read stock\.jsonl another way/ });
    await expect(list).toContainText('There is no file or folder');
    await takeScreenshot('sources/bytes-gone');
    test.skip(host.kind === 'desktop', 'the dialog of the desktop host is its own (test/e2e/desktop)');
    const row = app.getByRole('row', { name: /stock\.jsonl/ }).first();
    await expect(cell(row, KEPT)).toHaveText('19');
    const [chooser] = await Promise.all([
      app.waitForEvent('filechooser'),
      list.getByRole('button', { name: 'Pick the file' }).click(),
    ]);
    const kept = join(folder, 'kept.jsonl');
    await writeFile(kept, `${LINES.join('\n')}\n`);
    await chooser.setFiles(kept);
    await list.getByRole('button', { name: /Plain text log/ }).click();
    await expect(cell(row, KEPT)).toHaveText('20');
    await expect(row).toContainText('chosen');
  });
});

/** What the host was handed, as if it had been restarted meanwhile. */
async function removeHandedOver(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.includes('faultline-staged-') && name.endsWith('stock.jsonl'))
      await rm(join(folder, name), { force: true });
  }
}
