import { describe, expect, it } from 'vitest';
import { applicationLogImporter } from '../../../../shared/importers/application-log/index.ts';
import { plainTextImporter } from '../../../../shared/importers/application-log/plain-text.ts';
import { importers, readers } from '../../../../shared/importers/index.ts';
import { rankReaders } from '../../../../shared/importers/recognise.ts';
import { headOf, importText, TEST_FILE_TIME } from '../../../support/import-file.ts';

const TEXT = `{"ts":"2026-11-18T14:04:31.118Z","level":"error","msg":"compensate failed: reserv
ation b-88123 expired","order":"o-5518220"}

18/Nov/2026:14:04:33 +0100 WARN pool is full
`;
/** Counted by `date -u -d … +%s`. */
const FIRST = 1_795_010_671_118_000_000n;
const SECOND = 1_795_007_073_000_000_000n;

describe('plain text', () => {
  it('keeps every line that is not blank as it is, and rejects nothing', async () => {
    const { logs, rejected, warnings } = await importText(plainTextImporter, TEXT);
    expect(logs.flatMap(({ body }) => body)).toEqual(TEXT.split('\n').filter((line) => line !== ''));
    expect(rejected).toEqual([]);
    expect(warnings).toEqual(['1 of 3 lines carry no time and take that of the line before, or of the file']);
  });

  it('takes times and levels out of the lines, and says where a time is not its own', async () => {
    const [batch] = (await importText(plainTextImporter, TEXT)).logs;
    expect([...batch!.timeUnixNano]).toEqual([FIRST, FIRST, SECOND]);
    expect([...batch!.isTimeInferred]).toEqual([0, 1, 0]);
    expect([...batch!.severityNumber]).toEqual([0, 0, 13]);
  });

  it('takes the time of the file where no line has one, and no number for a time', async () => {
    const [batch] = (await importText(plainTextImporter, 'order 1784548400000 done\n10:20:30 no day\n')).logs;
    expect([...batch!.timeUnixNano]).toEqual([TEST_FILE_TIME, TEST_FILE_TIME]);
  });

  it('is offered to people last and chosen by nobody else', () => {
    expect(importers).not.toContain(plainTextImporter);
    const head = headOf(
      new TextEncoder().encode('2026-11-18 14:04:31 INFO started\n2026-11-18 14:04:32 INFO ok\n'),
      'x',
    );
    const ranked = rankReaders(head);
    expect(ranked).toHaveLength(readers.length);
    expect(ranked[0]?.importer).toBe(applicationLogImporter);
    expect(ranked.find(({ importer }) => importer === plainTextImporter)?.confidence).toBe(0);
  });
});
