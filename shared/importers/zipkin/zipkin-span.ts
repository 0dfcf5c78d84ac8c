/**
 * One Zipkin span, v2 or v1, in one shape. Version 1 tells kind, times and peers by annotations (`cs` client send, `sr`
 * server receive, `ss`, `cr`, `ms`, `mr`) and binary annotations; version 2 has fields for them. Times are microseconds.
 */
import type { Attributes } from '../../model/resource.ts';
import { SPAN_KIND } from '../../model/span.ts';
import { isObject, numberOf, objectsOf, textOf, type JsonObject } from '../json-fields.ts';

export interface Endpoint {
  readonly serviceName: string;
  readonly ip: string;
  readonly port: number;
}
export interface ZipkinSpan {
  readonly traceId: string;
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  readonly spanKind: number;
  /** NaN when the span does not say. */
  readonly timestampUs: number;
  readonly durationUs: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly tags: Attributes;
  readonly annotations: readonly { readonly timestampUs: number; readonly value: string }[];
  /** The server's half of a span whose id the client made. */
  readonly isShared: boolean;
}

const NOBODY: Endpoint = { serviceName: '', ip: '', port: 0 };
const KINDS: ReadonlyMap<string, number> = new Map([
  ['CLIENT', SPAN_KIND.client],
  ['SERVER', SPAN_KIND.server],
  ['PRODUCER', SPAN_KIND.producer],
  ['CONSUMER', SPAN_KIND.consumer],
]);

function endpointOf(value: unknown): Endpoint {
  if (!isObject(value)) return NOBODY;
  const ip = textOf(value['ipv4']) || textOf(value['ipv6']);
  return { serviceName: textOf(value['serviceName']), ip, port: numberOf(value['port']) || 0 };
}

function annotationsOf(span: JsonObject) {
  return objectsOf(span['annotations']).map((annotation) => ({
    timestampUs: numberOf(annotation['timestamp']),
    value: textOf(annotation['value']),
    endpoint: endpointOf(annotation['endpoint']),
  }));
}

/** True when only version 1 writes such a span. */
export function isVersion1(span: JsonObject): boolean {
  if (Array.isArray(span['binaryAnnotations'])) return true;
  return span['localEndpoint'] === undefined && objectsOf(span['annotations']).some((a) => isObject(a['endpoint']));
}

function idsOf(span: JsonObject) {
  return {
    traceId: textOf(span['traceId']),
    id: textOf(span['id']),
    parentId: textOf(span['parentId']),
    name: textOf(span['name']),
  };
}

function readVersion2(span: JsonObject): ZipkinSpan {
  return {
    ...idsOf(span),
    spanKind: KINDS.get(textOf(span['kind'])) ?? SPAN_KIND.internal,
    timestampUs: numberOf(span['timestamp']),
    durationUs: numberOf(span['duration']),
    local: endpointOf(span['localEndpoint']),
    remote: endpointOf(span['remoteEndpoint']),
    tags: isObject(span['tags']) ? tagsOf(Object.entries(span['tags'])) : {},
    annotations: annotationsOf(span),
    isShared: span['shared'] === true,
  };
}

function tagsOf(entries: readonly (readonly [string, unknown])[]): Attributes {
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return [key, isPlain ? value : JSON.stringify(value ?? null)];
    }),
  );
}

/** Annotations that stand for the start and the end of each side. */
const SIDES = [
  { kind: SPAN_KIND.server, start: 'sr', end: 'ss', remoteKey: 'ca' },
  { kind: SPAN_KIND.client, start: 'cs', end: 'cr', remoteKey: 'sa' },
  { kind: SPAN_KIND.producer, start: 'ms', end: 'ws', remoteKey: 'ma' },
  { kind: SPAN_KIND.consumer, start: 'mr', end: 'wr', remoteKey: 'ma' },
] as const;
const CORE: ReadonlySet<string> = new Set(SIDES.flatMap((side) => [side.start, side.end]));

function readVersion1(span: JsonObject): ZipkinSpan {
  const annotations = annotationsOf(span);
  const binary = objectsOf(span['binaryAnnotations']);
  // Where one object holds both halves, the server's is read: it says who did the work.
  const side = SIDES.find((s) => annotations.some((a) => a.value === s.start || a.value === s.end));
  const start = annotations.find((a) => a.value === side?.start);
  const end = annotations.find((a) => a.value === side?.end);
  const own = start ?? end ?? annotations[0];
  const remote = binary.find((b) => b['key'] === side?.remoteKey);
  const times = annotations.map((a) => a.timestampUs).filter((time) => time > 0);
  const told = numberOf(span['timestamp']);
  const first = start?.timestampUs ?? (times.length > 0 ? Math.min(...times) : NaN);
  const last = end?.timestampUs ?? (times.length > 0 ? Math.max(...times) : NaN);
  const ownBinary = binary.find((b) => isObject(b['endpoint']) && !SIDES.some((s) => s.remoteKey === b['key']));
  return {
    ...idsOf(span),
    spanKind: side?.kind ?? SPAN_KIND.internal,
    timestampUs: told > 0 ? told : first,
    durationUs: numberOf(span['duration']) >= 0 ? numberOf(span['duration']) : Math.max(0, last - first),
    local: own?.endpoint ?? endpointOf(ownBinary?.['endpoint']),
    remote: endpointOf(remote?.['endpoint']),
    tags: tagsOf(binary.filter((b) => b !== remote).map((b) => [textOf(b['key']), b['value']] as const)),
    annotations: annotations.filter((a) => !CORE.has(a.value)),
    isShared: false,
  };
}

export function readZipkinSpan(span: JsonObject): ZipkinSpan {
  return isVersion1(span) ? readVersion1(span) : readVersion2(span);
}
