/** Builders give back what was put in, over any number of batches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteInterner } from '../../../shared/importers/byte-interner.ts';
import { LogBatchBuilder } from '../../../shared/importers/log-batch-builder.ts';
import { MetricBatchBuilder } from '../../../shared/importers/metric-batch-builder.ts';
import { SpanBatchBuilder } from '../../../shared/importers/span-batch-builder.ts';
import { halvesOf, writeUnixNano } from '../../../shared/importers/wide-integers.ts';
import type { SpanBatch } from '../../../shared/model/span.ts';
import { unixNano } from '../../../shared/model/time.ts';

const id64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const spanFields = fc.record({
  traceId: fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  spanId: id64,
  parentSpanId: id64,
  start: fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
  durationNs: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  service: fc.constantFrom('a', 'b', 'c'),
  name: fc.string(),
  peer: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
});

describe('batch builders', () => {
  it('span rows come back as they were put in', () => {
    fc.assert(
      fc.property(fc.array(spanFields, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (spans, capacity) => {
        const builder = new SpanBatchBuilder(capacity);
        const batches: SpanBatch[] = [];
        for (const span of spans) {
          if (builder.isFull()) batches.push(builder.take());
          const problem = builder.add({
            traceId: span.traceId.toString(16),
            spanId: span.spanId.toString(16),
            parentSpanId: span.parentSpanId === 0n ? '' : span.parentSpanId.toString(16).toUpperCase(),
            startTimeUnixNano: unixNano(span.start),
            durationNs: span.durationNs,
            spanKind: 3,
            status: 2,
            resource: builder.resource({ 'service.name': span.service }),
            name: span.name,
            attributesJson: JSON.stringify({ n: span.name }),
            peer: span.peer === undefined ? undefined : { type: 'external', name: span.peer },
            extraJson: '',
          });
          expect(problem).toBeUndefined();
        }
        batches.push(builder.take());
        const rows = batches.flatMap((b) => {
          expect(b.traceId.length).toBe(2 * b.length);
          return Array.from({ length: b.length }, (_, i) => ({
            traceId: ((b.traceId[2 * i] ?? 0n) << 64n) | (b.traceId[2 * i + 1] ?? 0n),
            spanId: b.spanId[i],
            parentSpanId: b.parentSpanId[i],
            start: b.startTimeUnixNano[i],
            durationNs: b.durationNs[i],
            service: b.resources[b.resource[i] ?? -1]?.entity?.name,
            name: b.names[b.name[i] ?? -1],
            peer: b.peers[b.peer[i] ?? -1]?.name,
          }));
        });
        expect(rows).toEqual(spans);
        for (const b of batches) expect(new Set(b.names).size).toBe(b.names.length);
      }),
    );
  });

  it('a refused span leaves no row', () => {
    const builder = new SpanBatchBuilder();
    const span = {
      traceId: '1',
      spanId: '2',
      parentSpanId: '',
      startTimeUnixNano: unixNano(5),
      durationNs: 1,
      spanKind: 0,
      status: 0,
      resource: 0,
      name: '',
      attributesJson: '',
      extraJson: '',
    };
    expect(builder.add({ ...span, traceId: 'x' })).toContain('hex');
    expect(builder.add({ ...span, spanId: '12345678901234567' })).toContain('hex');
    expect(builder.add({ ...span, durationNs: -1 })).toContain('ends before');
    expect(builder.length).toBe(0);
    expect(builder.add(span)).toBeUndefined();
    expect([...builder.take().traceId]).toEqual([0n, 1n]);
  });

  it('log records with bad ids keep their row without them', () => {
    const builder = new LogBatchBuilder();
    const record = { timeUnixNano: unixNano(7), severityNumber: 9, resource: 0, body: 'b', attributesJson: '' };
    builder.add({ ...record, traceId: 'ff', spanId: '0a' });
    builder.add({ ...record, traceId: `${'a'.repeat(31)}z`, spanId: 'zz' });
    const batch = builder.take();
    expect([...batch.traceId]).toEqual([0n, 255n, 0n, 0n]);
    expect([...batch.spanId]).toEqual([10n, 0n]);
    expect([...batch.lineCount]).toEqual([1, 1]);
  });

  it('equal series are one series', () => {
    const builder = new MetricBatchBuilder();
    const key = {
      name: 'm',
      unit: '',
      type: 'gauge',
      temporality: 'unspecified',
      attributes: { a: 'b' },
      resource: builder.resource({}),
    } as const;
    expect([
      builder.series(key),
      builder.series({ ...key, attributes: { a: 'c' } }),
      builder.series({ ...key }),
    ]).toEqual([0, 1, 0]);
    builder.add({ series: 0, timeUnixNano: unixNano(1), value: 2 });
    expect([...builder.take().count]).toEqual([NaN]);
  });

  it('seconds and nanoseconds make exact 64-bit times', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_223_372_035 }),
        fc.integer({ min: 0, max: 999_999_999 }),
        (seconds, nanoseconds) => {
          const column = new BigInt64Array(1);
          writeUnixNano(halvesOf(column), 0, seconds, nanoseconds);
          expect(column[0]).toBe(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds));
        },
      ),
    );
  });

  it('an interner numbers equal bytes equally and starts anew when full', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 200 }), (texts) => {
        const interner = new ByteInterner();
        const numbers = new Map<string, number>();
        for (const text of texts) {
          const bytes = new TextEncoder().encode(text);
          const number = interner.intern(bytes, 0, bytes.length);
          const key = new TextDecoder().decode(bytes);
          expect(numbers.get(key) ?? number).toBe(number);
          numbers.set(key, number);
        }
        expect(new Set(numbers.values()).size).toBe(numbers.size);
      }),
    );
    const small = new ByteInterner(2);
    const ids = ['a', 'b', 'c'].map((text) => small.intern(new TextEncoder().encode(text), 0, 1));
    expect([ids, small.generation]).toEqual([[0, 1, 0], 1]);
  });
});
