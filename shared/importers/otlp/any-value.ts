/** OTLP's AnyValue and KeyValue lists as plain values, for readers that work on parsed JSON. */
import type { Attributes, AttributeValue } from '../../model/resource.ts';

/** A value nested deeper than this is kept as its JSON text. */
const MAX_NESTING = 32;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member under its current or its snake_case name. */
export function member(object: Record<string, unknown>, camel: string, snake: string): unknown {
  return object[camel] ?? object[snake];
}

/** Decimal text where the number would lose digits. */
export function integerValue(value: unknown): number | string | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const number = Number(value);
  return value.trim() !== '' && Number.isSafeInteger(number) ? number : value;
}

function doubleValue(value: unknown): number | string | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const number = Number(value);
  // NaN and the infinities have no JSON number; their names are kept.
  return Number.isFinite(number) && value.trim() !== '' ? number : value;
}

/** The plain value an AnyValue stands for; a value that is not wrapped stands for itself. */
export function unwrapAnyValue(value: unknown, nesting = 0): AttributeValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (nesting > MAX_NESTING) return JSON.stringify(value);
  if (Array.isArray(value)) return value.map((item) => unwrapAnyValue(item, nesting + 1));
  if (!isObject(value)) return null;
  const text = member(value, 'stringValue', 'string_value');
  if (typeof text === 'string') return text;
  const integer = member(value, 'intValue', 'int_value');
  if (integer !== undefined) return integerValue(integer);
  const double = member(value, 'doubleValue', 'double_value');
  if (double !== undefined) return doubleValue(double);
  const boolean = member(value, 'boolValue', 'bool_value');
  if (boolean !== undefined) return boolean === true || boolean === 'true';
  const array = member(value, 'arrayValue', 'array_value');
  if (isObject(array)) return listOf(array['values']).map((item) => unwrapAnyValue(item, nesting + 1));
  const pairs = member(value, 'kvlistValue', 'kvlist_value');
  if (isObject(pairs)) return attributesOf(pairs['values'], nesting + 1);
  const bytes = member(value, 'bytesValue', 'bytes_value');
  if (typeof bytes === 'string') return bytes;
  return Object.keys(value).length === 0 ? null : plainObject(value, nesting + 1);
}

function plainObject(value: Record<string, unknown>, nesting: number): AttributeValue {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapAnyValue(item, nesting)]));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A KeyValue list, or a plain object in its place, as attributes. */
export function attributesOf(value: unknown, nesting = 0): Attributes {
  if (isObject(value)) return plainObject(value, nesting) as Attributes;
  const pairs: [string, AttributeValue][] = [];
  for (const item of listOf(value)) {
    if (isObject(item) && typeof item['key'] === 'string')
      pairs.push([item['key'], unwrapAnyValue(item['value'], nesting)]);
  }
  return Object.fromEntries(pairs);
}

/** Compact JSON, '' for no attributes. */
export function attributesJsonOf(attributes: Attributes): string {
  for (const key in attributes) if (Object.hasOwn(attributes, key)) return JSON.stringify(attributes);
  return '';
}
