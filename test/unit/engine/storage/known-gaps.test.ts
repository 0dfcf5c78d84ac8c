import { describe, expect, it } from 'vitest';
import { knownGaps } from '../../../../shared/engine/storage/known-gaps.ts';
import type { GapSource } from '../../../../shared/engine/storage/known-gaps.ts';

function file(path: string, parts: Partial<GapSource> = {}): GapSource {
  return { path, status: 'complete', format: 'otlp-json', sizeBytes: 10, rejected: 0, warnings: [], ...parts };
}

describe('knownGaps', () => {
  it('is empty when all was read', () => {
    expect(knownGaps([file('a'), file('b')])).toEqual([]);
  });

  it('says each kind of gap once, with the first files by name', () => {
    const many = Array.from({ length: 5 }, (_, index) => file(`x${index}`, { format: 'unrecognised' }));
    const gaps = knownGaps([
      ...many,
      file('bad', { rejected: 3 }),
      file('worse', { rejected: 4 }),
      file('cut', { status: 'failed' }),
      file('w1', { warnings: ['2 records carry no time'] }),
      file('w2', { warnings: ['7 records carry no time'] }),
    ]);
    expect(gaps).toEqual([
      { kind: 'unfinished_file', text: 'Not read to the end: cut.' },
      { kind: 'rejected_records', text: '7 records could not be read, in bad, worse.' },
      { kind: 'unrecognised_file', text: 'Not recognised and not read: x0, x1, x2 and 2 more files.' },
      { kind: 'import_warning', text: 'w1 and 1 more file: 2 records carry no time' },
    ]);
  });

  it('finds no gap in an empty file nor in a second copy', () => {
    const copy = file('copy', { status: 'duplicate', warnings: ['The same content as a.'] });
    expect(knownGaps([file('empty', { format: 'unrecognised', sizeBytes: 0 }), copy])).toEqual([]);
  });

  it('never grows beyond what a person reads', () => {
    const words = 'abcdefghijklmnopqrstuvwxyz'.split('');
    const gaps = knownGaps(words.map((word) => file(word, { warnings: [`warning ${word}`] })));
    expect(gaps).toHaveLength(13);
    expect(gaps.at(-1)?.text).toMatch(/^14 more kinds/);
  });
});
