/** The parts of syslog lines that have marks of their own: priority, RFC 5424 header and structured data. */
import { severityNumberOfSyslog } from '../../semconv/severity.ts';
import type { TimeScanner } from '../time-scanner.ts';
import type { HeaderValues } from './header-fields.ts';

const PRIORITY = /^<(\d{1,3})>(1 )?/;

export interface SyslogPriority {
  readonly severityNumber: number;
  readonly end: number;
  /** True when the version number of RFC 5424 follows. */
  readonly isVersioned: boolean;
}

/** `<34>` or `<34>1 ` at the start of a line. */
export function readPriority(text: string): SyslogPriority | undefined {
  const match = PRIORITY.exec(text);
  if (match === null) return undefined;
  const priority = Number(match[1]);
  if (priority > 191) return undefined;
  return {
    severityNumber: severityNumberOfSyslog(priority % 8),
    end: match[0].length,
    isVersioned: match[2] !== undefined,
  };
}

/**
 * `TIME HOST APP PROCID MSGID SD MSG` from `at`. Fills host, process, pid; returns where the message begins, or -1.
 * Structured data is returned as attributes through `attributes`.
 */
export function readRfc5424(
  text: string,
  at: number,
  scanner: TimeScanner,
  values: HeaderValues,
  attributes: Record<string, string>,
): number {
  let next = at;
  let hasTime = false;
  if (text.charCodeAt(at) === 45) next = at + 1;
  else if (scanner.scan(text, at)) {
    next = scanner.end;
    hasTime = true;
  } else return -1;
  const words: string[] = [];
  for (let i = 0; i < 4; i += 1) {
    if (text.charCodeAt(next) !== 32) return -1;
    const end = text.indexOf(' ', next + 1);
    words.push(end < 0 ? text.slice(next + 1) : text.slice(next + 1, end));
    next = end < 0 ? text.length : end;
  }
  const [host = '-', app = '-', processId = '-', messageId = '-'] = words;
  values.host = host === '-' ? '' : host;
  values.process = app === '-' ? '' : app;
  values.pid = processId === '-' ? '' : processId;
  if (messageId !== '-') attributes['syslog.msgid'] = messageId;
  if (!hasTime) scanner.isComplete = false;
  next = readStructuredData(text, next + 1, attributes);
  if (text.charCodeAt(next) === 32) next += 1;
  return text.charCodeAt(next) === 0xfeff ? next + 1 : next;
}

const PARAMETER = /([^\s="\]]+)="((?:[^"\\\]]|\\.)*)"/g;

function readStructuredData(text: string, at: number, attributes: Record<string, string>): number {
  if (text.charCodeAt(at) === 45) return at + 1;
  let next = at;
  while (text.charCodeAt(next) === 91) {
    let end = next + 1;
    let isQuoted = false;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === 92) end += 1;
      else if (code === 34) isQuoted = !isQuoted;
      else if (code === 93 && !isQuoted) break;
    }
    const element = text.slice(next + 1, end);
    for (const match of element.matchAll(PARAMETER))
      attributes[match[1] ?? ''] = (match[2] ?? '').replace(/\\(["\\\]])/g, '$1');
    next = end + 1;
  }
  return next;
}
