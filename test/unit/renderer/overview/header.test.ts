/** Reach and grouping of an incident, and rows open in the address. */
import { describe, expect, test } from 'vitest';
import { calmAnswer } from '../../../../shared/report/calm-answer.ts';
import { groupingTerms, listText } from '../../../../renderer/features/overview/grouping.ts';
import { lengthFigure } from '../../../../renderer/features/overview/use-figures.ts';
import { reachOf } from '../../../../renderer/features/overview/reach.ts';
import { reductionText } from '../../../../renderer/stores/noise-text.ts';
import { openedRows } from '../../../../renderer/stores/opened-rows.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';
import type { UnixNano } from '../../../../shared/model/time.ts';

const service = (name: string): EntityRef => ({ type: 'service', name });
const call = (from: string, to: string) => ({ from: service(from), to: service(to), edgeKind: 'calls' as const });

describe('reach', () => {
  const nodes = (names: string, health: 'healthy' | 'degraded' = 'healthy') =>
    names.split(' ').map((name) => ({ entity: service(name), health }));

  test('direct callers that are well are at risk; callees and callers of callers are not', () => {
    const edges = [call('edge', 'web'), call('web', 'cart'), call('cart', 'db'), call('other', 'db')];
    const graph = { nodes: nodes('edge web cart db other'), edges };
    expect(reachOf([service('cart')], graph)).toEqual({ hitCount: 1, atRiskCount: 1 });
  });

  test('a queue that is fed is at risk; who is unwell already, an owner, and what is hit itself are not', () => {
    const queue = { type: 'queue', name: 'mail' } as const;
    const edges = [
      call('a', 'b'),
      call('b', 'a'),
      call('c', 'a'),
      { ...call('n', 'a'), edgeKind: 'owns' as const },
      { from: service('a'), to: queue, edgeKind: 'calls' as const },
    ];
    const graph = {
      nodes: [...nodes('a n'), ...nodes('b c', 'degraded'), { entity: queue, health: 'healthy' as const }],
      edges,
    };
    expect(reachOf([service('a')], graph)).toEqual({ hitCount: 1, atRiskCount: 1 });
  });
});

describe('grouping', () => {
  test('terms by their part of all strength; what hardly counts is left out', () => {
    const links = [{ terms: { time: 0.5, topology: 0.9 } }, { terms: { time: 0.6, topology: 0.9, text: 0.1 } }];
    expect(groupingTerms(links)).toEqual(['topology', 'time']);
    expect(groupingTerms([])).toEqual([]);
  });

  test('words are listed as people list them', () => {
    expect(listText([])).toBe('');
    expect(listText(['time'])).toBe('time');
    expect(listText(['time', 'topology', 'text'])).toBe('time, topology and text');
  });
});

test('rows in an address: what is no reference is left out', () => {
  const rows = (text: string): readonly string[] => openedRows({ filters: { rows: text } });
  expect(rows('span:12 <script> series:3@1..2 log:x')).toEqual(['span:12', 'series:3@1..2']);
  expect(rows('')).toEqual([]);
  expect(rows(Array.from({ length: 100 }, (_, index) => `span:${index}`).join(' '))).toHaveLength(60);
});

test('calm needs measurements that say so', () => {
  expect(calmAnswer({}, 0)).toBe('unknown');
  expect(calmAnswer({ spans: 150, logRecords: 49 }, 0)).toBe('unknown');
  expect(calmAnswer({ spans: 150, logRecords: 50 }, 0)).toBe('calm');
  expect(calmAnswer({ metricPoints: 5_000 }, 3)).toBe('weak-signs');
});

test('noise reduction never says all while an incident is left', () => {
  expect([0, 0.5, 0.954, 0.9999002, 0.99999999, 1].map(reductionText)).toEqual(
    ['0', '50', '95', '99.99', '99.99', '100'].map((text) => `${text}\u202f%`),
  );
});

test('signs that all stand at one moment are told by it, not by a length of nothing', () => {
  const at = 1_773_233_318_000_000_000n as UnixNano;
  expect(lengthFigure({ start: at, end: at }, 'utc')).toMatchObject({ value: '12:48:38', label: 'all signs at once' });
  const later = (at + 600_000_000_000n) as UnixNano;
  expect(lengthFigure({ start: at, end: later }, 'utc')).toMatchObject({ label: '12:48:38 – 12:58:38' });
});
