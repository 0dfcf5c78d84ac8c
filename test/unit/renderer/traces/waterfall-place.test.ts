import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceModel } from '../../../../renderer/charts/waterfall/trace-model.ts';
import { carriedTo, stretchOf, wholeTrace } from '../../../../renderer/features/traces/waterfall-place.ts';
import { tableOf, type WrittenSpan } from '../charts/waterfall/trace-builder.ts';

const root = { id: 7, parent: 0, start: 100, duration: 900 };
const child = { id: 3, parent: 7, start: 200, duration: 300 };
const modelOf = (spans: readonly WrittenSpan[]) => traceModel(tableOf(spans));

it('shows more where the whole was shown', () => {
  const before = modelOf([root, child]);
  const after = modelOf([root, child, { id: 9, parent: 7, start: 500, duration: 1_500 }]);
  expect(before.totalNs).toBe(900);
  expect(carriedTo(wholeTrace(before), after)).toMatchObject({ model: after, stretch: { fromNs: 0, toNs: 1_900 } });
});

it('keeps a stretch at its time when an earlier span comes', () => {
  const before = modelOf([root, child]);
  const after = modelOf([{ id: 1, parent: 0, start: 40, duration: 10 }, root, child]);
  const stretch = { fromNs: 110, toNs: 250 };
  expect(carriedTo({ ...wholeTrace(before), stretch }, after).stretch).toEqual({ fromNs: 170, toNs: 310 });
});

it('shows the whole trace again when the span that stood as its root is gone', () => {
  const before = modelOf([root, child]);
  const after = modelOf([root]);
  const place = { ...wholeTrace(before), root: 1, activeSpan: 1, stretch: stretchOf(before, 1) };
  expect(carriedTo(place, after)).toMatchObject({ root: -1, activeSpan: -1, stretch: { fromNs: 0, toNs: 900 } });
});

it('means the same spans, whatever came or went before and between them', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 });
  const written = (all: readonly number[]) => all.map((id) => ({ id, parent: 0, start: id, duration: 1 }));
  fc.assert(
    fc.property(ids, ids, fc.nat(), fc.nat(), (some, others, which, folded) => {
      const [before, after] = [modelOf(written(some)), modelOf(written(others))];
      const activeSpan = which % some.length;
      const collapsed = new Set([folded % some.length]);
      const carried = carriedTo({ ...wholeTrace(before), activeSpan, root: activeSpan, collapsed }, after);
      const expected = others.indexOf(some[activeSpan]!);
      expect([carried.activeSpan, carried.root]).toEqual([expected, expected]);
      const foldedId = some[folded % some.length]!;
      expect([...carried.collapsed].map((span) => others[span])).toEqual(others.includes(foldedId) ? [foldedId] : []);
    }),
  );
});
