/**
 * Messages as bytes, for transports that carry only bytes. Layout, little-endian:
 *
 *     u32 length of the text │ text (JSON) │ padding to 8 │ typed arrays, each padded to 8
 *
 * In the text, what JSON cannot say is an object with the single key `$`: `["a", kind, byteOffset, length]` a typed array,
 * `["n", decimal]` a bigint, `["d", name]` a number JSON has no word for, `["o", object]` an object that has a `$` of its own.
 * Decoding trusts nothing: bounds, kinds and depth are checked, and a `__proto__` key stays an ordinary property.
 */

const ARRAY_KINDS = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type ArrayKind = keyof typeof ARRAY_KINDS;
type WireArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const HEADER_BYTES = 4;
const ALIGNMENT = 8;
const MAX_DEPTH = 64;

/** Fails with a TypeError on what is no plain data: functions, symbols, class instances. Undefined properties are left out. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: WireArray[] = [];
  const place = { bytes: 0 };
  const text = new TextEncoder().encode(JSON.stringify(toJson(message, arrays, place, 0)));
  const start = align(HEADER_BYTES + text.length);
  const bytes = new Uint8Array(start + place.bytes);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, HEADER_BYTES);
  let offset = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset = align(offset + array.byteLength);
  }
  return bytes;
}

/** The inverse of encodeMessage; fails with a TypeError or SyntaxError that says what is wrong. Arrays are copies. */
export function decodeMessage(message: Uint8Array): unknown {
  // A plain view: the `slice` of subclasses such as Node's Buffer does not copy.
  const bytes = new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.byteLength < HEADER_BYTES) throw new TypeError('The message is shorter than its header.');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (HEADER_BYTES + length > bytes.byteLength) throw new TypeError('The message is shorter than its text.');
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    bytes.subarray(HEADER_BYTES, HEADER_BYTES + length),
  );
  const arrays = bytes.subarray(Math.min(align(HEADER_BYTES + length), bytes.byteLength));
  return fromJson(JSON.parse(text) as Json, arrays, 0);
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function toJson(value: unknown, arrays: WireArray[], place: { bytes: number }, depth: number): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { $: ['d', Object.is(value, -0) ? '-0' : String(value)] };
    case 'bigint':
      return { $: ['n', value.toString()] };
    case 'undefined':
      return null;
    case 'object':
      break;
    default:
      throw new TypeError(`A ${typeof value} cannot cross a process boundary.`);
  }
  if (value === null) return null;
  if (depth > MAX_DEPTH) throw new TypeError(`A message may not nest deeper than ${MAX_DEPTH} levels.`);
  if (Array.isArray(value)) return value.map((item) => toJson(item, arrays, place, depth + 1));
  if (ArrayBuffer.isView(value)) return placeArray(value, arrays, place);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError('A class instance cannot cross a process boundary.');
  const out: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) setOwn(out, key, toJson(item, arrays, place, depth + 1));
  }
  return Object.hasOwn(out, '$') ? { $: ['o', out] } : out;
}

function placeArray(value: ArrayBufferView, arrays: WireArray[], place: { bytes: number }): Json {
  for (const [kind, constructor] of Object.entries(ARRAY_KINDS)) {
    if (!(value instanceof constructor)) continue;
    const offset = place.bytes;
    arrays.push(value);
    place.bytes = align(offset + value.byteLength);
    return { $: ['a', kind, offset, value.length] };
  }
  throw new TypeError('This kind of typed array cannot cross a process boundary.');
}

function fromJson(json: Json, arrays: Uint8Array, depth: number): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (depth > MAX_DEPTH * 2) throw new TypeError('The message nests too deeply.');
  if (Array.isArray(json)) return json.map((item) => fromJson(item, arrays, depth + 1));
  if (Object.hasOwn(json, '$')) return fromTagged(json['$'], arrays, depth);
  return fromObject(json, arrays, depth);
}

function fromObject(json: { [key: string]: Json }, arrays: Uint8Array, depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(json)) setOwn(out, key, fromJson(item, arrays, depth + 1));
  return out;
}

function setOwn<T>(target: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
}

function fromTagged(tagged: Json | undefined, arrays: Uint8Array, depth: number): unknown {
  if (!Array.isArray(tagged)) throw new TypeError('The message holds a malformed value.');
  const [tag, first, offset, length] = tagged;
  if (tag === 'n' && typeof first === 'string' && /^-?\d{1,40}$/.test(first)) return BigInt(first);
  if (tag === 'd' && typeof first === 'string') return numberNamed(first);
  if (tag === 'o' && typeof first === 'object' && first !== null && !Array.isArray(first)) {
    return fromObject(first, arrays, depth + 1);
  }
  if (tag === 'a' && typeof first === 'string' && Object.hasOwn(ARRAY_KINDS, first)) {
    return arrayAt(first as ArrayKind, offset, length, arrays);
  }
  throw new TypeError('The message holds a malformed value.');
}

function numberNamed(name: string): number {
  if (name === 'NaN') return Number.NaN;
  if (name === 'Infinity') return Number.POSITIVE_INFINITY;
  if (name === '-Infinity') return Number.NEGATIVE_INFINITY;
  if (name === '-0') return -0;
  throw new TypeError('The message holds a malformed number.');
}

function arrayAt(kind: ArrayKind, offset: unknown, length: unknown, arrays: Uint8Array): WireArray {
  const constructor = ARRAY_KINDS[kind];
  const isPlaced =
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    (offset as number) >= 0 &&
    (length as number) >= 0 &&
    (offset as number) + (length as number) * constructor.BYTES_PER_ELEMENT <= arrays.byteLength;
  if (!isPlaced) throw new TypeError('A typed array lies outside its message.');
  const start = offset as number;
  const copy = arrays.slice(start, start + (length as number) * constructor.BYTES_PER_ELEMENT);
  return new constructor(copy.buffer);
}
