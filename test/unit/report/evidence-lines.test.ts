/** Evidence sentences part where people would part them, and quoted texts stay whole. */
import { expect, test } from 'vitest';
import { evidenceLines, readable, rowsText } from '../../../shared/report/evidence-lines.ts';
import type { RowRef } from '../../../shared/model/ids.ts';

test('a measured fact parts from its measurement', () => {
  expect(
    evidenceLines('cart fails by itself: 41 % of its requests against 0 % before; 100 % of all new errors start here.'),
  ).toEqual({
    fact: 'cart fails by itself: 41\u202f% of its requests against 0\u202f% before',
    reason: '100\u202f% of all new errors start here',
  });
});

test('a bracket at the end becomes the reason without its signs', () => {
  expect(evidenceLines('mysql.connection.count of db went up from 6 to 16 (83.3 times its usual spread).')).toEqual({
    fact: 'mysql.connection.count of db went up from 6 to 16',
    reason: '83.3 times its usual spread',
  });
});

test('a quoted log line is never cut, whatever stands in it', () => {
  const text = 'cart logs an error never seen before: “Failed: 3 times; retry (now)”.';
  expect(evidenceLines(text).fact + evidenceLines(text).reason).toContain('“Failed: 3 times; retry (now)”');
});

test('a short sentence stays one line', () => {
  expect(evidenceLines('No metrics of cart.')).toEqual({ fact: 'No metrics of cart', reason: '' });
});

test('rows are counted in their own words', () => {
  const refs = (...texts: string[]): RowRef[] => texts as RowRef[];
  expect(rowsText(refs('span:1'))).toBe('1 span');
  expect(rowsText(refs('series:1@1..2', 'series:2'))).toBe('2 series');
  expect(rowsText(refs('span:1', 'log:4'))).toBe('2 rows');
  // A sentence that counts more than it links says that these are examples; other people's words count nothing.
  expect(rowsText(refs('log:1', 'log:2', 'log:3'), 'cart logs an error, 11 times: “retried 40 times”.')).toBe(
    '3 of 11 log records',
  );
  expect(rowsText(refs('span:1'), 'Calls from a to b fail 62 % of the time (104 of 169).')).toBe('1 of 104 spans');
  expect(rowsText(refs('series:1'), 'went up, more than 100 times its usual spread.')).toBe('1 series');
  expect(rowsText(refs('log:1'), '“retried 40 times”, 1 times')).toBe('1 log record');
});

test('a figure stays with its unit, a hole of a template is no mark-up, and words after figures stay apart', () => {
  expect(readable('waits 3.8 s for <*>, 412 of 430 spans, 2 min after; 5 services')).toBe(
    'waits 3.8\u202fs for ‹…›, 412 of 430 spans, 2\u202fmin after; 5 services',
  );
});
