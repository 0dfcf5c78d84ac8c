import { describe, expect, it } from 'vitest';
import { cutText, fileCuts, silentStretches } from '../../../../renderer/features/logs/log-cuts.ts';
import type { ImportFileReport } from '../../../../shared/model/import-report.ts';
import type { UnixNano } from '../../../../shared/model/time.ts';

const MINUTE = 60_000_000_000n;
/** 2026-11-18T14:00:00Z, counted by `date -u -d … +%s`. */
const T = 1_795_010_400_000_000_000n;
const at = (minutes: number): UnixNano => (T + BigInt(minutes) * MINUTE) as UnixNano;
const whole = { from: at(0), to: at(60) };

function file(
  path: string,
  [start, end]: readonly [number, number],
  more: Partial<ImportFileReport> = {},
): ImportFileReport {
  return {
    path,
    format: 'application-log',
    confidence: 0.9,
    reason: '',
    sha256: '',
    bytes: 1,
    records: { logRecords: 400 },
    rejected: 0,
    duplicates: 0,
    timeRange: { start: at(start), end: at(end) },
    warnings: [],
    ...more,
  };
}
const CUT = { warnings: ['the gzip data is cut short; what came before the cut is kept'] };

describe('a file', () => {
  it('that was cut is boxed from its last row to the end of the logs', () => {
    expect(fileCuts([file('app.log', [0, 31], CUT), file('web.log', [0, 60])], whole)).toEqual([
      { kind: 'cut', from: at(31), to: at(60), paths: ['app.log'], rows: 400 },
    ]);
  });

  it('that was not read to its end is boxed as well', () => {
    const unfinished = file('app.log', [0, 31], { warnings: ['Not read to its end; import it again to continue.'] });
    expect(fileCuts([unfinished], whole).map(({ kind, from }) => [kind, from])).toEqual([['cut', at(31)]]);
  });

  it('that was cut where the logs end anyway, or holds no log rows, is not', () => {
    const spans = file('spans', [0, 31], { ...CUT, records: { spans: 9 } });
    expect(
      fileCuts([file('app.log', [0, 60], CUT), spans, file('x', [0, 9], { warnings: ['no zone'] })], whole),
    ).toEqual([]);
  });

  it('with as many rows as an export gives is boxed on the side that is missing', () => {
    const records = { logRecords: 5_000 };
    const [early, late] = [file('oldest.json', [0, 9], { records }), file('newest.json', [50, 60], { records })];
    expect(fileCuts([early], whole)).toEqual([
      { kind: 'limit', from: at(9), to: at(60), paths: ['oldest.json'], rows: 5_000 },
    ]);
    expect(fileCuts([late], whole)).toEqual([
      { kind: 'limit', from: at(0), to: at(50), paths: ['newest.json'], rows: 5_000 },
    ]);
    expect(fileCuts([file('whole.json', [0, 60], { records })], whole)).toEqual([]);
  });

  it('shares its box with those that end with it', () => {
    const cuts = fileCuts(
      [file('b.log', [0, 32], CUT), file('a.log', [0, 31], CUT), file('c.log', [0, 50], CUT)],
      whole,
    );
    expect(cuts.map(({ from, paths }) => [from, paths])).toEqual([
      [at(31), ['a.log', 'b.log']],
      [at(50), ['c.log']],
    ]);
  });
});

describe('a silence', () => {
  const buckets = { startTime: at(0), bucketNs: Number(MINUTE), bucketCount: 12 };
  it('is boxed where many rows would have come, and nowhere else', () => {
    const totals = Float64Array.from([0, 0, 20, 25, 0, 22, 0, 0, 0, 21, 0, 0]);
    expect(silentStretches(buckets, totals)).toEqual([{ kind: 'gap', from: at(6), to: at(9), paths: [], rows: 0 }]);
  });
  it('among few rows is chance', () => {
    expect(silentStretches(buckets, Float64Array.from([2, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 1]))).toEqual([]);
  });
});

it('is said in words', () => {
  const clock = (time: bigint): string => new Date(Number(time / 1_000_000n)).toISOString().slice(11, 16);
  const say = (cut: Parameters<typeof cutText>[0]): string => cutText(cut, clock, (path) => path.toUpperCase());
  const cut = { from: at(31), to: at(60), rows: 5_000 };
  expect(say({ ...cut, kind: 'cut', paths: ['app.log'] })).toBe('APP.LOG is cut at 14:31');
  expect(say({ ...cut, kind: 'cut', paths: ['a', 'b', 'c'] })).toBe('A and 2 more are cut at 14:31');
  expect(say({ ...cut, kind: 'limit', paths: ['loki.json'] })).toBe('LOKI.JSON is cut at 5,000 rows');
  expect(say({ ...cut, kind: 'gap', paths: [] })).toBe('no log rows 14:31 – 15:00');
});
