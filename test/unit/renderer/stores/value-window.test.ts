import { describe, expect, test } from 'vitest';
import { valueWindow } from '../../../../renderer/stores/value-window.ts';
import type { EffectiveRange } from '../../../../renderer/stores/effective-range.ts';
import type { TimeRange } from '../../../../shared/model/time.ts';

const range = { from: 100n, to: 200n } as EffectiveRange;
const analysed = { start: 90n, end: 180n } as TimeRange;
const untouched = { range, isChosen: false, knownAt: null, analysed };

describe('the stretch that values are of', () => {
  test('is that of the analysis, its last row included, until a person chooses another', () => {
    expect(valueWindow(untouched)).toEqual({ from: 90n, to: 181n, isAnalysed: true });
    expect(valueWindow({ ...untouched, isChosen: true })).toEqual({ ...range, isAnalysed: false });
  });

  test('ends where knowledge ends', () => {
    expect(valueWindow({ ...untouched, knownAt: 150n })).toEqual({ from: 100n, to: 150n, isAnalysed: false });
    expect(valueWindow({ ...untouched, knownAt: 250n })).toEqual({ ...range, isAnalysed: false });
    expect(valueWindow({ ...untouched, knownAt: 80n })).toBeNull();
  });

  test('is the range where nothing was analysed', () => {
    expect(valueWindow({ ...untouched, analysed: null })).toEqual({ ...range, isAnalysed: false });
    expect(valueWindow({ ...untouched, analysed: null, range: null })).toBeNull();
  });
});
