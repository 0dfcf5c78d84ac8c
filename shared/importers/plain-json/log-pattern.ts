/**
 * Summaries of log patterns: a signature, the service, how often it was seen and how that differs from the usual. They
 * have a count but no time of their own, so they become platform events whose time is inferred.
 */
import type { PlatformEvent } from '../../model/event.ts';
import type { UnixNano } from '../../model/time.ts';
import { severityNumberOfText } from '../../semconv/severity.ts';
import { firstText, numberAt, textAttributes, type JsonObject } from '../json-access.ts';
import { firstTime } from '../time-value.ts';

const SIGNATURE = ['signature', 'pattern', 'template', 'log_pattern', 'logPattern'];
const SERVICE = ['service', 'service_name', 'serviceName', 'app', 'source'];
const COUNT = ['count', 'occurrences', 'hits', 'total'];
const DELTA = ['delta_vs_baseline', 'delta', 'change', 'diff'];
const START = ['first_seen', 'firstSeen', 'start', 'from', 'time', 'timestamp'];
const END = ['last_seen', 'lastSeen', 'end', 'to'];

export function isLogPattern(value: JsonObject): boolean {
  return firstText(value, ...SIGNATURE) !== '' && COUNT.some((key) => numberAt(value, key) !== undefined);
}

export function eventOfPattern(value: JsonObject, fileTime: UnixNano | undefined): PlatformEvent {
  const signature = firstText(value, ...SIGNATURE);
  const service = firstText(value, ...SERVICE);
  const delta = firstText(value, ...DELTA);
  const known = firstTime(value, START);
  const start = known ?? fileTime ?? (0n as UnixNano);
  const end = firstTime(value, END) ?? start;
  return {
    externalId: `pattern/${service}/${signature}`,
    reason: 'LogPattern',
    message: signature,
    severity: severityOf(value, delta),
    startTime: start,
    endTime: end < start ? start : end,
    count: Math.max(1, Math.trunc(COUNT.map((key) => numberAt(value, key)).find((n) => n !== undefined) ?? 1)),
    isTimeInferred: known === undefined,
    entities: service === '' ? [] : [{ type: 'service', name: service }],
    attributes: textAttributes({
      'log.pattern.delta': delta,
      'log.pattern.sentiment': firstText(value, 'sentiment'),
      'log.pattern.level': firstText(value, 'level', 'severity'),
    }),
  };
}

function severityOf(value: JsonObject, delta: string): PlatformEvent['severity'] {
  const level = severityNumberOfText(firstText(value, 'level', 'severity'));
  if (level >= 17) return 'error';
  const isNegative = /^neg/i.test(firstText(value, 'sentiment'));
  return level >= 13 || (isNegative && !delta.startsWith('-')) ? 'warning' : 'normal';
}
