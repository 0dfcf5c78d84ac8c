/** Builders of small batches, as importers would hand them out. */
import {
  packRepeating,
  toStorable,
  type StorableBatch,
  type StorableLogBatch,
  type StorableSpanBatch,
} from '../../shared/engine/storage/storable-batch.ts';
import { utf8Texts } from '../../shared/base/utf8-texts.ts';
import type { FileEnd, FileStart } from '../../shared/engine/storage/case-writer.ts';
import type { EntityRef } from '../../shared/model/entity.ts';
import type { MetricBatch } from '../../shared/model/metric.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { NO_INDEX } from '../../shared/model/span.ts';

export interface SpanShape {
  readonly trace?: bigint;
  readonly id: bigint;
  readonly parent?: bigint;
  readonly start: bigint;
  readonly duration?: number;
  readonly kind?: number;
  readonly status?: number;
  readonly name?: string;
  readonly service?: string;
  readonly peer?: EntityRef;
}

export function serviceResource(service: string, pod?: string): Resource {
  return {
    attributes: { 'service.name': service, ...(pod !== undefined && { 'k8s.pod.name': pod }) },
    entity: { type: 'service', name: service },
    ...(pod !== undefined && { instance: { type: 'instance', name: pod } }),
  };
}

export function spanBatch(spans: readonly SpanShape[]): StorableSpanBatch {
  const resources = spans.map(({ service = 'shop' }) => serviceResource(service));
  const peers = spans.flatMap(({ peer }) => (peer ? [peer] : []));
  return {
    kind: 'spans',
    length: spans.length,
    traceId: new BigUint64Array(spans.flatMap(({ trace = 1n }) => [0n, trace])),
    spanId: new BigUint64Array(spans.map(({ id }) => id)),
    parentSpanId: new BigUint64Array(spans.map(({ parent = 0n }) => parent)),
    startTimeUnixNano: new BigInt64Array(spans.map(({ start }) => start)),
    durationNs: Float64Array.from(spans, ({ duration = 1000 }) => duration),
    spanKind: Uint8Array.from(spans, ({ kind = 1 }) => kind),
    status: Uint8Array.from(spans, ({ status = 0 }) => status),
    resource: Uint32Array.from(spans, (_, i) => i),
    name: Uint32Array.from(spans, (_, i) => i),
    attributesJson: utf8Texts(spans.map(() => '')),
    extra: packRepeating(spans.map(() => '')),
    peer: Uint32Array.from(spans, ({ peer }) => (peer ? peers.indexOf(peer) : NO_INDEX)),
    resources,
    names: spans.map(({ name = 'work' }) => name),
    peers,
  };
}

export interface LogShape {
  readonly time: bigint;
  readonly body: string;
  readonly trace?: bigint;
  readonly span?: bigint;
  readonly severity?: number;
}
export function logBatch(logs: readonly LogShape[], service = 'shop'): StorableLogBatch {
  const batch = toStorable(
    {
      kind: 'logs',
      length: logs.length,
      timeUnixNano: new BigInt64Array(logs.map(({ time }) => time)),
      isTimeInferred: new Uint8Array(logs.length),
      severityNumber: Uint8Array.from(logs, ({ severity = 9 }) => severity),
      resource: new Uint32Array(logs.length),
      body: logs.map(({ body }) => body),
      attributesJson: logs.map(() => ''),
      traceId: new BigUint64Array(logs.flatMap(({ trace = 0n }) => [0n, trace])),
      spanId: new BigUint64Array(logs.map(({ span = 0n }) => span)),
      lineCount: new Uint32Array(logs.length).fill(1),
      resources: [serviceResource(service)],
    },
    {
      keyOf: (message) => ({
        id: message.replace(/\d+/g, '*').padEnd(16, '_').slice(0, 16),
        text: message.replace(/\d+/g, '<*>'),
      }),
    },
  );
  if (batch.kind !== 'logs') throw new Error('unreachable');
  return batch;
}

export interface PointShape {
  readonly series: string;
  readonly time: bigint;
  readonly value: number;
}
export function metricBatch(points: readonly PointShape[], service = 'shop'): StorableBatch {
  const names = [...new Set(points.map(({ series }) => series))];
  const nothing = (): Float64Array => new Float64Array(points.length).fill(NaN);
  const batch: MetricBatch = {
    kind: 'metrics',
    length: points.length,
    seriesIndex: Uint32Array.from(points, ({ series }) => names.indexOf(series)),
    timeUnixNano: new BigInt64Array(points.map(({ time }) => time)),
    isTimeInferred: new Uint8Array(points.length),
    value: Float64Array.from(points, ({ value }) => value),
    count: nothing(),
    sum: nothing(),
    detailJson: points.map(() => ''),
    series: names.map((name) => ({
      name,
      unit: '1',
      type: 'gauge',
      temporality: 'unspecified',
      attributes: {},
      resource: 0,
    })),
    resources: [serviceResource(service)],
  };
  return toStorable(batch, { keyOf: () => ({ id: '', text: '' }) });
}

export function fileStart(path: string, head = path): FileStart {
  return { path, headSha256: head, format: 'test', formatVersion: 1, confidence: 1, reason: 'A test says so.' };
}
export function fileEnd(sha256: string): FileEnd {
  return { sha256, sizeBytes: 100, duplicates: 0, others: {}, warnings: [] };
}
