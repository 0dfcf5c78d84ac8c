import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RejectedRecord } from '../../../../shared/model/record-batch.ts';
import { parseRange } from '../../../../shared/importers/json-stream/json-range.ts';
import { JsonStream, type JsonStreamOptions } from '../../../../shared/importers/json-stream/json-stream.ts';

const encoder = new TextEncoder();

interface Seen {
  readonly value: unknown;
  readonly key: string | number | undefined;
  readonly depth: number;
  readonly line: number;
  readonly byteOffset: number;
}

/** Reads bytes cut at the given sizes and lists what was handed out; entered containers are rebuilt as values. */
function read(bytes: Uint8Array, sizes: readonly number[], options?: JsonStreamOptions) {
  const seen: Seen[] = [];
  const rejected: RejectedRecord[] = [];
  const top: unknown[] = [];
  const stack: (unknown[] | Record<string, unknown>)[] = [];
  const put = (key: string | number | undefined, value: unknown) => {
    const parent = stack.at(-1);
    if (parent === undefined) top.push(value);
    else if (Array.isArray(parent)) parent.push(value);
    else Object.defineProperty(parent, String(key), { value, enumerable: true, writable: true, configurable: true });
  };
  const stream = new JsonStream(
    {
      value(range) {
        const value = parseRange(range);
        if (value === undefined) return false;
        seen.push({ value, key: range.key, depth: range.depth, line: range.line, byteOffset: range.byteOffset });
        put(range.key, value);
        return true;
      },
      enter(range, isArray) {
        const container = isArray ? [] : {};
        put(range.key, container);
        stack.push(container);
      },
      leave() {
        stack.pop();
      },
      reject: (record) => rejected.push(record),
    },
    options,
  );
  let from = 0;
  for (let i = 0; from < bytes.length; i++) {
    const size = Math.max(1, sizes[i % Math.max(sizes.length, 1)] ?? bytes.length);
    stream.push(bytes.slice(from, from + size));
    from += size;
  }
  stream.finish();
  return { top, seen, rejected };
}

const anyContainer = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
const chunkSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
/** How a writer separates documents, and how it lays out each. */
const layout = fc.record({
  separator: fc.constantFrom('\n', '\r\n', '', ' ', ',\n', '\n\n', '\x1e'),
  indent: fc.constantFrom(0, 1, 2, '\t'),
});

describe('json stream', () => {
  it('equals JSON.parse for every layout and every chunk boundary', () => {
    fc.assert(
      fc.property(fc.array(anyContainer, { maxLength: 5 }), layout, chunkSizes, (documents, how, sizes) => {
        const text = documents.map((d) => JSON.stringify(d, null, how.indent)).join(how.separator);
        const { top, rejected } = read(encoder.encode(text), sizes);
        expect(rejected).toEqual([]);
        expect(top).toEqual(JSON.parse(JSON.stringify(documents)));
      }),
      { numRuns: 400 },
    );
  });

  it('equals JSON.parse when values are entered', () => {
    fc.assert(
      fc.property(
        anyContainer,
        fc.constantFrom(0, 2),
        chunkSizes,
        fc.integer({ min: 24, max: 60 }),
        (d, i, sizes, max) => {
          const text = JSON.stringify(d, null, i);
          // A string that is larger than the bound is rejected by design, so the bound fits the longest string.
          const longest = Math.max(
            max,
            ...(text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((s) => encoder.encode(s).length),
          );
          const { top, rejected } = read(encoder.encode(text), sizes, { maxValueBytes: longest, maxEntered: 100 });
          expect(rejected).toEqual([]);
          expect(top).toEqual([JSON.parse(text)]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('keeps every whole line before and after a line that is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.integer(), text: fc.string(), list: fc.array(fc.string()) }), {
          minLength: 2,
          maxLength: 6,
        }),
        fc.nat(),
        fc.nat(),
        chunkSizes,
        (records, which, where, sizes) => {
          const lines = records.map((r) => JSON.stringify(r));
          // After one whole line the file is known to be line-delimited.
          const index = 1 + (which % (lines.length - 1));
          const line = lines[index] ?? '';
          // The cut leaves at least the bracket and takes at least one byte.
          lines[index] = line.slice(0, 1 + (where % (line.length - 1)));
          const { seen, rejected } = read(encoder.encode(lines.join('\n') + '\n'), sizes);
          const whole = records.filter((_, i) => i !== index);
          expect(seen.filter((s) => s.depth === 0).map((s) => s.value)).toEqual(JSON.parse(JSON.stringify(whole)));
          expect(rejected.length).toBeGreaterThan(0);
          expect(rejected[0]?.line).toBe(index + 1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('loses no line behind one that is cut after a backslash, whatever its end or the chunks', () => {
    // The second line ends in the first half of an escape; an escaped backslash before it must not matter.
    for (const cut of ['{"a":"\\', '{"a":"x\\\\\\', '{"a":"\\"b\\']) {
      for (const lineEnd of ['\n', '\r\n']) {
        const text = ['{"id":1}', cut, '{"id":2}', '{"id":3}', ''].join(lineEnd);
        for (let size = 1; size < text.length; size++) {
          const { seen, rejected } = read(encoder.encode(text), [size]);
          expect(seen.filter((s) => s.depth === 0).map((s) => s.value)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
          expect(rejected.map((r) => r.line)).toEqual([2]);
        }
      }
    }
  });

  it('reads every element before the place a document is cut at, and says where', () => {
    const records = Array.from({ length: 6 }, (_, i) => ({
      id: i,
      name: `n"\\${i}`,
      nested: [{ a: [1, 2, { b: 'ü' }] }],
    }));
    for (const indent of [0, 2]) {
      const bytes = encoder.encode(JSON.stringify({ before: 1, records, after: 'x' }, null, indent));
      const ends = records.map((r, i) => {
        const upTo = JSON.stringify({ before: 1, records: records.slice(0, i + 1) }, null, indent);
        return encoder.encode(upTo.slice(0, upTo.lastIndexOf('}', upTo.length - 2) + 1)).length;
      });
      for (let cut = 1; cut < bytes.length; cut++) {
        const { top, rejected } = read(bytes.slice(0, cut), [7, 64]);
        const kept = (top[0] as { records?: unknown[] }).records ?? [];
        const expected = ends.filter((end) => end <= cut).length;
        expect(kept.slice(0, expected)).toEqual(records.slice(0, expected));
        expect(rejected).toHaveLength(1);
        expect(rejected[0]?.byteOffset).toBeLessThanOrEqual(cut);
      }
    }
  });

  it('tells line and byte offset of each document', () => {
    const text = '{"a":1}\n\n{"b":"é"}\n{\n "c": 3\n}\n[4]';
    const { seen } = read(encoder.encode(text), [3]);
    expect(seen.map((s) => [s.line, s.byteOffset])).toEqual([
      [1, 0],
      [3, 9],
      [4, 20],
      [7, 32],
    ]);
  });

  it('reports text outside documents once per stretch and goes on', () => {
    const { top, rejected } = read(encoder.encode('oops\nmore\n{"a":1}\nTrailing'), [4]);
    expect(top).toEqual([{ a: 1 }]);
    expect(rejected.map((r) => [r.line, r.excerpt.slice(0, 4)])).toEqual([
      [1, 'oops'],
      [4, 'Trai'],
    ]);
  });

  it('survives 100,000 opening brackets, closed or not, and values that never end', () => {
    for (const text of ['['.repeat(100_000), '['.repeat(100_000) + ']'.repeat(100_000), '{"a":'.repeat(60_000)]) {
      expect(() => read(encoder.encode(text + '\n{"z":1}'), [65_536], { maxValueBytes: 1 << 16 })).not.toThrow();
    }
    const { rejected } = read(encoder.encode('{"a":"' + 'x'.repeat(50_000)), [1000], { maxValueBytes: 4096 });
    expect(rejected.length).toBeGreaterThan(0);
    const big = read(encoder.encode('{"a":"' + 'x'.repeat(50_000) + '","b":[1,2]}'), [1000], { maxValueBytes: 4096 });
    expect(big.top).toEqual([{ b: [1, 2] }]);
    expect(big.rejected).toHaveLength(1);
  });

  it('reads UTF-8 with byte order mark and UTF-16 of both byte orders', () => {
    const text = '{"a":"ä€𝄞"}\n{"b":2}';
    const little = new Uint8Array([
      0xff,
      0xfe,
      ...[...text].flatMap((c) => utf16(c)).flatMap((u) => [u & 255, u >> 8]),
    ]);
    const big = new Uint8Array([0xfe, 0xff, ...[...text].flatMap((c) => utf16(c)).flatMap((u) => [u >> 8, u & 255])]);
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...encoder.encode(text)]);
    for (const bytes of [little, big, marked]) expect(read(bytes, [5]).top).toEqual([{ a: 'ä€𝄞' }, { b: 2 }]);
  });
});

function utf16(character: string): number[] {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
}
