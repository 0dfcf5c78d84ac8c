/** A log record that may still grow by continuation lines, and what is read from it once it is whole. */
import type { AttributeValue, Resource } from '../../model/resource.ts';
import type { UnixNano } from '../../model/time.ts';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from '../../semconv/attribute-keys.ts';
import { exceptionOf, severityOfTrace } from './stack-tracker.ts';

export interface OpenRecord {
  readonly time: UnixNano;
  readonly isTimeInferred: boolean;
  severityNumber: number;
  readonly resource: Resource;
  body: string;
  attributesJson: string;
  traceId: string;
  spanId: string;
  lineCount: number;
  /** Structured records are whole as they stand. */
  readonly isGrowing: boolean;
  /** The line of an access log: its status tells the severity. */
  readonly isAccessLine: boolean;
}

export const MAX_JOINED_LINES = 2_000;
export const MAX_JOINED_LENGTH = 262_144;
/** Exceptions are looked for in the first lines of a trace. */
const EXCEPTION_SEARCH_LENGTH = 4_096;
const TRACE_ID = /\b(?:trace[_.-]?id|traceId)["']?\s*[=:]\s*["']?([0-9a-fA-F]{16,32})\b/i;
const SPAN_ID = /\b(?:span[_.-]?id|spanId)["']?\s*[=:]\s*["']?([0-9a-fA-F]{16})\b/i;
const ACCESS_STATUS = /" ([1-5]\d\d) /;

/** False when the record is as large as a record may become. */
export function growRecord(open: OpenRecord, line: string, lineCount: number): boolean {
  if (open.lineCount + lineCount > MAX_JOINED_LINES || open.body.length + line.length > MAX_JOINED_LENGTH) return false;
  open.body += `\n${line}`;
  open.lineCount += lineCount;
  return true;
}

/** Reads exception, status and ids off a plain record that is whole. */
export function completeRecord(open: OpenRecord): void {
  if (open.lineCount > 1) readException(open);
  if (open.isAccessLine) readStatus(open);
  if (open.traceId === '' && open.body.includes('race')) open.traceId = TRACE_ID.exec(open.body)?.[1] ?? '';
  if (open.traceId !== '' && open.spanId === '') open.spanId = SPAN_ID.exec(open.body)?.[1] ?? '';
}

function readException(open: OpenRecord): void {
  if (open.severityNumber === 0) open.severityNumber = severityOfTrace(open.body);
  const exception = exceptionOf(open.body.slice(0, EXCEPTION_SEARCH_LENGTH));
  if (exception === undefined) return;
  const message = exception.message.slice(0, 1_000);
  open.attributesJson = withMembers(open.attributesJson, {
    [ATTR_EXCEPTION_TYPE]: exception.type,
    ...(message !== '' && { [ATTR_EXCEPTION_MESSAGE]: message }),
  });
}

function readStatus(open: OpenRecord): void {
  const status = ACCESS_STATUS.exec(open.body);
  if (status === null) return;
  const code = Number(status[1]);
  open.severityNumber ||= code >= 500 ? 17 : 9;
  open.attributesJson = withMembers(open.attributesJson, { [ATTR_HTTP_RESPONSE_STATUS_CODE]: code });
}

function withMembers(json: string, members: Record<string, AttributeValue>): string {
  const added = JSON.stringify(members);
  return json === '' ? added : `${json.slice(0, -1)},${added.slice(1)}`;
}

/** A structured record without a message is its attributes, as `key=value` pairs. */
export function bodyOfAttributes(attributes: Readonly<Record<string, AttributeValue>>, original: string): string {
  const parts: string[] = [];
  for (const key in attributes) {
    const value = attributes[key];
    parts.push(`${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
    if (parts.length >= 30) break;
  }
  return parts.length === 0 ? original.slice(0, 1_000) : parts.join(' ');
}
