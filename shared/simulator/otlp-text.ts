/**
 * OTLP JSON as text, in the shape of the collector's file exporter: one export request per line, 64-bit integers as
 * strings, ids in lower-case hexadecimal. Built by joining strings because a gigabyte of spans is made this way.
 */
import type { Random } from '../base/random.ts';

/** Quotes and escapes text for JSON. */
export function jsonText(text: string): string {
  return JSON.stringify(text);
}
export function attribute(key: string, value: string): string {
  return `{"key":"${key}","value":{"stringValue":${JSON.stringify(value)}}}`;
}
/** For values that are known to need no escaping. */
export function plainAttribute(key: string, value: string): string {
  return `{"key":"${key}","value":{"stringValue":"${value}"}}`;
}
export function intAttribute(key: string, value: number): string {
  return `{"key":"${key}","value":{"intValue":"${value}"}}`;
}
const HEX_16 = Array.from({ length: 65_536 }, (_, i) => i.toString(16).padStart(4, '0'));
function hex32(value: number): string {
  return (HEX_16[value >>> 16] ?? '') + (HEX_16[value & 0xffff] ?? '');
}
export function spanIdOf(random: Random): string {
  // An all-zero id would be invalid.
  return hex32(random.uint32() | 1) + hex32(random.uint32());
}
export function traceIdOf(random: Random): string {
  return hex32(random.uint32() | 1) + hex32(random.uint32()) + hex32(random.uint32()) + hex32(random.uint32());
}

/**
 * Texts gathered per sender until they are written as one request. `open` and `close` wrap what one sender said.
 */
export class RequestBuilder {
  readonly #parts = new Map<number, string[]>();
  count = 0;

  add(sender: number, text: string): void {
    const list = this.#parts.get(sender);
    if (list) list.push(text);
    else this.#parts.set(sender, [text]);
    this.count += 1;
  }
  /** The line, newline included, or '' when nothing was gathered; starts over. */
  take(root: string, wrap: (sender: number, items: string) => string): string {
    if (this.count === 0) return '';
    const senders = [...this.#parts.keys()].sort((a, b) => a - b);
    const body = senders.map((sender) => wrap(sender, (this.#parts.get(sender) ?? []).join(','))).join(',');
    this.#parts.clear();
    this.count = 0;
    return `{"${root}":[${body}]}\n`;
  }
}
