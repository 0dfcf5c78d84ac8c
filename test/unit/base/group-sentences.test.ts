import { describe, expect, it } from 'vitest';
import { groupSentences } from '../../../shared/base/group-sentences.ts';

describe('groupSentences', () => {
  it('says once what differs in numbers, paths, quoted names or after a colon only', () => {
    const groups = groupSentences([
      { path: 'a', text: 'odd one out' },
      { path: 'b', text: '3 links not followed (first: “x”)' },
      { path: 'c', text: '12 links not followed (first: “y/z”)' },
      { path: 'd', text: '1 links not followed (first: “”)' },
      { path: 'e', text: 'left out: 1 Role' },
      { path: 'f', text: 'left out: 2 Secrets' },
      { path: 'g', text: 'another' },
      { path: 'h', text: 'the same as x/y.log again' },
      { path: 'i', text: 'the same as a/b/c.yaml again' },
    ]);
    expect(groups).toEqual([
      { text: '3 links not followed (first: “x”)', firstPath: 'b', count: 3 },
      { text: 'left out: 1 Role', firstPath: 'e', count: 2 },
      { text: 'the same as x/y.log again', firstPath: 'h', count: 2 },
      { text: 'odd one out', firstPath: 'a', count: 1 },
      { text: 'another', firstPath: 'g', count: 1 },
    ]);
  });
});
