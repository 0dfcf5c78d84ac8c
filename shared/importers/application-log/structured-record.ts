/**
 * Turns one structured log record (a JSON object or the pairs of a logfmt line) into the fields of a log record. Never
 * throws: whatever a value is, it is either understood or kept as an attribute.
 */
import type { AttributeValue } from '../../model/resource.ts';
import type { UnixNano } from '../../model/time.ts';
import { severityNumberOfPino, severityNumberOfSyslog, severityNumberOfText } from '../../semconv/severity.ts';
import { isJsonObject, toAttribute, type JsonObject } from '../json-access.ts';
import type { TimeScanner } from '../time-scanner.ts';
import { NESTING_KEYS, roleOfKey, type FieldRole } from './field-roles.ts';

export interface StructuredRecord {
  /** undefined = the record has no time that could be read. */
  readonly time: UnixNano | undefined;
  /** False for a stamp without year. */
  readonly isTimeComplete: boolean;
  readonly hasZone: boolean;
  readonly severityNumber: number;
  readonly message: string;
  readonly hasMessage: boolean;
  /** Roles that name the sender, '' when absent. */
  readonly sender: Readonly<Record<SenderRole, string>>;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Record<string, AttributeValue>;
}
export type SenderRole =
  'service' | 'host' | 'pod' | 'namespace' | 'container' | 'node' | 'instance' | 'version' | 'environment';

interface Found {
  readonly key: string;
  readonly value: unknown;
  readonly rank: number;
}

export function readStructured(record: JsonObject, scanner: TimeScanner): StructuredRecord {
  const found = new Map<FieldRole, Found>();
  const attributes: Record<string, AttributeValue> = Object.create(null) as Record<string, AttributeValue>;
  collect(record, '', 0, found, attributes);
  const time = readTimeValue(found.get('time'), scanner) ?? anyTime(attributes, scanner);
  if (time === undefined) giveBack('time', found, attributes);
  const isTimeComplete = time !== undefined && scanner.isComplete;
  const { hasZone } = scanner;
  const severityNumber = readSeverity(found.get('level'), record);
  if (severityNumber === 0) giveBack('level', found, attributes);
  const message = readMessage(found.get('message'));
  if (message === undefined) giveBack('message', found, attributes);
  const traceId = idOf(found.get('traceId'), 32);
  if (traceId === '') giveBack('traceId', found, attributes);
  const spanId = idOf(found.get('spanId'), 16);
  if (spanId === '') giveBack('spanId', found, attributes);
  const logger = textOf(found.get('logger')?.value);
  if (logger !== '') attributes['logger'] = logger;
  return {
    time,
    isTimeComplete,
    hasZone,
    severityNumber,
    message: message ?? '',
    hasMessage: message !== undefined,
    sender: readSender(found),
    traceId,
    spanId,
    attributes,
  };
}

/** Sorts the keys of an object into roles and attributes; known containers are opened one or two levels deep. */
function collect(
  record: JsonObject,
  prefix: string,
  depth: number,
  found: Map<FieldRole, Found>,
  attributes: Record<string, AttributeValue>,
): void {
  for (const key in record) {
    const value = record[key];
    if (value === undefined || value === null) continue;
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (depth < 2 && isJsonObject(value) && NESTING_KEYS.has(key.toLowerCase())) {
      collect(value, key === 'labels' ? '' : path, depth + 1, found, attributes);
      continue;
    }
    // `name` is the program in what bunyan and pino write, and anything at all elsewhere.
    const isPlainName = path === 'name' && (record['pid'] === undefined || record['hostname'] === undefined);
    const role = isPlainName ? undefined : (roleOfKey(path) ?? (depth > 0 ? nestedRole(prefix, key) : undefined));
    if (
      role === undefined ||
      role.role === 'nested' ||
      (typeof value === 'object' && role.role !== 'message' && role.role !== 'time')
    ) {
      attributes[path] = toAttribute(value);
      continue;
    }
    offer(role.role, { key: path, value, rank: role.rank + depth * 10 }, found, attributes);
  }
}

/** `{context: {trace_id}}`: inside a container only names that mean one thing are believed. */
function nestedRole(prefix: string, key: string): { role: FieldRole; rank: number } | undefined {
  const role = roleOfKey(key);
  if (role === undefined) return undefined;
  const isFieldContainer = /^(?:@?fields|record|jsonPayload|data|extra)$/i.test(prefix);
  return isFieldContainer || ((role.role === 'traceId' || role.role === 'spanId') && key !== 'trace')
    ? role
    : undefined;
}

function offer(
  role: FieldRole,
  field: Found,
  found: Map<FieldRole, Found>,
  attributes: Record<string, AttributeValue>,
): void {
  const held = found.get(role);
  if (held === undefined || field.rank < held.rank) {
    if (held !== undefined) attributes[held.key] = toAttribute(held.value);
    found.set(role, field);
  } else attributes[field.key] = toAttribute(field.value);
}

function giveBack(role: FieldRole, found: Map<FieldRole, Found>, attributes: Record<string, AttributeValue>): void {
  const field = found.get(role);
  if (field !== undefined) attributes[field.key] = toAttribute(field.value);
}

const TIME_LIKE = /(?:time|timestamp|date|datetime|_at)$/i;

/** A record without a customary time key: the first member that is named like a time and is one. */
function anyTime(attributes: Readonly<Record<string, AttributeValue>>, scanner: TimeScanner): UnixNano | undefined {
  for (const key in attributes) {
    if (!TIME_LIKE.test(key)) continue;
    const time = readTimeValue({ key, value: attributes[key], rank: 0 }, scanner);
    if (time !== undefined) return time;
  }
  return undefined;
}

function readTimeValue(field: Found | undefined, scanner: TimeScanner): UnixNano | undefined {
  if (field === undefined) return undefined;
  const { value } = field;
  scanner.isComplete = true;
  if (typeof value === 'string') {
    const text = value.startsWith('[') ? value.slice(1) : value;
    return scanner.scan(text.trimStart(), 0) ? scanner.unixNano() : undefined;
  }
  if (typeof value === 'number') return epochTime(value, scanner);
  if (isJsonObject(value)) {
    // log4j2 {epochSecond, nanoOfSecond}; Google {seconds, nanos}; Mongo {$date}.
    const seconds = value['epochSecond'] ?? value['seconds'];
    const nanos = value['nanoOfSecond'] ?? value['nanos'] ?? 0;
    if (
      typeof seconds === 'number' &&
      typeof nanos === 'number' &&
      Number.isInteger(seconds) &&
      Number.isInteger(nanos)
    ) {
      scanner.hasZone = true;
      return (BigInt(seconds) * 1_000_000_000n + BigInt(nanos)) as UnixNano;
    }
    const date = value['$date'];
    if (typeof date === 'string' || typeof date === 'number') return readTimeValue({ ...field, value: date }, scanner);
  }
  return undefined;
}

/** A number of seconds, milliseconds, microseconds or nanoseconds by its magnitude; undefined when it is none. */
function epochTime(value: number, scanner: TimeScanner): UnixNano | undefined {
  if (!(value > 6.3e8 && value < 4.2e18)) return undefined;
  scanner.hasZone = true;
  if (value < 4.2e9) {
    const seconds = Math.floor(value);
    // A double holds seconds to about a tenth of a microsecond: digits beyond that are noise.
    const micros = Math.round((value - seconds) * 1e6);
    return (BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1_000n) as UnixNano;
  }
  const perUnit = value < 4.2e12 ? 1_000_000n : value < 4.2e15 ? 1_000n : 1n;
  const whole = Math.floor(value);
  return (BigInt(whole) * perUnit + BigInt(Math.round((value - whole) * Number(perUnit)))) as UnixNano;
}

function readSeverity(field: Found | undefined, record: JsonObject): number {
  // CLEF leaves the level out when it is Information.
  if (field === undefined) return record['@t'] !== undefined && (record['@m'] ?? record['@mt']) !== undefined ? 9 : 0;
  const { value } = field;
  if (typeof value === 'string') {
    const number = severityOfText(value);
    if (number > 0) return number;
    return /^\d{1,3}$/.test(value)
      ? severityOfNumber(field.key, Number(value))
      : severityNumberOfText(value.replace(/\d$/, ''));
  }
  return typeof value === 'number' ? severityOfNumber(field.key, value) : 0;
}

const severities = new Map<string, number>();

/** Levels of a file are few words over and over. */
function severityOfText(text: string): number {
  let number = severities.get(text);
  if (number === undefined) {
    number = severityNumberOfText(text);
    if (severities.size < 1_000) severities.set(text, number);
  }
  return number;
}

function severityOfNumber(key: string, value: number): number {
  const lower = key.toLowerCase();
  if (/severity_?number$/.test(lower)) return value >= 1 && value <= 24 ? Math.trunc(value) : 0;
  // Python: 10 debug, 20 info, 30 warning, 40 error, 50 critical.
  if (lower.endsWith('levelno')) return [0, 5, 9, 13, 17, 21][Math.min(5, Math.floor(value / 10))] ?? 0;
  if (value >= 0 && value <= 7) return severityNumberOfSyslog(value);
  // monolog: 100 debug, 200 info, 250 notice, 300 warning, 400 error, 500 critical, 550 alert, 600 emergency.
  if (value >= 100) return value >= 500 ? 21 : value >= 400 ? 17 : value >= 300 ? 13 : value >= 200 ? 9 : 5;
  return severityNumberOfPino(value);
}

function readMessage(field: Found | undefined): string | undefined {
  if (field === undefined) return undefined;
  const { value } = field;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // journald writes a message that is no UTF-8 as an array of bytes.
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((byte) => typeof byte === 'number' && byte >= 0 && byte < 256)
  )
    return new TextDecoder().decode(Uint8Array.from(value as number[]));
  if (isJsonObject(value)) {
    const inner = value['message'] ?? value['msg'] ?? value['stringValue'];
    if (typeof inner === 'string') return inner;
  }
  return JSON.stringify(value);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function readSender(found: ReadonlyMap<FieldRole, Found>): Record<SenderRole, string> {
  return {
    service: textOf(found.get('service')?.value).replace(/\.service$/, ''),
    host: textOf(found.get('host')?.value),
    pod: textOf(found.get('pod')?.value),
    namespace: textOf(found.get('namespace')?.value),
    container: textOf(found.get('container')?.value),
    node: textOf(found.get('node')?.value),
    instance: textOf(found.get('instance')?.value),
    version: textOf(found.get('version')?.value),
    environment: textOf(found.get('environment')?.value),
  };
}

/** Hex digits of an id; decimal ids of tracers that count so are converted; '' for anything else. */
function idOf(field: Found | undefined, digits: number): string {
  if (field === undefined) return '';
  let text = textOf(field.value).trim();
  const slash = text.lastIndexOf('/');
  if (slash >= 0) text = text.slice(slash + 1);
  if (/^dd[._]/.test(field.key) && /^\d{1,20}$/.test(text)) return BigInt.asUintN(64, BigInt(text)).toString(16);
  text = text.replace(/^0x/, '').replaceAll('-', '');
  return text.length <= digits && text.length >= 8 && /^[0-9a-fA-F]+$/.test(text) && !/^0+$/.test(text) ? text : '';
}
