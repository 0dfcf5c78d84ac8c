/**
 * Member names of OTLP JSON, by what they mean. The specification writes lowerCamelCase; snake_case comes from generic
 * protobuf printers, `instrumentationLibrary…` from OTLP before 0.15 and `batches` from Tempo.
 */
import { KeyTable } from '../json-stream/key-table.ts';

export type Signal = 'spans' | 'metrics' | 'logs';

export const KEY = {
  resourceSpans: 1,
  resourceMetrics: 2,
  resourceLogs: 3,
  resourceProfiles: 4,
  wrapper: 5,
  resource: 6,
  scopeSpans: 7,
  scopeMetrics: 8,
  scopeLogs: 9,
  scope: 10,
  spans: 11,
  metrics: 12,
  logRecords: 13,
  traceId: 20,
  spanId: 21,
  parentSpanId: 22,
  name: 23,
  kind: 24,
  startTime: 25,
  endTime: 26,
  attributes: 27,
  status: 28,
  events: 29,
  links: 30,
  traceState: 31,
  key: 40,
  value: 41,
  stringValue: 42,
  intValue: 43,
  doubleValue: 44,
  boolValue: 45,
  structuredValue: 46,
  code: 50,
  message: 51,
} as const;

const CAMEL: Readonly<Record<string, number>> = {
  resourceSpans: KEY.resourceSpans,
  batches: KEY.resourceSpans,
  resourceMetrics: KEY.resourceMetrics,
  resourceLogs: KEY.resourceLogs,
  resourceProfiles: KEY.resourceProfiles,
  trace: KEY.wrapper,
  result: KEY.wrapper,
  resource: KEY.resource,
  scopeSpans: KEY.scopeSpans,
  instrumentationLibrarySpans: KEY.scopeSpans,
  scopeMetrics: KEY.scopeMetrics,
  instrumentationLibraryMetrics: KEY.scopeMetrics,
  scopeLogs: KEY.scopeLogs,
  instrumentationLibraryLogs: KEY.scopeLogs,
  scope: KEY.scope,
  instrumentationLibrary: KEY.scope,
  spans: KEY.spans,
  metrics: KEY.metrics,
  logRecords: KEY.logRecords,
  logs: KEY.logRecords,
  traceId: KEY.traceId,
  spanId: KEY.spanId,
  parentSpanId: KEY.parentSpanId,
  name: KEY.name,
  kind: KEY.kind,
  startTimeUnixNano: KEY.startTime,
  endTimeUnixNano: KEY.endTime,
  attributes: KEY.attributes,
  status: KEY.status,
  events: KEY.events,
  links: KEY.links,
  traceState: KEY.traceState,
  key: KEY.key,
  value: KEY.value,
  stringValue: KEY.stringValue,
  intValue: KEY.intValue,
  doubleValue: KEY.doubleValue,
  boolValue: KEY.boolValue,
  arrayValue: KEY.structuredValue,
  kvlistValue: KEY.structuredValue,
  bytesValue: KEY.structuredValue,
  code: KEY.code,
  message: KEY.message,
};

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const otlpKeys = new KeyTable({
  ...Object.fromEntries(Object.entries(CAMEL).map(([name, code]) => [snake(name), code])),
  ...CAMEL,
});

const encoder = new TextEncoder();
/** Code of a name given as text. */
export function otlpKeyOf(name: string | number | undefined): number {
  if (typeof name !== 'string') return 0;
  const bytes = encoder.encode(name);
  return otlpKeys.codeOf(bytes, 0, bytes.length);
}

/** `resourceSpans` … → its signal. */
export function signalOfGroups(code: number): Signal | undefined {
  if (code === KEY.resourceSpans) return 'spans';
  if (code === KEY.resourceMetrics) return 'metrics';
  return code === KEY.resourceLogs ? 'logs' : undefined;
}
/** `scopeSpans` … → its signal. */
export function signalOfScopes(code: number): Signal | undefined {
  if (code === KEY.scopeSpans) return 'spans';
  if (code === KEY.scopeMetrics) return 'metrics';
  return code === KEY.scopeLogs ? 'logs' : undefined;
}
/** `spans`, `metrics`, `logRecords` → its signal. */
export function signalOfRecords(code: number): Signal | undefined {
  if (code === KEY.spans) return 'spans';
  if (code === KEY.metrics) return 'metrics';
  return code === KEY.logRecords ? 'logs' : undefined;
}
