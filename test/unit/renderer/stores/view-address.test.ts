import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTITY_TYPES } from '../../../../shared/model/entity.ts';
import { addressOf, viewStateOfAddress } from '../../../../renderer/stores/view-address.ts';
import { INITIAL_VIEW_STATE, LEVELS, VIEWS } from '../../../../renderer/stores/view-state.ts';
import type { ViewState } from '../../../../renderer/stores/view-state.ts';

/** Names as attackers and unlucky people write them. */
const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    '"><script>alert(1)</script>',
    '\u202Egnp.exe',
    'a&b=c#d?e',
    '%00%2F..%2F',
    'عربي service',
    'a:b:c',
    '+ plus space',
    '..',
  ),
);
const nanos = fc.bigInt({ min: -9_000_000_000_000_000_000n, max: 9_000_000_000_000_000_000n });
const entity = fc.record({ type: fc.constantFrom(...ENTITY_TYPES), name });
const selection = fc.oneof(
  fc.constant(null),
  entity.map((one) => ({ kind: 'entity' as const, entity: one })),
  name.map((ref) => ({ kind: 'row' as const, ref })),
  name.map((traceId) => ({ kind: 'trace' as const, traceId })),
  fc
    .tuple(fc.constantFrom('finding' as const, 'change' as const, 'alert' as const), name)
    .map(([kind, id]) => ({ kind, id })),
);
const state: fc.Arbitrary<ViewState> = fc.record({
  view: fc.constantFrom(...VIEWS),
  range: fc.oneof(
    fc.constant(null),
    fc.tuple(nanos, fc.bigInt({ min: 1n, max: 10n ** 15n })).map(([from, length]) => ({ from, to: from + length })),
  ),
  knownAt: fc.oneof(fc.constant(null), nanos),
  incidentId: fc.oneof(fc.constant(null), name),
  selection,
  filters: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,10}$/), name, { maxKeys: 4, noNullPrototype: true }),
  level: fc.constantFrom(...LEVELS),
});

describe('the address of a view', () => {
  it('gives back every state it was made of', () => {
    fc.assert(
      fc.property(state, (one) => {
        const address = addressOf(one);
        if (address.length > 8_000) return;
        expect(viewStateOfAddress(address)).toEqual(one);
      }),
    );
  });

  it('says nothing about what stands at its default', () => {
    expect(addressOf(INITIAL_VIEW_STATE)).toBe('#/case');
  });

  it('leaves at its default whatever a stranger made up', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(VIEWS).toContain(viewStateOfAddress(`#/${text}`).view);
      }),
    );
    for (const address of [
      '#/nowhere?range=1..2..3&level=galaxy',
      '#/logs?range=2..1',
      '#/logs?range=abc..5',
      '#/logs?sel=entity:dragon:smaug',
      `#/logs?f.logs=${'x'.repeat(9_000)}`,
      '',
      '#',
    ]) {
      expect(viewStateOfAddress(address)).toMatchObject({ range: address.includes('1..2..3') ? {} : null });
    }
    expect(viewStateOfAddress('#/logs?sel=entity:dragon:smaug').selection).toBeNull();
    expect(viewStateOfAddress('#/nowhere').view).toBe('case');
  });
});
