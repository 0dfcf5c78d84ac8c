/** Moved ranks are shown for one minute, and only within one incident. */
import { expect, test } from 'vitest';
import { followRanks, moveText } from '../../../../renderer/features/hypotheses/rank-moves.ts';

test('a cause that rises by two says so for a minute', () => {
  const before = followRanks(null, 'inc-1', ['a', 'b', 'c'], 0);
  expect(moveText(before, 'c', 0)).toBe('');
  const after = followRanks(before, 'inc-1', ['c', 'a', 'b'], 1_000);
  expect(moveText(after, 'c', 1_000)).toBe('↑2');
  expect(moveText(after, 'a', 1_000)).toBe('↓1');
  expect(moveText(after, 'c', 60_999)).toBe('↑2');
  expect(moveText(after, 'c', 61_000)).toBe('');
});

test('the same order asked again keeps the arrows', () => {
  const moved = followRanks(followRanks(null, 'i', ['a', 'b'], 0), 'i', ['b', 'a'], 10);
  expect(moveText(followRanks(moved, 'i', ['b', 'a'], 20), 'b', 20)).toBe('↑1');
});

test('another incident begins without arrows, and new causes have none', () => {
  const first = followRanks(null, 'inc-1', ['a', 'b'], 0);
  expect(moveText(followRanks(first, 'inc-2', ['b', 'a'], 0), 'b', 0)).toBe('');
  expect(moveText(followRanks(first, 'inc-1', ['n', 'a', 'b'], 0), 'n', 0)).toBe('');
});
