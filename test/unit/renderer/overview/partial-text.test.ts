import { expect, it } from 'vitest';
import { partialText } from '../../../../renderer/features/overview/partial-text.ts';

const nothing = { kind: 'import', filesDone: 0, rows: 0, share: 0 } as const;

it('says how much was read, and nothing of what is not known yet', () => {
  expect(partialText(nothing)).toBe('Reading has begun; nothing is counted yet. Ranks can still move.');
  expect(partialText({ ...nothing, share: 0.4 })).toBe(
    'Reading has begun; nothing is counted yet. Ranks can still move.',
  );
  expect(partialText({ ...nothing, rows: 120, share: 0.001 })).toBe(
    'From 120 rows of the first file. Ranks can still move.',
  );
  expect(partialText({ ...nothing, filesDone: 1, rows: 120, share: 0.5 })).toMatch(
    /^From the first file, 120 rows, 50\s%\sread\. Ranks can still move\.$/,
  );
  expect(partialText({ ...nothing, filesDone: 9, share: 0.5 })).toMatch(/^From the first 9 files, 50\s%\sread\./);
  expect(partialText({ ...nothing, kind: 'analysis' })).toBe('Ranking anew. What stands here is the answer before.');
  expect(partialText({ ...nothing, kind: 'analysis', share: 0.25 })).toMatch(/^Ranking anew, 25\s%\sdone\./);
  for (const filesDone of [0, 1, 3])
    for (const rows of [0, 7])
      for (const share of [0, 0.0001, 0.3])
        expect(partialText({ ...nothing, filesDone, rows, share })).not.toMatch(/\b0\s?(%|files|rows)/);
});
