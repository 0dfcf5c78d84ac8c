/** Safe look-ups in parsed JSON or YAML of unknown shape. Nothing here throws, whatever the value is. */
import type { Attributes, AttributeValue } from '../model/resource.ts';
import { parseRfc3339, type UnixNano } from '../model/time.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of member names; undefined when a step is missing or no object. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (!isJsonObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at ?? undefined;
}

/** Text at a path; numbers and booleans as text; '' for anything else. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  if (typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  if (typeof found === 'number') return Number.isFinite(found) ? found : undefined;
  if (typeof found !== 'string' || found.trim() === '') return undefined;
  const number = Number(found);
  return Number.isFinite(number) ? number : undefined;
}

/** The elements at a path; [] when there is no array. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** RFC 3339 text (or a date that a YAML reader made of it) at a path. */
export function timeAt(value: unknown, ...path: readonly string[]): UnixNano | undefined {
  const text = textAt(value, ...path);
  // The zero time of Go stands for "never".
  return text === '' || text.startsWith('0001-01-01') ? undefined : parseRfc3339(text);
}

/** The first path that holds non-empty text. */
export function firstText(value: unknown, ...names: readonly string[]): string {
  for (const name of names) {
    const text = textAt(value, name);
    if (text !== '') return text;
  }
  return '';
}

/** Nested deeper than this, a value is kept as a note of its size. */
const MAX_ATTRIBUTE_DEPTH = 12;

/** A JSON value as attribute value. */
export function toAttribute(value: unknown, depth = 0): AttributeValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return String(value);
  if (depth >= MAX_ATTRIBUTE_DEPTH) return Array.isArray(value) ? `[${value.length} items]` : '{…}';
  if (Array.isArray(value)) return value.map((item) => toAttribute(item, depth + 1));
  const out: Record<string, AttributeValue> = Object.create(null) as Record<string, AttributeValue>;
  for (const key of Object.keys(value)) out[key] = toAttribute((value as JsonObject)[key], depth + 1);
  return out;
}

/** Members that hold text, as attributes without the empty ones. */
export function textAttributes(members: Readonly<Record<string, string | number | boolean | undefined>>): Attributes {
  const out: Record<string, AttributeValue> = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined && value !== '') out[key] = value;
  return out;
}
