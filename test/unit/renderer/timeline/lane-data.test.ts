/** What stands in the lanes: worst findings, events by reason, bounds of latency, glyphs. */
import { describe, expect, test } from 'vitest';
import { changeGlyph } from '../../../../renderer/ui/change-glyph.ts';
import { chooseFindings } from '../../../../renderer/features/timeline/choose-findings.ts';
import { severityOfFinding } from '../../../../renderer/stores/finding-severity.ts';
import { foldRows, heatOf } from '../../../../renderer/features/timeline/draw-lanes.ts';
import { groupEvents } from '../../../../renderer/features/timeline/group-events.ts';
import { bucketCountFor, latencyBounds } from '../../../../renderer/features/timeline/lanes.ts';
import type { FindingSummary } from '../../../../shared/model/analysis-result.ts';
import { unixNano } from '../../../../shared/model/time.ts';

const finding = (id: string, service: string, change: Partial<FindingSummary> = {}): FindingSummary => ({
  id,
  detector: 'd',
  kind: 'metric_shift_up',
  signal: 'metric',
  entity: { type: 'service', name: service },
  peer: null,
  instance: null,
  subject: '',
  start: unixNano(10),
  end: unixNano(20),
  effectSize: 5,
  score: 0.5,
  baseline: 0,
  observed: 1,
  unit: '',
  text: '',
  refs: [],
  ...change,
});

describe('findings', () => {
  const range = { from: 0n, to: 100n };

  test('one per entity, what people feel first, three of them', () => {
    const chosen = chooseFindings(
      [
        finding('m1', 'a', { score: 1 }),
        finding('l1', 'b', { kind: 'latency_increase', score: 0.6 }),
        finding('e1', 'b', { kind: 'error_rate_increase', score: 0.9 }),
        finding('m2', 'c'),
        finding('m3', 'd', { score: 0.1 }),
      ],
      range,
    );
    expect(chosen.shown.map(({ id }) => id)).toEqual(['e1', 'm1', 'm2']);
    expect(chosen.foldedCount).toBe(2);
  });

  test('alerts and what lies outside the stretch are not counted', () => {
    const chosen = chooseFindings(
      [finding('x', 'a', { kind: 'alert' }), finding('y', 'b', { start: unixNano(200), end: unixNano(300) })],
      range,
    );
    expect(chosen).toEqual({ shown: [], foldedCount: 0 });
  });

  test('only failures that are sure are drawn as failing', () => {
    expect(severityOfFinding({ kind: 'error_rate_increase', score: 0.95 })).toBe('fail');
    expect(severityOfFinding({ kind: 'error_rate_increase', score: 0.5 })).toBe('warn');
    expect(severityOfFinding({ kind: 'saturation', score: 1 })).toBe('warn');
  });
});

test('events are one mark per reason, at its first occurrence', () => {
  const groups = groupEvents([
    { reason: 'BackOff', startTime: unixNano(50), count: 3, severity: 'warning', rowId: 2 },
    { reason: 'Pulled', startTime: unixNano(10), count: 1, severity: 'normal', rowId: 1 },
    { reason: 'BackOff', startTime: unixNano(20), count: 1, severity: 'normal', rowId: 3 },
  ]);
  expect(groups).toEqual([
    { reason: 'Pulled', time: 10n, count: 1, isTrouble: false, rowIds: [1] },
    { reason: 'BackOff', time: 20n, count: 4, isTrouble: true, rowIds: [3, 2] },
  ]);
});

describe('latency', () => {
  // Three rows (≤ 1, ≤ 10, above) by two buckets, row by row.
  const bounds = [1, 10, Infinity];

  test('bounds span the rows that hold something', () => {
    expect(latencyBounds(bounds, Float64Array.of(0, 0, 4, 0, 0, 0), 2)).toEqual({ lowMs: 1, highMs: 10 });
    expect(latencyBounds(bounds, Float64Array.of(1, 0, 0, 0, 0, 1), 2)).toEqual({ lowMs: 0, highMs: 10 });
    expect(latencyBounds(bounds, new Float64Array(6), 2)).toBeNull();
  });

  test('rows fold into few and leave empty ends out', () => {
    const counts = new Float64Array(10);
    counts[2] = 1;
    counts[8] = 1;
    expect(foldRows(10, counts, 1, 4)).toEqual([[2, 3], [4, 5], [6, 7], [8]]);
    expect(foldRows(10, new Float64Array(10), 1, 4)).toEqual([]);
  });
});

test('bucket counts come in steps of twenty', () => {
  expect([0, 774, 800, 9_000].map(bucketCountFor)).toEqual([40, 140, 140, 400]);
});

test('kinds of change have their glyph, unknown ones the plain diamond', () => {
  expect(['deployment', 'feature_flag', 'sprocket', 'constructor'].map(changeGlyph)).toEqual([
    'deployment',
    'flag',
    'changes',
    'changes',
  ]);
});

test('heat grows with the logarithm: one among a thousand still shows, nothing is nothing', () => {
  expect([heatOf(0, 1_000), heatOf(Number.NaN, 5), heatOf(3, 0)]).toEqual([0, 0, 0]);
  expect(heatOf(1_000, 1_000)).toBe(1);
  expect(heatOf(1, 1_000)).toBeGreaterThan(0.15);
});
