import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityTimes, operationDifferences } from '../../../../../renderer/charts/waterfall/aggregate-spans.ts';
import { ACTIVITY } from '../../../../../renderer/charts/waterfall/span-activity.ts';
import { firstCauseOfErrors, traceModel } from '../../../../../renderer/charts/waterfall/trace-model.ts';
import type { TraceModel } from '../../../../../renderer/charts/waterfall/trace-model.ts';
import { tableOf } from './trace-builder.ts';
import type { WrittenSpan } from './trace-builder.ts';

const modelOf = (spans: readonly WrittenSpan[]): TraceModel => traceModel(tableOf(spans));

/** The path as `id:from-to`, by time. */
function pathOf({ path, table }: TraceModel): readonly string[] {
  return [...path.span].map((span, index) => `${table.rowId[span]}:${path.startNs[index]}-${path.endNs[index]}`);
}

describe('the critical path', () => {
  it('is the span itself where it has no children', () => {
    expect(pathOf(modelOf([{ id: 1, parent: 0, start: 0, duration: 10 }]))).toEqual(['1:0-10']);
  });

  it('goes through children one after the other, with what lies between', () => {
    const model = modelOf([
      { id: 1, parent: 0, start: 0, duration: 100 },
      { id: 2, parent: 1, start: 10, duration: 30 },
      { id: 3, parent: 1, start: 50, duration: 40 },
    ]);
    expect(pathOf(model)).toEqual(['1:0-10', '2:10-40', '1:40-50', '3:50-90', '1:90-100']);
  });

  it('takes of parallel children the one that ended last', () => {
    const model = modelOf([
      { id: 1, parent: 0, start: 0, duration: 100 },
      { id: 2, parent: 1, start: 10, duration: 80 },
      { id: 3, parent: 1, start: 10, duration: 50 },
      // Ended before 2 began, so it is on the path as well.
      { id: 4, parent: 1, start: 2, duration: 6 },
    ]);
    expect(pathOf(model)).toEqual(['1:0-2', '4:2-8', '1:8-10', '2:10-90', '1:90-100']);
  });

  it('counts a child that outlives its parent until the parent ended', () => {
    const model = modelOf([
      { id: 1, parent: 0, start: 0, duration: 50 },
      { id: 2, parent: 1, start: 20, duration: 100 },
      { id: 3, parent: 1, start: 60, duration: 5 },
    ]);
    expect(pathOf(model)).toEqual(['1:0-20', '2:20-50']);
  });

  it('leaves time between roots to nobody', () => {
    const model = modelOf([
      { id: 1, parent: 0, start: 0, duration: 10 },
      { id: 2, parent: 99, start: 30, duration: 10 },
    ]);
    expect(pathOf(model)).toEqual(['1:0-10', '2:30-40']);
  });

  it('covers the root without gaps and overlaps, whatever the trace', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const { path, table, tree } = modelOf(spans);
        expect(tree.roots.length).toBeGreaterThan(0);
        for (let index = 1; index < path.span.length; index++) {
          expect(path.startNs[index]!).toBeGreaterThanOrEqual(path.endNs[index - 1]!);
        }
        if (tree.roots.length > 1) return;
        const total = [...path.endNs].reduce((sum, end, index) => sum + end - path.startNs[index]!, 0);
        expect(total).toBe(table.durationNs[tree.roots[0]!]);
      }),
    );
  });
});

/** Up to 40 spans whose parents come before them. */
function arbitraryTrace(): fc.Arbitrary<WrittenSpan[]> {
  const span = fc.record({ above: fc.nat(), start: fc.nat(1_000), duration: fc.nat(1_000) });
  return fc.array(span, { minLength: 1, maxLength: 40 }).map((list) =>
    list.map(({ above, start, duration }, index) => ({
      id: index + 1,
      parent: index === 0 ? 0 : (above % index) + 1,
      start,
      duration,
    })),
  );
}

describe('the forest of spans', () => {
  it('stands parents before children, children by begin', () => {
    const { tree, table } = modelOf([
      { id: 3, parent: 1, start: 5, duration: 1 },
      { id: 1, parent: 0, start: 0, duration: 10 },
      { id: 2, parent: 1, start: 1, duration: 2 },
      { id: 4, parent: 2, start: 1, duration: 1 },
    ]);
    expect([...tree.order].map((span) => table.rowId[span])).toEqual([1, 2, 4, 3]);
    expect([...tree.order].map((span) => tree.depth[span])).toEqual([0, 1, 2, 1]);
    expect([...tree.subtreeEnd]).toEqual([4, 3, 3, 4]);
  });

  it('cuts rings of parents and keeps every span once', () => {
    const { tree, table } = modelOf([
      { id: 1, parent: 3, start: 0, duration: 10 },
      { id: 2, parent: 1, start: 1, duration: 2 },
      { id: 3, parent: 2, start: 2, duration: 2 },
      { id: 4, parent: 4, start: 3, duration: 1 },
    ]);
    expect([...tree.order].map((span) => table.rowId[span]).sort()).toEqual([1, 2, 3, 4]);
    expect(tree.roots.length).toBe(2);
  });

  it('makes two spans of one id caller and callee', () => {
    const { tree, table } = modelOf([
      { id: 7, parent: 0, start: 0, duration: 10, entity: 'service:a' },
      { id: 7, parent: 0, start: 2, duration: 5, entity: 'service:b' },
    ]);
    expect([...tree.order].map((span) => table.strings[table.entity[span]!])).toEqual(['service:a', 'service:b']);
    expect(tree.roots.length).toBe(1);
  });
});

describe('self time', () => {
  it('is what no child covers, overlaps counted once', () => {
    const { selfNs } = modelOf([
      { id: 1, parent: 0, start: 0, duration: 100 },
      { id: 2, parent: 1, start: 10, duration: 30 },
      { id: 3, parent: 1, start: 20, duration: 40 },
      { id: 4, parent: 1, start: 90, duration: 50 },
    ]);
    expect([...selfNs]).toEqual([100 - 50 - 10, 30, 40, 50]);
  });
});

describe('what spans do', () => {
  const trace: readonly WrittenSpan[] = [
    { id: 1, parent: 0, start: 0, duration: 1_000, name: 'ReserveStock' },
    { id: 2, parent: 1, start: 0, duration: 400, name: 'pool.acquire' },
    { id: 3, parent: 1, start: 400, duration: 5, name: 'BEGIN' },
    { id: 4, parent: 1, start: 410, duration: 50, name: 'SELECT stock', peer: 'database:stock' },
    { id: 5, parent: 1, start: 470, duration: 300, name: 'Quote', entity: 'service:pricing' },
    { id: 6, parent: 1, start: 780, duration: 5, name: 'COMMIT', peer: 'database:stock' },
    { id: 7, parent: 1, start: 790, duration: 100, name: 'Notify', entity: 'service:mail' },
  ];

  it('tells waiting, holding, working and letting children work apart', () => {
    const { activity } = modelOf(trace);
    const { works, childrenWork, waits, holds } = ACTIVITY;
    expect([...activity]).toEqual([childrenWork, waits, works, works, holds, works, works]);
  });

  it('knows pools by how they are called', () => {
    const { activity } = modelOf([{ id: 1, parent: 0, start: 0, duration: 9, name: 'HikariDataSource.getConnection' }]);
    expect(activity[0]).toBe(ACTIVITY.waits);
  });

  it('shares the critical path out', () => {
    expect(activityTimes(modelOf(trace))).toEqual({ waitsNs: 400, holdsNs: 300, worksNs: 300 });
  });
});

describe('errors and differences', () => {
  it('finds the failure that others followed', () => {
    const model = modelOf([
      { id: 1, parent: 0, start: 0, duration: 100, isError: true },
      { id: 2, parent: 1, start: 10, duration: 60, isError: true },
      { id: 3, parent: 2, start: 20, duration: 30, isError: true },
      { id: 4, parent: 1, start: 80, duration: 10, isError: true },
    ]);
    expect(model.table.rowId[firstCauseOfErrors(model)]).toBe(3);
    expect(model.errorCount).toBe(4);
  });

  it('sets two traces against each other by operation', () => {
    const slow = modelOf([
      { id: 1, parent: 0, start: 0, duration: 100, name: 'root' },
      { id: 2, parent: 1, start: 0, duration: 90, name: 'wait' },
    ]);
    const quick = modelOf([
      { id: 1, parent: 0, start: 0, duration: 20, name: 'root' },
      { id: 2, parent: 1, start: 0, duration: 5, name: 'cache' },
    ]);
    expect(operationDifferences(slow, quick).map(({ name, deltaNs }) => [name, deltaNs])).toEqual([
      ['wait', 90],
      ['root', -5],
      ['cache', -5],
    ]);
  });
});
