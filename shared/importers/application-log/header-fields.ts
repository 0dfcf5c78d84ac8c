/**
 * Readers of the single fields that stand in front of a log message: level, thread, logger, process … Each takes a
 * position and returns the position behind the field, or -1 when the field is not there. What was read is left in
 * `HeaderValues`, one object per reader, so that a line costs no allocation.
 */
import { severityNumberOfText } from '../../semconv/severity.ts';
import type { TimeScanner } from '../time-scanner.ts';

/** What a header said. Strings are '' and numbers 0 when absent. */
export interface HeaderValues {
  severityNumber: number;
  thread: string;
  logger: string;
  host: string;
  process: string;
  pid: string;
  /** Source position `file:line`. */
  source: string;
  traceId: string;
  spanId: string;
  service: string;
}
export function emptyHeaderValues(): HeaderValues {
  return {
    severityNumber: 0,
    thread: '',
    logger: '',
    host: '',
    process: '',
    pid: '',
    source: '',
    traceId: '',
    spanId: '',
    service: '',
  };
}
export function clearHeaderValues(values: HeaderValues): void {
  values.severityNumber = 0;
  values.thread = '';
  values.logger = '';
  values.host = '';
  values.process = '';
  values.pid = '';
  values.source = '';
  values.traceId = '';
  values.spanId = '';
  values.service = '';
}

export type HeaderField =
  'time' | 'lead' | 'level' | 'letter' | 'klog' | 'process' | 'pid' | 'bracket' | 'source' | 'logger';

/** Words that are levels in a header but would be prose elsewhere are only believed in the spellings below. */
const LEVEL_WORD = new Set(
  `trace trc finest finer fine verbose debug dbg config info inf information informational log notice warn wrn warning
   error err eror severe critical crit alert fatal ftl panic dpanic emerg emergency success
   debug1 debug2 debug3 debug4 debug5 trace1 trace2 trace3 stats`.split(/\s+/),
);
const LETTER_LEVELS: Readonly<Record<string, number>> = {
  V: 1,
  T: 1,
  D: 5,
  I: 9,
  N: 10,
  W: 13,
  E: 17,
  C: 18,
  F: 21,
  A: 21,
};
const KLOG = /([IWEFD])\d{4} (\d\d:\d\d:\d\d\.\d+)\s+(\d+) ([^\s\]]+:\d+)\] ?/y;
const PROCESS = /([\w.:-]+) ([^\s:[\]=]+)(?:\[([^\]\s]*)\])?: ?/y;
const SOURCE = /\(?([\w$./\\-]+\.[A-Za-z]{1,5}:\d+)[\]):]*(?=[\s|]|$)/y;
const DOTTED_LOGGER = /\[?([A-Za-z_$][\w$-]*(?:[./\\$:]{1,2}[\w$*-]+)+)\]?(?=\s*[:|\]-]|\s|$)/y;
const PLAIN_LOGGER = /([A-Za-z_$][\w$./-]{1,60})(?:\(\s*\d+\))?(?=\s*:\s|\s+-\s|\|)/y;
const SLEUTH = /^([\w.-]*),\s*([0-9a-f]{16,32}),\s*([0-9a-f]{16})/;

export function severityOfLevelWord(word: string): number {
  const lower = word.toLowerCase();
  return LEVEL_WORD.has(lower) ? severityNumberOfText(lower.replace(/\d$/, '')) || 9 : 0;
}

const BLANK = 32;
const TAB = 9;

function isLetterCode(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}
function closerOf(code: number): number {
  if (code === 91) return 93;
  if (code === 60) return 62;
  if (code === 40) return 41;
  return code === 34 ? 34 : 0;
}

/** Behind blanks and the marks that tools put between header fields. */
export function skipSeparators(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code === BLANK || code === TAB || code === 124) next += 1;
    else if (code === 45) {
      let stop = next;
      while (text.charCodeAt(stop) === 45) stop += 1;
      if (text.charCodeAt(stop) !== BLANK || stop - next > 3) return next;
      next = stop;
    } else if (code === 58 || code === 44 || code === 59 || code === 62) {
      const after = text.charCodeAt(next + 1);
      if (after !== BLANK && after !== TAB) return next;
      next += 1;
    } else return next;
  }
}

/** A time stamp, bare or in brackets or quotes. The scanner keeps the value. */
export function readTime(text: string, at: number, scanner: TimeScanner): number {
  const code = text.charCodeAt(at);
  const closer = closerOf(code);
  const start = closer !== 0 || code === 42 ? at + 1 : at;
  if (!scanner.scan(text, start)) return -1;
  const { end } = scanner;
  if (closer !== 0) return text.charCodeAt(end) === closer ? end + 1 : end;
  const next = text.charCodeAt(end);
  return isLetterCode(next) || next === 95 || next === 47 ? -1 : end;
}

/** The first time stamp within the first 120 characters that begins a word or a bracket, as in access logs. */
export function readLead(text: string, scanner: TimeScanner): number {
  const limit = Math.min(text.length, 120);
  for (let at = 1; at < limit; at += 1) {
    const before = text.charCodeAt(at - 1);
    if (before !== BLANK && before !== 91) continue;
    const code = text.charCodeAt(at);
    if (!isDigitCode(code) && !isLetterCode(code)) continue;
    if (scanner.scan(text, at) && scanner.shape !== 'time-only' && scanner.shape !== 'epoch') return scanner.end;
  }
  return -1;
}

export function readLevel(text: string, at: number, values: HeaderValues): number {
  const closer = closerOf(text.charCodeAt(at));
  let start = closer === 0 ? at : at + 1;
  while (closer !== 0 && text.charCodeAt(start) === BLANK) start += 1;
  let end = start;
  while (isLetterCode(text.charCodeAt(end))) end += 1;
  if (end - start < 3 || end - start > 13) return -1;
  if (isDigitCode(text.charCodeAt(end))) end += 1;
  const next = text.charCodeAt(end);
  if (isDigitCode(next) || next === 95 || next === 46 || next === 61 || next === 47) return -1;
  const severityNumber = severityOfLevelWord(text.slice(start, end));
  if (severityNumber === 0) return -1;
  values.severityNumber = severityNumber;
  if (closer === 0) return end;
  while (text.charCodeAt(end) === BLANK) end += 1;
  return text.charCodeAt(end) === closer ? end + 1 : -1;
}

/** One letter for a level: `D Tag: …`, `[I]`, `E/Tag(12): …`. */
export function readLetter(text: string, at: number, values: HeaderValues): number {
  const closer = closerOf(text.charCodeAt(at));
  const start = closer === 0 ? at : at + 1;
  const severityNumber = LETTER_LEVELS[text.charAt(start)];
  const next = text.charCodeAt(start + 1);
  if (severityNumber === undefined) return -1;
  if (closer === 0 ? next !== BLANK && next !== 47 && next !== 124 : next !== closer) return -1;
  values.severityNumber = severityNumber;
  return start + (closer === 0 && next !== 47 ? 1 : 2);
}

/** `I0102 15:04:05.000000    1 file.go:12] ` (Kubernetes, glog). The stamp is left to the scanner of the caller. */
export function readKlog(text: string, at: number, values: HeaderValues): number {
  if (!isDigitCode(text.charCodeAt(at + 1))) return -1;
  KLOG.lastIndex = at;
  const match = KLOG.exec(text);
  if (match === null) return -1;
  values.severityNumber = LETTER_LEVELS[match[1] ?? ''] ?? 0;
  values.pid = match[3] ?? '';
  values.source = match[4] ?? '';
  return KLOG.lastIndex;
}

/** `host app[pid]: ` of RFC 3164 and of journalctl. */
export function readProcess(text: string, at: number, values: HeaderValues): number {
  PROCESS.lastIndex = at;
  const match = PROCESS.exec(text);
  if (match === null) return -1;
  values.host = match[1] ?? '';
  values.process = match[2] ?? '';
  values.pid = match[3] ?? '';
  return PROCESS.lastIndex;
}

export function readPid(text: string, at: number, values: HeaderValues): number {
  let end = at;
  while (isDigitCode(text.charCodeAt(end))) end += 1;
  const next = text.charCodeAt(end);
  if (end === at || end - at > 8 || (next !== BLANK && next !== TAB && next !== 124 && next !== 58)) return -1;
  values.pid = text.slice(at, end);
  return end;
}

export function readBracket(text: string, at: number, values: HeaderValues): number {
  if (text.charCodeAt(at) !== 91) return -1;
  const end = text.indexOf(']', at);
  if (end < 0 || end - at > 120 || end === at + 1) return -1;
  const content = text.slice(at + 1, end).trim();
  const sleuth = content.includes(',') ? SLEUTH.exec(content) : null;
  if (sleuth !== null) {
    values.service = sleuth[1] ?? '';
    values.traceId = sleuth[2] ?? '';
    values.spanId = sleuth[3] ?? '';
  } else if (values.thread === '') values.thread = content;
  return end + 1;
}

/** `main.go:42`, `(Server.java:17)`. */
export function readSource(text: string, at: number, values: HeaderValues): number {
  SOURCE.lastIndex = at;
  const match = SOURCE.exec(text);
  if (match === null) return -1;
  values.source = match[1] ?? '';
  return SOURCE.lastIndex;
}

/** A dotted name, or a name that a colon, a dash or a bar sets off from the message. */
export function readLogger(text: string, at: number, values: HeaderValues): number {
  DOTTED_LOGGER.lastIndex = at;
  let match = DOTTED_LOGGER.exec(text);
  let end = DOTTED_LOGGER.lastIndex;
  if (match === null) {
    PLAIN_LOGGER.lastIndex = at;
    match = PLAIN_LOGGER.exec(text);
    end = PLAIN_LOGGER.lastIndex;
  }
  if (match === null) return -1;
  values.logger = match[1] ?? '';
  return end;
}
