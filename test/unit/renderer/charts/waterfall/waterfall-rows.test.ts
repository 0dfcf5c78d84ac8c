import { describe, expect, it } from 'vitest';
import { durationTicks } from '../../../../../renderer/charts/waterfall/draw-waterfall.ts';
import { minimapSpans } from '../../../../../renderer/charts/waterfall/draw-trace-minimap.ts';
import { traceModel } from '../../../../../renderer/charts/waterfall/trace-model.ts';
import { rowOfSpan, waterfallRows } from '../../../../../renderer/charts/waterfall/waterfall-rows.ts';
import type { RowChoice } from '../../../../../renderer/charts/waterfall/waterfall-rows.ts';
import { tableOf } from './trace-builder.ts';

const EVERY_ROW: RowChoice = { collapsed: new Set(), isByService: false, leastShare: 0, root: -1 };
const model = traceModel(
  tableOf([
    { id: 1, parent: 0, start: 0, duration: 1_000, entity: 'service:a' },
    { id: 2, parent: 1, start: 0, duration: 500, entity: 'service:a' },
    { id: 3, parent: 2, start: 0, duration: 400, entity: 'service:b' },
    { id: 4, parent: 3, start: 0, duration: 4, entity: 'service:b' },
    { id: 5, parent: 1, start: 500, duration: 5, entity: 'service:c', isError: true },
    { id: 6, parent: 1, start: 600, duration: 5, entity: 'service:c' },
  ]),
);

function shown(choice: Partial<RowChoice>): { ids: number[]; depths: number[]; folded: number } {
  const rows = waterfallRows(model, { ...EVERY_ROW, ...choice });
  return {
    ids: [...rows.spans].map((span) => model.table.rowId[span]!),
    depths: [...rows.depths],
    folded: rows.foldedCount,
  };
}
const spanOf = (id: number): number => model.table.rowId.indexOf(id);

describe('rows of the waterfall', () => {
  it('are all spans, indented', () => {
    expect(shown({})).toEqual({ ids: [1, 2, 3, 4, 5, 6], depths: [0, 1, 2, 3, 1, 1], folded: 0 });
  });

  it('leave out what is below a closed one', () => {
    expect(shown({ collapsed: new Set([spanOf(2)]) }).ids).toEqual([1, 2, 5, 6]);
  });

  it('are the entries into each service when collapsed by service', () => {
    expect(shown({ isByService: true })).toEqual({ ids: [1, 3, 5, 6], depths: [0, 1, 1, 1], folded: 0 });
  });

  it('fold what is short, never what failed', () => {
    expect(shown({ leastShare: 0.01 })).toEqual({ ids: [1, 2, 3, 5], depths: [0, 1, 2, 1], folded: 2 });
  });

  it('begin at another root', () => {
    expect(shown({ root: spanOf(2) })).toEqual({ ids: [2, 3, 4], depths: [0, 1, 2], folded: 0 });
  });

  it('find the row of a span that is put away by its nearest shown ancestor', () => {
    const rows = waterfallRows(model, { ...EVERY_ROW, collapsed: new Set([spanOf(2)]) });
    expect(rowOfSpan(rows, model, spanOf(4))).toBe(1);
    expect(rowOfSpan(rows, model, spanOf(6))).toBe(3);
  });
});

describe('the waterfall’s picture', () => {
  it('has ticks at round durations', () => {
    expect(durationTicks(0, 6.02e9, 6)).toEqual([0, 2e9, 4e9, 6e9]);
    expect(durationTicks(1e6, 2e6, 4)).toEqual([1e6, 1.5e6, 2e6]);
    expect(durationTicks(5, 5, 4)).toEqual([]);
  });

  it('stands the longest span of each stretch for it in the minimap', () => {
    const rows = waterfallRows(model, EVERY_ROW);
    expect(minimapSpans(model, rows, 2).map((span) => model.table.rowId[span])).toEqual([1, 5]);
    expect(minimapSpans(model, rows, 50)).toHaveLength(6);
  });
});
