/**
 * What is wrong with an entity or a call in two or three words, from what the detectors found: `71 % err`, `cpu 92 %`,
 * `38 ms → 4.9 s`. The strongest sign of each kind speaks; errors and latency stand before resources. Depends on findings
 * only, so it is the incident's word and is dropped while another time is looked at.
 */
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { bytesText, countText, durationText, percentText, shortNumber } from '../../stores/time-format.ts';

export type Sign = Pick<
  FindingSummary,
  'kind' | 'entity' | 'peer' | 'subject' | 'baseline' | 'observed' | 'unit' | 'score'
>;

export interface Signs {
  /** By entity key: errors, latency, a full resource, traffic. */
  readonly ofNode: ReadonlyMap<string, string>;
  /** By entity key: the metric that moved most; said where nothing better is known. */
  readonly movedOf: ReadonlyMap<string, string>;
  /** By `caller key` + space + `callee key`. */
  readonly ofCall: ReadonlyMap<string, string>;
}
export const NO_SIGNS: Signs = { ofNode: new Map(), movedOf: new Map(), ofCall: new Map() };

const NS_PER_MS = 1e6;
const NS_PER_S = 1e9;
/** Words of a metric's name that say how it was taken, not what it is of. */
const TAKEN = new Set(['duration', 'mean', 'avg', 'sum', 'max', 'total', 'count', 'usage', 'utilization', 'ratio']);
const RESOURCES: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/cpu/, 'cpu'],
  [/mem|heap|rss/, 'memory'],
  [/disk|filesystem|volume/, 'disk'],
  [/connection|pool/, 'pool'],
  [/queue|lag|backlog/, 'queue'],
];

export function signsOf(findings: readonly Sign[]): Signs {
  const nodes = new Map<string, Sign[]>();
  const calls = new Map<string, Sign[]>();
  for (const sign of findings) {
    if (!sign.entity) continue;
    if (sign.peer) add(calls, `${entityKey(sign.entity)} ${entityKey(sign.peer)}`, sign);
    else add(nodes, entityKey(sign.entity), sign);
  }
  return {
    ofNode: worded(nodes, nodeText),
    movedOf: worded(nodes, movedText),
    ofCall: worded(calls, callText),
  };
}

function add(map: Map<string, Sign[]>, key: string, sign: Sign): void {
  const list = map.get(key);
  if (list) list.push(sign);
  else map.set(key, [sign]);
}

function worded(map: ReadonlyMap<string, readonly Sign[]>, text: (signs: readonly Sign[]) => string) {
  return new Map([...map].map(([key, signs]) => [key, text(signs)] as const).filter(([, words]) => words !== ''));
}

function strongest(signs: readonly Sign[], test: (sign: Sign) => boolean): Sign | undefined {
  return signs
    .filter(test)
    .sort((left, right) => right.score - left.score || (left.subject < right.subject ? -1 : 1))[0];
}

/** `5.1 s · 12 % err`, else the resource that is at its limit, else traffic that is gone. */
function nodeText(signs: readonly Sign[]): string {
  const latency = strongest(signs, ({ kind }) => kind === 'latency_increase');
  const errors = strongest(signs, ({ kind }) => kind === 'error_rate_increase');
  if (latency && errors) return `${latencyOf(latency.observed)} · ${errorsOf(errors)}`;
  if (errors) return errorsOf(errors);
  if (latency) return `p95 ${latencyOf(latency.observed)}`;
  const full = strongest(signs, ({ kind }) => kind === 'saturation');
  if (full)
    return full.unit === '1'
      ? `${resourceWord(full.subject)} ${percentText(full.observed)}`
      : `${resourceWord(full.subject)} full`;
  const traffic = strongest(signs, ({ kind }) => kind === 'throughput_drop' || kind === 'throughput_increase');
  return traffic ? `traffic ${changeText(traffic)}` : '';
}

/** `38 ms → 4.9 s`, or what part of the calls fails. */
function callText(signs: readonly Sign[]): string {
  const latency = strongest(signs, ({ kind }) => kind === 'edge_latency_increase');
  const errors = strongest(signs, ({ kind }) => kind === 'edge_error_increase');
  if (errors && (!latency || errors.score >= latency.score)) return errorsOf(errors);
  if (latency) return `${latencyOf(latency.baseline)} → ${latencyOf(latency.observed)}`;
  return strongest(signs, ({ kind }) => kind === 'edge_vanished') ? 'calls stopped' : '';
}

function latencyOf(milliseconds: number): string {
  return durationText(milliseconds * NS_PER_MS);
}

function errorsOf({ observed }: Sign): string {
  return `${percentText(observed)} err`;
}

/** `−61 %`, or `× 4.2` when it more than doubled. */
function changeText({ baseline, observed }: Sign): string {
  if (baseline <= 0) return `${shortNumber(observed)}/s`;
  const ratio = observed / baseline;
  if (ratio >= 2) return `× ${shortNumber(ratio)}`;
  return `${ratio < 1 ? '−' : '+'}${percentText(Math.abs(1 - ratio))}`;
}

function resourceWord(subject: string): string {
  return RESOURCES.find(([pattern]) => pattern.test(subject.toLowerCase()))?.[1] ?? lastWord(subject);
}

function lastWord(subject: string): string {
  const words = wordsOf(subject).filter((word) => !TAKEN.has(word) && !UNITS.has(word));
  return (words.at(-1) ?? subject).slice(0, 14);
}

function wordsOf(subject: string): readonly string[] {
  return subject
    .toLowerCase()
    .split(/[._\s-]+/)
    .filter(Boolean);
}

/** What units are called at the end of a metric's name, where the unit itself is not given. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['ms', 'ms'],
  ['milliseconds', 'ms'],
  ['s', 's'],
  ['sec', 's'],
  ['seconds', 's'],
  ['bytes', 'By'],
]);
/** Counts below this move by themselves. */
const FEW = 5;

/** `query 1.9 ms → 5.4 s`, `connections 6 → 16`, `cpu 33 → 11 %`. Times first: they are what people feel. */
function movedText(signs: readonly Sign[]): string {
  const moved = (test: (sign: Sign) => boolean): Sign | undefined =>
    strongest(signs, (sign) => (sign.kind === 'metric_shift_up' || sign.kind === 'metric_shift_down') && test(sign));
  const slower = moved(({ unit, subject, kind }) => kind === 'metric_shift_up' && isTime(unitOf(unit, subject)));
  const sign = slower ?? moved(isTelling);
  return sign ? fromTo(sign) : '';
}

function isTime(unit: string): boolean {
  return unit === 's' || unit === 'ms';
}

function isTelling({ unit, baseline, observed }: Sign): boolean {
  return !unit.startsWith('{') || Math.max(baseline, observed) >= FEW;
}

/** The unit of a value; a name that ends in one, or in `per_sec`, knows better than a guess. */
function unitOf(unit: string, subject: string): string {
  const words = wordsOf(subject);
  if (words.at(-2) === 'per') return '/s';
  return UNITS.get(words.at(-1) ?? '') ?? unit;
}

function manyOf(word: string): string {
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function fromTo({ baseline, observed, unit: given, subject }: Sign): string {
  const unit = unitOf(given, subject);
  const counted = /^\{(\w+)\}$/.exec(unit)?.[1];
  const what = /pending|waiting|queued/.test(subject)
    ? 'waiting'
    : counted === undefined
      ? resourceWord(subject.replace(/[._]per[._]\w+$/, ''))
      : manyOf(counted);
  if (unit === 's') return `${what} ${durationText(baseline * NS_PER_S)} → ${durationText(observed * NS_PER_S)}`;
  if (unit === 'ms') return `${what} ${latencyOf(baseline)} → ${latencyOf(observed)}`;
  if (unit === 'By') return `${what} ${bytesText(baseline)} → ${bytesText(observed)}`;
  if (unit === '1' && observed <= 1) return `${what} ${shortNumber(100 * baseline)} → ${percentText(observed)}`;
  return `${what} ${countText(baseline)} → ${countText(observed)}${unit === '/s' ? ' /s' : ''}`;
}
