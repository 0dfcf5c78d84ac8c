import { describe, expect, test, vi } from 'vitest';
import { stagingDetail } from '../../../../renderer/features/import/progress-text.ts';

vi.stubGlobal('sessionStorage', { getItem: () => null });
const { beginStaging, endStaging, useImportQueue } = await import('../../../../renderer/stores/import-queue.ts');

/** Figures and units are joined by a narrow blank that breaks no line. */
const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/gu, ' ');

describe('how far files are on their way to the engine', () => {
  test('bytes, speed and what is left, once the speed can be told', () => {
    expect(plain(stagingDetail({ bytesDone: 0, bytesTotal: 4_000_000, elapsedMs: 0 }))).toBe('0 B of 4 MB');
    expect(plain(stagingDetail({ bytesDone: 1_000_000, bytesTotal: 4_000_000, elapsedMs: 400 }))).toBe('1 MB of 4 MB');
    expect(plain(stagingDetail({ bytesDone: 1_000_000, bytesTotal: 4_000_000, elapsedMs: 2_000 }))).toBe(
      '1 MB of 4 MB · 500 kB/s · about 6 s left',
    );
    expect(plain(stagingDetail({ bytesDone: 4_000_000, bytesTotal: 4_000_000, elapsedMs: 8_000 }))).not.toContain(
      'left',
    );
  });

  test('time counts from the first byte asked for; the end takes it away', () => {
    let now = 5_000;
    let cancelled = 0;
    const onProgress = beginStaging(
      () => cancelled++,
      () => now,
    );
    now = 6_500;
    onProgress({ bytesDone: 1, bytesTotal: 2, path: 'a.log' });
    expect(useImportQueue.getState().staging).toMatchObject({ elapsedMs: 1_500, path: 'a.log', bytesDone: 1 });
    useImportQueue.getState().staging?.cancel();
    expect(cancelled).toBe(1);
    endStaging();
    expect(useImportQueue.getState().staging).toBeNull();
  });
});
