/** The whole way, on each host: from files to the cause, its evidence, the raw rows, the graph, and back. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { expect, test } from './support/fixtures.ts';
import { bundlePath } from './support/prepare-case.ts';
import { ready, settled } from './support/views.ts';

const causes = (app: Page) => app.getByRole('region', { name: 'Possible causes' });
const drawer = (app: Page) => app.getByRole('complementary', { name: /raw rows?/i });
const graph = (app: Page) => app.getByRole('region', { name: 'Dependency graph' });
/** The one thing chosen, whichever view shows it. */
const SELECTED_CAUSE = /sel=entity%3Aservice%3Abudget-api/;

test.use({ bundle: null });

async function analysed(app: Page): Promise<void> {
  await expect(app.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
}

test('by mouse: a dropped bundle, its incident, a cause, evidence, rows, graph, trace, and back @quick', async ({
  app,
  takeScreenshot,
}) => {
  await expect(app.getByRole('heading', { level: 1 })).toContainText('ranked causes');
  await dropFiles(app, [{ name: 'friday.tar.gz', content: await readFile(await bundlePath('errors-after-deploy')) }]);
  await analysed(app);
  await app.getByRole('button', { name: 'Investigate' }).click();
  await expect(app.getByRole('heading', { level: 1 })).toContainText('budget-api: error rate');

  await causes(app).getByRole('listitem').nth(1).getByRole('button').click();
  await expect(app).toHaveURL(/sel=cause/);
  const firstCause = causes(app).getByRole('listitem').first().getByRole('button');
  await firstCause.click();
  await expect(firstCause).toHaveAttribute('aria-current', 'true');
  await causes(app).getByRole('region', { name: 'Supports' }).getByRole('button').first().click();
  await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
  await takeScreenshot('journey/rows');

  await drawer(app).getByRole('button', { name: 'Show in graph' }).click();
  await expect(app).toHaveURL(SELECTED_CAUSE);
  await graph(app).getByRole('button', { name: /table/i }).click();
  const row = graph(app)
    .getByRole('option', { name: /budget-api/ })
    .first();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await takeScreenshot('journey/graph-table');

  const back = app.getByRole('button', { name: /^Where I was/ });
  await back.click();
  await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
  await drawer(app).getByRole('button', { name: 'Show trace' }).click();
  await expect(app).toHaveURL(/#\/traces/);
  await settled(app);
  await expect(app.getByText('budget-api').first()).toBeVisible();
  await takeScreenshot('journey/trace');
  await back.click();
  await expect(app).not.toHaveURL(/#\/traces/);
  await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
  await back.click();
  await expect(drawer(app)).toHaveCount(0);
  await expect(firstCause).toHaveAttribute('aria-current', 'true');
});

test('by keys alone: a demo, its incident, a cause, evidence, rows, graph, a verdict, a note, and back', async ({
  app,
}) => {
  await expect(app.getByRole('heading', { name: 'Demo incidents' })).toBeVisible();
  await walkTo(app, 'Tab', () => app.getByRole('button', { name: /Errors after/ }));
  await app.keyboard.press('Enter');
  await analysed(app);
  await app.keyboard.press('1');
  await expect(app.getByRole('heading', { level: 1 })).toContainText('budget-api: error rate');

  await walkTo(app, 'j', () => causes(app).getByRole('region', { name: 'Supports' }).getByRole('button').first());
  await app.keyboard.press('Enter');
  await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
  await app.keyboard.press('g');
  await expect(drawer(app)).toHaveCount(0);
  await expect(app).toHaveURL(SELECTED_CAUSE);

  const canvas = graph(app).getByRole('group', { name: /Arrow keys walk along calls/ });
  await walkTo(app, 'Tab', () => canvas);
  // Callers stand on the left: the first of them is chosen.
  await app.keyboard.press('ArrowLeft');
  await expect(app).not.toHaveURL(SELECTED_CAUSE);
  await expect(app).toHaveURL(/sel=entity%3A/);
  await app.keyboard.press('t');
  await expect(graph(app).getByRole('listbox', { name: /^Entities of the graph/ })).toBeVisible();
  await app.keyboard.press('t');

  await app.keyboard.press('c');
  await expect(causes(app).getByText(/^Confirmed by/)).toBeVisible();
  await app.keyboard.press('n');
  await expect(app.getByRole('textbox', { name: 'Text of the note' })).toBeFocused();
  await app.keyboard.type('rolled back');
  await app.keyboard.press('Control+Enter');
  await expect(app.getByRole('dialog')).toHaveCount(0);

  await app.keyboard.press('Alt+ArrowLeft');
  await expect(app).toHaveURL(SELECTED_CAUSE);
  await app.keyboard.press('Alt+ArrowLeft');
  await expect(drawer(app).getByRole('rowheader', { name: 'trace_id' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(drawer(app)).toHaveCount(0);
  await app.keyboard.press('7');
  await expect(app.getByRole('region', { name: 'Notes', exact: true }).getByText('rolled back')).toBeVisible();
  await ready(app);
});

/** Presses a key until the wanted element has the focus; a path of more than 60 steps is none. */
async function walkTo(app: Page, key: string, wanted: () => ReturnType<Page['getByRole']>): Promise<void> {
  const element = wanted();
  await expect(element).toBeVisible();
  for (let step = 0; step < 60; step++) {
    if (await element.evaluate((found) => found === document.activeElement)) return;
    await app.keyboard.press(key);
  }
  await expect(element).toBeFocused();
}
