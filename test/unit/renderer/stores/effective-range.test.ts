import { describe, expect, it } from 'vitest';
import { unixNano } from '../../../../shared/model/time.ts';
import type { ImportFileReport } from '../../../../shared/model/import-report.ts';
import type { TimeRange } from '../../../../shared/model/time.ts';
import {
  incidentRange,
  telemetryRange,
  undatedOutside,
  withIncidents,
} from '../../../../renderer/stores/effective-range.ts';

const MINUTE = 60_000_000_000n;
const minutes = (count: number) => unixNano(BigInt(count) * MINUTE);

function file(records: ImportFileReport['records'], start: number, end: number): ImportFileReport {
  return {
    path: `${start}`,
    format: 'x',
    confidence: 1,
    reason: '',
    sha256: '',
    bytes: 1,
    records,
    rejected: 0,
    duplicates: 0,
    timeRange: { start: minutes(start), end: minutes(end) },
    warnings: [],
  };
}

describe('the range every view shows', () => {
  it('gives an incident a quarter of its length as air, at least two minutes', () => {
    expect(incidentRange({ start: minutes(100), end: minutes(140) }, null)).toEqual({
      from: minutes(90),
      to: minutes(150),
    });
    expect(incidentRange({ start: minutes(100), end: minutes(101) }, null)).toEqual({
      from: minutes(98),
      to: minutes(103),
    });
  });

  it('stays inside the case', () => {
    const whole = { from: minutes(99), to: minutes(141) };
    expect(incidentRange({ start: minutes(100), end: minutes(140) }, whole)).toEqual(whole);
  });

  it('shows an incident that lies outside of all telemetry all the same', () => {
    const whole = { from: minutes(0), to: minutes(50) };
    expect(incidentRange({ start: minutes(100), end: minutes(140) }, whole)).toEqual({
      from: minutes(90),
      to: minutes(150),
    });
  });

  it('is not stretched by an alert that has been firing for months', () => {
    const covered = telemetryRange([
      file({ alerts: 3 }, 0, 100_000),
      file({ changes: 1 }, 20, 20),
      file({ spans: 10 }, 99_000, 99_040),
      file({ metricPoints: 10 }, 98_990, 99_030),
    ]);
    expect(covered).toEqual({ from: minutes(98_990), to: minutes(99_040) + 1n });
    expect(telemetryRange([file({ alerts: 3 }, 0, 10)])).toBeNull();
  });

  it('is not stretched by rows that stand at the time of their file', () => {
    const files = [
      file({ metricPoints: 10 }, 10, 20),
      { ...file({ logRecords: 9 }, 90_000, 90_000), undated: { rows: 9, datedRange: null } },
      {
        ...file({ logRecords: 9 }, 5, 90_000),
        undated: { rows: 4, datedRange: { start: minutes(5), end: minutes(6) } },
      },
      // At the time of a file that was written while the rest happened.
      { ...file({ logRecords: 2 }, 15, 15), undated: { rows: 2, datedRange: null } },
    ];
    const dated = telemetryRange(files, true);
    expect(dated).toEqual({ from: minutes(5), to: minutes(20) + 1n });
    expect(telemetryRange(files)).toEqual({ from: minutes(5), to: minutes(90_000) + 1n });
    expect(undatedOutside(files, dated!)).toBe(13);
    expect(telemetryRange([files[1]!], true)).toBeNull();
  });
});

describe('incidents on the axis of the case', () => {
  const telemetry = { from: 100n, to: 200n };
  const at = (start: bigint, end: bigint) => ({ start, end }) as TimeRange;

  it('one that lies apart from all telemetry is on it, to its last sign', () => {
    expect(withIncidents(telemetry, [at(900n, 900n)], false)).toEqual({ from: 100n, to: 1_000_000_900n });
    expect(withIncidents(telemetry, [at(10n, 20n)], false)).toEqual({ from: 10n, to: 200n });
  });

  it('an alert that has been firing for months does not stretch it', () => {
    expect(withIncidents(telemetry, [at(1n, 150n)], false)).toEqual(telemetry);
    expect(withIncidents(telemetry, [at(1n, 150n)], true)).toEqual({ from: 1n, to: 200n });
  });
});
