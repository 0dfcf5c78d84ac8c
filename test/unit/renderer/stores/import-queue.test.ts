import { expect, it, vi } from 'vitest';

it('keeps drops in their order, and forgets them with the case they were meant for', async () => {
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  const queue = await import('../../../../renderer/stores/import-queue.ts');
  vi.unstubAllGlobals();
  queue.enqueueImport(['/a']);
  queue.enqueueImport(['/b', '/c']);
  queue.enqueueImport(['/d']);
  expect(queue.takeWaiting()).toEqual(['/a']);
  queue.returnWaiting(['/a']);
  expect(queue.takeWaiting()).toEqual(['/a']);
  expect(queue.forgetWaiting()).toBe(2);
  expect(queue.takeWaiting()).toBeUndefined();
  expect(queue.forgetWaiting()).toBe(0);
});
