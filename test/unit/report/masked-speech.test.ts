/** What is said in pseudonyms and sealed words is found again, and tells nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTITY_TYPES } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { createMasking } from '../../../shared/report/mask-names.ts';
import { sealedPlace, unmaskedPlace, wordedPlace } from '../../../shared/report/masked-place.ts';
import type { NamedPlace } from '../../../shared/report/masked-place.ts';
import { createSpeech } from '../../../shared/report/masked-speech.ts';
import { chachaBlock, createSeal } from '../../../shared/report/seal.ts';

const SECRET = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const OTHER = 'ff'.repeat(32);
const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom('cart', 'cart-db', 'service Heron', '~abc', 'عربي service', 'a:b:c', 'person 1', '__proto__', '%22'),
);
const entity: fc.Arbitrary<EntityRef> = fc.record({ type: fc.constantFrom(...ENTITY_TYPES), name });
const key = fc
  .tuple(entity, fc.constantFrom('bad_deployment', 'slow_query'), fc.oneof(fc.constant(''), name))
  .map(([one, fault, change]) => ({ one, key: `${one.type}:${one.name}|${fault}|${change}` }))
  // The name ends at the first bar, in every address.
  .filter(({ one }) => !one.name.includes('|'));
const place: fc.Arbitrary<NamedPlace> = fc.record({
  incidentId: fc.oneof(fc.constant(null), fc.constant('inc-0123456789ab'), name),
  selection: fc.oneof(
    fc.constant(null),
    entity.map((one) => ({ kind: 'entity' as const, entity: one })),
    key.map(({ one, key: text }) => ({ kind: 'cause' as const, key: text, entity: one })),
    fc.constantFrom('span:12', 'series:3@1..2', 'cart').map((ref) => ({ kind: 'row' as const, ref })),
    name.map((traceId) => ({ kind: 'trace' as const, traceId })),
    fc
      .tuple(fc.constantFrom('finding' as const, 'change' as const, 'alert' as const), name)
      .map(([kind, id]) => ({ kind, id })),
  ),
  filters: fc.dictionary(fc.constantFrom('logs', 'graph', 'rows', 'compare', 'tracesEntity', 'changes'), name, {
    noNullPrototype: true,
  }),
});

describe('a seal', () => {
  it('turns keys into the blocks of RFC 8439', () => {
    // Section 2.3.2.
    const secretKey = Uint32Array.from({ length: 8 }, (_, word) => 0x03020100 + word * 0x04040404);
    const block = chachaBlock(secretKey, 1, [0x09000000, 0x4a000000, 0]);
    expect(Buffer.from(block).toString('hex')).toBe(
      '10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e' +
        'd2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e',
    );
  });

  it('opens what it closed, always to the same word, and nothing else', () => {
    const seal = createSeal(SECRET);
    const other = createSeal(OTHER);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(), (text, at) => {
        const sealed = seal.close(text);
        expect(sealed).toMatch(/^~[\w-]*$/);
        expect(seal.close(text)).toBe(sealed);
        expect(seal.open(sealed)).toBe(text);
        expect(other.open(sealed)).toBeNull();
        const index = 1 + (at % (sealed.length - 1));
        const damaged = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
        expect(seal.open(damaged)).toBeNull();
      }),
    );
    expect(seal.open('~')).toBeNull();
    expect(seal.open('no seal')).toBeNull();
    expect(() => createSeal('short')).toThrow(TypeError);
  });
});

describe('masked speech', () => {
  it('reads back every place it told, whether all names are known or some', () => {
    fc.assert(
      fc.property(place, fc.array(entity, { maxLength: 6 }), (one, others) => {
        const speech = createSpeech(createMasking([...others, ...entitiesOf(one)]), SECRET);
        expect(unmaskedPlace(sealedPlace(one, speech), speech)).toEqual(one);
        const knowsLittle = createSpeech(createMasking(others), SECRET);
        expect(unmaskedPlace(sealedPlace(one, knowsLittle), knowsLittle)).toEqual(one);
      }),
    );
  });

  it('tells no name and nothing that was typed', () => {
    const entities: readonly EntityRef[] = [
      { type: 'service', name: 'acme-cart' },
      { type: 'database', name: 'acme-db' },
    ];
    const speech = createSpeech(createMasking(entities), SECRET);
    const [service = { type: 'service', name: '' } as const] = entities;
    const told = sealedPlace(
      {
        incidentId: 'acme/7',
        selection: { kind: 'cause', key: 'service:acme-cart|bad_deployment|acme/deploy-7', entity: service },
        filters: { logs: 'Acme Ltd', rows: 'span:1 span:2', tracesEntity: 'acme-db', logsTrace: '0af7651916cd43dd' },
      },
      speech,
    );
    expect(JSON.stringify(told)).not.toMatch(/acme/i);
    expect(told.filters).toMatchObject({ rows: 'span:1 span:2', logsTrace: '0af7651916cd43dd' });
    expect(told.selection).toMatchObject({ entity: { type: 'service', name: speech.entity(service).name } });
  });

  it('gives guests what was typed in pseudonyms that can be worked with', () => {
    const cart = { type: 'service', name: 'cart' } as const;
    const speech = createSpeech(createMasking([cart]), SECRET);
    const shown = speech.entity(cart).name;
    const filters = {
      logs: 'service:cart -"cart is slow" cart timeout',
      tracesEntity: 'service:cart',
      changes: 'cart',
    };
    const told = wordedPlace({ incidentId: null, selection: null, filters }, speech);
    expect(told.filters).toEqual({
      logs: `service:"${shown}" -"${shown} is slow" "${shown}" timeout`,
      tracesEntity: `service:${shown}`,
      changes: shown,
    });
    expect(unmaskedPlace(told, speech).filters).toEqual({
      logs: 'service:"cart" -"cart is slow" "cart" timeout',
      tracesEntity: 'service:cart',
      changes: 'cart',
    });
  });

  it('keeps readable what can be read back and seals what cannot', () => {
    const cart = { type: 'service', name: 'cart' } as const;
    const speech = createSpeech(createMasking([cart]), SECRET);
    fc.assert(
      fc.property(name, (text) => {
        expect(speech.textOf(speech.lookup(text))).toBe(text);
        expect(speech.idOf(speech.id(text))).toBe(text);
        for (const path of [text, `/home/${text}/a.json`, `x/b.zip!/${text}/c.json`]) {
          expect(speech.pathOf(speech.path(path))).toBe(path);
        }
      }),
    );
    expect(speech.lookup('http.server.duration')).toBe('http.server.duration');
    expect(speech.lookup('cart_total')).toBe(`${speech.entity(cart).name}_total`);
    expect(speech.lookup('10.1.2.3:5432')).toMatch(/^~/);
    expect(speech.id('service:cart')).toBe(`service:${speech.entity(cart).name}`);
    expect(speech.path('/home/mara/b.zip!/logs/cart.log')).toMatch(/^~[\w-]+\/b\.zip!\/logs\/service [A-Z]\w+\.log$/);
    // A figure behind a pseudonym belongs to the sentence.
    expect(speech.textOf(`${speech.entity(cart).name} 2 failed`)).toBe('cart 2 failed');
  });
});

function entitiesOf({ selection }: NamedPlace): readonly EntityRef[] {
  return selection?.kind === 'entity' || selection?.kind === 'cause' ? [selection.entity] : [];
}
