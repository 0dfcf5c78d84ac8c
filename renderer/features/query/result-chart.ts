/** A result as a picture: numbers over time where there is a time column, else a bar per row of a text and a number. Pure. */
import { parseRfc3339 } from '../../../shared/model/time.ts';
import type { SqlCell } from '../../../shared/contract/sql-columns.ts';
import type { Line } from '../../charts/draw-time-series.ts';
import type { Buckets } from '../../charts/bucket-series.ts';
import { columnTypes, rowAt } from './sql-result.ts';
import type { SqlResult } from './sql-result.ts';

export type ResultPicture =
  | { readonly kind: 'time'; readonly timeColumn: string; readonly buckets: Buckets; readonly lines: readonly Line[] }
  | {
      readonly kind: 'bars';
      readonly labelColumn: string;
      readonly valueColumn: string;
      readonly bars: readonly { readonly label: string; readonly value: number }[];
    };

const BUCKETS = 120;
const MOST_LINES = 3;
const MOST_BARS = 30;
/** Nanoseconds since 1970 between 1973 and 2223: no other column of a case holds such numbers. */
const LEAST_TIME = 10n ** 17n;
const MOST_TIME = 8n * 10n ** 18n;

/** null where the columns make no picture. Values of one bucket are averaged. O(rows). */
export function resultPicture(result: SqlResult): ResultPicture | null {
  if (result.rowCount === 0) return null;
  const types = columnTypes(result);
  const first = rowAt(result, 0) ?? [];
  const timeColumn = first.findIndex((cell) => timeOf(cell) !== null);
  const numbers = types.flatMap((type, column) =>
    (type === 'integer' || type === 'real') && column !== timeColumn && !/(^|_)id$/.test(result.columns[column] ?? '')
      ? [column]
      : [],
  );
  if (numbers.length === 0) return null;
  if (timeColumn >= 0) return overTime(result, timeColumn, numbers.slice(0, MOST_LINES));
  const label = types.indexOf('text');
  return label < 0 ? null : asBars(result, label, numbers[0]!);
}

function timeOf(cell: SqlCell | undefined): bigint | null {
  if (typeof cell === 'string') return /^\d{4}-\d\d-\d\d[T ]/.test(cell) ? (parseRfc3339(cell) ?? null) : null;
  if (typeof cell !== 'number' && typeof cell !== 'bigint') return null;
  if (typeof cell === 'number' && !Number.isInteger(cell)) return null;
  const time = BigInt(cell);
  return time >= LEAST_TIME && time <= MOST_TIME ? time : null;
}

function overTime(result: SqlResult, timeColumn: number, columns: readonly number[]): ResultPicture | null {
  const times: (bigint | null)[] = [];
  let from: bigint | undefined;
  let to: bigint | undefined;
  for (let index = 0; index < result.rowCount; index++) {
    const time = timeOf(rowAt(result, index)?.[timeColumn]);
    times.push(time);
    if (time === null) continue;
    if (from === undefined || time < from) from = time;
    if (to === undefined || time > to) to = time;
  }
  if (from === undefined || to === undefined || from === to) return null;
  const bucketNs = Number(to - from + 1n) / BUCKETS;
  const sums = columns.map(() => new Float64Array(BUCKETS));
  const counts = columns.map(() => new Float64Array(BUCKETS));
  for (let index = 0; index < result.rowCount; index++) {
    const time = times[index];
    if (time === null || time === undefined) continue;
    const bucket = Math.min(BUCKETS - 1, Math.floor(Number(time - from) / bucketNs));
    const row = rowAt(result, index) ?? [];
    columns.forEach((column, line) => {
      const value = Number(row[column] ?? NaN);
      if (row[column] === null || !Number.isFinite(value)) return;
      sums[line]![bucket]! += value;
      counts[line]![bucket]!++;
    });
  }
  const looks = ['ink', 'second', 'third'] as const;
  return {
    kind: 'time',
    timeColumn: result.columns[timeColumn] ?? '',
    buckets: { startTime: from, bucketNs, bucketCount: BUCKETS },
    lines: columns.map((column, line) => ({
      name: result.columns[column] ?? '',
      values: sums[line]!.map((sum, bucket) => (counts[line]![bucket]! > 0 ? sum / counts[line]![bucket]! : NaN)),
      look: looks[line] ?? 'third',
    })),
  };
}

function asBars(result: SqlResult, label: number, value: number): ResultPicture {
  const bars: { label: string; value: number }[] = [];
  for (let index = 0; index < Math.min(MOST_BARS, result.rowCount); index++) {
    const row = rowAt(result, index) ?? [];
    const number = Number(row[value] ?? NaN);
    if (Number.isFinite(number)) bars.push({ label: String(row[label] ?? 'NULL'), value: number });
  }
  return { kind: 'bars', labelColumn: result.columns[label] ?? '', valueColumn: result.columns[value] ?? '', bars };
}
