/**
 * A list that breaks off inside its record k: the k − 1 records before are kept and the broken one is one rejection,
 * wherever in it the file ends and whichever importer reads it.
 */
import { describe, expect, it } from 'vitest';
import { alertmanagerImporter } from '../../../shared/importers/alertmanager/index.ts';
import type { Importer } from '../../../shared/importers/importer.ts';
import { jaegerImporter } from '../../../shared/importers/jaeger/index.ts';
import { kubernetesImporter } from '../../../shared/importers/kubernetes/index.ts';
import { otlpImporter } from '../../../shared/importers/otlp/index.ts';
import { prometheusApiImporter } from '../../../shared/importers/prometheus-api/index.ts';
import { zipkinImporter } from '../../../shared/importers/zipkin/index.ts';
import { importText } from '../../support/import-file.ts';

interface ListFormat {
  readonly importer: Importer;
  /** What is counted as records of this kind. */
  readonly counted: string;
  /** The document that holds these records. */
  document(records: readonly unknown[]): unknown;
  record(index: number): unknown;
  /** A record whose text ends so lacks its closing bracket only, and nothing of what it says. */
  readonly saysAll?: RegExp;
}

const T0_S = 1_735_689_600;
const id = (index: number, digits: number) => (0xa0 + index).toString(16).padStart(digits, '1');

const FORMATS: Readonly<Record<string, ListFormat>> = {
  'a Zipkin list of spans': {
    importer: zipkinImporter,
    counted: 'spans',
    document: (records) => records,
    record: (i) => ({
      traceId: id(0, 32),
      id: id(i, 16),
      name: 'get "x"',
      kind: 'SERVER',
      timestamp: (T0_S + i) * 1e6,
      duration: 5,
      localEndpoint: { serviceName: 'cart', ipv4: '10.0.0.1' },
      annotations: [{ timestamp: (T0_S + i) * 1e6, value: 'retry' }],
      tags: { 'http.path': '/a\\b' },
    }),
  },
  'a Zipkin list of traces': {
    importer: zipkinImporter,
    counted: 'spans',
    document: (records) => [records],
    record: (i) => ({ traceId: id(0, 32), id: id(i, 16), name: 'get', timestamp: (T0_S + i) * 1e6, tags: { a: 'b' } }),
  },
  'a Jaeger trace': {
    importer: jaegerImporter,
    counted: 'spans',
    document: (spans) => ({
      data: [{ traceID: id(0, 32), processes: { p1: { serviceName: 'cart', tags: [] } }, spans }],
    }),
    record: (i) => ({
      traceID: id(0, 32),
      spanID: id(i, 16),
      operationName: 'get',
      references: [{ refType: 'CHILD_OF', traceID: id(0, 32), spanID: id(9, 16) }],
      startTime: (T0_S + i) * 1e6,
      duration: 5,
      tags: [{ key: 'http.status_code', type: 'int64', value: 200 }],
      logs: [],
      processID: 'p1',
    }),
  },
  'a list of Jaeger span rows': {
    importer: jaegerImporter,
    counted: 'spans',
    document: (spans) => spans,
    record: (i) => ({
      traceID: id(0, 32),
      spanID: id(i, 16),
      operationName: 'get',
      startTime: (T0_S + i) * 1e6,
      duration: 5,
      tags: [{ key: 'http.status_code', type: 'int64', value: 200 }],
      process: { serviceName: 'cart', tags: [] },
    }),
  },
  'series of a Prometheus instant query': {
    importer: prometheusApiImporter,
    counted: 'metricPoints',
    document: (result) => ({ status: 'success', data: { resultType: 'vector', result } }),
    saysAll: /\]\s*$/,
    record: (i) => ({ metric: { __name__: 'up', job: 'cart', instance: `i"${i}` }, value: [T0_S + i, '1'] }),
  },
  'pairs of a Prometheus range query': {
    importer: prometheusApiImporter,
    counted: 'metricPoints',
    document: (values) => ({
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: { __name__: 'up', job: 'cart' }, values }] },
    }),
    record: (i) => [T0_S + i, '1.5'],
  },
  'alerts of Alertmanager': {
    importer: alertmanagerImporter,
    counted: 'alerts',
    document: (alerts) => alerts,
    record: (i) => ({
      labels: { alertname: 'Slow', service: 'cart', index: String(i) },
      annotations: { summary: 'p95 {{ high }}' },
      startsAt: '2025-01-01T00:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      status: { state: 'active', silencedBy: [], inhibitedBy: [] },
      fingerprint: id(i, 16),
    }),
  },
  'a notification of Alertmanager': {
    importer: alertmanagerImporter,
    counted: 'alerts',
    document: (alerts) => ({ version: '4', status: 'firing', groupLabels: { alertname: 'Slow' }, alerts }),
    record: (i) => ({
      status: 'firing',
      labels: { alertname: 'Slow', index: String(i) },
      annotations: {},
      startsAt: '2025-01-01T00:00:00Z',
      fingerprint: id(i, 16),
    }),
  },
  'a list of Kubernetes events': {
    importer: kubernetesImporter,
    counted: 'events',
    document: (items) => ({ kind: 'EventList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items }),
    record: (i) => ({
      kind: 'Event',
      apiVersion: 'v1',
      metadata: { name: `cart.${i}`, namespace: 'shop', uid: `u${i}` },
      involvedObject: { kind: 'Pod', name: 'cart-1', namespace: 'shop' },
      reason: 'BackOff',
      message: 'Back-off restarting {failed} container',
      type: 'Warning',
      count: 1,
      firstTimestamp: '2025-01-01T00:00:00Z',
      lastTimestamp: `2025-01-01T00:00:0${i}Z`,
    }),
  },
  'spans of an OTLP document': {
    importer: otlpImporter,
    counted: 'spans',
    document: (spans) => ({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
          scopeSpans: [{ scope: { name: 'x' }, spans }],
        },
      ],
    }),
    record: (i) => ({
      traceId: id(0, 32),
      spanId: id(i, 16),
      name: 'get',
      kind: 2,
      startTimeUnixNano: `${T0_S + i}000000000`,
      endTimeUnixNano: `${T0_S + i}500000000`,
      attributes: [{ key: 'http.route', value: { stringValue: '/a"b' } }],
      events: [{ name: 'retry', timeUnixNano: `${T0_S + i}100000000` }],
      status: { code: 2, message: 'no' },
    }),
  },
  'log records of an OTLP document': {
    importer: otlpImporter,
    counted: 'logRecords',
    document: (logRecords) => ({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] },
          scopeLogs: [{ logRecords }],
        },
      ],
    }),
    record: (i) => ({ timeUnixNano: `${T0_S + i}000000000`, severityNumber: 9, body: { stringValue: `hello ${i}` } }),
  },
};

/** `[from, to)` of each record in the text; a record's own text occurs once, since each holds its index. */
function rangesOf(text: string, records: readonly unknown[], indent: number): (readonly [number, number])[] {
  if (indent === 0) {
    return records.map((record) => {
      const own = JSON.stringify(record);
      return [text.indexOf(own), text.indexOf(own) + own.length] as const;
    });
  }
  // Pretty-printed, only white space outside strings differs, and no string of a record holds a space twice in a row.
  return records.map((record) => {
    const own = JSON.stringify(record, null, indent)
      .split('\n')
      .map((line) => line.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s*');
    const match = new RegExp(own).exec(text);
    return [match!.index, match!.index + match![0].length] as const;
  });
}

describe.each(Object.entries(FORMATS))('%s that breaks off', (_, format) => {
  const records = [0, 1, 2].map((i) => format.record(i));

  it.each([
    ['in one line', 0, ''],
    ['in one line, with a line break at the end', 0, '\n'],
    ['pretty-printed', 2, ''],
    ['pretty-printed, with a line break at the end', 2, '\n'],
  ])('keeps the records before and rejects the broken one: %s', async (_how, indent, end) => {
    const text = JSON.stringify(format.document(records), null, indent);
    const wrong: string[] = [];
    for (const [k, [from, to]] of rangesOf(text, records, indent).entries()) {
      for (let cut = from + 1; cut < to; cut++) {
        if (format.saysAll?.test(text.slice(from, cut))) continue;
        const { records: counts, rejected } = await importText(format.importer, text.slice(0, cut) + end, 4096);
        const kept = counts[format.counted] ?? 0;
        if (kept !== k || rejected.length !== 1) {
          wrong.push(
            `record ${k}, byte ${cut - from}: ${kept} kept, ${rejected.length} rejected: ${text.slice(cut - 20, cut)}`,
          );
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
