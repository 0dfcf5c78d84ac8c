/** Numbers and times as table cells write them. */
import type { UnixNano } from '../../model/time.ts';
import { TimeScanner } from '../time-scanner.ts';
import { timeOfNumber } from '../time-value.ts';

const MISSING = new Set(['', 'nan', 'null', 'none', 'n/a', 'na', '-', '--', 'nil', 'undefined', '#n/a']);

/** undefined = not a number; NaN = the cell says that there is none. */
export function numberOfCell(cell: string, hasDecimalComma: boolean): number | undefined {
  const text = cell.trim();
  if (text === '') return Number.NaN;
  const code = text.charCodeAt(0);
  const isPlain = (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 43;
  if (!isPlain) {
    const lower = text.toLowerCase();
    if (MISSING.has(lower)) return Number.NaN;
    if (lower === 'inf' || lower === '+inf' || lower === 'infinity') return Number.POSITIVE_INFINITY;
    return lower === 'true' ? 1 : lower === 'false' ? 0 : undefined;
  }
  let number = Number(hasDecimalComma ? text.replace(/\.(?=\d{3}\b)/g, '').replace(',', '.') : text);
  if (!Number.isNaN(number)) return number;
  if (MISSING.has(text)) return Number.NaN;
  // 1,234.5 and 12.5 %
  number = Number(
    text
      .replace(/%$/, '')
      .replace(/(?<=\d),(?=\d{3}\b)/g, '')
      .trim(),
  );
  return Number.isNaN(number) ? undefined : number;
}

export type TimeUnit = 'auto' | 's' | 'ms' | 'us' | 'ns' | 'excel';
export const TIME_UNITS: readonly TimeUnit[] = ['auto', 's', 'ms', 'us', 'ns', 'excel'];
const UNIT_NS: Readonly<Record<string, number>> = { s: 1e9, ms: 1e6, us: 1e3, ns: 1 };
/** Excel counts days from here (its 1900 leap-year error included): 25569 days before 1970. */
const EXCEL_EPOCH_DAYS = 25_569;

/** Reads the time column of one file. */
export class CellTimeReader {
  readonly #scanner: TimeScanner;
  readonly #unit: TimeUnit;
  readonly #zoneMinutes: number;
  hasZone = true;

  constructor(unit: TimeUnit, zoneMinutes: number, isDayFirst: boolean, reference: UnixNano | undefined) {
    this.#scanner = new TimeScanner({ zoneMinutes, isDayFirst, reference });
    this.#unit = unit;
    this.#zoneMinutes = zoneMinutes;
  }

  read(cell: string): UnixNano | undefined {
    const text = cell.trim();
    if (text === '') return undefined;
    if (/^[-+]?\d+(?:[.,]\d+)?(?:[eE]\+?\d+)?$/.test(text)) return this.#number(text.replace(',', '.'));
    const padded = /^\d{4}-\d\d?-\d\d?$/.test(text) ? `${text} 00:00:00` : text;
    if (!this.#scanner.scan(padded, 0) || this.#scanner.shape === 'time-only') return undefined;
    if (!this.#scanner.hasZone) this.hasZone = false;
    return this.#scanner.unixNano();
  }

  #number(text: string): UnixNano | undefined {
    const value = Number(text);
    if (this.#unit === 'excel') return this.#excel(value);
    if (this.#unit === 'auto') {
      if (value > 20_000 && value < 80_000) return this.#excel(value);
      // 20240102030405 is a date, not a number of milliseconds.
      if (/^(?:19|20)\d{12}$/.test(text) && this.#scanner.scan(text, 0)) return this.#scanner.unixNano();
      return /^\d{16,19}$/.test(text) && this.#scanner.scan(text, 0) ? this.#scanner.unixNano() : timeOfNumber(value);
    }
    const unitNs = UNIT_NS[this.#unit] ?? 1e9;
    if (/^\d+$/.test(text)) return (BigInt(text) * BigInt(unitNs)) as UnixNano;
    const whole = Math.floor(value);
    return (BigInt(whole) * BigInt(unitNs) + BigInt(Math.round((value - whole) * unitNs))) as UnixNano;
  }

  #excel(days: number): UnixNano {
    const ms = Math.round((days - EXCEL_EPOCH_DAYS) * 86_400_000) - this.#zoneMinutes * 60_000;
    this.hasZone = false;
    return (BigInt(ms) * 1_000_000n) as UnixNano;
  }
}
