import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasking } from '../../../shared/report/mask-names.ts';
import { createNameSearch } from '../../../shared/report/name-search.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { growth, LINEAR } from '../../support/growth.ts';

const service = (name: string): EntityRef => ({ type: 'service', name });

describe('masking of names', () => {
  it('gives a bird to a service, a mammal to a store and a tree to a machine', () => {
    const masking = createMasking([
      service('checkout'),
      { type: 'database', name: 'orders-db' },
      { type: 'node', name: 'ip-10-0-0-7' },
    ]);
    expect(masking.entity(service('checkout'))).toMatch(/^service [A-Z][a-z]+$/);
    expect(masking.entity({ type: 'database', name: 'orders-db' })).toMatch(/^store [A-Z][a-z]+$/);
    expect(masking.entity({ type: 'node', name: 'ip-10-0-0-7' })).toMatch(/^host [A-Z][a-z]+$/);
  });

  it('never gives one pseudonym to two names, also when there are more names than words', () => {
    const entities = Array.from({ length: 3_000 }, (_, index) => service(`svc-${index}`));
    const masking = createMasking(entities);
    expect(new Set(entities.map((entity) => masking.entity(entity))).size).toBe(3_000);
  });

  it('calls things of one name alike, whatever they are: what sentences say is what lists and graphs show', () => {
    const database: EntityRef = { type: 'database', name: 'trade-mysql' };
    const namesake = service('trade-mysql');
    const masking = createMasking([namesake, database, { type: 'instance', name: 'trade-mysql' }]);
    const store = masking.entity(database);
    expect(store).toMatch(/^store [A-Z][a-z]+$/);
    expect(masking.entity(namesake)).toBe(store);
    expect(masking.text('trade-mysql fails 1.6 % of the calls to it')).toBe(`${store} fails 1.6 % of the calls to it`);
    const early = createMasking([namesake]);
    expect(createMasking([database, namesake], early.table).entity(database)).toBe(early.entity(namesake));
  });

  it('keeps what was given when more names turn up, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 40 }),
        fc.nat(),
        (names, cut) => {
          const entities = names.map(service);
          const early = createMasking(entities.slice(0, cut % (names.length + 1)));
          const late = createMasking([...entities].reverse(), early.table);
          for (const [key, pseudonym] of Object.entries(early.table)) expect(late.table[key]).toBe(pseudonym);
        },
      ),
    );
  });

  it('replaces whole names in texts, the longest first and in any case', () => {
    const masking = createMasking([
      service('cart'),
      service('cart-db'),
      { ...service('pay'), aliases: ['payments.svc'] },
    ]);
    const [cart, cartDb, pay] = [service('cart'), service('cart-db'), service('pay')].map((ref) => masking.entity(ref));
    expect(masking.text('Cart calls cart-db; cartwheel stays; payments.svc down')).toBe(
      `${cart} calls ${cartDb}; cartwheel stays; ${pay} down`,
    );
  });

  it('makes persons of authors, the same ones later, and leaves ordinary words alone', () => {
    const early = createMasking([service('cart')], {}, ['nadia-p', 'automated', 'Jo']);
    expect(early.text('nadia-p')).toBe('person 2');
    expect(early.text('Jo')).toBe('person 1');
    expect(early.text('rolled back by Nadia-P, automated tests pass, Jo agrees')).toBe(
      'rolled back by person 2, automated tests pass, person 1 agrees',
    );
    const late = createMasking([service('cart')], early.table, ['abel', 'nadia-p']);
    expect([late.text('nadia-p'), late.text('abel')]).toEqual(['person 2', 'person 3']);
  });

  it('masks short names where they stand as written, ordinary words and figures only where they are the whole text', () => {
    const masking = createMasking([service('ad'), service('QA'), service('a'), service('42'), service('ms')]);
    const [ad, qa, a, figure] = ['ad', 'QA', 'a', '42'].map((name) => masking.entity(service(name)));
    expect(masking.text('ad → QA: a call of ad took 42 ms, AD did not, qa neither, adverts stay')).toBe(
      `${ad} → ${qa}: a call of ${ad} took 42 ms, AD did not, qa neither, adverts stay`,
    );
    expect([masking.text('a'), masking.text('42')]).toEqual([a, figure]);
    expect(masking.keptNameCount).toBe(3);
  });

  it('masks every one of many thousand names, in time that does not grow with them', async () => {
    const entities = Array.from({ length: 20_000 }, (_, index) => service(`svc-${index}`));
    const masking = createMasking(entities);
    expect(masking.keptNameCount).toBe(0);
    for (const index of [0, 4_999, 5_000, 19_999]) {
      expect(masking.text(`call of svc-${index} failed`)).toBe(
        `call of ${masking.entity(service(`svc-${index}`))} failed`,
      );
    }
    const text = 'svc-1 calls svc-x '.repeat(1_000);
    const few = createMasking(entities.slice(0, 2_500));
    // Were the names gone through at each word, eight times the names would take eight times as long.
    expect(await growth(2_500, (size) => (size === 2_500 ? few : masking).text(text))).toBeLessThan(3);
  });

  it('finds at each word the longest name that stands there whole, whatever names begin alike', () => {
    const word = fc.stringMatching(/^[b-c][b-c_./-]{0,6}[b-c]$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), fc.stringMatching(/^[b-c_./ -]{0,40}$/), (names, text) => {
        fc.pre(!names.includes(text));
        const long = names.filter(({ length }) => length > 2).sort((a, b) => b.length - a.length);
        let expected = '';
        for (let at = 0; at < text.length;) {
          const isBegin = /[bc]/.test(text[at]!) && !/[bc]/.test(text[at - 1] ?? '');
          const isWhole = (name: string): boolean =>
            text.startsWith(name, at) && !/[bc]/.test(text[at + name.length] ?? '');
          const found = isBegin ? long.find(isWhole) : undefined;
          expected += found === undefined ? text[at]! : `<${found}>`;
          at += found?.length ?? 1;
        }
        expect(createNameSearch(long.map((name) => [name, `<${name}>`]))(text)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is not held up by names that are made to begin alike', async () => {
    const searches = new Map(
      [250, 2_000].map((size) => {
        const names = Array.from({ length: size }, (_, index) => [`a-${'b'.repeat(index + 1)}`, 'x'] as const);
        return [size, createNameSearch([...names, [`${'a-'.repeat(2_000)}z`, 'y']])];
      }),
    );
    const text = 'a-'.repeat(2_000);
    expect(searches.get(2_000)!(text)).toBe(text);
    // Were every length tried at every word, eight times the lengths would take eight times as long.
    expect(await growth(250, (size) => searches.get(size)!(text))).toBeLessThan(3);
  });

  it('finds names behind escaped signs', () => {
    const masking = createMasking([service('cart')]);
    const cart = masking.entity(service('cart'));
    expect(masking.text('%22cart%22, a\\ncart, \\u0022cart\\u0022, 100%cart')).toBe(
      `%22${cart}%22, a\\n${cart}, \\u0022${cart}\\u0022, 100%${cart}`,
    );
    expect(masking.text('http://p:9090/g?e=sum(rate(x))%20/%20y > 1')).toBe('‹address› > 1');
    expect(masking.text('(see https://a.example/b) and go on')).toBe('(see ‹address›) and go on');
  });

  it('takes no word that is a name of the case', () => {
    const birds =
      createMasking([service('x-1')])
        .entity(service('x-1'))
        .split(' ')[1] ?? '';
    const masking = createMasking([service('x-1'), service(birds.toLowerCase())]);
    expect(masking.entity(service('x-1'))).not.toBe(`service ${birds}`);
  });

  it('leaves times and figures and takes addresses, hosts, mails, paths and commits', () => {
    const { text } = createMasking([]);
    expect(text('at 14:02:14 p99 rose 41 → 4900 ms in 20260618')).toBe('at 14:02:14 p99 rose 41 → 4900 ms in 20260618');
    expect(text('dial 10.12.0.7:5432 failed')).toBe('dial ‹address› failed');
    expect(text('GET https://shop.example.com/a?b=1 by mara@example.org')).toBe('GET ‹address› by ‹mail›');
    expect(text('open /var/lib/postgres/data on db7.prod.internal')).toBe('open ‹path› on ‹host›');
    expect(text('commit 9f3c1e7ab2')).toBe('commit ‹id›');
  });

  it('reads a name that is a pattern as text, and a hostile text in linear time', async () => {
    const masking = createMasking([service('a.*+(b')]);
    expect(masking.text('x a.*+(b y')).toBe(`x ${masking.entity(service('a.*+(b'))} y`);
    for (const unit of ['a', '/a', 'a.', '1.', 'a@', 'f0', ':a'])
      expect(await growth(12_500, (size) => masking.text(unit.repeat(size))), unit).toBeLessThan(LINEAR);
  });
});
