import { describe, expect, it } from 'vitest';
import type { ImportFileReport } from '../../../../shared/model/import-report.ts';
import type { UnixNano } from '../../../../shared/model/time.ts';
import {
  canBeReadAs,
  needsLook,
  placeOf,
  readersInOrder,
  sourceRows,
  undatedText,
} from '../../../../renderer/features/sources/source-files.ts';

function file(path: string, parts: Partial<ImportFileReport> = {}): ImportFileReport {
  return {
    path,
    format: 'otlp-json',
    confidence: 0.98,
    reason: '',
    sha256: '',
    bytes: 10,
    records: {},
    rejected: 0,
    duplicates: 0,
    timeRange: null,
    warnings: [],
    ...parts,
  };
}

describe('files of a case as a table', () => {
  it('puts an archive above what was in it, though it is read to its end last, and counts all of it', () => {
    const rows = sourceRows([
      file('/data/b.tar.gz!/logs/a.jsonl', { records: { logRecords: 5, lines: 7 }, rejected: 2 }),
      file('/data/b.tar.gz!/spans.jsonl', { records: { spans: 3 }, duplicates: 1 }),
      file('/data/b.tar.gz', { format: 'archive', records: { files: 2 } }),
      file('/data/extra.log', { records: { logRecords: 1 } }),
    ]);
    expect(
      rows.map(({ name, isInside, kept, rejected, duplicates }) => [name, isInside, kept, rejected, duplicates]),
    ).toEqual([
      ['b.tar.gz', false, 8, 2, 1],
      ['logs/a.jsonl', true, 5, 2, 0],
      ['spans.jsonl', true, 3, 0, 1],
      ['extra.log', false, 1, 0, 0],
    ]);
  });

  it('hides the folder the host staged a drop in', () => {
    const [row] = sourceRows([file('/tmp/faultline-staged-Xy1/4f-9/checkout.log')]);
    expect(row?.name).toBe('checkout.log');
  });

  it('judges neither the file being read nor its archive', () => {
    const rows = sourceRows(
      [
        file('/a/b.zip', { format: 'archive' }),
        file('/a/b.zip!/half.log', { format: 'unrecognised', rejected: 3 }),
        file('/a/b.zip!/bad.log', { rejected: 1 }),
      ],
      '/a/b.zip!/half.log',
    );
    expect(rows.map(({ state }) => state)).toEqual(['reading', 'reading', 'rejected']);
    expect(rows.filter(needsLook).map(({ name }) => name)).toEqual(['bad.log']);
  });

  it('shows an archive while it is read, though it is reported at its end', () => {
    const rows = sourceRows([file('/a/b.zip!/one.log', { records: { logRecords: 4 } })], '/a/b.zip!/two.log');
    expect(rows.map(({ name, isInside, state, kept }) => [name, isInside, state, kept])).toEqual([
      ['b.zip', false, 'reading', 4],
      ['one.log', true, 'done', 4],
    ]);
  });

  it('marks what a person should look at', () => {
    const rows = sourceRows([
      file('/a/ok.json', { records: { spans: 1 } }),
      file('/a/cut.gz', { records: { spans: 1 }, warnings: ['The gzip stream ends early.'] }),
      file('/a/zone.log', { records: { logRecords: 1 }, warnings: ['9 of 9 records carry a time without zone'] }),
      file('/a/heap.bin', { format: 'unrecognised' }),
      file('/a/nothing.txt', { format: 'unrecognised', bytes: 0 }),
      file('/a/again.json', { duplicates: 9, warnings: ['The same content as /a/ok.json; nothing was stored again.'] }),
    ]);
    expect(rows.filter(needsLook).map(({ name }) => name)).toEqual(['cut.gz', 'zone.log', 'heap.bin']);
    expect(rows.map(({ state }) => state)).toEqual(['done', 'cut', 'warning', 'unknown', 'empty', 'same']);
  });
});

describe('choosing a reader', () => {
  it('is offered for files with bytes that are not being read', () => {
    const rows = sourceRows(
      [
        file('/a/b.zip', { format: 'archive' }),
        file('/a/b.zip!/in.log', { format: 'unrecognised' }),
        file('/a/nothing.txt', { format: 'unrecognised', bytes: 0 }),
        file('/a/now.log', { format: 'unrecognised' }),
        file('/a/link', { format: 'skipped' }),
      ],
      '/a/now.log',
    );
    expect(rows.filter(canBeReadAs).map(({ file: { path } }) => path)).toEqual(['/a/b.zip!/in.log']);
    expect(placeOf(rows[1]!.file)).toBe('/a/b.zip');
  });

  it('names those first that make something of the bytes, with what reads them now and plain text', () => {
    const reader = (id: string, confidence: number | null) => ({ id, confidence });
    const readers = [
      reader('otlp-json', 0.9),
      reader('jaeger-json', 0),
      reader('plain-text', 0),
      reader('kubernetes', 0),
    ];
    const { near, far } = readersInOrder({ readers, current: 'kubernetes' });
    expect(near.map(({ id }) => id)).toEqual(['otlp-json', 'plain-text', 'kubernetes']);
    expect(far.map(({ id }) => id)).toEqual(['jaeger-json']);
  });
});

it('says where rows without a time stand', () => {
  // 2026-11-21T17:56:19Z, counted by `date -u -d … +%s`.
  const at = 1_795_283_779_000_000_000n as UnixNano;
  const alone = file('/a/ids.csv', { timeRange: { start: at, end: at }, undated: { rows: 515, datedRange: null } });
  expect(undatedText(alone, 'utc')).toBe(
    '515 rows have no time of their own: they stand at the time of the file (Sat 21 Nov 2026 17:56:19) and do not widen the time axis.',
  );
  const mixed = { ...alone, undated: { rows: 1, datedRange: { start: at, end: at } } };
  expect(undatedText(mixed, 'utc')).toBe(
    '1 row has no time of its own: it stands at the time of the file and does not widen the time axis.',
  );
  expect(undatedText(file('/a/b.log'), 'utc')).toBe('');
});
