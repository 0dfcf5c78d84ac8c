/** Events and links of a span, in the compact form that `extraJson` keeps. */
import type { Attributes } from '../../model/resource.ts';
import { attributesOf, member } from './any-value.ts';
import { normaliseId } from './otlp-ids.ts';

export interface SpanEventExtra {
  readonly timeUnixNano?: string;
  readonly name: string;
  readonly attributes?: Attributes;
}
export interface SpanLinkExtra {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes?: Attributes;
}

function objectsOf(value: unknown): readonly Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null);
}

function withAttributes(value: unknown): { readonly attributes?: Attributes } {
  const attributes = attributesOf(value);
  return Object.keys(attributes).length > 0 ? { attributes } : {};
}

function idText(value: unknown, digits: 16 | 32): string {
  return typeof value === 'string' ? (normaliseId(value, digits) ?? value) : '';
}

/** Undefined when there are none. */
export function readEvents(value: unknown): readonly SpanEventExtra[] | undefined {
  const events = objectsOf(value).map((event) => {
    const time = member(event, 'timeUnixNano', 'time_unix_nano');
    const name = event['name'];
    return {
      ...(time !== undefined && { timeUnixNano: String(time) }),
      name: typeof name === 'string' ? name : '',
      ...withAttributes(event['attributes']),
    };
  });
  return events.length > 0 ? events : undefined;
}

/** Undefined when there are none. */
export function readLinks(value: unknown): readonly SpanLinkExtra[] | undefined {
  const links = objectsOf(value).map((link) => ({
    traceId: idText(member(link, 'traceId', 'trace_id'), 32),
    spanId: idText(member(link, 'spanId', 'span_id'), 16),
    ...withAttributes(link['attributes']),
  }));
  return links.length > 0 ? links : undefined;
}
