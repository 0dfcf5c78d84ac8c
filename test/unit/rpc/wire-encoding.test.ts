import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from '../../../shared/rpc/wire-encoding.ts';

const typedArray = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int8Array(),
  fc.uint8Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const key = fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', ''));
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
    fc.double(),
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
    fc.boolean(),
    fc.constant(null),
    typedArray,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

describe('encodeMessage and decodeMessage', () => {
  it('are inverse for plain data', () => {
    fc.assert(
      fc.property(plain, (value) => {
        // Not toStrictEqual, which takes an own property called `constructor` for the class.
        assert.deepStrictEqual(decodeMessage(encodeMessage(value)), value);
      }),
      { numRuns: 500 },
    );
  });

  it('read a message that lies inside a larger buffer, at any offset', () => {
    const message = encodeMessage({ times: new Float64Array([1.5, -2]), text: 'x' });
    for (let shift = 0; shift < 9; shift++) {
      const pool = Buffer.alloc(message.length + 20, 0xee);
      pool.set(message, shift);
      const view = pool.subarray(shift, shift + message.length);
      expect(decodeMessage(view)).toStrictEqual({ times: new Float64Array([1.5, -2]), text: 'x' });
    }
  });

  it('give arrays that do not share memory with the message', () => {
    const message = encodeMessage(new Uint8Array([1, 2, 3]));
    const decoded = decodeMessage(message) as Uint8Array;
    message.fill(9);
    expect([...decoded]).toEqual([1, 2, 3]);
  });

  it('keep __proto__ an ordinary property', () => {
    const decoded = decodeMessage(encodeMessage(JSON.parse('{"__proto__":{"admin":true}}'))) as { admin?: boolean };
    expect(decoded.admin).toBeUndefined();
    expect(Object.keys(decoded)).toEqual(['__proto__']);
  });

  it.each([
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a symbol', Symbol('x')],
    ['a view without a kind', new DataView(new ArrayBuffer(2))],
  ])('refuse %s', (_what, value) => {
    expect(() => encodeMessage({ value })).toThrow(TypeError);
  });

  it('never fail otherwise than by TypeError, SyntaxError or success on hostile bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(300), (noise, length) => {
        const bytes = new Uint8Array(noise.length + 4);
        new DataView(bytes.buffer).setUint32(0, length, true);
        bytes.set(noise, 4);
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect(error instanceof TypeError || error instanceof SyntaxError).toBe(true);
        }
      }),
    );
  });

  it('refuse nesting that would exhaust the stack', () => {
    const text = new TextEncoder().encode('['.repeat(5_000) + ']'.repeat(5_000));
    const bytes = new Uint8Array(4 + text.length);
    new DataView(bytes.buffer).setUint32(0, text.length, true);
    bytes.set(text, 4);
    expect(() => decodeMessage(bytes)).toThrow(/nests too deeply/);
  });
});
