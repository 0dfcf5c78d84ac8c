import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LEVEL_NAMES,
  LEVEL_OPERATORS,
  formatLogQuery,
  parseLogQuery,
  withPart,
  withoutPart,
} from '../../../../renderer/features/logs/log-query.ts';
import type { LogQueryPart } from '../../../../renderer/features/logs/log-query.ts';

const text = fc.string({ minLength: 1, unit: 'grapheme' });
/** A word as a person types it: what a blank ends and no sign of the grammar begins. */
const word = fc
  .stringMatching(/^[a-z*.,/()=<>_0-9äß-]{1,12}$/)
  .filter((one) => !one.startsWith('-') && !/^level/.test(one));
const part: fc.Arbitrary<LogQueryPart> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: word, isExcluded: fc.boolean() }),
  fc.record({ kind: fc.constant('phrase' as const), text, isExcluded: fc.boolean() }),
  fc.record({ kind: fc.constant('field' as const), key: text, value: text, isExcluded: fc.boolean() }),
  fc.record({
    kind: fc.constant('level' as const),
    operator: fc.constantFrom(...LEVEL_OPERATORS),
    level: fc.constantFrom(...LEVEL_NAMES),
  }),
);

describe('the text box of the logs', () => {
  it('reads words, phrases, fields, exclusions and levels', () => {
    expect(parseLogQuery('error service:cart -template:abc level>=warn "a phrase"')).toEqual([
      { kind: 'word', text: 'error', isExcluded: false },
      { kind: 'field', key: 'service', value: 'cart', isExcluded: false },
      { kind: 'field', key: 'template', value: 'abc', isExcluded: true },
      { kind: 'level', operator: '>=', level: 'warn' },
      { kind: 'phrase', text: 'a phrase', isExcluded: false },
    ]);
  });

  it('takes quotes and colons into values, and a bare minus for a word', () => {
    expect(parseLogQuery(String.raw`http.url:https://x/y path:"a \"b\" c" -`)).toEqual([
      { kind: 'field', key: 'http.url', value: 'https://x/y', isExcluded: false },
      { kind: 'field', key: 'path', value: 'a "b" c', isExcluded: false },
      { kind: 'word', text: '-', isExcluded: false },
    ]);
  });

  it('never fails, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void parseLogQuery(typed)));
  });

  it('writes parts so that reading answers the same parts', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        expect(parseLogQuery(formatLogQuery(parts))).toEqual(parts);
      }),
    );
  });

  it('adds a part once, and takes its opposite away', () => {
    const wanted: LogQueryPart = { kind: 'field', key: 'pod', value: 'a', isExcluded: false };
    const unwanted: LogQueryPart = { ...wanted, isExcluded: true };
    expect(withPart(withPart([], wanted), wanted)).toEqual([wanted]);
    expect(withPart([wanted], unwanted)).toEqual([unwanted]);
    expect(withoutPart([wanted, unwanted], wanted)).toEqual([unwanted]);
  });

  it('has one level at a time', () => {
    const warn: LogQueryPart = { kind: 'level', operator: '>=', level: 'warn' };
    expect(withPart(parseLogQuery('level=info x'), warn)).toEqual([
      { kind: 'word', text: 'x', isExcluded: false },
      warn,
    ]);
  });
});
