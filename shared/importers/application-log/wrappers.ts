/**
 * Takes off what a container runtime or a collecting tool puts around each line: docker json-file, CRI, the time stamps
 * of `kubectl logs --timestamps`, the prefixes of `docker compose logs` and `kubectl logs --prefix`. Which of them a
 * file has is learned from its first lines; two may be nested.
 */
import type { TimeScanner } from '../time-scanner.ts';
import { severityOfLevelWord } from './header-fields.ts';

export type WrapperKind = 'docker-json' | 'cri' | 'stamped' | 'compose' | 'kubectl-prefix';

/** One line without its wrapper. Reused: valid until the next call. */
export interface Unwrapped {
  content: string;
  /** True when the wrapper gave a time; it is then in the scanner given to `unwrap`. */
  hasTime: boolean;
  /** True when the line goes on in the next one of the same source. */
  isPartial: boolean;
  /** `stdout` or `stderr`, '' when not told. */
  stream: string;
  /** Compose name or `pod/container`; '' when the whole file has one source. */
  source: string;
}
export function emptyUnwrapped(): Unwrapped {
  return { content: '', hasTime: false, isPartial: false, stream: '', source: '' };
}

const COMPOSE = /^([A-Za-z0-9][\w.-]*) *\| ?/;
const KUBECTL_PREFIX = /^\[pod\/([^/\]\s]+)\/([^\]\s]+)\] ?/;
const CRI = / (stdout|stderr) ([FP])(?::\w+)* ?/y;
const DOCKER_KEYS = new Set(['log', 'stream', 'time', 'attrs']);
const DOCKER_START = /^\s*\{\s*"(?:log|stream|time|attrs)"\s*:/;
/** A wrapper is believed when this share of lines has it. */
const AGREEMENT = 0.9;

/** Learns the wrappers of a file from its first lines, outermost first. */
export function learnWrappers(sample: readonly string[], scanner: TimeScanner): readonly WrapperKind[] {
  const kinds: WrapperKind[] = [];
  let lines = sample.filter((line) => line.trim() !== '');
  const out = emptyUnwrapped();
  while (kinds.length < 2 && lines.length > 0) {
    const kind = ALL.find((candidate) => {
      if (kinds.includes(candidate)) return false;
      const having = lines.filter((line) => unwrapOne(candidate, line, scanner, out)).length;
      return having >= AGREEMENT * lines.length && (candidate !== 'stamped' || isStampWrapper(lines, scanner));
    });
    if (kind === undefined) break;
    kinds.push(kind);
    lines = lines.map((line) => (unwrapOne(kind, line, scanner, out) ? out.content : line));
  }
  return kinds;
}
const ALL: readonly WrapperKind[] = ['docker-json', 'cri', 'kubectl-prefix', 'compose', 'stamped'];

/** A stamp before every line, continuation lines included, is a wrapper; a stamp per record is a header. */
function isStampWrapper(lines: readonly string[], scanner: TimeScanner): boolean {
  let bare = 0;
  let inner = 0;
  for (const line of lines) {
    if (!scanner.scan(line, 0)) continue;
    const rest = line.slice(scanner.end + 1);
    if (rest === '' || /^\s|^\{|^[IWEF]\d{4} \d\d:/.test(rest)) inner += 1;
    else if (scanner.scan(rest, rest.startsWith('[') ? 1 : 0)) inner += 1;
    else bare += 1;
  }
  return inner > 0 && inner >= 0.02 * (inner + bare);
}

/** Applies the wrappers in turn. False when the line does not have the outermost one; `out.content` is then the line. */
export function unwrap(kinds: readonly WrapperKind[], line: string, scanner: TimeScanner, out: Unwrapped): boolean {
  out.content = line;
  out.hasTime = false;
  out.isPartial = false;
  out.stream = '';
  out.source = '';
  let isWrapped = false;
  for (const kind of kinds) {
    if (!unwrapOne(kind, out.content, scanner, out)) return isWrapped;
    isWrapped = true;
  }
  return isWrapped;
}

function unwrapOne(kind: WrapperKind, line: string, scanner: TimeScanner, out: Unwrapped): boolean {
  switch (kind) {
    case 'docker-json':
      return unwrapDocker(line, scanner, out);
    case 'cri':
      return unwrapCri(line, scanner, out);
    case 'stamped':
      return unwrapStamp(line, scanner, out);
    case 'compose': {
      const match = COMPOSE.exec(line);
      const name = match?.[1] ?? '';
      if (match === null || !/[A-Za-z]/.test(name) || severityOfLevelWord(name) > 0) return false;
      out.source = name;
      out.content = line.slice(match[0].length);
      return true;
    }
    case 'kubectl-prefix': {
      const match = KUBECTL_PREFIX.exec(line);
      if (match === null) return false;
      out.source = `${match[1] ?? ''}/${match[2] ?? ''}`;
      out.content = line.slice(match[0].length);
      return true;
    }
  }
}

function unwrapDocker(line: string, scanner: TimeScanner, out: Unwrapped): boolean {
  if (!DOCKER_START.test(line)) return false;
  let value: { log?: unknown; stream?: unknown; time?: unknown };
  try {
    value = JSON.parse(line) as typeof value;
  } catch {
    return false;
  }
  // Collectors write records with more members under the same names: those are JSON logs, not wrappers.
  if (Object.keys(value).some((key) => !DOCKER_KEYS.has(key))) return false;
  if (typeof value.log !== 'string' || typeof value.time !== 'string' || !scanner.scan(value.time, 0)) return false;
  out.hasTime = true;
  out.stream = typeof value.stream === 'string' ? value.stream : '';
  out.isPartial = !value.log.endsWith('\n');
  out.content = out.isPartial ? value.log : value.log.replace(/\r?\n$/, '');
  return true;
}

function unwrapCri(line: string, scanner: TimeScanner, out: Unwrapped): boolean {
  if (!scanner.scan(line, 0)) return false;
  CRI.lastIndex = scanner.end;
  const match = CRI.exec(line);
  if (match === null) return false;
  out.hasTime = true;
  out.stream = match[1] ?? '';
  out.isPartial = match[2] === 'P';
  out.content = line.slice(CRI.lastIndex);
  return true;
}

/** RFC 3339 with nanoseconds and `Z`, then one blank: what `kubectl logs --timestamps` and must-gather write. */
function unwrapStamp(line: string, scanner: TimeScanner, out: Unwrapped): boolean {
  if (line.charCodeAt(4) !== 45 || line.charCodeAt(10) !== 84 || !scanner.scan(line, 0)) return false;
  const { end } = scanner;
  if (end < 21 || line.charCodeAt(end - 1) !== 90 || (end < line.length && line.charCodeAt(end) !== 32)) return false;
  out.hasTime = true;
  out.content = line.slice(end + 1);
  return true;
}
