/** One Jaeger span with its process → a row. Times are microseconds; tags are typed key-value pairs. */
import type { Attributes, AttributeValue, Resource } from '../../model/resource.ts';
import { SPAN_KIND, SPAN_STATUS } from '../../model/span.ts';
import { unixNano, type UnixNano } from '../../model/time.ts';
import * as key from '../../semconv/attribute-keys.ts';
import { peerOfSpan } from '../../semconv/peer-of-span.ts';
import { isObject, numberOf, objectsOf, textOf, type JsonObject } from '../json-fields.ts';
import type { RecordCollector } from '../record-collector.ts';
import { makeResource } from '../resource-table.ts';

const SPAN_KINDS: ReadonlyMap<unknown, number> = new Map(Object.entries(SPAN_KIND));
/** Tags that columns hold. */
const COLUMN_TAGS: ReadonlySet<string> = new Set([
  key.TAG_SPAN_KIND,
  key.TAG_OTEL_STATUS_CODE,
  key.TAG_OTEL_STATUS_DESCRIPTION,
]);

function tagValue(tag: JsonObject): AttributeValue {
  const value = tag['value'];
  if (typeof value === 'string') {
    const type = textOf(tag['type']);
    // Elasticsearch dumps write every value as text and say the type beside it.
    if (type === 'bool') return value === 'true';
    if (type === 'int64' && Number.isSafeInteger(Number(value))) return Number(value);
    if (type === 'float64' && Number.isFinite(Number(value))) return Number(value);
    return value;
  }
  return typeof value === 'number' || typeof value === 'boolean'
    ? value
    : value === undefined
      ? null
      : JSON.stringify(value);
}

/** Tags as a list, or as the flat object (`tag`) that Elasticsearch dumps have. */
export function attributesOfTags(tags: unknown, flat?: unknown): Attributes {
  const pairs = objectsOf(tags).map((tag) => [textOf(tag['key']), tagValue(tag)] as const);
  const flatPairs = isObject(flat)
    ? Object.entries(flat).map(([name, value]) => [name.replaceAll('@', '.'), tagValue({ value })] as const)
    : [];
  return Object.fromEntries([...pairs, ...flatPairs].filter(([name]) => name !== ''));
}

/** `{serviceName, tags}` → resource; Jaeger clients call the machine `hostname`. */
export function resourceOfProcess(process: unknown): Resource {
  if (!isObject(process)) return makeResource({});
  const attributes = attributesOfTags(process['tags'], process['tag']);
  const hostname = attributes['hostname'];
  const serviceName = textOf(process['serviceName']);
  return makeResource({
    ...(typeof hostname === 'string' &&
      attributes[key.ATTR_HOST_NAME] === undefined && { [key.ATTR_HOST_NAME]: hostname }),
    ...attributes,
    ...(serviceName !== '' && { [key.ATTR_SERVICE_NAME]: serviceName }),
  });
}

/** Microseconds, whole or not, as number or text; undefined when it is none. */
export function unixNanoOfMicros(value: unknown): UnixNano | undefined {
  const micros = numberOf(value);
  if (!(micros > 0 && micros < 9.2e15)) return undefined;
  const whole = Math.floor(micros);
  return unixNano(BigInt(whole) * 1000n + BigInt(Math.round((micros - whole) * 1000)));
}

function eventsOf(logs: unknown): readonly object[] {
  return objectsOf(logs).map((log) => {
    const { event, ...attributes } = attributesOfTags(log['fields']);
    const time = unixNanoOfMicros(log['timestamp']);
    return {
      ...(time !== undefined && { timeUnixNano: String(time) }),
      name: typeof event === 'string' ? event : 'log',
      ...(Object.keys(attributes).length > 0 && { attributes }),
    };
  });
}

interface References {
  readonly parentSpanId: string;
  readonly links: readonly object[];
}
/** The first CHILD_OF in the same trace is the parent; FOLLOWS_FROM and other traces are links, never parents. */
function referencesOf(span: JsonObject, traceId: string): References {
  let parentSpanId = textOf(span['parentSpanID']);
  const links: object[] = [];
  for (const reference of objectsOf(span['references'])) {
    const refTrace = textOf(reference['traceID']);
    const refSpan = textOf(reference['spanID']);
    const isParent = reference['refType'] === 'CHILD_OF' && refTrace === traceId;
    if (isParent && parentSpanId === '') parentSpanId = refSpan;
    else if (!(isParent && parentSpanId === refSpan)) {
      links.push({ traceId: refTrace, spanId: refSpan, attributes: { refType: textOf(reference['refType']) } });
    }
  }
  return { parentSpanId, links };
}

function statusOf(attributes: Attributes): number {
  const code = attributes[key.TAG_OTEL_STATUS_CODE];
  if (code === 'ERROR') return SPAN_STATUS.error;
  const error = attributes[key.TAG_ERROR];
  if (error === true || error === 'true') return SPAN_STATUS.error;
  return code === 'OK' ? SPAN_STATUS.ok : SPAN_STATUS.unset;
}

function extraOf(span: JsonObject, attributes: Attributes, links: readonly object[]): string {
  const events = eventsOf(span['logs']);
  const description = attributes[key.TAG_OTEL_STATUS_DESCRIPTION];
  const warnings = Array.isArray(span['warnings']) ? span['warnings'].filter((text) => typeof text === 'string') : [];
  const extra = {
    ...(typeof description === 'string' && description !== '' && { statusMessage: description }),
    ...(events.length > 0 && { events }),
    ...(links.length > 0 && { links }),
    ...(warnings.length > 0 && { warnings }),
  };
  return Object.keys(extra).length > 0 ? JSON.stringify(extra) : '';
}

/** Adds the span. Returns why it cannot be kept, else undefined. */
export function addJaegerSpan(span: JsonObject, resource: Resource, collector: RecordCollector): string | undefined {
  const traceId = textOf(span['traceID']);
  const startTimeUnixNano = unixNanoOfMicros(span['startTime']);
  if (startTimeUnixNano === undefined) return 'The span has no start time in microseconds.';
  const durationUs = span['duration'] === undefined ? 0 : numberOf(span['duration']);
  if (!(durationUs >= 0)) return 'The duration of the span is no number of microseconds.';
  const attributes = attributesOfTags(span['tags'], span['tag']);
  const spanKind = SPAN_KINDS.get(attributes[key.TAG_SPAN_KIND]) ?? SPAN_KIND.unspecified;
  const { parentSpanId, links } = referencesOf(span, traceId);
  const shown = Object.fromEntries(Object.entries(attributes).filter(([name]) => !COLUMN_TAGS.has(name)));
  const builder = collector.spans();
  return builder.add({
    traceId,
    spanId: textOf(span['spanID']),
    parentSpanId,
    startTimeUnixNano,
    durationNs: Math.round(durationUs * 1000),
    spanKind,
    status: statusOf(attributes),
    resource: builder.resourceIndex(resource),
    name: textOf(span['operationName']),
    attributesJson: Object.keys(shown).length > 0 ? JSON.stringify(shown) : '',
    peer: peerOfSpan(attributes, spanKind),
    extraJson: extraOf(span, attributes, links),
  });
}
