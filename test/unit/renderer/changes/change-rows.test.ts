/** Changes: how near, how soon before, which cause names them; filter and order. */
import { describe, expect, test } from 'vitest';
import { hopsFromSymptoms, hopsText } from '../../../../renderer/features/changes/change-hops.ts';
import { changeRows, filterChanges, orderChanges } from '../../../../renderer/features/changes/change-rows.ts';
import type { Change } from '../../../../renderer/features/changes/change-rows.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';
import { unixNano } from '../../../../shared/model/time.ts';

const service = (name: string): EntityRef => ({ type: 'service', name });
const change = (id: string, time: bigint, name: string, part: Partial<Change> = {}): Change => ({
  rowId: Number(time),
  startTime: unixNano(time),
  endTime: null,
  entities: [service(name)],
  externalId: id,
  changeKind: 'deployment',
  title: `Deploy ${name}`,
  status: 'succeeded',
  revision: null,
  author: null,
  description: null,
  attributes: {},
  ...part,
});

describe('hops', () => {
  const edges = [
    { from: service('web'), to: service('cart'), edgeKind: 'calls' as const },
    { from: service('cart'), to: service('db'), edgeKind: 'calls' as const },
    { from: service('cart'), to: service('node'), edgeKind: 'runsOn' as const },
    { from: service('other'), to: service('node'), edgeKind: 'runsOn' as const },
  ];

  test('follow calls to what is depended on, not to callers', () => {
    const hops = hopsFromSymptoms([service('cart')], edges);
    expect(hops.get('service:db')).toBe(1);
    expect(hops.get('service:web')).toBeUndefined();
  });

  test('a shared host is reached both ways', () => {
    expect(hopsFromSymptoms([service('cart')], edges).get('service:other')).toBe(2);
  });

  test('are said in words', () => {
    expect([null, 0, 1, 3].map(hopsText)).toEqual(['no path', 'same place', '1 hop', '3 hops']);
  });
});

const changes = [
  change('far', 90n, 'reports'),
  change('named', 40n, 'db'),
  change('late', 120n, 'cart'),
  change('near', 60n, 'cart', { author: 'Mara', title: 'Tune cart' }),
];
const incident = {
  start: unixNano(100),
  changes: [
    { id: 'near', rowId: 60, changeKind: 'deployment' as const, title: '', time: unixNano(60), revision: null },
  ],
  hypotheses: [
    {
      rank: 1,
      change: {
        id: 'named',
        rowId: 40,
        changeKind: 'deployment' as const,
        title: '',
        time: unixNano(40),
        revision: null,
      },
    },
  ] as never,
};
const hops = new Map([
  ['service:cart', 0],
  ['service:db', 1],
]);
const rows = changeRows(changes, incident, hops);

test('lag, distance and cause of each', () => {
  expect(rows.map(({ lagNs, hops: distance, rank, isInIncident }) => [lagNs, distance, rank, isInIncident])).toEqual([
    [10, null, null, false],
    [60, 1, 1, false],
    [-20, 0, null, false],
    [40, 0, null, true],
  ]);
});

test('nearest first: the named one, then before the symptom by hops, what came after last', () => {
  expect(orderChanges(rows, 'near').map(({ change: { externalId } }) => externalId)).toEqual([
    'named',
    'near',
    'far',
    'late',
  ]);
  expect(orderChanges(rows, 'newest')[0]?.change.externalId).toBe('late');
});

test('every word must occur, -word must not', () => {
  const ids = (text: string): readonly string[] =>
    filterChanges(rows, text).map(({ change: { externalId } }) => externalId);
  expect(ids('cart')).toEqual(['late', 'near']);
  expect(ids('cart mara')).toEqual(['near']);
  expect(ids('cart -MARA')).toEqual(['late']);
  expect(ids('  - ')).toHaveLength(4);
});
