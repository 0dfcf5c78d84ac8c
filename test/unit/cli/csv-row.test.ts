import { csvParseRows } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from '../../../shared/cli/csv-row.ts';

describe('csvRow', () => {
  it('is read back by a CSV reader, whatever the text', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
        const [row] = csvParseRows(csvRow(cells));
        expect(row?.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(
          cells.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, '')),
        );
      }),
    );
  });

  it('never lets text begin a formula', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (start, rest) => {
        expect(csvRow([start + rest])).toMatch(/^"?'/);
      }),
    );
  });

  it('leaves numbers numbers', () => {
    expect(csvRow([-1, 0.5, 9_007_199_254_740_993n, null])).toBe('-1,0.5,9007199254740993,\n');
  });
});
