/** Every text a schema leaves open is handed over with its place; what it closes stays. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columns } from '../../../shared/contract/columns.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { mapStrings } from '../../../shared/contract/map-strings.ts';
import type { StringVisitor } from '../../../shared/contract/map-strings.ts';
import { attributes, entityRef, rowRef } from '../../../shared/contract/model-schemas.ts';

/** Says of each text where it stood. */
const places: StringVisitor = {
  text: (text, place) => `${text}@${place}`,
  key: (text) => `key ${text}`,
  entity: ({ type, name }) => ({ type, name: `entity ${name}` }),
};

describe('mapStrings', () => {
  it('hands over what the schema does not know: answers are not checked in production', () => {
    const value = { title: 'a', basis: { name: 'cart', parts: ['b'], count: 1 } };
    expect(mapStrings(z.strictObject({ title: z.string() }), value, places)).toEqual({
      title: 'a@.title',
      basis: { 'key name': 'cart@basis.name', 'key parts': ['b@basis.parts'], 'key count': 1 },
    });
  });

  it('tells open texts from closed ones', () => {
    const schema = z.strictObject({
      kind: z.enum(['alert', 'log']),
      literal: z.literal('cart'),
      ref: rowRef,
      title: z.string(),
      count: z.number(),
      time: z.bigint(),
      list: z.array(z.strictObject({ note: z.string().nullable(), tags: z.array(z.string()) })),
      entity: entityRef,
      missing: z.string().optional(),
      chosen: z.string().default('x'),
      pair: z.tuple([z.string(), z.number()]),
    });
    const value = {
      kind: 'alert',
      literal: 'cart',
      ref: 'span:1',
      title: 'a',
      count: 1,
      time: 2n,
      list: [
        { note: null, tags: ['b'] },
        { note: 'c', tags: [] },
      ],
      entity: { type: 'service', name: 'cart' },
      chosen: 'd',
      pair: ['e', 1],
    };
    expect(mapStrings(schema, value, places)).toEqual({
      ...value,
      ref: 'span:1@.ref',
      title: 'a@.title',
      list: [
        { note: null, tags: ['b@list.tags'] },
        { note: 'c@list.note', tags: [] },
      ],
      entity: { type: 'service', name: 'entity cart' },
      chosen: 'd@.chosen',
      pair: ['e@.pair', 1],
    });
  });

  it('goes through whatever attributes hold, and leaves no bytes that could be text', () => {
    const value = { a: 'x', b: { c: ['y', 1, null] }, __proto__x: true };
    expect(mapStrings(attributes, value, places)).toEqual({
      'key a': 'x@.a',
      'key b': { 'key c': ['y@b.c', 1, null] },
      'key __proto__x': true,
    });
    const blob = z.union([z.string(), z.custom<Uint8Array>(() => true)]);
    expect(mapStrings(blob, new Uint8Array([99, 97, 114, 116]), places)).toEqual(new Uint8Array());
  });

  it('gives columns that share a string their own', () => {
    const schema = columns({ id: 'f64', entity: 'text', body: 'text' });
    const chunk = {
      rowCount: 3,
      strings: ['cart', 'late'],
      id: Float64Array.of(1, 2, 3),
      entity: Int32Array.of(0, -1, 0),
      body: Int32Array.of(0, 1, 1),
    };
    const mapped = mapStrings(schema, chunk, places) as typeof chunk;
    expect(schema.safeParse(mapped).success).toBe(true);
    const texts = (indexes: Int32Array): readonly (string | undefined)[] =>
      [...indexes].map((index) => mapped.strings[index]);
    expect(texts(mapped.entity)).toEqual(['cart@columns.entity', undefined, 'cart@columns.entity']);
    expect(texts(mapped.body)).toEqual(['cart@columns.body', 'late@columns.body', 'late@columns.body']);
    expect(mapped.id).toEqual(chunk.id);
  });

  it('knows every kind of schema the contract is made of', () => {
    const known = new Set<unknown>();
    const visit = (schema: z.ZodType): void => {
      if (known.has(schema)) return;
      known.add(schema);
      const { shape, element, valueType, innerType, options, items } = schema._zod.def as unknown as {
        readonly shape?: Readonly<Record<string, z.ZodType>>;
        readonly element?: z.ZodType;
        readonly valueType?: z.ZodType;
        readonly innerType?: z.ZodType;
        readonly options?: readonly z.ZodType[];
        readonly items?: readonly z.ZodType[];
      };
      expect(() => mapStrings(schema, 'sample', places)).not.toThrow(/does not know/);
      for (const inner of [
        ...Object.values(shape ?? {}),
        element,
        valueType,
        innerType,
        ...(options ?? []),
        ...(items ?? []),
      ]) {
        if (inner) visit(inner);
      }
    };
    for (const procedure of Object.values(contract)) {
      visit(procedure.input);
      if ('output' in procedure) visit(procedure.output);
      if ('event' in procedure) visit(procedure.event);
      if ('chunk' in procedure) visit(procedure.chunk);
    }
    expect(known.size).toBeGreaterThan(200);
    expect(() => mapStrings(z.map(z.string(), z.string()), new Map(), places)).toThrow(/does not know/);
  });
});
