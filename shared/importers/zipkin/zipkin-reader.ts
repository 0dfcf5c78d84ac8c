/**
 * Reads Zipkin JSON: lists of spans, lists of traces, single spans, lines; version 1 and 2, mixed if need be.
 * Invariant: one row per span object; halves that share an id stay two rows.
 */
import type { Attributes, Resource } from '../../model/resource.ts';
import { SPAN_KIND, SPAN_STATUS } from '../../model/span.ts';
import { unixNano } from '../../model/time.ts';
import * as key from '../../semconv/attribute-keys.ts';
import { peerOfSpan } from '../../semconv/peer-of-span.ts';
import { isObject } from '../json-fields.ts';
import type { JsonPath, JsonPlace } from '../json-stream/json-values.ts';
import type { RecordCollector } from '../record-collector.ts';
import { makeResource } from '../resource-table.ts';
import type { JsonRecordReader } from '../run-json-import.ts';
import { separateSharedSpans } from './shared-spans.ts';
import { readZipkinSpan, type Endpoint, type ZipkinSpan } from './zipkin-span.ts';

const MAX_RESOURCES = 10_000;
/** Tag under which Kafka instrumentation names the topic. */
const KAFKA_TOPIC = 'kafka.topic';

export class ZipkinReader implements JsonRecordReader {
  readonly #collector: RecordCollector;
  readonly #resources = new Map<string, Resource>();

  constructor(collector: RecordCollector) {
    this.#collector = collector;
  }

  isRecord(_path: JsonPath, isArray: boolean): boolean {
    // Lists of spans and of traces are the only containers around spans.
    return !isArray;
  }

  value(value: unknown, place: JsonPlace): void {
    const spans: ZipkinSpan[] = [];
    this.#collect(value, place, spans, 0);
    for (const span of separateSharedSpans(spans)) {
      const problem = this.#add(span);
      if (problem !== undefined) place.reject(problem, span);
    }
  }

  #collect(value: unknown, place: JsonPlace, spans: ZipkinSpan[], nesting: number): void {
    if (Array.isArray(value) && nesting < 3) for (const item of value) this.#collect(item, place, spans, nesting + 1);
    else if (!isObject(value)) place.reject('A Zipkin span has to be a JSON object.', value);
    else if (typeof value['traceId'] !== 'string' || typeof value['id'] !== 'string') {
      place.reject('A Zipkin span needs "traceId" and "id".', value);
    } else spans.push(readZipkinSpan(value));
  }

  #add(span: ZipkinSpan): string | undefined {
    if (!(span.timestampUs > 0 && span.timestampUs < 9.2e15))
      return 'The span has no time: neither timestamp nor annotations.';
    const resource = this.#resource(span.local);
    const builder = this.#collector.spans();
    const startUs = Math.floor(span.timestampUs);
    return builder.add({
      traceId: span.traceId,
      spanId: span.id,
      parentSpanId: span.parentId,
      startTimeUnixNano: unixNano(BigInt(startUs) * 1000n),
      durationNs: span.durationUs >= 0 ? Math.round(span.durationUs * 1000) : 0,
      spanKind: span.spanKind,
      status:
        key.TAG_ERROR in span.tags && span.tags[key.TAG_ERROR] !== 'false' ? SPAN_STATUS.error : SPAN_STATUS.unset,
      resource: builder.resourceIndex(resource),
      name: span.name,
      attributesJson: attributesJson(span),
      peer: peerOfSpan(peerAttributes(span), span.spanKind),
      extraJson: extraJson(span),
    });
  }

  #resource(local: Endpoint): Resource {
    const id = `${local.serviceName}\n${local.ip}`;
    let resource = this.#resources.get(id);
    if (!resource) {
      if (this.#resources.size >= MAX_RESOURCES) this.#resources.clear();
      resource = makeResource({
        ...(local.serviceName !== '' && { [key.ATTR_SERVICE_NAME]: local.serviceName }),
        ...(local.ip !== '' && { 'host.ip': local.ip }),
      });
      this.#resources.set(id, resource);
    }
    return resource;
  }
}

/** Tags, and the remote endpoint under the names OpenTelemetry has for it. */
function attributesOf(span: ZipkinSpan): Attributes {
  const { serviceName, ip, port } = span.remote;
  const isCaller = span.spanKind !== SPAN_KIND.server;
  return {
    ...(serviceName !== '' && isCaller && { [key.ATTR_SERVICE_PEER_NAME]: serviceName }),
    ...(ip !== '' && { [isCaller ? key.ATTR_NETWORK_PEER_ADDRESS : key.ATTR_CLIENT_ADDRESS]: ip }),
    ...(port > 0 && isCaller && { [key.ATTR_SERVER_PORT]: port }),
    ...span.tags,
  };
}

function attributesJson(span: ZipkinSpan): string {
  const attributes = attributesOf(span);
  return Object.keys(attributes).length > 0 ? JSON.stringify(attributes) : '';
}

function peerAttributes(span: ZipkinSpan): Attributes {
  const topic = span.tags[KAFKA_TOPIC];
  return { ...attributesOf(span), ...(topic !== undefined && { [key.ATTR_MESSAGING_DESTINATION_NAME]: topic }) };
}

function extraJson(span: ZipkinSpan): string {
  const error = span.tags[key.TAG_ERROR];
  const events = span.annotations.map((annotation) => ({
    ...(annotation.timestampUs > 0 && { timeUnixNano: String(BigInt(Math.floor(annotation.timestampUs)) * 1000n) }),
    name: annotation.value,
  }));
  const extra = {
    ...(typeof error === 'string' && error !== '' && error !== 'true' && { statusMessage: error }),
    ...(events.length > 0 && { events }),
  };
  return Object.keys(extra).length > 0 ? JSON.stringify(extra) : '';
}
