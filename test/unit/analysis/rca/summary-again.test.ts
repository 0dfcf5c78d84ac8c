import { describe, expect, test } from 'vitest';
import { inShort } from '../../../../shared/analysis/rca/mechanism.ts';
import { summaryAgain } from '../../../../shared/analysis/rca/summary-again.ts';
import type { Evidence, Hypothesis } from '../../../../shared/model/analysis-result.ts';
import type { BasisPart } from '../../../../shared/model/ranking-basis.ts';

const CACHE = 'redis answers 8.5 % of what it is asked for.';
const CPU = 'cpu of redis went down from 31 % to 11 %.';
const SETTING = '“ttl-jitter: 120 to 0” came 100 s before.';

function line(text: string, weight: number, stance: Evidence['stance'] = 'supports'): Evidence {
  return { stance, signal: 'metric', text, weight, refs: [] };
}
function part(evidence: number, aspect: string, change?: number): BasisPart {
  return { evidence, signal: 'metric', aspect, weights: [1, 1, 0], ...(change !== undefined && { change }) };
}
function cause(summary: string, evidence: readonly Evidence[], parts: readonly BasisPart[]): Hypothesis {
  return {
    rank: 1,
    entity: { type: 'database', name: 'redis' },
    faultKind: 'cache_stampede',
    change: null,
    score: 1,
    confidence: 0.9,
    summary,
    evidence,
    explains: [],
    unexplained: [],
    disprovedBy: '',
    basis: {
      kind: 'candidate',
      parts,
      coverage: 1,
      explains: 1,
      isStandIn: false,
      explainedBy: -1,
      uncoveredBy: -1,
    },
  };
}

test('a headline says what happened, not what makes it weigh', () => {
  const text = 'cart fails 61 % more of its requests than before; 100 % of that is not explained by anything it calls.';
  expect(inShort(text)).toBe('cart fails 61 % more of its requests than before');
});

describe('the sentence of a cause after evidence was struck out', () => {
  const told = 'redis answers 8.5 % of what it is asked for since 12:13:19, 100 s after “ttl-jitter: 120 to 0”.';
  const redis = cause(
    told,
    [line(CPU, 0.2), line(CACHE, 0.7), line(SETTING, 0.1)],
    [part(0, 'cpu'), part(1, 'cache'), part(2, 'change', 4)],
  );

  test('stays as written while what it rests on counts', () => {
    expect(summaryAgain(redis, [false, false, false])).toBe(told);
    expect(summaryAgain(redis, [true, false, false])).toBe(told);
  });

  test('is told by the strongest that is left when its own line is struck', () => {
    expect(summaryAgain(redis, [false, true, false])).toBe(CPU);
    expect(summaryAgain(redis, [true, true, true])).toBe('Nothing that is left speaks for redis.');
  });

  test('no longer names a change that nothing ties to it', () => {
    expect(summaryAgain(redis, [false, false, true])).toBe(
      'redis answers 8.5 % of what it is asked for since 12:13:19.',
    );
  });

  test('with figures of its own spans it rests on the lines about them', () => {
    const cart = cause(
      'cart fails 43 % of its own requests since 12:00:00.',
      [line('Requests of cart fail, and none of what it calls does.', 0.8), line(CPU, 0.1)],
      [part(0, 'error-origin'), part(1, 'cpu')],
    );
    expect(summaryAgain(cart, [false, true])).toBe(cart.summary);
    expect(summaryAgain(cart, [true, false])).toBe(CPU);
  });
});
