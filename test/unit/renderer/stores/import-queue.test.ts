import { expect, it, vi } from 'vitest';

it('keeps drops in their order, and forgets them with the case they were meant for', async () => {
  vi.stubGlobal('sessionStorage', { getItem: () => null });
  const queue = await import('../../../../renderer/stores/import-queue.ts');
  vi.unstubAllGlobals();
  queue.enqueueImport(['/a']);
  queue.enqueueImport(['/b', '/c']);
  queue.enqueueReading('/z/b.tar!/d.log', '/b.tar', 'plain-text');
  expect(queue.takeWaiting()).toEqual({ paths: ['/a'] });
  queue.returnWaiting({ paths: ['/a'] });
  expect(queue.takeWaiting()).toEqual({ paths: ['/a'] });
  expect(queue.takeWaiting()).toEqual({ paths: ['/b', '/c'] });
  const last = queue.takeWaiting();
  expect(last).toEqual({ paths: ['/b.tar'], readAs: { format: 'plain-text', file: '/z/b.tar!/d.log' } });
  queue.enqueueImport(['/e']);
  queue.enqueueImport(['/f']);
  expect(queue.forgetWaiting()).toBe(2);
  expect(queue.takeWaiting()).toBeUndefined();
  expect(queue.forgetWaiting()).toBe(0);
});
