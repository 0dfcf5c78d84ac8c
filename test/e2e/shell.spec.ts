/** The frame: time, history, command box, keys, themes, a lost engine, narrow windows. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

test.use({ bundle: 'slow-database' });

const rangeText = (page: Page) => page.locator('.time-range .strong');
const strip = (page: Page) => page.locator('.storm-strip');

async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Time', exact: true })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  // Until the incident is known the whole case is shown.
  await expect(page.getByRole('group', { name: 'Ranges' }).getByRole('button', { name: /^Incident/ })).toBeVisible();
}

/** The end of the range as the address has it: `12:01:14`. */
function endInAddress(page: Page): string {
  const end = /range=\d+\.\.(\d+)/.exec(page.url())?.[1];
  return end === undefined ? '' : new Date(Number(BigInt(end) / 1_000_000n)).toISOString().slice(11, 19);
}

test.describe('time', () => {
  test('a range is dragged, typed, stepped back, walked by keys and kept through a reload @quick', async ({ app }) => {
    await ready(app);
    const atFirst = await rangeText(app).textContent();
    const box = await strip(app).boundingBox();
    if (!box) throw new Error('The strip is not on the screen.');
    // Left of the incident: a new range.
    await app.mouse.move(box.x + box.width * 0.1, box.y + 10);
    await app.mouse.down();
    await app.mouse.move(box.x + box.width * 0.2, box.y + 10, { steps: 8 });
    await app.mouse.move(box.x + box.width * 0.3, box.y + 10, { steps: 8 });
    await app.mouse.up();
    await expect(rangeText(app)).not.toHaveText(atFirst ?? '');
    let dragged = '';
    // Words and address come to rest at the same range, neither before the other's eyes.
    await expect(async () => {
      dragged = (await rangeText(app).textContent()) ?? '';
      expect(endInAddress(app)).toBe(dragged.split(' – ')[1]);
    }).toPass();
    await app.reload();
    await ready(app);
    await expect(rangeText(app)).toHaveText(dragged);
    await app.keyboard.press('f');
    await expect(rangeText(app)).toHaveText(atFirst ?? '');
    await app.keyboard.press('Control+z');
    await expect(rangeText(app)).toHaveText(dragged);
    await app.keyboard.press('Escape');
    await expect(rangeText(app)).toHaveText(atFirst ?? '');

    await app.keyboard.press('Shift+D');
    const field = app.getByRole('textbox', { name: 'Time range' });
    await field.fill('noon');
    await field.press('Enter');
    await expect(app.getByRole('alert')).toContainText('Type 14:00');
    await field.fill('12:00 – 12:10');
    await field.press('Enter');
    await expect(rangeText(app)).toHaveText('12:00:00 – 12:10:00');
    await app.keyboard.press('d');
    await expect(rangeText(app)).toHaveText('12:02:30 – 12:12:30');
    await app.keyboard.press('w');
    await expect(rangeText(app)).toHaveText('12:05:00 – 12:10:00');
    await app.keyboard.press('Alt+ArrowLeft');
    await expect(rangeText(app)).toHaveText('12:02:30 – 12:12:30');
  });

  test('its edges are sliders, the zone can be switched, and knowledge plays back', async ({ app }) => {
    await ready(app);
    await app.getByRole('slider', { name: 'Begin of the range' }).focus();
    await app.keyboard.press('Home');
    await expect(rangeText(app)).toContainText('11:52:19 –');
    await app.getByRole('button', { name: 'Local' }).click();
    await expect(app.getByRole('button', { name: 'Local' })).toHaveAttribute('aria-pressed', 'true');
    await app.locator('body').click({ position: { x: 5, y: 890 } });
    await app.keyboard.press('Space');
    await expect(app.getByText('playing · Space pauses')).toBeVisible();
    await app.keyboard.press('Space');
    await expect.poll(() => app.url()).toContain('known=');
    await app.keyboard.press('Escape');
    await expect(app.getByText('latest row · Space plays back')).toBeVisible();
  });
});

test.describe('keys', () => {
  test('every view opens by its digit, and none fires inside a text field @quick', async ({ app }) => {
    await ready(app);
    const names = await app.getByRole('navigation', { name: 'Views' }).getByRole('link').allTextContents();
    for (const [index, name] of names.entries()) {
      await app.keyboard.press(String(index + 1));
      await expect(app.locator('.rail [aria-current=page]')).toContainText(name);
    }
    await app.keyboard.press('Control+k');
    await app.keyboard.type('1fm');
    await expect(app.getByRole('combobox', { name: /^Search/ })).toHaveValue('1fm');
    await expect(app.locator('.rail [aria-current=page]')).toContainText(names.at(-1) ?? '');
  });

  test('the command box finds an entity, an action and a view, and says so to screen readers', async ({
    app,
    takeScreenshot,
  }) => {
    await ready(app);
    await app.keyboard.press('/');
    const input = app.getByRole('combobox', { name: /^Search/ });
    await expect(input).toBeFocused();
    await app.keyboard.type('trade-api');
    await expect(app.getByRole('option', { name: /trade-api\s*service/ })).toBeVisible();
    await takeScreenshot('shell/command-box');
    await expect(input).toHaveAttribute('aria-activedescendant', /.+/);
    await input.fill('>utc');
    await expect(app.getByRole('option')).toHaveCount(1);
    await input.fill('logs');
    await app.getByRole('option', { name: /Open Logs/ }).click();
    await expect(app.locator('.rail [aria-current=page]')).toContainText('Logs');
    await app.keyboard.press('Control+k');
    await app.keyboard.press('Escape');
    await expect(app.getByRole('listbox', { name: 'Found' })).toBeHidden();
  });

  test('a key can be changed, and single keys switched off', async ({ app, takeScreenshot }) => {
    await ready(app);
    await app.keyboard.press('9');
    await app.keyboard.press('?');
    const sheet = app.getByRole('dialog', { name: 'Keys of this view' });
    await takeScreenshot('shell/keys');
    await sheet.getByRole('button', { name: /^Key of Open Logs: 5/ }).click();
    await app.keyboard.press('Shift+G');
    await expect(sheet.getByRole('button', { name: /^Key of Open Logs: ⇧G/ })).toBeVisible();
    await app.keyboard.press('Escape');
    await app.keyboard.press('Shift+G');
    await expect(app.locator('.rail [aria-current=page]')).toContainText('Logs');
    await app.reload();
    await ready(app);
    await app.keyboard.press('?');
    await sheet.getByRole('checkbox', { name: /Single letters/ }).uncheck();
    await app.keyboard.press('Escape');
    await app.keyboard.press('1');
    await expect(app.locator('.rail [aria-current=page]')).toContainText('Logs');
  });
});

test.describe('a lost engine', () => {
  test.use({ expectedProblems: ['WebSocket connection'] });

  test('leaves the content on the screen, says when it tries again, and comes back', async ({
    app,
    hostKind,
    takeScreenshot,
  }) => {
    test.skip(hostKind === 'desktop', 'desktop/host.spec.ts kills the engine of the desktop host');
    let isCut = false;
    const open = new Set<() => Promise<void>>();
    await app.routeWebSocket(/\/rpc$/, (socket) => {
      if (isCut) return void socket.close();
      socket.connectToServer();
      open.add(() => socket.close());
    });
    await app.reload();
    await ready(app);
    await expect(app.getByText('trade-mysql').first()).toBeVisible();
    isCut = true;
    for (const close of open) await close();
    await expect(app.getByText('The engine is away.', { exact: false }).first()).toBeVisible();
    await expect(app.getByText('trade-mysql').first()).toBeVisible();
    await takeScreenshot('shell/engine-away');
    isCut = false;
    // The page tries by itself as well; whichever comes first.
    await app
      .getByRole('button', { name: 'Try now' })
      .click({ timeout: 3_000 })
      .catch(() => undefined);
    await expect(app.getByRole('button', { name: 'Try now' })).toBeHidden();
    await expect(app.getByText('trade-mysql').first()).toBeVisible();
  });
});

test('one column at 200 % zoom: nothing is cut sideways', async ({ app, takeScreenshot }) => {
  await app.setViewportSize({ width: 720, height: 450 });
  await ready(app);
  for (const digit of ['1', '9']) {
    await app.keyboard.press(digit);
    await expect(app.getByRole('main')).toBeVisible();
    const overflow = await app.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await takeScreenshot(`shell/zoomed-${digit}`);
  }
});
