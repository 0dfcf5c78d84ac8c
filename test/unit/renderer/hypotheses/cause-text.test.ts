/** A cause as a message to paste. */
import { expect, test } from 'vitest';
import { causeText } from '../../../../renderer/features/hypotheses/cause-text.ts';

test('a pasted cause says how sure it is, who said so, and what speaks for and against it', () => {
  const cause: Parameters<typeof causeText>[0] = {
    rank: 1,
    entity: { type: 'service', name: 'cart' },
    faultKind: 'pool_exhaustion',
    change: null,
    score: 1,
    confidence: 0.72,
    summary: 'cart runs out of connections.',
    evidence: [
      {
        stance: 'supports',
        signal: 'log',
        text: '“timeout after <*>”, 12 times',
        weight: 1,
        refs: ['log:1', 'log:2'] as never,
        strike: null,
      },
      {
        stance: 'contradicts',
        signal: 'metric',
        text: 'the database is busy too',
        weight: 0.2,
        refs: [],
        strike: null,
      },
      { stance: 'missing', signal: 'metric', text: 'no lock view', weight: 0, refs: [], strike: null },
    ],
    explains: [],
    unexplained: [],
    disprovedBy: '',
    judgement: null,
    original: { rank: 1, score: 1, confidence: 0.72 },
  };
  expect(causeText(cause, 72).split('\n')).toEqual([
    'cart runs out of connections.',
    'Possible cause 1: 0.72 likely, not confirmed',
    '+ “timeout after ‹…›”, 12 times [log:1 log:2]',
    '− the database is busy too',
    '? no lock view',
  ]);
  const judgement = { verdict: 'rejected', by: 'Mara', reason: '', time: 0n } as never;
  expect(causeText({ ...cause, judgement }, 9)).toContain('0.09 unlikely, rejected by Mara');
  const [first, ...rest] = cause.evidence;
  const struck = {
    ...cause,
    rank: 2,
    confidence: 0.2,
    evidence: [{ ...first!, strike: { by: 'Mara', time: 0n as never } }, ...rest],
  };
  expect(causeText(struck, 20).split('\n').slice(1, 4)).toEqual([
    'Possible cause 2: 0.20 possible, not confirmed',
    'The analysis had it at 1 with 0.72, before people rejected causes or struck evidence out',
    '+ “timeout after ‹…›”, 12 times [log:1 log:2] (struck out by Mara)',
  ]);
});
