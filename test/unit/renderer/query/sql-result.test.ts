import { describe, expect, it } from 'vitest';
import { sqlErrorPlace } from '../../../../renderer/features/query/error-position.ts';
import { resultPicture } from '../../../../renderer/features/query/result-chart.ts';
import { savedQueriesOf } from '../../../../renderer/features/query/saved-queries.ts';
import {
  EMPTY_RESULT,
  columnTypes,
  csvText,
  rowAt,
  withChunk,
} from '../../../../renderer/features/query/sql-result.ts';
import type { SqlResult } from '../../../../renderer/features/query/sql-result.ts';
import { encodeSqlColumns } from '../../../../shared/contract/sql-columns.ts';
import type { SqlCell } from '../../../../shared/contract/sql-columns.ts';

/** `rows` in chunks of two. */
function resultOf(names: readonly string[], rows: readonly (readonly SqlCell[])[]): SqlResult {
  let result = EMPTY_RESULT;
  for (let at = 0; at < rows.length; at += 2) {
    const part = rows.slice(at, at + 2);
    const columns = names.map((_, column) => part.map((row) => row[column] ?? null));
    result = withChunk(result, encodeSqlColumns(names, columns, part.length, false));
  }
  return result;
}

describe('a result that streams in', () => {
  const result = resultOf(
    ['name', 'n', 'big', 'mixed'],
    [
      ['a', 1, 9_007_199_254_740_993n, 1],
      ['b', 2.5, 2n ** 62n, 'x'],
      [null, 3, null, null],
    ],
  );

  it('answers rows across chunks', () => {
    expect(rowAt(result, 1)).toEqual(['b', 2.5, 2n ** 62n, 'x']);
    expect(rowAt(result, 2)).toEqual([null, 3, null, null]);
    expect(rowAt(result, 3)).toBeUndefined();
  });

  it('knows what its columns hold', () => {
    expect(columnTypes(result)).toEqual(['text', 'real', 'integer', 'mixed']);
  });

  it('is CSV that no spreadsheet runs', () => {
    const hostile = resultOf(
      ['=a', 'n'],
      [
        ['=cmd|1', -1],
        ['x,"y"\nz', null],
      ],
    );
    expect(csvText(hostile, (text) => text)).toBe('\'=a,n\n\'=cmd|1,-1\n"x,""y""\nz",\n');
    expect(csvText(hostile, () => 'hidden')).toBe("'=a,n\nhidden,-1\nhidden,\n");
  });
});

describe('the place of an error', () => {
  it('is the word the message names', () => {
    expect(sqlErrorPlace('SELECT *\nFRM spans', 'near "spans": syntax error')).toEqual({
      start: 13,
      end: 18,
      line: 2,
      column: 5,
    });
    expect(sqlErrorPlace('SELECT nope FROM v_spans', 'SQL: no such column: nope')).toMatchObject({ start: 7, end: 11 });
    expect(sqlErrorPlace('SELECT s.nope FROM v_spans s', 'no such column: s.nope')).toMatchObject({ start: 9 });
  });

  it('is not inside a text or a comment', () => {
    const sql = "SELECT 'nope' -- nope\n, nope";
    expect(sqlErrorPlace(sql, 'no such column: nope')).toEqual({ start: 24, end: 28, line: 2, column: 3 });
  });

  it('is the end of what is not complete, and nowhere when nothing is named', () => {
    expect(sqlErrorPlace('SELECT (1', 'incomplete input')).toMatchObject({ start: 9 });
    expect(sqlErrorPlace('SELECT 1', 'interrupted')).toBeNull();
  });
});

describe('the picture of a result', () => {
  it('is numbers over its time column', () => {
    const start = 1_750_000_000_000_000_000n;
    const rows = [0n, 60n, 119n].map((seconds, index) => [start + seconds * 1_000_000_000n, index * 10]);
    const picture = resultPicture(resultOf(['time', 'value'], rows));
    expect(picture?.kind).toBe('time');
    if (picture?.kind !== 'time') return;
    expect(picture.buckets.startTime).toBe(start);
    const values = [...(picture.lines[0]?.values ?? [])].filter((value) => !Number.isNaN(value));
    expect(values).toEqual([0, 10, 20]);
  });

  it('is a bar per row without a time, and nothing without a number', () => {
    const picture = resultPicture(
      resultOf(
        ['name', 'n'],
        [
          ['a', 3],
          ['b', 1],
        ],
      ),
    );
    expect(picture).toMatchObject({
      kind: 'bars',
      bars: [
        { label: 'a', value: 3 },
        { label: 'b', value: 1 },
      ],
    });
    expect(resultPicture(resultOf(['name'], [['a']]))).toBeNull();
    expect(resultPicture(EMPTY_RESULT)).toBeNull();
  });
});

describe('saved queries', () => {
  it('are read from whatever a case holds', () => {
    expect(savedQueriesOf('[{"name":"a","sql":"SELECT 1"},{"name":3},7]')).toEqual([{ name: 'a', sql: 'SELECT 1' }]);
    for (const json of [null, undefined, '', '{', '{"a":1}', '"x"']) expect(savedQueriesOf(json)).toEqual([]);
  });
});
