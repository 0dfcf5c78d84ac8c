import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineBlocks, lines, linesOfText, type Line } from '../../../shared/importers/lines.ts';

const encoder = new TextEncoder();

function chunked(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const points = [...new Set(cuts.map((c) => c % (bytes.length + 1)))].sort((a, b) => a - b);
  const out: Uint8Array[] = [];
  let start = 0;
  for (const point of [...points, bytes.length]) {
    out.push(bytes.slice(start, point));
    start = point;
  }
  return out;
}
async function collect(
  chunks: readonly Uint8Array[],
  maxLineBytes?: number,
): Promise<{ found: Line[]; warned: string[] }> {
  const found: Line[] = [];
  const warned: string[] = [];
  const options = {
    warn: (text: string) => warned.push(text),
    ...(maxLineBytes === undefined ? {} : { maxLineBytes }),
  };
  for await (const line of lines(chunks, options)) found.push(line);
  return { found, warned };
}
/** One chunk reused for every read, as a worker does with its read buffer. */
async function* reused(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.max(1, ...chunks.map((c) => c.length)));
  for (const chunk of chunks) {
    buffer.set(chunk);
    yield buffer.subarray(0, chunk.length);
    buffer.fill(0x21);
    await Promise.resolve();
  }
}

describe('lines', () => {
  it('numbers every line and gives the offset of its first byte', async () => {
    const { found } = await collect([encoder.encode('one\n\nthrée\r\nfour')]);
    expect(found).toEqual([
      { text: 'one', number: 1, byteOffset: 0, isCut: false },
      { text: '', number: 2, byteOffset: 4, isCut: false },
      { text: 'thrée', number: 3, byteOffset: 5, isCut: false },
      { text: 'four', number: 4, byteOffset: 13, isCut: false },
    ]);
  });

  it('gives the same lines and offsets at any chunk boundaries', async () => {
    const line = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 60 }), fc.constant(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (raw, isCrlf, cuts) => {
          const clean = raw.map((l) => l.replace(/[\r\n\0\uFEFF\uD800-\uDFFF]/g, '_'));
          const end = isCrlf ? '\r\n' : '\n';
          const bytes = encoder.encode(clean.map((l) => l + end).join(''));
          let offset = 0;
          const expected = clean.map((text, i) => {
            const at = offset;
            offset += encoder.encode(text + end).length;
            return { text, number: i + 1, byteOffset: at, isCut: false };
          });
          const found: Line[] = [];
          for await (const l of lines(reused(chunked(bytes, cuts)))) found.push(l);
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads any bytes at any boundaries alike, and loses none but repaired ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 6 }), async (bytes, cuts) => {
        const whole = await collect([bytes]);
        const parts = await collect(chunked(bytes, cuts));
        expect(parts).toEqual(whole);
        const limited = await collect(chunked(bytes, cuts), 7);
        expect(limited.found).toEqual((await collect([bytes], 7)).found);
        expect(limited.found.map((l) => [l.number, l.byteOffset])).toEqual(
          whole.found.map((l) => [l.number, l.byteOffset]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('drops a byte order mark and reads UTF-16 by it', async () => {
    const { found: utf8 } = await collect([Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf, 0x61, 10)]);
    expect(utf8).toEqual([{ text: 'a', number: 1, byteOffset: 3, isCut: false }]);
    for (const isBig of [false, true]) {
      const text = '\uFEFFalpha\r\nbéta\n';
      const bytes = new Uint8Array(text.length * 2);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < text.length; i += 1) view.setUint16(i * 2, text.charCodeAt(i), !isBig);
      for (const cut of [[], [1], [2, 3], [5, 9, 14]]) {
        const { found, warned } = await collect(chunked(bytes, cut));
        expect(found.map((l) => [l.text, l.number, l.byteOffset])).toEqual([
          ['alpha', 1, 2],
          ['béta', 2, 16],
        ]);
        expect(warned.join()).toContain('UTF-16');
      }
    }
  });

  it('replaces invalid UTF-8, drops NUL, and says how often', async () => {
    const { found, warned } = await collect([
      Uint8Array.of(0x61, 0xff, 0x62, 10, 0, 0, 0x63, 10, 0xef, 0xbf, 0xbd, 10),
    ]);
    expect(found.map((l) => l.text)).toEqual(['a\uFFFDb', 'c', '\uFFFD']);
    expect(warned[0]).toMatch(/^1 sequence of invalid UTF-8/);
    expect(warned[1]).toMatch(/^2 NUL/);
  });

  it('cuts a line over the limit, reports it, and goes on with the next', async () => {
    const long = 'x'.repeat(10_000_000);
    const bytes = encoder.encode(`a\n${long}\nb\n`);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += 65_536) chunks.push(bytes.slice(at, at + 65_536));
    const { found, warned } = await collect(chunks);
    expect(found.map((l) => [l.number, l.text.length, l.isCut])).toEqual([
      [1, 1, false],
      [2, 1_048_576, true],
      [3, 1, false],
    ]);
    expect(found[2]?.byteOffset).toBe(10_000_003);
    expect(warned).toEqual(['1 line longer than 1048576 bytes cut; the start was kept']);
  });

  it('bounds a block', async () => {
    const bytes = encoder.encode('\n'.repeat(100_000));
    let total = 0;
    for await (const block of lineBlocks([bytes])) {
      expect(block.texts.length).toBeLessThanOrEqual(16_384);
      total += block.texts.length;
    }
    expect(total).toBe(100_000);
  });

  it('splits a head that may end inside a line', () => {
    expect(linesOfText('a\r\nb\nhal', false)).toEqual(['a', 'b']);
    expect(linesOfText('a\r\nb\nhal', true)).toEqual(['a', 'b', 'hal']);
    expect(linesOfText('', true)).toEqual([]);
  });
});
