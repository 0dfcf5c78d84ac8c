/** One OTLP log record → a row. */
import type { Resource } from '../../model/resource.ts';
import { unixNano, type UnixNano } from '../../model/time.ts';
import { ATTR_EVENT_NAME, ATTR_OTEL_SCOPE_NAME } from '../../semconv/attribute-keys.ts';
import { severityNumberOfText } from '../../semconv/severity.ts';
import type { RecordCollector } from '../record-collector.ts';
import { attributesJsonOf, attributesOf, member, unwrapAnyValue } from './any-value.ts';
import { normaliseId } from './otlp-ids.ts';

const DIGITS = /^\d{1,19}$/;
const MAX_UNIX_NANO = 9_223_372_036_854_775_807n;

/** A time of OTLP: nanoseconds as text or number. Undefined when absent, zero or no time. */
export function readUnixNano(value: unknown): UnixNano | undefined {
  if (typeof value === 'string' && DIGITS.test(value)) {
    const time = BigInt(value);
    return time > 0n && time <= MAX_UNIX_NANO ? unixNano(time) : undefined;
  }
  return typeof value === 'number' && value > 0 && value <= 9.2e18 ? unixNano(Math.trunc(value)) : undefined;
}

function severityOf(record: Record<string, unknown>): number {
  const number = member(record, 'severityNumber', 'severity_number');
  if (typeof number === 'number' && number > 0 && number <= 24) return Math.trunc(number);
  if (typeof number === 'string' && number !== '') {
    const value = Number(number);
    return value > 0 && value <= 24 ? Math.trunc(value) : severityNumberOfText(number);
  }
  const text = member(record, 'severityText', 'severity_text');
  return typeof text === 'string' ? severityNumberOfText(text) : 0;
}

function idOf(value: unknown, digits: 16 | 32): string | undefined {
  return typeof value === 'string' && value !== '' ? normaliseId(value, digits) : undefined;
}

function bodyText(body: unknown): string {
  const value = unwrapAnyValue(body);
  if (typeof value === 'string') return value;
  return value === null ? '' : JSON.stringify(value);
}

/** Adds the record; `scopeName` '' = none. Returns why it cannot be kept, else undefined. */
export function readLogRecord(
  record: Record<string, unknown>,
  resource: Resource,
  scopeName: string,
  collector: RecordCollector,
): string | undefined {
  const own = readUnixNano(member(record, 'timeUnixNano', 'time_unix_nano'));
  const observed = readUnixNano(member(record, 'observedTimeUnixNano', 'observed_time_unix_nano'));
  const time = own ?? observed;
  if (time === undefined) return 'The log record has neither a time nor an observed time.';
  const eventName = member(record, 'eventName', 'event_name');
  const severityText = member(record, 'severityText', 'severity_text');
  const attributes = {
    ...attributesOf(record['attributes']),
    ...(typeof eventName === 'string' && eventName !== '' && { [ATTR_EVENT_NAME]: eventName }),
    ...(scopeName !== '' && { [ATTR_OTEL_SCOPE_NAME]: scopeName }),
  };
  const severityNumber = severityOf(record);
  const body = bodyText(record['body']);
  const builder = collector.logs();
  builder.add({
    timeUnixNano: time,
    isTimeInferred: own === undefined,
    severityNumber,
    resource: builder.resourceIndex(resource),
    // An event may have no body; its name then is what a reader looks for.
    body: body === '' && typeof eventName === 'string' ? eventName : body,
    attributesJson: attributesJsonOf(
      severityNumber === 0 && typeof severityText === 'string' && severityText !== ''
        ? { ...attributes, severityText }
        : attributes,
    ),
    traceId: idOf(member(record, 'traceId', 'trace_id'), 32),
    spanId: idOf(member(record, 'spanId', 'span_id'), 16),
  });
  return undefined;
}
