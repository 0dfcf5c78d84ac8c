/**
 * Writes the case analysis is measured on: 300 services × 1 h of one-minute metrics (10 series each), 1 M spans, 1 M log
 * records, 2,000 alerts; one service turns slow and failing after 40 minutes. Seeded; through the store's own writer.
 */
import { openCaseForWriting } from '../../shared/engine/storage/case-database.ts';
import { CaseWriter } from '../../shared/engine/storage/case-writer.ts';
import { finishingSteps } from '../../shared/engine/storage/finish-case.ts';
import {
  packRepeating,
  packStrings,
  type MinedTemplate,
  type StorableBatch,
  type StorableLogBatch,
  type StorableMetricBatch,
  type StorableSpanBatch,
} from '../../shared/engine/storage/storable-batch.ts';
import { createRandom } from '../../shared/base/random.ts';
import { utf8Texts } from '../../shared/base/utf8-texts.ts';
import type { Alert } from '../../shared/model/alert.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { NO_INDEX } from '../../shared/model/span.ts';
import { unixNano } from '../../shared/model/time.ts';

export interface AnalysisCaseSize {
  readonly services: number;
  readonly minutes: number;
  readonly spans: number;
  readonly logs: number;
  readonly alerts: number;
  /** Between the points of a series. Default a minute. */
  readonly metricStepMs?: number;
  /** Whether log records have attributes of their own. Default false. */
  readonly hasLogAttributes?: boolean;
  /** Spans of one more trace, a tree with four children a span. Default none. */
  readonly longTraceSpans?: number;
}

const BATCH = 8_192;
const SPANS_PER_TRACE = 5;
const LONG_TRACE_CHILDREN = 4;
const TEMPLATES = 3_000;
const SERIES_PER_SERVICE = 10;
const ORIGIN_NS = 1_700_000_000_000_000_000n;
const MINUTE_NS = 60e9;
const FAULTY_SERVICE = 17;
const FAULT_SHARE = 2 / 3;
const METRIC_NAMES = [
  'cpu.utilization',
  'memory.usage',
  'http.server.request.duration',
  'requests',
  'errors',
  'gc.pause',
];
/** High and low half. */
const LONG_TRACE_ID = [0x10ad_7ace_0000_0000n, 1n] as const;
const ALERT_NAMES = ['HighErrorRate', 'HighLatency', 'PodRestarted'];

export function writeAnalysisCase(path: string, size: AnalysisCaseSize): void {
  const database = openCaseForWriting(path);
  database.pragma('foreign_keys = OFF');
  const writer = new CaseWriter(database);
  const maker = new CaseMaker(size);
  const files: Record<string, Iterable<StorableBatch>> = {
    traces: maker.spans(),
    'long-trace': maker.longTrace(),
    logs: maker.logs(),
    metrics: maker.metrics(),
    alerts: maker.alerts(),
  };
  for (const [name, batches] of Object.entries(files)) {
    writer.beginFile(
      { path: name, headSha256: name, format: 'bench', formatVersion: 1, confidence: 1, reason: 'Made for a bench.' },
      null,
    );
    for (const batch of batches) writer.writeBatch(batch);
    writer.endFile({ sha256: name, sizeBytes: 0, duplicates: 0, others: {}, warnings: [] });
  }
  for (const _step of finishingSteps(database));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

class CaseMaker {
  readonly #size: AnalysisCaseSize;
  readonly #random = createRandom('analysis case');
  readonly #resources: readonly Resource[];

  constructor(size: AnalysisCaseSize) {
    this.#size = size;
    this.#resources = Array.from({ length: size.services }, (_, i) => ({
      attributes: { 'service.name': `service-${i}`, 'service.version': `1.${i}` },
      entity: { type: 'service', name: `service-${i}` },
    }));
  }

  get #lengthNs(): number {
    return this.#size.minutes * MINUTE_NS;
  }
  get #faultNs(): number {
    return this.#lengthNs * FAULT_SHARE;
  }

  /** Server and client spans in turn; each service calls four others. */
  *spans(): Generator<StorableSpanBatch> {
    const { spans: total, services } = this.#size;
    const random = this.#random;
    const names = Array.from({ length: services }, (_, i) => `GET /resource-${i}`);
    const attributes = '{"http.request.method":"GET","http.response.status_code":200,"server.port":8080}';
    let owner = 0;
    for (let first = 0; first < total; first += BATCH) {
      const length = Math.min(BATCH, total - first);
      const batch = emptySpans(length, this.#resources, names, attributes);
      for (let i = 0; i < length; i++) {
        const row = first + i;
        const depth = row % SPANS_PER_TRACE;
        const trace = Math.floor(row / SPANS_PER_TRACE);
        if (depth === 0) owner = random.integer(0, 9);
        else if (depth % 2 === 0) owner = (owner * 4 + random.integer(1, 4)) % services;
        const startNs = Math.floor((trace * SPANS_PER_TRACE * this.#lengthNs) / total) + depth * 1e6;
        const isFaulty = startNs >= this.#faultNs && owner === FAULTY_SERVICE;
        batch.traceId[2 * i] = 0x5bd1e995_00000000n;
        batch.traceId[2 * i + 1] = BigInt(trace + 1) * 0x9e3779b97f4a7c15n;
        batch.spanId[i] = BigInt(row + 1) * 0xbf58476d1ce4e5b9n;
        batch.parentSpanId[i] = depth === 0 ? 0n : BigInt(row) * 0xbf58476d1ce4e5b9n;
        batch.startTimeUnixNano[i] = ORIGIN_NS + BigInt(startNs);
        batch.durationNs[i] = Math.round((isFaulty ? 9 : 1) * random.uniform(2e6, 9e6) * (SPANS_PER_TRACE + 1 - depth));
        batch.spanKind[i] = depth % 2 === 1 ? 3 : 2;
        batch.status[i] = random.chance(isFaulty ? 0.4 : 0.002) ? 2 : 0;
        batch.resource[i] = owner;
        batch.name[i] = owner;
      }
      yield batch;
    }
  }

  /** In depth order, each child inside the time of its parent. */
  *longTrace(): Generator<StorableSpanBatch> {
    const { services, longTraceSpans: total = 0 } = this.#size;
    const names = Array.from({ length: services }, (_, i) => `POST /batch-${i}`);
    const lengthNs = 120e9;
    const owner = new Uint32Array(total);
    const startNs = new Float64Array(total);
    const durationNs = new Float64Array(total);
    for (let first = 0; first < total; first += BATCH) {
      const length = Math.min(BATCH, total - first);
      const batch = emptySpans(length, this.#resources, names, '{"batch.kind":"nightly"}');
      for (let i = 0; i < length; i++) {
        const row = first + i;
        const parent = Math.floor((row - 1) / LONG_TRACE_CHILDREN);
        const place = (row - 1) % LONG_TRACE_CHILDREN;
        owner[row] = row === 0 ? 0 : (owner[parent]! * 4 + place + 1) % services;
        durationNs[row] = row === 0 ? lengthNs : (durationNs[parent]! * 0.9) / LONG_TRACE_CHILDREN;
        startNs[row] = row === 0 ? this.#faultNs / 2 : startNs[parent]! + place * durationNs[row];
        batch.traceId[2 * i] = LONG_TRACE_ID[0];
        batch.traceId[2 * i + 1] = LONG_TRACE_ID[1];
        batch.spanId[i] = BigInt(row + 1) * 0x94d049bb133111ebn;
        batch.parentSpanId[i] = row === 0 ? 0n : BigInt(parent + 1) * 0x94d049bb133111ebn;
        batch.startTimeUnixNano[i] = ORIGIN_NS + BigInt(Math.floor(startNs[row]!));
        batch.durationNs[i] = Math.floor(durationNs[row]!);
        batch.spanKind[i] = 2;
        batch.status[i] = row % 5_003 === 7 ? 2 : 0;
        batch.resource[i] = owner[row]!;
        batch.name[i] = owner[row]!;
      }
      yield batch;
    }
  }

  /** Every other record belongs to a span. */
  *logs(): Generator<StorableLogBatch> {
    const { logs: total, services } = this.#size;
    const random = this.#random;
    const templates: MinedTemplate[] = Array.from({ length: TEMPLATES }, (_, i) => {
      const word = [...i.toString().padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
      return {
        id: i.toString(16).padStart(16, '0'),
        text: `event ${word} of <*> finished`,
        example: `event ${word} of 1 finished`,
      };
    });
    for (let first = 0; first < total; first += BATCH) {
      const length = Math.min(BATCH, total - first);
      const template = Uint32Array.from({ length }, () => random.integer(0, TEMPLATES - 1));
      const hasSpan = (i: number): boolean => (first + i) % 2 === 0 && first + i < this.#size.spans;
      const traceId = new BigUint64Array(2 * length);
      const spanId = new BigUint64Array(length);
      for (let i = 0; i < length; i++) {
        if (!hasSpan(i)) continue;
        traceId[2 * i] = 0x5bd1e995_00000000n;
        traceId[2 * i + 1] = BigInt(Math.floor((first + i) / SPANS_PER_TRACE) + 1) * 0x9e3779b97f4a7c15n;
        spanId[i] = BigInt(first + i + 1) * 0xbf58476d1ce4e5b9n;
      }
      yield {
        kind: 'logs',
        length,
        timeUnixNano: BigInt64Array.from(
          { length },
          (_, i) => ORIGIN_NS + BigInt(Math.floor(((first + i) * this.#lengthNs) / total)),
        ),
        isTimeInferred: new Uint8Array(length),
        severityNumber: Uint8Array.from({ length }, () => (random.chance(0.01) ? 17 : 9)),
        resource: Uint32Array.from({ length }, () => random.integer(0, services - 1)),
        template,
        templates,
        bodies: packStrings(
          [...template].map((index) => (templates[index]?.example ?? '').replace('1', String(index))),
        ),
        attributes: packStrings(Array.from({ length }, (_, i) => this.#logAttributes(first + i))),
        traceId,
        spanId,
        lineCount: new Uint32Array(length).fill(1),
        resources: this.#resources,
      };
    }
  }

  #logAttributes(row: number): string {
    if (this.#size.hasLogAttributes !== true) return '';
    return `{"region":"eu-${row % 5}","user.id":"u${row % 1000}"}`;
  }

  *metrics(): Generator<StorableMetricBatch> {
    const { services, metricStepMs = 60_000 } = this.#size;
    const count = services * SERIES_PER_SERVICE;
    const stepNs = metricStepMs * 1e6;
    const levels = Array.from({ length: count }, () => this.#random.uniform(10, 100));
    for (let atNs = 0; atNs < this.#lengthNs; atNs += stepNs) {
      const isFaulty = atNs >= this.#faultNs;
      const nothing = (): Float64Array => new Float64Array(count).fill(NaN);
      yield {
        kind: 'metrics',
        length: count,
        seriesIndex: Uint32Array.from({ length: count }, (_, i) => i),
        timeUnixNano: new BigInt64Array(count).fill(ORIGIN_NS + BigInt(atNs)),
        isTimeInferred: new Uint8Array(count),
        value: Float64Array.from(levels, (level, i) => {
          const factor = isFaulty && Math.floor(i / SERIES_PER_SERVICE) === FAULTY_SERVICE ? 3 : 1;
          return level * factor + this.#random.uniform(-3, 3);
        }),
        count: nothing(),
        sum: nothing(),
        detail: packStrings(new Array<string>(count).fill('')),
        series: Array.from({ length: count }, (_, i) => ({
          name: `${METRIC_NAMES[i % METRIC_NAMES.length]}.${i % SERIES_PER_SERVICE}`,
          unit: '1',
          type: 'gauge',
          temporality: 'unspecified',
          attributes: {},
          resource: Math.floor(i / SERIES_PER_SERVICE),
        })),
        resources: this.#resources,
      };
    }
  }

  *alerts(): Generator<StorableBatch> {
    const { alerts: count, services } = this.#size;
    const alerts = Array.from({ length: count }, (_, i): Alert => {
      const service = i % 2 === 0 ? FAULTY_SERVICE : this.#random.integer(0, services - 1);
      const startNs = Math.round(this.#faultNs + this.#random.uniform(0, 10 * MINUTE_NS));
      return {
        externalId: `alert-${i}`,
        name: ALERT_NAMES[i % ALERT_NAMES.length] ?? '',
        summary: `something is wrong with service-${service}`,
        severity: 'warning',
        state: 'firing',
        startTime: unixNano(ORIGIN_NS + BigInt(startNs)),
        entities: [{ type: 'service', name: `service-${service}` }],
        labels: { service: `service-${service}` },
        annotations: {},
      };
    });
    yield { kind: 'objects', alerts };
  }
}

function emptySpans(
  length: number,
  resources: readonly Resource[],
  names: readonly string[],
  attributes: string,
): StorableSpanBatch {
  return {
    kind: 'spans',
    length,
    traceId: new BigUint64Array(2 * length),
    spanId: new BigUint64Array(length),
    parentSpanId: new BigUint64Array(length),
    startTimeUnixNano: new BigInt64Array(length),
    durationNs: new Float64Array(length),
    spanKind: new Uint8Array(length),
    status: new Uint8Array(length),
    resource: new Uint32Array(length),
    name: new Uint32Array(length),
    peer: new Uint32Array(length).fill(NO_INDEX),
    attributesJson: utf8Texts(new Array<string>(length).fill(attributes)),
    extra: packRepeating(new Array<string>(length).fill('')),
    resources,
    names,
    peers: [],
  };
}
