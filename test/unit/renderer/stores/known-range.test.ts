import { expect, it, vi } from 'vitest';
import type { UnixNano } from '../../../../shared/model/time.ts';

it('cuts a range at the knowledge cursor, which itself was known', async () => {
  vi.stubGlobal('window', { addEventListener: () => undefined, location: { hash: '' } });
  vi.stubGlobal('location', { hash: '' });
  const { knownParts } = await import('../../../../renderer/stores/known-range.ts');
  vi.unstubAllGlobals();
  const at = (time: bigint): UnixNano => time as UnixNano;
  const range = { from: at(100n), to: at(200n) };
  expect(knownParts(range, null)).toEqual({ known: range, after: null });
  expect(knownParts(range, 199n)).toEqual({ known: range, after: null });
  expect(knownParts(range, 99n)).toEqual({ known: null, after: range });
  expect(knownParts(range, 150n)).toEqual({ known: { from: 100n, to: 151n }, after: { from: 151n, to: 200n } });
});
