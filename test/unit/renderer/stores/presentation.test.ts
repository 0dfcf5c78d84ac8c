import { expect, it } from 'vitest';
import { keepMasking, present, usePresentation } from '../../../../renderer/stores/presentation.ts';

it('keeps names masked through a reload, and shows them again only when asked', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  keepMasking(storage);
  expect(usePresentation.getState().isMasked).toBe(false);
  present({ isMasked: true });
  const reloaded = new Map(kept);
  present({ isMasked: false });

  keepMasking({ getItem: (key) => reloaded.get(key) ?? null, setItem: () => undefined });
  expect(usePresentation.getState().isMasked).toBe(true);
  present({ isMasked: false });
  keepMasking(storage);
  expect(usePresentation.getState().isMasked).toBe(false);
});
