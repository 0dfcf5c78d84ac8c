/** Values in the sentences of findings and evidence, with the unit people say: `9 s`, `499 MB`, `44 %`. */
import { short } from '../sentences.ts';

const NS_PER: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9 };
/** What names end in when the exporter sends no unit. */
const UNIT_OF_WORD: Readonly<Record<string, string>> = {
  ms: 'ms',
  milliseconds: 'ms',
  seconds: 's',
  sec: 's',
  bytes: 'By',
};
const SHARE_NAME = /utili[sz]ation|(?:^|[._])ratio(?:$|[._])/i;
const LARGE: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
];

/** `name` tells the unit where none is given, and whether a plain number is a share. */
export function quantity(value: number, unit: string, name: string): string {
  const known = unitOf(unit, name);
  const measured = measuredIn(value, known);
  if (measured !== null) return measured;
  if (known === '1' && SHARE_NAME.test(name)) return `${short(100 * value)} %`;
  return plainNumber(value);
}

/** The same, but null where neither metadata nor name tell what is counted or measured. */
export function knownQuantity(value: number, unit: string, name: string): string | null {
  const known = unitOf(unit, name);
  const measured = measuredIn(value, known);
  if (measured !== null) return measured;
  // UCUM's annotations name what is counted: `{thread}`, `{request}/s`.
  const [, thing, per = ''] = /^\{([a-z_ ]{1,30})\}(\/(?:s|min|h))?$/i.exec(known) ?? [];
  if (thing === undefined) return null;
  const words = thing.replaceAll('_', ' ');
  return `${plainNumber(value)} ${words}${value === 1 || words.endsWith('s') ? '' : 's'}${per}`;
}

function measuredIn(value: number, unit: string): string | null {
  const nanoseconds = NS_PER[unit];
  if (nanoseconds !== undefined) return timeSpan(value * nanoseconds);
  if (unit === 'By') return scaled(value, 'B');
  if (unit === 'By/s') return `${scaled(value, 'B')}/s`;
  return unit === '%' ? `${short(value)} %` : null;
}
function plainNumber(value: number): string {
  return Math.abs(value) >= 1e6 ? scaled(value, '') : short(value);
}

/** `340 µs`, `41 ms`, `4.9 s`, `3 min`, `2.5 h`. */
export function timeSpan(nanoseconds: number): string {
  const size = Math.abs(nanoseconds);
  if (size === 0) return '0 s';
  if (size < 1e6) return `${short(nanoseconds / 1e3)} µs`;
  if (size < 1e9) return `${short(nanoseconds / 1e6)} ms`;
  if (size < 120e9) return `${short(nanoseconds / 1e9)} s`;
  if (size < 7_200e9) return `${Math.round(nanoseconds / 60e9)} min`;
  return `${short(nanoseconds / 3_600e9)} h`;
}

function unitOf(unit: string, name: string): string {
  const words = name.toLowerCase().split(/[._]/);
  // A rate is counted per second, not measured in seconds.
  if (words.at(-2) === 'per') return '';
  return unit === '' ? (UNIT_OF_WORD[words.at(-1) ?? ''] ?? '') : unit;
}

function scaled(value: number, unit: string): string {
  const steps = unit === '' ? LARGE : ([...LARGE, [1e3, 'k']] as const);
  const [scale, prefix] = steps.find(([limit]) => Math.abs(value) >= limit) ?? [1, ''];
  return `${short(value / scale)}${unit === '' && prefix === '' ? '' : ` ${prefix}${unit}`}`;
}
