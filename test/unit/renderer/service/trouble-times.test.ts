import { expect, test } from 'vitest';
import { troubleByEntity, troubleSpan } from '../../../../renderer/features/service/trouble-times.ts';
import type { ListedChange } from '../../../../renderer/features/service/trouble-times.ts';
import type { FindingSummary } from '../../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../../shared/model/entity.ts';

const cart: EntityRef = { type: 'service', name: 'cart' };
const pod: EntityRef = { type: 'instance', name: 'cart-1' };
const range = { from: 100n, to: 200n };

function finding(start: bigint, end: bigint, part: Partial<FindingSummary> = {}): FindingSummary {
  return {
    entity: cart,
    peer: null,
    instance: null,
    kind: 'saturation',
    score: 1,
    start,
    end,
    ...part,
  } as FindingSummary;
}
const changeAt = (startTime: bigint): ListedChange => ({ startTime, entities: [cart] }) as unknown as ListedChange;

test('findings that touch are one stretch; failing and degraded stand apart', () => {
  const trouble = troubleByEntity(
    [
      finding(150n, 160n),
      finding(110n, 120n),
      finding(115n, 130n),
      finding(118n, 125n, { kind: 'error_rate_increase', score: 0.95 }),
    ],
    [],
    range,
  ).get('service:cart');
  expect(trouble?.stretches.warn).toEqual([
    { start: 110n, end: 130n },
    { start: 150n, end: 160n },
  ]);
  expect(trouble?.stretches.fail).toEqual([{ start: 118n, end: 125n }]);
  expect(trouble?.findingCount).toBe(4);
  expect(trouble && troubleSpan(trouble)).toEqual({ start: 110n, end: 160n });
});

test('what began before the range and goes on after it is cut; what lies outside is not there', () => {
  const trouble = troubleByEntity([finding(50n, 300n), finding(10n, 99n), finding(200n, 210n)], [], range);
  expect(trouble.get('service:cart')).toMatchObject({
    findingCount: 1,
    stretches: { warn: [{ start: 100n, end: 200n }], fail: [] },
  });
});

test('an instance has what was found of it, so has its service, and who is called has what callers saw', () => {
  const peer: EntityRef = { type: 'external', name: 'pay' };
  const trouble = troubleByEntity([finding(110n, 120n, { instance: pod, peer })], [], range);
  expect([...trouble.keys()].toSorted()).toEqual(['external:pay', 'instance:cart-1', 'service:cart']);
});

test('a change alone is no trouble, but is shown where it lies in the range', () => {
  const trouble = troubleByEntity([], [changeAt(150n), changeAt(200n), changeAt(99n)], range).get('service:cart');
  expect(trouble?.changeTimes).toEqual([150n]);
  expect(trouble && troubleSpan(trouble)).toBeNull();
});
