/** A wrong group is split, two are merged: by keys and by mouse, told who did it, followed by every view, undone. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { openView, ready } from './support/views.ts';

const list = (app: Page): Locator => app.getByRole('list', { name: 'Incidents, worst first' });
const alerts = (app: Page): Locator => app.getByRole('list', { name: /alerts in \d+ groups/ });
const line = (app: Page): Locator => app.locator('.regroup-line');
const figure = (app: Page, label: string): Locator =>
  app.locator('.noise dl > div', { has: app.getByText(label, { exact: true }) }).getByRole('definition');

test('alerts are split off by keys, the case follows, and undo and redo restore it whole', async ({
  app,
  takeScreenshot,
}) => {
  await ready(app);
  await openView(app, 'incidents');
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
  const title = (await list(app).locator('.incident-row-title').first().textContent()) ?? '';
  const count = await alerts(app).getByRole('listitem').count();
  await alerts(app).focus();
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Space');
  await app.keyboard.press('Shift+ArrowDown');
  await expect(app.getByRole('group', { name: 'Chosen alerts' })).toContainText(/^\d+ alerts chosen/);
  await takeScreenshot('incidents/alerts-chosen');
  await app.keyboard.press('Shift+S');
  await expect(line(app)).toContainText('2 incidents, before 1;');
  await expect(list(app).getByRole('listitem')).toHaveCount(2);
  await expect(list(app).getByText(/split by you, \d\d:\d\d/)).toHaveCount(2);
  // The one split off is looked at; the figures are of the new groups.
  await expect(alerts(app).getByRole('listitem')).toHaveCount(2);
  await expect(figure(app, 'incidents')).toHaveText('2');
  await takeScreenshot('incidents/split');
  await openView(app, 'case');
  await expect(app.getByText('INC-2 of 2').or(app.getByText('INC-1 of 2')).first()).toBeVisible();
  await expect(app.getByText('One other incident')).toBeVisible();
  await openView(app, 'incidents');
  await app.getByRole('tab', { name: /^Why one incident/ }).click();
  const decided = app.getByRole('list', { name: 'What people decided about this incident' });
  await expect(decided.getByRole('listitem')).toContainText(/split by you, \d\d:\d\d/);

  // Through the views that were opened since, back to the split.
  for (let step = 0; step < 2; step++) await app.keyboard.press('Control+z');
  await app.getByRole('button', { name: 'Undo: split an incident (Ctrl Z)' }).click();
  await expect(line(app)).toContainText('1 incident, before 2;');
  await expect(list(app).getByRole('listitem')).toHaveCount(1);
  await expect(list(app).locator('.incident-row-title').first()).toHaveText(title);
  await expect(list(app).getByText(/split by/)).toHaveCount(0);
  await app.getByRole('tab', { name: /^Alerts/ }).click();
  await expect(alerts(app).getByRole('listitem')).toHaveCount(count);
  await app.getByRole('button', { name: 'Redo: split an incident (Ctrl ⇧Z)' }).click();
  await expect(list(app).getByRole('listitem')).toHaveCount(2);

  // It is the case's, not the window's.
  await app.reload();
  await ready(app);
  await expect(list(app).getByText(/split by/)).toHaveCount(2);
});

test('Space on a box that was clicked is the box’s, and plays nothing', async ({ app }) => {
  await ready(app);
  await openView(app, 'incidents');
  const box = app.getByRole('checkbox', { name: /^Choose this (alert|group of alerts)$/ }).first();
  await box.click();
  await expect(box).toBeChecked();
  await app.keyboard.press('Space');
  await expect(box).not.toBeChecked();
  await expect(app.getByText('playing · Space pauses')).toHaveCount(0);
});

test('two incidents are merged by mouse, with the person as the reason of the link', async ({
  app,
  takeScreenshot,
}) => {
  await ready(app);
  await openView(app, 'incidents');
  const boxes = app.getByRole('checkbox', { name: /^Choose this (alert|group of alerts)$/ });
  await boxes.nth(0).click();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await app.getByRole('button', { name: 'Split into an incident of its own' }).click();
  await expect(list(app).getByRole('listitem')).toHaveCount(2);
  for (const box of await app.getByRole('checkbox', { name: 'Choose this incident for merging' }).all())
    await box.click();
  await expect(app.getByRole('group', { name: 'Chosen incidents' })).toContainText('2 chosen');
  await takeScreenshot('incidents/two-chosen');
  await app.getByRole('button', { name: 'Merge into one' }).click();
  await expect(line(app)).toContainText('1 incident, before 2;');
  await expect(list(app).getByText(/joined by you, \d\d:\d\d/)).toBeVisible();
  await app.getByRole('tab', { name: /^Why one incident/ }).click();
  await expect(app.getByRole('cell', { name: /^joined by you, \d\d:\d\d$/ })).toBeVisible();
  await expect(app.getByText('a later decision stands over it')).toBeVisible();
  await takeScreenshot('incidents/merged');
  await line(app).getByRole('button', { name: 'Undo' }).click();
  await expect(list(app).getByRole('listitem')).toHaveCount(2);
});

test('alerts are pinned to another incident, and that is taken back as one, after a reload as well', async ({
  app,
}) => {
  await ready(app);
  await openView(app, 'incidents');
  const boxes = app.getByRole('checkbox', { name: /^Choose this (alert|group of alerts)$/ });
  await boxes.nth(0).click();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await app.keyboard.press('Shift+S');
  await expect(alerts(app).getByRole('listitem')).toHaveCount(3);
  await boxes.nth(0).click();
  await app.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(line(app)).toContainText('Still 2 incidents;');
  await expect(list(app).getByText(/pinned by you, \d\d:\d\d/)).toHaveCount(2);
  await app.reload();
  await ready(app);
  await app.getByRole('tab', { name: /^Why one incident/ }).click();
  const pin = app
    .getByRole('list', { name: 'What people decided about this incident' })
    .getByRole('listitem')
    .filter({ hasText: 'pinned by' });
  await expect(pin).toHaveCount(1);
  await pin.getByRole('button', { name: 'Take back' }).click();
  await expect(line(app)).toContainText('Still 2 incidents');
  await expect(list(app).getByText(/pinned by/)).toHaveCount(0);
  await expect(list(app).getByText(/split by/)).toHaveCount(2);
});

test.describe('for a guest', () => {
  test.use({ hostArgs: ['--share', '--address', '127.0.0.1'] });
  test.skip(({ hostKind }) => hostKind === 'desktop', 'the desktop host does not share');

  test('there is nothing to choose', async ({ app, browser, host, watch }) => {
    await ready(app);
    const [link] = host.viewerLinks;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const guest = watch(await context.newPage());
    await guest.goto(link ?? '');
    await ready(guest);
    await openView(guest, 'incidents');
    await expect(alerts(guest).getByRole('listitem').first()).toBeVisible();
    await expect(guest.getByRole('checkbox')).toHaveCount(0);
    await alerts(guest).focus();
    for (const key of ['ArrowDown', 'Space', 'Shift+S', 'Shift+M']) await guest.keyboard.press(key);
    await expect(line(guest)).toHaveCount(0);
    await expect(list(guest).getByRole('listitem')).toHaveCount(1);
    await context.close();
  });
});
