/** Numbers on axes and in titles, by what they count. Units are UCUM codes as OpenTelemetry writes them, plus our own few. */
import { bytesText, countText, durationText, percentText, shortNumber } from '../stores/time-format.ts';

/** `ratio` is 0-1; `perSecond` a rate; anything else a UCUM code, '' = a bare number. */
export type ValueUnit = 'count' | 'perSecond' | 'ratio' | 'ms' | (string & {});

const NS_OF: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9, d: 86400e9 };
const BYTES_OF: Readonly<Record<string, number>> = {
  By: 1,
  KiBy: 1024,
  MiBy: 1024 ** 2,
  GiBy: 1024 ** 3,
  kBy: 1e3,
  MBy: 1e6,
  GBy: 1e9,
};
const NARROW_BLANK = '\u202f';

/** `4.9 s`, `14 %`, `168 /s`, `412 MB`; `–` where there is no value. */
export function valueText(value: number, unit: ValueUnit): string {
  if (!Number.isFinite(value)) return '–';
  const ns = NS_OF[unit];
  if (ns !== undefined)
    return value === 0 ? `0${NARROW_BLANK}${unit === 'ns' ? 'ns' : 'ms'}` : durationText(value * ns);
  const bytes = BYTES_OF[unit];
  if (bytes !== undefined) return bytesText(value * bytes);
  if (unit === 'ratio') return percentText(value);
  if (unit === '%') return `${plainText(value)}${NARROW_BLANK}%`;
  if (unit === 'perSecond') return `${plainText(value)}${NARROW_BLANK}/s`;
  if (unit === 'By/s') return `${bytesText(value)}/s`;
  const annotation = /^\{(\w{1,12})\}$/.exec(unit)?.[1];
  if (annotation === 'cpu') return `${plainText(value)}${NARROW_BLANK}cores`;
  return plainText(value);
}

/** Numbers that have no unit of their own: short, with k, M, G. */
export function plainText(value: number): string {
  return Math.abs(value) >= 1e4 ? countText(value) : shortNumber(value);
}
