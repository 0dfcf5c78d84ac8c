import { describe, expect, it } from 'vitest';
import { LogPages, PAGE_ROWS } from '../../../../renderer/features/logs/log-pages.ts';
import type { LogRows } from '../../../../renderer/features/logs/log-pages.ts';

interface Call {
  readonly index: number;
  readonly signal: AbortSignal;
  readonly answer: () => void;
}

const TOTAL = 1_000_000;

function rowsFrom(index: number, limit: number): LogRows {
  const rowCount = Math.max(0, Math.min(limit, TOTAL - index));
  const numbers = Float64Array.from({ length: rowCount }, (_, offset) => index + offset + 1);
  const none = new Int32Array(rowCount).fill(-1);
  return {
    total: TOTAL,
    index,
    isPartial: false,
    columns: {
      rowCount,
      strings: [],
      rowId: numbers,
      timeUnixNano: new BigInt64Array(rowCount),
      isTimeInferred: new Uint8Array(rowCount),
      severityNumber: new Uint8Array(rowCount),
      entity: none,
      template: none,
      body: none,
      traceId: none,
      spanId: new BigUint64Array(rowCount),
    },
  };
}

function setUp() {
  const calls: Call[] = [];
  let changes = 0;
  const pages = new LogPages(
    (index, limit, signal) =>
      new Promise((resolve) => calls.push({ index, signal, answer: () => resolve(rowsFrom(index, limit)) })),
    () => changes++,
  );
  const answerAll = async (): Promise<void> => {
    for (const call of calls) call.answer();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { pages, calls, answerAll, changes: () => changes };
}

describe('pages of log rows', () => {
  it('asks for what is in sight and a page ahead, once', async () => {
    const { pages, calls, answerAll } = setUp();
    pages.want(0, 30);
    await answerAll();
    pages.want(10, 40);
    pages.want(10, 40);
    expect(calls.map(({ index }) => index)).toEqual([0, PAGE_ROWS]);
    await answerAll();
    expect(pages.row(5)?.columns.rowId[pages.row(5)?.offset ?? -1]).toBe(6);
    expect(pages.row(PAGE_ROWS + 1)?.offset).toBe(1);
    expect(pages.row(PAGE_ROWS * 3)).toBeUndefined();
  });

  it('looks ahead in the direction of travel', async () => {
    const { pages, calls, answerAll } = setUp();
    pages.want(0, 30);
    await answerAll();
    pages.want(PAGE_ROWS * 50, PAGE_ROWS * 50 + 30);
    pages.want(PAGE_ROWS * 40, PAGE_ROWS * 40 + 30);
    expect(calls.slice(-2).map(({ index }) => index / PAGE_ROWS)).toEqual([40, 39]);
  });

  it('cancels what scrolled out of sight before it came', async () => {
    const { pages, calls, answerAll } = setUp();
    pages.want(0, 30);
    await answerAll();
    for (let page = 100; page < 200; page++) pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 30);
    expect(pages.askedCount).toBeLessThanOrEqual(2);
    expect(calls.filter(({ signal }) => signal.aborted).length).toBeGreaterThan(90);
  });

  it('keeps a bounded number of pages', async () => {
    const { pages, answerAll } = setUp();
    pages.want(0, 30);
    await answerAll();
    for (let page = 0; page < 120; page++) {
      pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 30);
      await answerAll();
    }
    expect(pages.pageCount).toBeLessThanOrEqual(41);
    expect(pages.row(119 * PAGE_ROWS)).toBeDefined();
  });

  it('forgets calls after dispose', async () => {
    const { pages, answerAll, changes } = setUp();
    pages.want(0, 30);
    pages.dispose();
    await answerAll();
    expect(changes()).toBe(0);
    expect(pages.total).toBeUndefined();
  });
});
