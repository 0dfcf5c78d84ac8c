/** The strip above every view shows what the case holds, also where that is neither spans nor log records nor alerts. */
import { expect, test } from './support/fixtures.ts';
import { dropFiles } from './support/drop-files.ts';

const START_SECONDS = Date.UTC(2026, 10, 18, 14) / 1_000;

/** A Prometheus answer of two series, a point each half minute for an hour; memory triples in the last quarter. */
function pointsText(): string {
  const series = (name: string, valueOf: (index: number) => number) => ({
    metric: { __name__: name, service: 'pay' },
    values: Array.from({ length: 120 }, (_, index) => [START_SECONDS + index * 30, String(valueOf(index))]),
  });
  const result = [
    series('memory_bytes', (index) => (index > 90 ? 3e8 : 1e8) + (index % 7) * 1e5),
    series('http_requests_total', (index) => index * 10),
  ];
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
}

test.use({ bundle: null });

test('of metrics alone: points and findings', async ({ app, takeScreenshot }) => {
  await expect(app.getByRole('heading', { level: 1 })).toContainText('ranked causes');
  await dropFiles(app, [{ name: 'points.json', content: pointsText() }]);
  await expect(app.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
  const strip = app.getByRole('img', { name: /^Rows over the whole case: 240\. No alerts; [1-9]\d* findings?$/ });
  await expect(strip).toBeVisible();
  // Something is drawn: the ground of points and, higher, the findings.
  const inked = await strip.evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i]! > 0) count++;
    return count / (canvas.width * canvas.height);
  });
  expect(inked).toBeGreaterThan(0.05);
  await takeScreenshot('time-strip/metrics-only');
});

test('of changes alone: each where it was made', async ({ app }) => {
  const changes = Array.from({ length: 40 }, (_, index) => ({
    id: `d${index}`,
    kind: 'deployment',
    title: `Deploy ${index}`,
    service: 'cart',
    time: new Date((START_SECONDS + index * 60) * 1_000).toISOString(),
    status: 'succeeded',
  }));
  await expect(app.getByRole('heading', { level: 1 })).toContainText('ranked causes');
  await dropFiles(app, [{ name: 'changes.json', content: JSON.stringify(changes) }]);
  await expect(app.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
  await expect(app.getByRole('img', { name: 'Rows over the whole case: 40. No alerts; 0 findings' })).toBeVisible();
});

test('is not squeezed by rows without a time, which are counted where they are kept', async ({
  app,
  takeScreenshot,
}) => {
  await expect(app.getByRole('heading', { level: 1 })).toContainText('ranked causes');
  const ids = Array.from({ length: 300 }, (_, index) => `ts-${index}-unit cart pay mail`).join('\n');
  await dropFiles(app, [
    { name: 'points.json', content: pointsText() },
    // The file was written now, days or years from what it is about.
    { name: 'ids.txt', content: `${ids}\n` },
  ]);
  await expect(app.getByRole('heading', { name: /^Analysed in/ })).toBeVisible();
  await expect(app.getByText('14:00:00 – 14:59:30')).toBeVisible();
  await expect(app.getByRole('row', { name: /ids\.txt/ })).toContainText('rows without a time');
  await expect(app.getByText('300 rows without a time')).toBeVisible();
  // They stay within reach.
  await expect(app.getByRole('button', { name: '+300 far off' })).toBeVisible();
  await takeScreenshot('time-strip/undated');
});
