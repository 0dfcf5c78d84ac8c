import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashBytes64, hashString64, Hasher64, hexOfHash64 } from '../../../shared/base/hash64.ts';

describe('hash64', () => {
  it('agrees with a published MurmurHash3_x86_128 value', () => {
    // From the README of the npm package murmurhash3js: x86.hash128 of this sentence begins 9b5b7ba2ef3f7866.
    const bytes = new TextEncoder().encode("I will not buy this tobacconist's, it is scratched.");
    expect(hexOfHash64(hashBytes64(bytes))).toBe('9b5b7ba2ef3f7866');
  });

  it('hashes a string as its UTF-16 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(), (text, seed) => {
        const bytes = new Uint8Array(text.length * 2);
        for (let i = 0; i < text.length; i += 1) {
          bytes[i * 2] = text.charCodeAt(i) & 0xff;
          bytes[i * 2 + 1] = text.charCodeAt(i) >>> 8;
        }
        expect(hashString64(text, seed)).toEqual(hashBytes64(bytes, seed));
      }),
    );
  });

  it('spreads similar keys: no collision in 200,000 and every output bit near one half', () => {
    const seen = new Set<string>();
    const ones = new Array<number>(64).fill(0);
    const n = 200_000;
    for (let i = 0; i < n; i += 1) {
      const hash = hashString64(`connection to <*> failed ${i}`);
      seen.add(hexOfHash64(hash));
      for (let bit = 0; bit < 32; bit += 1) {
        ones[bit] = (ones[bit] ?? 0) + ((hash.high >>> bit) & 1);
        ones[32 + bit] = (ones[32 + bit] ?? 0) + ((hash.low >>> bit) & 1);
      }
    }
    expect(seen.size).toBe(n);
    // Standard deviation of a fair bit's share is 0.0011 here; six of them.
    for (const count of ones) expect(Math.abs(count / n - 0.5)).toBeLessThan(0.007);
  });

  it('flips about half of the output bits when one input bit flips', () => {
    let flipped = 0;
    let trials = 0;
    for (let i = 0; i < 200; i += 1) {
      const bytes = new TextEncoder().encode(`some key number ${i * 7919}`);
      const before = hashBytes64(bytes);
      for (let bit = 0; bit < bytes.length * 8; bit += 5) {
        const changed = bytes.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const after = hashBytes64(changed);
        flipped += popcount(before.high ^ after.high) + popcount(before.low ^ after.low);
        trials += 64;
      }
    }
    expect(flipped / trials).toBeGreaterThan(0.49);
    expect(flipped / trials).toBeLessThan(0.51);
  });

  it('tells apart the order and the framing of pieces', () => {
    const of = (...parts: string[]): string => parts.reduce((h, part) => h.addString(part), new Hasher64()).hex();
    expect(of('a', 'b')).not.toBe(of('b', 'a'));
    expect(of('ab', '')).not.toBe(of('a', 'b'));
    expect(of('ab')).not.toBe(of('a', 'b'));
    expect(of('a', 'b')).toBe(of('a', 'b'));
  });
});

function popcount(value: number): number {
  let v = value >>> 0;
  let n = 0;
  for (; v; v >>>= 1) n += v & 1;
  return n;
}
