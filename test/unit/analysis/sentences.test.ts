import { expect, it } from 'vitest';
import { durationText, quoted } from '../../../shared/analysis/sentences.ts';

it('quotes at most so many letters, ended at a word and without what was left open', () => {
  expect(quoted('took <*> ms', 20)).toBe('“took <*> ms”');
  expect(quoted('NotAfter: <*> (', 40)).toBe('“NotAfter: <*>”');
  expect(quoted('pool of payments: is exhausted', 18)).toBe('“pool of payments…”');
  expect(quoted('x'.repeat(30), 10)).toBe(`“${'x'.repeat(10)}…”`);
});

it('writes seconds as seconds', () => {
  expect([8_640_000, 999_000_000, 1_994_000_000].map(durationText)).toEqual(['8.64 ms', '999 ms', '1.99 s']);
});
