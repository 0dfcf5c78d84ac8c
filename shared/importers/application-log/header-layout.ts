/**
 * Learns from the first lines of a file which fields stand in front of each message, and reads them off every line.
 * A field belongs to the header when nine in ten of the lines that have the fields before it have it too, and its
 * values are not free text (method: docs/methods "header detection").
 */
import type { TimeScanner } from '../time-scanner.ts';
import * as field from './header-fields.ts';
import {
  clearHeaderValues,
  emptyHeaderValues,
  skipSeparators,
  type HeaderField,
  type HeaderValues,
} from './header-fields.ts';

export interface HeaderLayout {
  readonly fields: readonly HeaderField[];
  /** Share of the sampled lines that begin with the first field. */
  readonly share: number;
}

const MAX_FIELDS = 9;
const AGREEMENT = 0.9;
/** A first field is worth learning when at least this share of lines has it; the others are continuations. */
const FIRST_FIELD_SHARE = 0.2;
const CANDIDATES: readonly HeaderField[] = [
  'time',
  'klog',
  'level',
  'letter',
  'process',
  'pid',
  'bracket',
  'source',
  'logger',
];
const LEADING: readonly HeaderField[] = ['time', 'klog', 'level', 'letter', 'bracket', 'lead'];
const ONCE: ReadonlySet<HeaderField> = new Set(['klog', 'level', 'letter', 'process', 'source', 'logger', 'lead']);

/** Reads one field; -1 when it is not there. */
function readField(kind: HeaderField, text: string, at: number, scanner: TimeScanner, values: HeaderValues): number {
  switch (kind) {
    case 'time':
      return field.readTime(text, at, scanner);
    case 'lead':
      return field.readLead(text, scanner);
    case 'level':
      return field.readLevel(text, at, values);
    case 'letter':
      return field.readLetter(text, at, values);
    case 'klog':
      return field.readKlog(text, at, values);
    case 'process':
      return field.readProcess(text, at, values);
    case 'pid':
      return field.readPid(text, at, values);
    case 'bracket':
      return field.readBracket(text, at, values);
    case 'source':
      return field.readSource(text, at, values);
    case 'logger':
      return field.readLogger(text, at, values);
  }
}

interface SampleLine {
  readonly text: string;
  at: number;
}

/** Sampled lines are first lines of records as far as one can tell: not blank, not indented. */
export function learnLayout(sample: readonly string[], scanner: TimeScanner): HeaderLayout | undefined {
  let active: SampleLine[] = [];
  for (const text of sample) if (text !== '' && text.charCodeAt(0) > 32) active.push({ text, at: 0 });
  const total = active.length;
  if (total === 0) return undefined;
  const fields: HeaderField[] = [];
  let share = 0;
  while (fields.length < MAX_FIELDS) {
    const isFirst = fields.length === 0;
    const step = nextField(active, isFirst ? LEADING : CANDIDATES, fields, scanner);
    if (step === undefined) break;
    if (isFirst) share = step.lines.length / total;
    fields.push(step.kind);
    active = step.lines;
    if (step.kind === 'lead') break;
  }
  if (
    !fields.some(
      (kind) => kind === 'time' || kind === 'level' || kind === 'letter' || kind === 'klog' || kind === 'lead',
    )
  )
    return undefined;
  return { fields, share };
}

function nextField(
  active: readonly SampleLine[],
  candidates: readonly HeaderField[],
  taken: readonly HeaderField[],
  scanner: TimeScanner,
): { kind: HeaderField; lines: SampleLine[] } | undefined {
  const isFirst = taken.length === 0;
  let best: { kind: HeaderField; lines: SampleLine[] } | undefined;
  for (const kind of candidates) {
    if (ONCE.has(kind) && taken.includes(kind)) continue;
    if (kind === 'level' && taken.includes('letter')) continue;
    if (kind === 'time' && taken.filter((k) => k === 'time').length >= 2) continue;
    if (kind === 'process' && taken[taken.length - 1] !== 'time') continue;
    const lines = tryField(kind, active, scanner);
    const needed = isFirst ? FIRST_FIELD_SHARE : AGREEMENT;
    if (lines === undefined || lines.length < needed * active.length) continue;
    if (!isFirst) return { kind, lines };
    if (best === undefined || lines.length > best.lines.length * 1.2) best = { kind, lines };
  }
  return best;
}

/** Lines that have the field, advanced behind it; undefined when its values are free text. */
function tryField(kind: HeaderField, active: readonly SampleLine[], scanner: TimeScanner): SampleLine[] | undefined {
  const lines: SampleLine[] = [];
  const values = emptyHeaderValues();
  const distinct = new Set<string>();
  for (const { text, at } of active) {
    clearHeaderValues(values);
    const start = at === 0 ? 0 : skipSeparators(text, at);
    const end = start >= text.length ? -1 : readField(kind, text, start, scanner, values);
    if (end < 0) continue;
    lines.push({ text, at: end });
    if (kind === 'logger') distinct.add(values.logger);
    if (kind === 'process') distinct.add(values.host);
  }
  if (kind === 'logger' && distinct.size > Math.max(12, 0.4 * lines.length)) return undefined;
  if (kind === 'process' && distinct.size > Math.max(3, 0.2 * lines.length)) return undefined;
  return lines;
}

/** Reads headers by a learned layout. The values are valid until the next call. */
export class HeaderReader {
  readonly values: HeaderValues = emptyHeaderValues();
  readonly layout: HeaderLayout;
  /** Where the message begins. */
  bodyStart = 0;
  /** True when the line carried a time; it is then in the scanner. */
  hasTime = false;
  private readonly scanner: TimeScanner;
  private readonly inner: TimeScanner;

  /** `inner` takes the second stamp of headers that have two. */
  constructor(layout: HeaderLayout, scanner: TimeScanner, inner: TimeScanner) {
    this.layout = layout;
    this.scanner = scanner;
    this.inner = inner;
  }

  /** False when the line does not begin with the first field of the layout. */
  read(text: string): boolean {
    clearHeaderValues(this.values);
    this.hasTime = false;
    let at = 0;
    for (let i = 0; i < this.layout.fields.length; i += 1) {
      const kind = this.layout.fields[i] ?? 'time';
      const start = i === 0 ? 0 : skipSeparators(text, at);
      const scanner = this.hasTime ? this.inner : this.scanner;
      const end = start >= text.length ? -1 : readField(kind, text, start, scanner, this.values);
      if (end < 0) {
        if (i === 0) return false;
        break;
      }
      at = end;
      if (kind === 'time' || kind === 'lead') this.hasTime = true;
      if (kind === 'klog' && !this.hasTime) this.hasTime = this.scanKlog(text, start);
      if (kind === 'lead') {
        // What stands before the stamp of an access log is part of the message.
        this.bodyStart = 0;
        return true;
      }
    }
    this.bodyStart = skipSeparators(text, at);
    return true;
  }

  /** `I0102 15:04:05.0`: month and day have no separator, so they are given one. */
  private scanKlog(text: string, at: number): boolean {
    const stamp = `${text.slice(at + 1, at + 3)}-${text.slice(at + 3, at + 5)}${text.slice(at + 5, at + 21)}`;
    return this.scanner.scan(stamp, 0);
  }
}
