/** Numbers, times and names as a person reads them in a report. UTC throughout. */
import { formatUnixNano, type UnixNano } from '../model/time.ts';
import type { FaultKind } from '../model/analysis-result.ts';

const THIN = '\u202f';
const DAY_NS = 86_400e9;

/** `14:03:10`, with the date in front when `withDate`. */
export function clock(time: UnixNano, withDate = false): string {
  const text = formatUnixNano(time);
  return withDate ? `${text.slice(0, 10)} ${text.slice(11, 19)}` : text.slice(11, 19);
}

/** `14:03:10 to 14:31:20`; the second has its date, too, where clocks alone would tell another length. */
export function clocks(from: UnixNano, to: UnixNano, withDate = false): string {
  const isLong = Number(to - from) >= DAY_NS;
  return `${clock(from, withDate || isLong)} to ${clock(to, isLong)}`;
}

/** `4.2 s`, `38 ms`, `29 min`, `3 h 10 min`, `5.3 d`. */
export function duration(ns: number): string {
  const seconds = ns / 1e9;
  if (seconds < 1e-3) return `${significant(ns / 1e3)}${THIN}µs`;
  if (seconds < 1) return `${significant(ns / 1e6)}${THIN}ms`;
  if (seconds < 120) return `${significant(seconds)}${THIN}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes}${THIN}min`;
  if (minutes >= 48 * 60) return `${significant(Math.round((ns / DAY_NS) * 10) / 10)}${THIN}d`;
  return `${Math.floor(minutes / 60)}${THIN}h ${minutes % 60}${THIN}min`;
}

/** Three significant digits, thousands grouped by a narrow space. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(size)));
  const text = size >= 1e12 || size < 1e-4 ? value.toExponential(2) : value.toFixed(Math.min(digits, 8));
  const [whole = '', fraction] = (text.includes('.') ? text.replace(/\.?0+$/, '') : text).split('.');
  const grouped = text.includes('e')
    ? text
    : whole.replace(/\B(?=(\d{3})+$)/g, THIN) + (fraction ? `.${fraction}` : '');
  return grouped.replace(/^-/, '−');
}

export function percent(ratio: number): string {
  return `${significant(Math.round(ratio * 1000) / 10)}${THIN}%`;
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${significant(value)}${THIN}${units[unit] ?? ''}`;
}

/** A hypothesis' share in words: likely from 0.6, possible 0.15 to 0.6, unlikely below. */
export function likelihoodWord(confidence: number): string {
  if (confidence >= 0.6) return 'likely';
  return confidence >= 0.15 ? 'possible' : 'unlikely';
}

/** `bad_deployment` → `bad deployment`. */
export function faultWords(kind: FaultKind): string {
  return kind === 'unknown' ? 'fault of unknown kind' : kind.replaceAll('_', ' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${significant(count)} ${count === 1 ? one : many}`;
}
