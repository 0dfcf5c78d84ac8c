/** Where one looks: undone, redone, kept through a reload, copied as words and link. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { findNode } from './support/graph-pointer.ts';
import { openView, ready } from './support/views.ts';

const rangeText = (app: Page) => app.getByRole('region', { name: 'Time', exact: true }).locator('.time-range .strong');
const causes = (app: Page) => app.getByRole('region', { name: 'Possible causes' });
const timeline = (app: Page) => app.getByRole('region', { name: 'Timeline', exact: true });

/** Length of the range in the address, in seconds; null = the address has none. */
function rangeSeconds(app: Page): number | null {
  const [, from, to] = /range=(\d+)\.\.(\d+)/.exec(app.url()) ?? [];
  return from === undefined || to === undefined ? null : Number((BigInt(to) - BigInt(from)) / 1_000_000_000n);
}

test('view, range, selection, filter and level are undone one by one and redone', async ({ app }) => {
  await ready(app);
  await expect(causes(app).getByRole('listitem').first()).toContainText('budget-api');
  await causes(app).getByRole('listitem').nth(1).getByRole('button').click();
  await app.getByRole('button', { name: 'Namespace', exact: true }).click();
  await expect(app).toHaveURL(/sel=cause.*level=namespace/);
  await app.getByRole('button', { name: '±5 min' }).click();
  await openView(app, 'changes');
  await app.getByRole('region', { name: 'Changes', exact: true }).getByRole('searchbox').fill('flag');
  await expect(app).toHaveURL(/#\/changes.*f\.changes=flag/);
  await app.getByRole('heading', { name: 'Changes' }).first().click();

  await app.keyboard.press('Control+z');
  await expect(app).not.toHaveURL(/f\.changes/);
  await app.keyboard.press('Control+z');
  await expect(app).toHaveURL(/#\/case/);
  await expect(app).toHaveURL(/range=/);
  await app.keyboard.press('Control+z');
  await expect(app).not.toHaveURL(/range=/);
  await expect(app).toHaveURL(/level=namespace/);
  await app.keyboard.press('Control+z');
  await expect(app).not.toHaveURL(/level=/);
  await expect(app).toHaveURL(/sel=cause/);
  await app.keyboard.press('Control+z');
  await expect(app).not.toHaveURL(/sel=/);

  for (let step = 0; step < 5; step++) await app.keyboard.press('Control+Shift+z');
  await expect(app).toHaveURL(/#\/changes.*f\.changes=flag/);
  await expect(app).toHaveURL(/range=/);
  await expect(app).toHaveURL(/level=namespace/);
  await expect(app.getByRole('button', { name: /^Redo/ })).toBeDisabled();
});

test('the wheel zooms time at the pointer; one turn is one step of undo', async ({ app }) => {
  await ready(app);
  await expect(timeline(app).locator('[data-lane=latency]')).toBeVisible();
  await causes(app).getByRole('listitem').nth(1).getByRole('button').click();
  await expect(app).toHaveURL(/sel=cause/);
  const whole = (await rangeText(app).textContent()) ?? '';
  const lane = await timeline(app).locator('[data-lane=latency]').boundingBox();
  const strip = await app.locator('.storm-strip').boundingBox();
  if (!lane || !strip) throw new Error('Timeline and strip have no place.');

  // Without Ctrl the wheel belongs to scrolling.
  await app.mouse.move(lane.x + lane.width / 2, lane.y + lane.height / 2);
  await app.mouse.wheel(0, -120);
  await expect(rangeText(app)).toHaveText(whole);
  await app.keyboard.down('Control');
  for (let turn = 0; turn < 4; turn++) await app.mouse.wheel(0, -240);
  await app.keyboard.up('Control');
  await expect.poll(() => rangeSeconds(app)).toBeLessThan(400);
  expect(rangeSeconds(app)).toBeGreaterThan(10);
  await app.keyboard.press('Control+z');
  await expect(rangeText(app)).toHaveText(whole);
  await expect(app).toHaveURL(/sel=cause/);

  await app.mouse.move(strip.x + strip.width * 0.9, strip.y + 10);
  await app.mouse.wheel(0, -240);
  await expect(rangeText(app)).not.toHaveText(whole);
  await app.keyboard.press('Control+z');
  await expect(rangeText(app)).toHaveText(whole);
  await expect(app).toHaveURL(/sel=cause/);
});

test('a reload keeps view, range, selection, widths, theme, verdict and notes', async ({ app }) => {
  await ready(app);
  const splitter = app.getByRole('separator', { name: 'Graph with timeline, and causes' });
  await splitter.focus();
  for (let step = 0; step < 3; step++) await app.keyboard.press('ArrowLeft');
  const share = await splitter.getAttribute('aria-valuenow');
  expect(share).not.toBe(String(Math.round((900 / 1388) * 100)));
  await causes(app).getByRole('listitem').nth(1).getByRole('button').click();
  await app.keyboard.press('x');
  await expect(causes(app).getByText(/^Rejected by/)).toBeVisible();
  await app.getByRole('button', { name: '±5 min' }).click();
  await app.getByRole('button', { name: 'Theme' }).click();
  await app.getByRole('menuitemradio', { name: 'Light' }).click();
  await app.keyboard.press('n');
  await app.getByRole('textbox', { name: 'Text of the note' }).fill('asked the database team');
  await app.keyboard.press('Control+Enter');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  const range = (await rangeText(app).textContent()) ?? '';

  await app.reload();
  await ready(app);
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(rangeText(app)).toHaveText(range);
  await expect(splitter).toHaveAttribute('aria-valuenow', share ?? '');
  await expect(
    causes(app).getByRole('listitem').filter({ hasText: 'rejected by' }).getByRole('button'),
  ).toHaveAttribute('aria-current', 'true');
  await expect(causes(app).getByText(/^Rejected by/)).toBeVisible();
  await openView(app, 'notes');
  await expect(
    app.getByRole('region', { name: 'Notes', exact: true }).getByText('asked the database team'),
  ).toBeVisible();
  await app.reload();
  await expect(app).toHaveURL(/#\/notes/);
  await expect(
    app.getByRole('region', { name: 'Notes', exact: true }).getByText('asked the database team'),
  ).toBeVisible();
});

test('a node that was dragged stays where it was put, through other views and a reload', async ({ app, hostKind }) => {
  test.skip(
    hostKind === 'desktop',
    'places are read from an exported picture, which the desktop saves through a dialog',
  );
  await ready(app);
  const node = await findNode(app);
  const before = await placeInPicture(app, node.name);
  await app.mouse.move(node.x, node.y);
  await app.mouse.down();
  await app.mouse.move(node.x + 46, node.y + 38, { steps: 5 });
  await app.mouse.up();
  const put = await placeInPicture(app, node.name);
  expect(distance(put, before)).toBeGreaterThan(20);
  // At once, before anybody could have saved anything in passing.
  await openView(app, 'logs');
  await openView(app, 'case');
  await findNode(app);
  expect(distance(await placeInPicture(app, node.name), put)).toBeLessThan(1);
  await app.reload();
  await ready(app);
  await findNode(app);
  expect(distance(await placeInPicture(app, node.name), put)).toBeLessThan(1);
});

interface Place {
  readonly x: number;
  readonly y: number;
}

const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Where the exported picture writes the name of a node: in units of the graph, whatever the screen shows of it. */
async function placeInPicture(app: Page, name: string): Promise<Place> {
  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: /^Export the whole graph as SVG/ }).click(),
  ]);
  const svg = await readFile(await download.path(), 'utf8');
  const [, attributes = ''] = new RegExp(`<text([^>]*)>${name}</text>`).exec(svg) ?? [];
  const number = (key: string): number => Number(new RegExp(`\\b${key}="(-?[\\d.]+)"`).exec(attributes)?.[1] ?? NaN);
  const place = { x: number('x'), y: number('y') };
  if (Number.isNaN(place.x + place.y)) throw new Error(`The picture does not name ${name}.`);
  return place;
}

test('what is looked at is copied as words and as a link that goes there', async ({ app, hostKind }) => {
  await ready(app);
  await app
    .context()
    .grantPermissions(['clipboard-read', 'clipboard-write'])
    .catch(() => undefined);
  await causes(app).getByRole('listitem').nth(1).getByRole('button').click();
  await app.getByRole('button', { name: '±5 min' }).click();
  await openView(app, 'logs');
  await app.keyboard.press('y');
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toContain('view Logs');
  const copied = await app.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/time: .* \d\d:\d\d:\d\d – \d\d:\d\d:\d\d UTC/);
  const link = copied.split('\n').at(-1) ?? '';
  expect(link).toMatch(
    hostKind === 'desktop' ? /^faultline:\/\/case\?file=.*#\/logs\?/ : /^http:\/\/127\.0\.0\.1.*#\/logs\?/,
  );
  const range = (await rangeText(app).textContent()) ?? '';
  await openView(app, 'case');
  await app.evaluate((hash) => (window.location.hash = hash), link.slice(link.indexOf('#')));
  await expect(app).toHaveURL(/#\/logs/);
  await expect(rangeText(app)).toHaveText(range);

  await app.keyboard.press('m');
  await app.keyboard.press('y');
  // On the desktop a link names the case file: masked, there is none.
  const isTold = hostKind === 'browser';
  await expect
    .poll(() => app.evaluate(() => navigator.clipboard.readText()))
    .toMatch(isTold ? /names=masked/ : /‹case›/);
  const masked = await app.evaluate(() => navigator.clipboard.readText());
  expect(masked).not.toContain('budget-api');
  expect(masked).toMatch(/(service|partner) [A-Z]/);
  if (!isTold) return expect(masked).not.toContain('#/logs');
});
