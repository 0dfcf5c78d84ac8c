import { describe, expect, it } from 'vitest';
import { progressLine } from '../../../shared/cli/progress-line.ts';
import type { JobProgress } from '../../../shared/contract/job-schemas.ts';
import type { JobId } from '../../../shared/model/ids.ts';

const PROGRESS: JobProgress = {
  jobId: 'j' as JobId,
  kind: 'import',
  status: 'running',
  sequence: 3,
  stage: 'reading',
  path: 'bundle/traces.json',
  share: 0.437,
  bytesRead: 120e6,
  bytesTotal: 280e6,
  filesDone: 2,
  rows: 1_234_567,
  elapsedMs: 4_000,
  remainingMs: 5_200,
};
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('progressLine', () => {
  it('shows stage, share, bytes, records, time left and file', () => {
    expect(plain(progressLine(PROGRESS, 200))).toBe(
      'reading 43 %  120 MB of 280 MB  1 234 567 records  5.2 s left  bundle/traces.json',
    );
  });
  it('leaves out what is not known', () => {
    const early = { ...PROGRESS, bytesTotal: 0, rows: 0, remainingMs: null, path: '' };
    expect(progressLine(early, 200)).toBe('reading 43 %');
  });
  it('never breaks into a second line, whatever the path holds', () => {
    for (const path of ['x'.repeat(500), 'a\nb\r\u001b[2Jc']) {
      const line = progressLine({ ...PROGRESS, path }, 80);
      expect(line.length).toBeLessThan(80);
      expect(line).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});
