/** OTLP spans in every spelling read as the same rows. The expected rows come from the generated spans, not from JSON. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8TextsReader } from '../../../../shared/base/utf8-texts.ts';
import { otlpImporter } from '../../../../shared/importers/otlp/index.ts';
import { OtlpWalker } from '../../../../shared/importers/otlp/otlp-walker.ts';
import { JsonStream } from '../../../../shared/importers/json-stream/json-stream.ts';
import { RecordCollector } from '../../../../shared/importers/record-collector.ts';
import type { RecordBatch } from '../../../../shared/model/record-batch.ts';
import type { SpanBatch } from '../../../../shared/model/span.ts';
import { importText, TEST_FILE_TIME } from '../../../support/import-file.ts';

type Value = string | number | boolean | readonly Value[];
interface TestSpan {
  readonly service: string;
  readonly traceId: bigint;
  readonly spanId: bigint;
  readonly parentSpanId: bigint;
  readonly name: string;
  readonly kind: number;
  readonly start: bigint;
  readonly duration: number;
  readonly status: number;
  readonly message: string;
  readonly attributes: Readonly<Record<string, Value>>;
}
interface Spelling {
  readonly isSnake: boolean;
  readonly isBase64: boolean;
  readonly hasEnumNames: boolean;
  readonly hasNumbers: boolean;
  readonly isResourceLast: boolean;
  readonly isReversed: boolean;
  readonly indent: number;
  readonly layout: 'lines' | 'document' | 'array' | 'concatenated' | 'batches' | 'legacy';
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const CODES = ['UNSET', 'OK', 'ERROR'];

const spanArbitrary: fc.Arbitrary<TestSpan> = fc.record({
  service: fc.constantFrom('cart', 'shop "front"', 'bücher', 'a\\b'),
  traceId: fc.bigInt({ min: 1n, max: (1n << 128n) - 1n }),
  spanId: fc.bigInt({ min: 1n, max: (1n << 64n) - 1n }),
  parentSpanId: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: (1n << 64n) - 1n })),
  name: fc.string({ unit: 'grapheme' }),
  kind: fc.integer({ min: 0, max: 5 }),
  start: fc.bigInt({ min: 1n, max: 9_000_000_000_000_000_000n }),
  duration: fc.integer({ min: 0, max: 2 ** 50 }),
  status: fc.integer({ min: 0, max: 2 }),
  message: fc.string(),
  attributes: fc.dictionary(
    fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
    ),
  ),
});
const spellingArbitrary: fc.Arbitrary<Spelling> = fc.record({
  isSnake: fc.boolean(),
  isBase64: fc.boolean(),
  hasEnumNames: fc.boolean(),
  hasNumbers: fc.boolean(),
  isResourceLast: fc.boolean(),
  isReversed: fc.boolean(),
  indent: fc.constantFrom(0, 2),
  layout: fc.constantFrom('lines', 'document', 'array', 'concatenated', 'batches', 'legacy'),
});

function spell(name: string, how: Spelling): string {
  return how.isSnake ? name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`) : name;
}
function anyValue(value: Value, how: Spelling): object {
  if (typeof value === 'string') return { [spell('stringValue', how)]: value };
  if (typeof value === 'boolean') return { [spell('boolValue', how)]: value };
  if (typeof value !== 'number') return { [spell('arrayValue', how)]: { values: value.map((v) => anyValue(v, how)) } };
  if (!Number.isSafeInteger(value)) return { [spell('doubleValue', how)]: value };
  return { [spell('intValue', how)]: how.hasNumbers ? value : String(value) };
}
function idText(id: bigint, bytes: number, how: Spelling): string {
  if (id === 0n) return '';
  const hex = id.toString(16).padStart(2 * bytes, '0');
  return how.isBase64 ? Buffer.from(hex, 'hex').toString('base64') : hex;
}
function ordered(object: object, how: Spelling): object {
  return how.isReversed ? Object.fromEntries(Object.entries(object).reverse()) : object;
}
function spanJson(span: TestSpan, how: Spelling): object {
  return ordered(
    {
      [spell('traceId', how)]: idText(span.traceId, 16, how),
      [spell('spanId', how)]: idText(span.spanId, 8, how),
      [spell('parentSpanId', how)]: idText(span.parentSpanId, 8, how),
      flags: 1,
      name: span.name,
      kind: how.hasEnumNames ? `SPAN_KIND_${KINDS[span.kind]}` : span.kind,
      [spell('startTimeUnixNano', how)]: String(span.start),
      [spell('endTimeUnixNano', how)]: String(span.start + BigInt(span.duration)),
      attributes: Object.entries(span.attributes).map(([key, value]) =>
        ordered({ key, value: anyValue(value, how) }, how),
      ),
      status: { code: how.hasEnumNames ? `STATUS_CODE_${CODES[span.status]}` : span.status, message: span.message },
    },
    how,
  );
}
function groupJson(span: TestSpan, how: Spelling): object {
  const resource = { attributes: [{ key: 'service.name', value: anyValue(span.service, how) }] };
  const scopesKey = how.layout === 'legacy' ? 'instrumentationLibrarySpans' : 'scopeSpans';
  const scopes = { [spell(scopesKey, how)]: [{ scope: { name: 'lib' }, spans: [spanJson(span, how)] }] };
  return how.isResourceLast ? { ...scopes, resource } : { resource, ...scopes };
}
function fileText(spans: readonly TestSpan[], how: Spelling): string {
  const groupsKey = how.layout === 'batches' ? 'batches' : spell('resourceSpans', how);
  const single = spans.map((span) => ({ [groupsKey]: [groupJson(span, how)] }));
  const text = (value: unknown) => JSON.stringify(value, null, how.indent);
  if (how.layout === 'lines') return single.map((d) => JSON.stringify(d)).join('\n') + '\n';
  if (how.layout === 'concatenated') return single.map(text).join(' ');
  if (how.layout === 'array') return text(single);
  return text({ [groupsKey]: spans.map((span) => groupJson(span, how)) });
}

function rowsOf(batches: readonly RecordBatch[]): TestSpan[] {
  return batches
    .filter((batch): batch is SpanBatch => batch.kind === 'spans')
    .flatMap((b) => {
      const attributes = new Utf8TextsReader(b.attributesJson);
      return Array.from({ length: b.length }, (_, i) => ({
        service: String(b.resources[b.resource[i] ?? -1]?.attributes['service.name']),
        traceId: ((b.traceId[2 * i] ?? 0n) << 64n) | (b.traceId[2 * i + 1] ?? 0n),
        spanId: b.spanId[i] ?? 0n,
        parentSpanId: b.parentSpanId[i] ?? 0n,
        name: b.names[b.name[i] ?? -1] ?? '',
        kind: b.spanKind[i] ?? 0,
        start: b.startTimeUnixNano[i] ?? 0n,
        duration: b.durationNs[i] ?? 0,
        status: b.status[i] ?? 0,
        message:
          b.extraJson[i] === ''
            ? ''
            : ((JSON.parse(b.extraJson[i] ?? '{}') as { statusMessage?: string }).statusMessage ?? ''),
        attributes: JSON.parse(attributes.at(i) || '{}') as TestSpan['attributes'],
      }));
    });
}

/** Reads with a small bound, so that containers are entered as in files of gigabytes. */
function readEntered(text: string, maxValueBytes: number, chunkBytes: number) {
  const collector = new RecordCollector();
  const context = {
    path: 'f',
    fileTime: TEST_FILE_TIME,
    warn: () => undefined,
    countDuplicates: () => undefined,
    countOther: () => undefined,
    throwIfCancelled: () => undefined,
    options: {},
  };
  const walker = new OtlpWalker(collector, context);
  const stream = new JsonStream(walker, { maxValueBytes });
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += chunkBytes) stream.push(bytes.slice(i, i + chunkBytes));
  stream.finish();
  walker.flush();
  return collector.finish();
}

describe('OTLP spans', () => {
  it('are the same rows in every spelling and layout', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(spanArbitrary, { maxLength: 6 }),
        spellingArbitrary,
        fc.integer({ min: 1, max: 500 }),
        async (spans, how, size) => {
          const file = await importText(otlpImporter, fileText(spans, how), size);
          expect(file.rejected).toEqual([]);
          expect(rowsOf(file.batches)).toEqual(spans);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are the same rows when the document is too large to hold', () => {
    fc.assert(
      fc.property(
        fc.array(spanArbitrary, { minLength: 1, maxLength: 6 }),
        spellingArbitrary,
        fc.integer({ min: 20, max: 300 }),
        (spans, how, size) => {
          const largest = Math.max(
            ...spans.map((span) => Buffer.byteLength(JSON.stringify(spanJson(span, how), null, how.indent + 8))),
          );
          const batches = readEntered(fileText(spans, how), largest + 200, size);
          expect(batches.filter((b) => b.kind === 'rejected')).toEqual([]);
          expect(rowsOf(batches)).toEqual(spans);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('lose only the tail when the file is cut anywhere', () => {
    const how: Spelling = {
      isSnake: false,
      isBase64: false,
      hasEnumNames: false,
      hasNumbers: false,
      isResourceLast: false,
      isReversed: false,
      indent: 0,
      layout: 'document',
    };
    const spans = fc.sample(spanArbitrary, { numRuns: 3, seed: 7 });
    for (const layout of ['document', 'lines'] as const) {
      for (const indent of layout === 'lines' ? [0] : [0, 2]) {
        const text = fileText(spans, { ...how, layout, indent });
        const bytes = new TextEncoder().encode(text);
        let before = 0;
        for (let cut = 1; cut < bytes.length; cut += 5) {
          const batches = readEntered(new TextDecoder().decode(bytes.slice(0, cut)), 1 << 20, 333);
          const rows = rowsOf(batches);
          expect(rows).toEqual(spans.slice(0, rows.length));
          expect(rows.length).toBeGreaterThanOrEqual(before);
          before = rows.length;
        }
        expect(before).toBeGreaterThanOrEqual(spans.length - 1);
      }
    }
  });

  it('undo ids that were hex decoded as base64', async () => {
    const traceId = '5b8efff798038103d269b633813fc60c';
    const spanId = 'eee19b7ec3c1b174';
    const broken = (id: string) => Buffer.from(id, 'base64').toString('hex');
    const span = {
      traceId: broken(traceId),
      spanId: broken(spanId),
      name: 'x',
      startTimeUnixNano: '1',
      endTimeUnixNano: '2',
    };
    expect([span.traceId.length, span.spanId.length]).toEqual([48, 24]);
    const file = await importText(
      otlpImporter,
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    );
    const [row] = rowsOf(file.batches);
    expect([row?.traceId.toString(16), row?.spanId.toString(16)]).toEqual([traceId, spanId]);
  });

  it('reject what cannot be kept and keep its neighbours', async () => {
    const good = { traceId: '01', spanId: '02', name: 'good', startTimeUnixNano: '5', endTimeUnixNano: '9' };
    const spans = [
      good,
      { ...good, endTimeUnixNano: '1' },
      { ...good, startTimeUnixNano: undefined },
      { ...good, traceId: 'zz!' },
      7,
      good,
    ];
    const file = await importText(
      otlpImporter,
      JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans }] }] }),
    );
    expect(file.records['spans']).toBe(2);
    expect(file.rejected.map((r) => r.reason)).toEqual([
      'The span ends before it begins.',
      'The span has no start time.',
      'The trace id is neither hex nor base64.',
      'A span has to be a JSON object.',
    ]);
    expect(file.rejected[0]?.excerpt.startsWith('{"traceId":"01"')).toBe(true);
  });

  it('take no ids over from a span that was refused', async () => {
    const refused = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', parentSpanId: '01' };
    const bare = { name: 'bare', startTimeUnixNano: '5', endTimeUnixNano: '9' };
    const spans = [refused, bare, { ...refused, ...bare, endTimeUnixNano: '1' }, bare];
    const file = await importText(otlpImporter, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
    expect(rowsOf(file.batches).map((row) => [row.traceId, row.spanId, row.parentSpanId])).toEqual([
      [0n, 0n, 0n],
      [0n, 0n, 0n],
    ]);
    expect(file.rejected.length).toBe(2);
  });

  it('keep events, links and the peer they call', async () => {
    const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    const span = {
      traceId: '01',
      spanId: '02',
      kind: 3,
      startTimeUnixNano: '5',
      endTimeUnixNano: '9',
      attributes: [attribute('db.system', 'postgresql'), attribute('net.peer.name', 'orders-db:5432')],
      events: [{ timeUnixNano: '6', name: 'exception', attributes: [attribute('exception.type', 'Timeout')] }],
      links: [{ traceId: '0a', spanId: '0b' }],
    };
    const file = await importText(
      otlpImporter,
      JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span] }] }] }),
    );
    const batch = file.spans[0];
    expect(batch?.peers[batch.peer[0] ?? -1]).toEqual({ type: 'database', name: 'orders-db' });
    expect(JSON.parse(batch?.extraJson[0] ?? '')).toEqual({
      events: [{ timeUnixNano: '6', name: 'exception', attributes: { 'exception.type': 'Timeout' } }],
      links: [{ traceId: '0a', spanId: '0b' }],
    });
  });

  it('fill several batches without mixing rows up', async () => {
    const spans = Array.from({ length: 20_000 }, (_, i) => ({
      traceId: (i + 1).toString(16).padStart(32, '0'),
      spanId: (i + 1).toString(16).padStart(16, '0'),
      name: `op ${i % 300}`,
      startTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(i)),
      endTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(2 * i)),
      attributes: [
        { key: 'n', value: { intValue: String(i) } },
        { key: 'umlaut', value: { stringValue: i % 1000 === 0 ? 'ü' : 'u' } },
      ],
    }));
    const lines: string[] = [];
    for (let i = 0; i < spans.length; i += 700) {
      lines.push(
        JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans: spans.slice(i, i + 700) }] }] }),
      );
    }
    const rows = rowsOf((await importText(otlpImporter, lines.join('\n'))).batches);
    expect(rows.length).toBe(20_000);
    rows.forEach((row, i) => {
      if (
        row.spanId !== BigInt(i + 1) ||
        row.name !== `op ${i % 300}` ||
        row.attributes['n'] !== i ||
        row.duration !== i
      ) {
        throw new Error(
          `row ${i} is ${JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}`,
        );
      }
    });
  });
});
