import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../renderer/graph/model/filter-expression.ts';
import type { FilterSubject } from '../../../../renderer/graph/model/filter-expression.ts';

const CART: FilterSubject = {
  name: 'cart-api',
  type: 'service',
  namespace: 'shop',
  health: 'degraded',
  requestsPerSecond: 12,
  errorRatio: 0.03,
  latencyP50Ms: 40,
  latencyP95Ms: 900,
  alertCount: 2,
  degree: 5,
  isChanged: true,
  isOnPath: false,
  hops: (target) => (target === 'cause' ? 1 : target === 'cart-db' ? 2 : Infinity),
};
const QUIET: FilterSubject = {
  ...CART,
  name: 'ads',
  health: 'healthy',
  requestsPerSecond: null,
  errorRatio: null,
  isChanged: false,
  hops: () => Infinity,
};

function matches(text: string, subject: FilterSubject = CART): boolean {
  const result = parseFilter(text);
  if (!result.isValid) throw new Error(`${text}: ${result.message}`);
  return result.test(subject);
}

describe('parseFilter', () => {
  it('knows what people call types', () => {
    expect(matches('type = db', { ...CART, type: 'database' })).toBe(true);
    expect(matches('type = pod', { ...CART, type: 'instance' })).toBe(true);
  });

  it.each([
    ['health != ok or hop(cause) <= 1', true],
    ['health = ok', false],
    ['health = degraded', true],
    ['type = database', false],
    ['type = SERVICE', true],
    ['type = db', false],
    ['type != db', true],
    ['namespace = shop and rate > 10', true],
    ['namespace = "shop" rate > 20', false],
    ['rate >= 12', true],
    ['error > 2%', true],
    ['error > 0.05', false],
    ['p95 > 0.5s', true],
    ['p95 > 1s', false],
    ['p50 <= 40ms', true],
    ['hop(cart-db) = 2', true],
    ['hop(selected) <= 9', false],
    ['name ~ ART', true],
    ['name = cart', false],
    ['cart', true],
    ['"cart api"', false],
    ['not cart', false],
    ['not (type = database or type = queue)', true],
    ['changed', true],
    ['path', false],
    ['alerts > 1 and degree = 5', true],
    // `and` binds closer than `or`: read otherwise this one would be false.
    ['cart or cart and nothing', true],
  ])('reads %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it('takes what was not measured for not matching, whatever is compared', () => {
    for (const text of ['rate > 0', 'rate <= 1000', 'rate != 5', 'error = 0']) expect(matches(text, QUIET)).toBe(false);
  });

  it('asks for trouble with `health != ok`: at risk is still well', () => {
    expect(matches('health != ok', { ...CART, health: 'atRisk' })).toBe(false);
    expect(matches('health != ok', { ...CART, health: 'unknown' })).toBe(true);
    expect(matches('health = atRisk', { ...CART, health: 'atRisk' })).toBe(true);
  });

  it.each([
    ['rate > many', 7, 'not a number'],
    ['health = sick', 9, 'Health is'],
    ['colour = red', 0, 'no field'],
    ['(cart', 5, 'closing bracket'],
    ['cart)', 4, 'not expected'],
    ['type > database', 0, 'is text'],
    ['hop(cause)', 10, 'needs a number'],
    ['cart and', 8, 'missing'],
    ['= 3', 0, 'needs a field'],
    ['or cart', 0, 'needs a test'],
    ['constructor = 1', 0, 'no field'],
  ])('says where %s goes wrong', (text, position, message) => {
    const result = parseFilter(text);
    expect(result).toMatchObject({ isValid: false, position });
    expect(result.isValid ? '' : result.message).toContain(message);
  });

  it('never throws, and evaluates to a boolean whenever it parses', () => {
    const pieces = fc.constantFrom(
      'health',
      '!=',
      'ok',
      'hop',
      '(',
      ')',
      'cause',
      '<=',
      '1',
      'and',
      'or',
      'not',
      'rate',
      '"',
      '%',
      'x',
      '!',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 14 }).map((list) => list.join(' ')),
        ),
        (text) => {
          const result = parseFilter(text);
          if (result.isValid) expect(typeof result.test(CART)).toBe('boolean');
          else expect(result.position).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it('answers as the same expression in JavaScript does', () => {
    const leaf = fc.constantFrom(
      { text: 'rate > 10', value: true },
      { text: 'rate < 10', value: false },
      { text: 'type = service', value: true },
      { text: 'ads', value: false },
    );
    interface Expression {
      readonly text: string;
      readonly value: boolean;
    }
    const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        tie('tree').map(({ text, value }) => ({ text: `not (${text})`, value: !value })),
        fc
          .tuple(tie('tree'), tie('tree'))
          .map(([a, b]) => ({ text: `(${a.text}) and (${b.text})`, value: a.value && b.value })),
        fc
          .tuple(tie('tree'), tie('tree'))
          .map(([a, b]) => ({ text: `(${a.text}) or (${b.text})`, value: a.value || b.value })),
      ),
    }));
    fc.assert(
      fc.property(tree, ({ text, value }) => {
        const result = parseFilter(text);
        // Deeper nesting than people write is refused with a sentence.
        if (result.isValid) expect(result.test(CART)).toBe(value);
      }),
    );
  });
});
