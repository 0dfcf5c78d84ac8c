import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8TextsBuilder, Utf8TextsReader, utf8Texts } from '../../../shared/base/utf8-texts.ts';

/** Short ones, long ones beyond a chunk of the reader, ASCII and not. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.nat(40_000).map((length) => 'x'.repeat(length)),
  fc.nat(40_000).map((length) => 'ü'.repeat(length)),
);

describe('texts in UTF-8', () => {
  it('come out as they went in, in any order', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), fc.array(fc.nat(19)), (texts, order) => {
        const reader = new Utf8TextsReader(utf8Texts(texts));
        expect(texts.map((_, i) => reader.at(i))).toEqual(texts);
        for (const index of order) expect(reader.at(index)).toBe(texts[index] ?? '');
      }),
    );
  });

  it('added one by one and many at once stand in one column; a batch leaves nothing behind', () => {
    const builder = new Utf8TextsBuilder(4);
    builder.add('ä');
    builder.addMany(new TextEncoder().encode('bcdé and what nobody asked for'), [2, 2, 5]);
    const first = builder.take();
    builder.add('next');
    const second = builder.take();
    expect([0, 1, 2, 3, 4].map((i) => new Utf8TextsReader(first).at(i))).toEqual(['ä', 'bc', '', 'dé', '']);
    expect([new Utf8TextsReader(second).at(0), second.ends.length, second.bytes.length]).toEqual(['next', 1, 4]);
    expect(first.bytes.buffer.byteLength).toBe(first.bytes.length);
  });

  it('replaces bytes that are no UTF-8 where they stand', () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0x62, 0xc3, 0xa9, 0xe2, 0x63);
    const reader = new Utf8TextsReader({ bytes, ends: Uint32Array.of(3, 5, 7) });
    expect([0, 1, 2].map((i) => reader.at(i))).toEqual(['a\ufffdb', 'é', '\ufffdc']);
  });
});
