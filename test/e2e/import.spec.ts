/** Files in, report out: dropped, picked by key, pasted, damaged, cancelled; and all of it still there after a reload. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { dragOver, dropFiles, dropHeld } from './support/drop-files.ts';
import { expect, test } from './support/fixtures.ts';
import { bundlePath } from './support/prepare-case.ts';

const DEMO = 'slow-database';
/** Hypotheses and figures of that demo are held by test/cli/demos.test.ts; here only that they arrive. */
const LEADING_CAUSE = 'trade-mysql';

/** One OTLP document per line, as a collector writes them. */
function otlpLine(index: number): string {
  const time = String(1_784_548_400_000_000_000n + BigInt(index) * 1_000_000_000n);
  return JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'stock' } }] },
        scopeLogs: [
          { logRecords: [{ timeUnixNano: time, severityNumber: 17, body: { stringValue: `reserve ${index}` } }] },
        ],
      },
    ],
  });
}

async function analysed(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
}

test.describe('a host without a case', () => {
  test.use({ bundle: null });

  test('takes a dropped bundle, reads it, analyses it and leads to the cause', async ({ app, takeScreenshot }) => {
    await expect(app.getByRole('heading', { level: 1 })).toContainText('ranked causes');
    await takeScreenshot('import/start');
    await dragOver(app, [{ name: 'bundle.tar.gz', content: await readFile(await bundlePath(DEMO)) }]);
    await expect(app.getByText('Drop to begin a case')).toBeVisible();
    await takeScreenshot('import/dragging');
    await dropHeld(app);
    await analysed(app);
    const archive = app.getByRole('row', { name: /bundle\.tar\.gz/ }).first();
    await expect(archive).toContainText('20 inside');
    await expect(app.getByRole('row', { name: /telemetry\/traces\.jsonl/ })).toContainText('4,209');
    await takeScreenshot('import/done');
    await app.getByRole('button', { name: 'Investigate' }).click();
    await expect(app.getByText(LEADING_CAUSE).first()).toBeVisible();
    await app.reload();
    await expect(app.getByText(LEADING_CAUSE).first()).toBeVisible();
    await app.keyboard.press('9');
    await expect(app.getByRole('row', { name: /telemetry\/traces\.jsonl/ })).toContainText('4,209');
  });

  test('takes pasted text', async ({ app }) => {
    await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
    await app.evaluate(
      (text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      `${otlpLine(1)}\n${otlpLine(2)}\n`,
    );
    await expect(app.getByRole('row', { name: /pasted-/ })).toContainText('OTLP JSON');
    await expect(
      app
        .getByRole('row', { name: /pasted-/ })
        .getByRole('cell')
        .nth(4),
    ).toHaveText('2');
  });

  test('reads what it can of a dropped folder and names what it cannot', async ({ app }) => {
    await expect(app.getByRole('heading', { level: 1 })).toBeVisible();
    // A folder can only be dropped by hand; its entries are given as a browser gives them.
    await app.evaluate(
      (text) => {
        const file = (name: string, answer: File | null) => ({
          isFile: true,
          isDirectory: false,
          fullPath: `/bundle/${name}`,
          file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
            answer ? resolve(answer) : reject(new Error('NotReadableError')),
        });
        const children = [file('stock.jsonl', new File([text], 'stock.jsonl')), file('secret.log', null)];
        const createReader = () => ({
          readEntries: (resolve: (entries: readonly unknown[]) => void) => resolve(children.splice(0)),
        });
        DataTransferItem.prototype.webkitGetAsEntry = () =>
          ({ isFile: false, isDirectory: true, fullPath: '/bundle', createReader }) as never;
        DataTransferItem.prototype.getAsFile = () => null;
      },
      `${otlpLine(1)}\n`,
    );
    await dropFiles(app, [{ name: 'bundle', content: '' }]);
    await expect(app.getByRole('row', { name: /stock\.jsonl/ })).toContainText('OTLP JSON');
    await expect(app.getByRole('alert')).toContainText('Not all of that is read.');
    await expect(app.getByRole('alert')).toContainText('bundle/secret.log');
  });

  test('opens a demo by keyboard alone, walks its files and comes to the cause', async ({ app }) => {
    await expect(app.getByRole('heading', { name: 'Demo incidents' })).toBeVisible();
    const demo = app.getByRole('button', { name: /Slow database/ });
    for (let step = 0; step < 40 && !(await demo.evaluate((element) => element === document.activeElement)); step++) {
      await app.keyboard.press('Tab');
    }
    await expect(demo).toBeFocused();
    await app.keyboard.press('Enter');
    await analysed(app);
    await app.keyboard.press('j');
    await app.keyboard.press('j');
    await app.keyboard.press('Enter');
    await expect(app.getByRole('region', { name: /^Report of/ })).toBeVisible();
    await app.keyboard.press('Escape');
    await expect(app.getByRole('region', { name: /^Report of/ })).toBeHidden();
    await app.keyboard.press('1');
    await expect(app.getByText(LEADING_CAUSE).first()).toBeVisible();
  });
});

test.describe('a case', () => {
  test.beforeEach(async ({ app }) => {
    // What is dropped before the page listens, the browser takes.
    await expect(app.getByRole('heading', { level: 1 })).toContainText('budget-api');
  });

  test('counts the rows of a damaged file that are kept and shows the others in place @quick', async ({
    app,
    takeScreenshot,
  }) => {
    const lines = Array.from({ length: 40 }, (_, index) => otlpLine(index));
    lines[20] = '{"resourceLogs":[{"resource": broken here';
    await dropFiles(app, [
      { name: 'checkout.jsonl', content: `${lines.join('\n')}\n` },
      { name: 'heap.bin', content: Buffer.from([0, 1, 2, 3, 255, 254, 0, 9, 9, 9]) },
    ]);
    const row = app.getByRole('row', { name: /checkout\.jsonl/ }).first();
    await expect(row).toContainText('rows rejected');
    await expect(row.getByRole('cell').nth(4)).toHaveText('39');
    await expect(row.getByRole('cell').nth(5)).toHaveText('1');
    await expect(app.getByRole('row', { name: /heap\.bin/ })).toContainText('Not recognised');
    await analysed(app);
    await app.getByRole('button', { name: /^Needs a look/ }).click();
    await app.getByRole('button', { name: /checkout\.jsonl/ }).click();
    const report = app.getByRole('region', { name: 'Report of checkout.jsonl' });
    await expect(report).toContainText('1 row in quarantine');
    await expect(report).toContainText('line 21');
    await expect(report).toContainText('breaks off inside a JSON document');
    await takeScreenshot('import/quarantine');
    await app.reload();
    await expect(app.getByRole('row', { name: /checkout\.jsonl/ }).first()).toContainText('rows rejected');
  });
});
