/** Spans as flat JSON objects, the shape people export by hand: ids, service, name, start, duration or end, status. */
import { hashString64, hexOfHash64 } from '../../base/hash64.ts';
import type { AttributeValue } from '../../model/resource.ts';
import { SPAN_KIND, SPAN_STATUS } from '../../model/span.ts';
import type { UnixNano } from '../../model/time.ts';
import {
  ATTR_ERROR_TYPE,
  ATTR_K8S_POD_NAME,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
} from '../../semconv/attribute-keys.ts';
import { peerOfSpan } from '../../semconv/peer-of-span.ts';
import { firstText, isJsonObject, numberAt, toAttribute, type JsonObject } from '../json-access.ts';
import type { RecordCollector } from '../record-collector.ts';
import { firstTime } from '../time-value.ts';

const TRACE_ID = ['trace_id', 'traceId', 'traceID', 'trace'];
const SPAN_ID = ['span_id', 'spanId', 'spanID', 'id'];
const PARENT_ID = ['parent_id', 'parent_span_id', 'parentId', 'parentSpanId', 'parentSpanID', 'parent'];
const SERVICE = ['service', 'service_name', 'serviceName', ATTR_SERVICE_NAME, 'app'];
const INSTANCE = ['instance', 'instance_id', 'host', 'hostname'];
const POD = ['pod', 'pod_name', 'podName'];
const NAME = ['name', 'operation', 'operation_name', 'operationName', 'span_name', 'resource', 'endpoint'];
const START = [
  'start',
  'start_time',
  'startTime',
  'started_at',
  'timestamp',
  'time',
  'start_ms',
  'start_us',
  'start_ns',
  'startTimeUnixNano',
];
const END = ['end', 'end_time', 'endTime', 'ended_at', 'finished_at', 'end_ms', 'end_us', 'end_ns', 'endTimeUnixNano'];
const STATUS = ['status', 'status_code', 'statusCode', 'state', 'outcome'];
const KIND = ['kind', 'span_kind', 'spanKind'];
const ATTRIBUTES = ['attributes', 'tags', 'meta', 'labels'];
/** Keys whose name says the unit, with nanoseconds per unit. */
const DURATIONS: readonly (readonly [string, number])[] = [
  ['duration_ns', 1],
  ['durationNs', 1],
  ['duration_nano', 1],
  ['duration_us', 1e3],
  ['durationUs', 1e3],
  ['duration_micros', 1e3],
  ['duration_ms', 1e6],
  ['durationMs', 1e6],
  ['duration_millis', 1e6],
  ['elapsed_ms', 1e6],
  ['latency_ms', 1e6],
  ['duration_s', 1e9],
  ['duration_seconds', 1e9],
];
const TEXT_UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9 };
const READ = new Set(
  [
    TRACE_ID,
    SPAN_ID,
    PARENT_ID,
    SERVICE,
    NAME,
    START,
    END,
    STATUS,
    KIND,
    ATTRIBUTES,
    DURATIONS.map(([key]) => key),
    ['duration'],
  ].flat(),
);
/** Formats with an importer of their own have these. */
const FOREIGN = [
  'localEndpoint',
  'process',
  'processID',
  'references',
  'resourceSpans',
  'scopeSpans',
  'traceState',
  'startTimeMillis',
];

export function isPlainSpan(value: JsonObject): boolean {
  if (FOREIGN.some((key) => value[key] !== undefined)) return false;
  const hasIds = firstText(value, ...TRACE_ID) !== '' && firstText(value, ...SPAN_ID) !== '';
  const hasDuration =
    value['duration'] !== undefined ||
    DURATIONS.some(([key]) => value[key] !== undefined) ||
    END.some((key) => value[key] !== undefined);
  return (
    hasIds &&
    hasDuration &&
    firstText(value, ...SERVICE) !== '' &&
    firstText(value, ...NAME) !== '' &&
    START.some((key) => value[key] !== undefined)
  );
}

/** Reads spans of one file, which it needs in order: some say "the same trace as the one before". */
export class PlainSpanReader {
  readonly #collector: RecordCollector;
  #traceId = '';
  readonly #spansOfTrace = new Set<string>();

  constructor(collector: RecordCollector) {
    this.#collector = collector;
  }

  /** A sentence when the span cannot be kept. */
  add(value: JsonObject): string | undefined {
    const start = firstTime(value, START);
    if (start === undefined) return 'A span whose start is no time.';
    const durationNs = durationOf(value, start);
    if (durationNs === undefined) return 'A span without a duration or end that can be read.';
    const spanText = firstText(value, ...SPAN_ID);
    const parentText = firstText(value, ...PARENT_ID);
    const traceId = this.#traceOf(firstText(value, ...TRACE_ID), parentText);
    this.#spansOfTrace.add(spanText);
    const spanKind = kindOf(firstText(value, ...KIND));
    const attributes = attributesOf(value);
    const error = errorOf(value);
    if (error !== '' && attributes[ATTR_ERROR_TYPE] === undefined) attributes['error.message'] ??= error;
    const spans = this.#collector.spans();
    return spans.add({
      traceId,
      spanId: idOf(spanText, 16),
      parentSpanId: parentText === '' ? '' : idOf(parentText, 16),
      startTimeUnixNano: start,
      durationNs,
      spanKind,
      status: statusOf(value, error),
      resource: spans.resource(resourceOf(value)),
      name: firstText(value, ...NAME),
      attributesJson: Object.keys(attributes).length === 0 ? '' : JSON.stringify(attributes),
      peer: peerOfSpan(attributes, spanKind),
      extraJson: error === '' ? '' : JSON.stringify({ statusMessage: error }),
    });
  }

  /** An id that is no hex and whose parent is in the trace before stands for that trace ("same", a ditto mark). */
  #traceOf(text: string, parentText: string): string {
    const isId = /^[0-9a-fA-F-]{8,36}$/.test(text);
    if (!isId && this.#traceId !== '' && parentText !== '' && this.#spansOfTrace.has(parentText)) return this.#traceId;
    const id = idOf(text, 32);
    if (id !== this.#traceId) {
      this.#traceId = id;
      this.#spansOfTrace.clear();
    }
    return id;
  }
}

/** Hex as it is, UUIDs without dashes, anything else by its hash. */
function idOf(text: string, digits: number): string {
  const hex = text.replaceAll('-', '');
  if (/^[0-9a-fA-F]+$/.test(hex) && hex.length <= digits) return hex;
  return hexOfHash64(hashString64(text));
}

function durationOf(value: JsonObject, start: UnixNano): number | undefined {
  for (const [key, unitNs] of DURATIONS) {
    const number = numberAt(value, key);
    if (number !== undefined) return number >= 0 ? number * unitNs : undefined;
  }
  const end = firstTime(value, END);
  if (end !== undefined) return end >= start ? Number(end - start) : undefined;
  const { duration } = value;
  // Without a unit, milliseconds are what people mean.
  if (typeof duration === 'number') return duration >= 0 ? duration * 1e6 : undefined;
  const match = typeof duration === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*([a-zµμ]*)\s*$/.exec(duration) : null;
  const unitNs = match === null ? undefined : match[2] === '' ? 1e6 : TEXT_UNITS[match[2] ?? ''];
  return match === null || unitNs === undefined ? undefined : Number(match[1]) * unitNs;
}

function errorOf(value: JsonObject): string {
  const { error } = value;
  if (typeof error === 'string') return error === 'false' ? '' : error;
  if (isJsonObject(error)) return firstText(error, 'message', 'type') || 'error';
  return error === true ? 'error' : firstText(value, 'error_message', 'errorMessage', 'exception');
}

function statusOf(value: JsonObject, error: string): number {
  const text = firstText(value, ...STATUS);
  if (/^(?:2|error|err|failed|failure|status_code_error|5\d\d)$/i.test(text)) return SPAN_STATUS.error;
  if (error !== '') return SPAN_STATUS.error;
  return /^(?:1|ok|success|status_code_ok|[23]\d\d)$/i.test(text) ? SPAN_STATUS.ok : SPAN_STATUS.unset;
}

function kindOf(text: string): number {
  const name = text.toLowerCase().replace(/^span_kind_/, '');
  return name in SPAN_KIND
    ? SPAN_KIND[name as keyof typeof SPAN_KIND]
    : /^[1-5]$/.test(name)
      ? Number(name)
      : SPAN_KIND.unspecified;
}

function resourceOf(value: JsonObject): Record<string, AttributeValue> {
  const resource: Record<string, AttributeValue> = { [ATTR_SERVICE_NAME]: firstText(value, ...SERVICE) };
  const pod = firstText(value, ...POD);
  const instance = firstText(value, ...INSTANCE);
  if (pod !== '') resource[ATTR_K8S_POD_NAME] = pod;
  else if (instance !== '') resource[ATTR_SERVICE_INSTANCE_ID] = instance;
  return resource;
}

function attributesOf(value: JsonObject): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of ATTRIBUTES) {
    const members = value[name];
    if (isJsonObject(members)) for (const key of Object.keys(members)) attributes[key] = toAttribute(members[key]);
  }
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (!READ.has(key) && key !== 'error' && member !== null && member !== undefined)
      attributes[key] = toAttribute(member);
  }
  return attributes;
}
