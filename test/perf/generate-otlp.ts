/**
 * Writes OTLP JSON lines as the collector's file exporter does: one export request a line, traces, logs or metrics of a
 * made-up system. Seeded; the same arguments give the same bytes.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { createRandom, type Random } from '../../shared/base/random.ts';

export interface GeneratedFile {
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
}

const START_NS = 1_760_000_000_000_000_000n;
const SERVICES = 40;
const PODS = 3;
const RECORDS_PER_LINE = 60;
const FLUSH_CHARS = 4 << 20;

interface Line {
  readonly text: string;
  readonly records: number;
}

export function generateTraces(path: string, sizeBytes: number, seed: string, startNs = START_NS): GeneratedFile {
  const random = createRandom(seed);
  return generate(path, sizeBytes, (line) => traceLine(random, line, startNs));
}
export function generateLogs(path: string, sizeBytes: number, seed: string, startNs = START_NS): GeneratedFile {
  const random = createRandom(seed);
  return generate(path, sizeBytes, (line) => logLine(random, line, startNs));
}
export function generateMetrics(path: string, sizeBytes: number, seed: string, startNs = START_NS): GeneratedFile {
  const random = createRandom(seed);
  return generate(path, sizeBytes, (line) => metricLine(random, line, startNs));
}

function generate(path: string, sizeBytes: number, makeLine: (line: number) => Line): GeneratedFile {
  const file = openSync(path, 'w');
  let bytes = 0;
  let records = 0;
  let pending: string[] = [];
  let pendingChars = 0;
  for (let line = 0; bytes + pendingChars < sizeBytes; line++) {
    const made = makeLine(line);
    pending.push(made.text, '\n');
    pendingChars += made.text.length + 1;
    records += made.records;
    if (pendingChars < FLUSH_CHARS) continue;
    bytes += writeSync(file, pending.join(''));
    pending = [];
    pendingChars = 0;
  }
  bytes += writeSync(file, pending.join(''));
  closeSync(file);
  return { path, bytes, records };
}

function hex(random: Random, words: number): string {
  let text = '';
  for (let i = 0; i < words; i++) text += random.uint32().toString(16).padStart(8, '0');
  return text;
}
function text(key: string, value: string): string {
  return `{"key":"${key}","value":{"stringValue":"${value}"}}`;
}
function integer(key: string, value: number): string {
  return `{"key":"${key}","value":{"intValue":"${value}"}}`;
}
function resource(service: number, pod: number): string {
  return `{"attributes":[${[
    text('service.name', `service-${service}`),
    text('service.version', `1.${service}.0`),
    text('k8s.namespace.name', 'shop'),
    text('k8s.pod.name', `service-${service}-7d9c5b-${pod}`),
    text('k8s.node.name', `node-${(service * PODS + pod) % 12}`),
  ].join()}]}`;
}
const KINDS = [2, 3, 1] as const;
const ROUTES = ['/api/cart', '/api/cart/{id}', '/api/orders', '/api/orders/{id}/items', '/api/users/{id}', '/healthz'];

/** Whole traces of six spans, so that parents are found; a line holds what one service exported. */
function traceLine(random: Random, line: number, startNs: bigint): Line {
  const service = line % SERVICES;
  const spans: string[] = [];
  const lineStart = startNs + BigInt(line) * 40_000_000n;
  for (let i = 0; i < RECORDS_PER_LINE; i += 6) {
    const traceId = hex(random, 4);
    let parent = '';
    for (let depth = 0; depth < 6; depth++) {
      const id = hex(random, 2);
      const start = lineStart + BigInt(i * 600_000 + depth * 50_000 + random.integer(0, 40_000));
      spans.push(spanText(random, { traceId, id, parent, start, depth, service }));
      parent = id;
    }
  }
  const scope = '{"name":"opentelemetry.instrumentation.http","version":"0.49"}';
  const body = `{"resourceSpans":[{"resource":${resource(service, line % PODS)},"scopeSpans":[{"scope":${scope},"spans":[${spans.join()}]}]}]}`;
  return { text: body, records: RECORDS_PER_LINE };
}

interface SpanShape {
  readonly traceId: string;
  readonly id: string;
  readonly parent: string;
  readonly start: bigint;
  readonly depth: number;
  readonly service: number;
}
function spanText(random: Random, span: SpanShape): string {
  const kind = KINDS[span.depth % 3] ?? 1;
  const route = ROUTES[random.integer(0, ROUTES.length - 1)] ?? '';
  const isError = random.chance(0.02);
  const end = span.start + BigInt(Math.round(random.exponential(20_000_000)));
  const attributes = [
    text('http.request.method', random.chance(0.7) ? 'GET' : 'POST'),
    text('http.route', route),
    integer('http.response.status_code', isError ? 500 : 200),
    text('url.path', `${route}?page=${random.integer(1, 5000)}`),
    text('user_agent.original', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'),
    integer('thread.id', random.integer(1, 64)),
  ];
  if (kind === 3)
    attributes.push(text('server.address', `service-${(span.service + 7) % SERVICES}`), integer('server.port', 8080));
  return (
    `{"traceId":"${span.traceId}","spanId":"${span.id}","parentSpanId":"${span.parent}","flags":257,` +
    `"name":"${kind === 3 ? 'HTTP GET' : `GET ${route}`}","kind":${kind},"startTimeUnixNano":"${span.start}",` +
    `"endTimeUnixNano":"${end}","attributes":[${attributes.join()}],"status":{${isError ? '"code":2,"message":"upstream failed"' : ''}}}`
  );
}

const MESSAGES: readonly ((random: Random) => string)[] = [
  (random) =>
    `request completed in ${random.integer(1, 900)} ms status=200 path=/api/orders/${random.integer(1, 90_000)}`,
  (random) => `cache miss for key user:${random.integer(1, 90_000)} falling back to database`,
  (random) => `connection pool ${random.integer(1, 9)} has ${random.integer(0, 50)} of 50 connections in use`,
  (random) =>
    `retrying call to payment gateway attempt ${random.integer(1, 5)} after timeout of ${random.integer(100, 3000)} ms`,
];
function logLine(random: Random, line: number, startNs: bigint): Line {
  const service = line % SERVICES;
  const records = Array.from({ length: RECORDS_PER_LINE }, (_, i) => {
    const time = startNs + BigInt(line) * 30_000_000n + BigInt(i * 400_000);
    const make = MESSAGES[random.integer(0, MESSAGES.length - 1)];
    return (
      `{"timeUnixNano":"${time}","observedTimeUnixNano":"${time + 900n}","severityNumber":9,"severityText":"INFO",` +
      `"body":{"stringValue":"${make?.(random) ?? ''}"},"attributes":[${text('logger', 'com.shop.http')}],` +
      `"traceId":"${hex(random, 4)}","spanId":"${hex(random, 2)}"}`
    );
  });
  const body = `{"resourceLogs":[{"resource":${resource(service, line % PODS)},"scopeLogs":[{"scope":{"name":"app"},"logRecords":[${records.join()}]}]}]}`;
  return { text: body, records: RECORDS_PER_LINE };
}

const METRICS = [
  'process.cpu.utilization',
  'process.memory.usage',
  'http.server.active_requests',
  'db.client.connection.count',
];
function metricLine(random: Random, line: number, startNs: bigint): Line {
  const sender = line % (SERVICES * PODS);
  const time = startNs + BigInt(Math.floor(line / (SERVICES * PODS))) * 10_000_000_000n;
  let records = 0;
  const metrics = METRICS.map((name) => {
    const points = Array.from({ length: 10 }, (_, i) => {
      records++;
      return `{"attributes":[${integer('worker', i)}],"timeUnixNano":"${time}","asDouble":${random.uniform(0, 1000)}}`;
    });
    return `{"name":"${name}","unit":"1","gauge":{"dataPoints":[${points.join()}]}}`;
  });
  const body = `{"resourceMetrics":[{"resource":${resource(Math.floor(sender / PODS), sender % PODS)},"scopeMetrics":[{"scope":{"name":"app"},"metrics":[${metrics.join()}]}]}]}`;
  return { text: body, records };
}
