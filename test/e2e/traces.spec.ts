/** A trace that stands open: more of it comes with another file, and it is where one left it. */
import type { Page } from '@playwright/test';
import { dropFiles } from './support/drop-files.ts';
import { expect, test } from './support/fixtures.ts';

const TRACE = '5b8efff798038103d269b633813fc60c';
const BEGIN_NS = 1_779_148_681_000_000_000n;

interface Span {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly startMs: number;
  readonly lengthMs: number;
}

function exportOf(service: string, spans: readonly Span[]): string {
  const idOf = (id: number): string => id.toString(16).padStart(16, '0');
  const time = (ms: number): string => String(BEGIN_NS + BigInt(ms) * 1_000_000n);
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  const written = spans.map(({ id, parent, name, startMs, lengthMs }) => ({
    traceId: TRACE,
    spanId: idOf(id),
    parentSpanId: parent === 0 ? '' : idOf(parent),
    name,
    kind: 2,
    startTimeUnixNano: time(startMs),
    endTimeUnixNano: time(startMs + lengthMs),
  }));
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: written }] }] });
}

const openTrace = (page: Page) => page.getByRole('region', { name: 'Trace', exact: true });

test('an open trace takes in the spans another window imports, and keeps the chosen one', async ({
  app,
  host,
  watch,
  takeScreenshot,
}) => {
  const frontend = exportOf('frontend', [
    { id: 1, parent: 0, name: 'GET /cart', startMs: 0, lengthMs: 120 },
    { id: 2, parent: 1, name: 'render cart', startMs: 90, lengthMs: 20 },
  ]);
  await dropFiles(app, [{ name: 'frontend.json', content: frontend }]);
  await expect(app.getByRole('row', { name: /frontend\.json/ }).first()).toContainText('2');
  await app.evaluate((trace) => {
    location.hash = `#/traces?sel=trace:${trace}`;
  }, TRACE);
  await expect(openTrace(app)).toContainText('2 spans');
  await openTrace(app).getByText('Table', { exact: true }).click();
  const rows = openTrace(app).getByRole('listitem');
  await rows.filter({ hasText: 'render cart' }).click();
  await expect(rows.filter({ hasText: 'render cart' })).toHaveAttribute('aria-current', 'true');

  const other = watch(await host.openPage());
  const early = exportOf('pricing', [{ id: 3, parent: 1, name: 'quote prices', startMs: 10, lengthMs: 70 }]);
  await dropFiles(other, [{ name: 'pricing.json', content: early }]);
  await expect(openTrace(app)).toContainText('3 spans');
  await expect(rows.filter({ hasText: 'quote prices' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'render cart' })).toHaveAttribute('aria-current', 'true');
  await takeScreenshot('traces/grown');
});
