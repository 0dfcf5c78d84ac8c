/** Five words for a fault, a code place out of a change, and what tells two causes apart. */
import { describe, expect, test } from 'vitest';
import { codePlace } from '../../../../renderer/features/hypotheses/code-place.ts';
import { differenceOf } from '../../../../renderer/features/hypotheses/difference.ts';
import { faultWords } from '../../../../renderer/features/hypotheses/fault-words.ts';
import type { ChangeSummary } from '../../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';
import { unixNano } from '../../../../shared/model/time.ts';

const change = (title: string, revision: string | null): ChangeSummary => ({
  id: 'c',
  rowId: 1,
  changeKind: 'deployment',
  title,
  time: unixNano(0),
  revision,
});

describe('fault words', () => {
  test('a deployment is known by its version, else by its revision, else not', () => {
    const words = (title: string, revision: string | null): string =>
      faultWords({ faultKind: 'bad_deployment', change: change(title, revision) });
    expect(words('Deployment of cart v2.20.0', '4952cde4952cde4952cde')).toBe('fails since v2.20.0');
    expect(words('Rollout of cart', '4952cde4952cde4952cde')).toBe('fails since 4952cde');
    expect(words('Rollout of cart', null)).toBe('fails since a deployment');
  });

  test('without a change only the fault is told', () => {
    expect(faultWords({ faultKind: 'slow_query', change: null })).toBe('slow queries');
  });
});

describe('code places', () => {
  const placeIn = (description: string): string => codePlace([{ name: 'description', value: description }]);

  test('a path with its line is found, an address is none', () => {
    expect(placeIn('see https://example.org/a/b.html and stock/reserve.go:118 for it')).toBe('stock/reserve.go:118');
    expect(placeIn('values.yaml: pool 20 -> 5')).toBe('values.yaml');
  });

  test('words with dots are no places', () => {
    expect(placeIn('Release 2.42.0 of example.com at 14:02')).toBe('');
    expect(codePlace([])).toBe('');
  });
});

test('two causes differ by the symptoms only one explains', () => {
  const service = (name: string): EntityRef => ({ type: 'service', name });
  const difference = differenceOf(
    { explains: [service('a'), service('b')], evidence: [] },
    { explains: [service('b'), service('c')], evidence: [] },
  );
  expect(difference.left.explainsAlone).toEqual([service('a')]);
  expect(difference.right.explainsAlone).toEqual([service('c')]);
  expect(difference.shared).toEqual([service('b')]);
});
