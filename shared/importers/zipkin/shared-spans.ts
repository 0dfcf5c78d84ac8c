/**
 * Client and server may share one span id in Zipkin. Elsewhere ids are unique, so within a document the server's half
 * gets an id of its own, becomes the child of the client's half, and takes over the children its service recorded.
 */
import { SPAN_KIND } from '../../model/span.ts';
import type { ZipkinSpan } from './zipkin-span.ts';

const HEX_ID = /^[0-9a-fA-F]{1,16}$/;

/** A new id, the same for the same old one: its top bit is turned. */
function turned(id: string): string {
  const full = id.padStart(16, '0');
  return (Number.parseInt(full[0] ?? '0', 16) ^ 8).toString(16) + full.slice(1);
}

function isServerSide(span: ZipkinSpan): boolean {
  return span.isShared || span.spanKind === SPAN_KIND.server || span.spanKind === SPAN_KIND.consumer;
}

/** Spans of one document with ids made unique; order and number stay. O(n). */
export function separateSharedSpans(spans: readonly ZipkinSpan[]): readonly ZipkinSpan[] {
  const keyOf = (span: ZipkinSpan, id: string) => `${span.traceId}:${id}`;
  const clients = new Set<string>();
  const servers = new Map<string, { readonly service: string; readonly id: string }>();
  for (const span of spans) if (!isServerSide(span)) clients.add(keyOf(span, span.id));
  for (const span of spans) {
    const key = keyOf(span, span.id);
    if (isServerSide(span) && clients.has(key) && HEX_ID.test(span.id) && !servers.has(key)) {
      servers.set(key, { service: span.local.serviceName, id: turned(span.id) });
    }
  }
  if (servers.size === 0) return spans;
  return spans.map((span) => {
    const own = servers.get(keyOf(span, span.id));
    if (own && isServerSide(span)) return { ...span, id: own.id, parentId: span.id };
    const parent = servers.get(keyOf(span, span.parentId));
    return parent && parent.service === span.local.serviceName ? { ...span, parentId: parent.id } : span;
  });
}
