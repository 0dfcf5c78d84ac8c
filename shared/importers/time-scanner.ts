/**
 * Reads a time stamp at a position of a text, in the shapes that logs and tables really use (more than forty, listed at
 * `scan`). Hand-written over character codes and free of allocation: the result is left in the fields of the scanner,
 * which belongs to one reader. Pure: the year of a year-less stamp comes from a reference time that is passed in.
 */
import type { UnixNano } from '../model/time.ts';
import { DAYS_OF_MONTH, SECONDS_PER_DAY, ZONE_MINUTES, daysFromCivil, monthAt, yearOfDays } from './calendar.ts';
import {
  DIGIT_0,
  DIGIT_9,
  digitsEnd,
  fractionNanos,
  isDigit,
  isWordCode,
  lettersEnd,
  numberAt,
  shortDigits,
} from './digit-text.ts';

export interface TimeScannerOptions {
  /** End of the file's time, normally its modification time, for stamps without year or day. */
  readonly reference?: UnixNano | undefined;
  /** Minutes east of UTC for stamps without a zone. */
  readonly zoneMinutes?: number;
  /** True when `03/04/2024` is the third of April. */
  readonly isDayFirst?: boolean;
}

const BLANK = 32;
const COLON = 58;
const DOT = 46;
const COMMA = 44;
const MINUS = 45;
const PLUS = 43;
const SLASH = 47;
const UNDERSCORE = 95;
/** Epoch numbers are believed between 1990 and 2100. */
const MIN_EPOCH_SECONDS = 631_152_000;
const MAX_EPOCH_SECONDS = 4_102_444_800;
const WEEKDAYS = 'monsatsunthutuewedfri';

export class TimeScanner {
  /** Where the stamp ended. */
  end = 0;
  /** Whole seconds since the Unix epoch. */
  epochSeconds = 0;
  /** 0 to 999,999,999. */
  nanos = 0;
  /** False when the year (or the day) was taken from the reference. */
  isComplete = false;
  /** False when the stamp named no zone. */
  hasZone = false;
  /** Family of the stamp, to tell which shape a file uses. */
  shape = '';
  /** Set when a `1/2/2024` stamp could be read both ways. */
  isDayMonthAmbiguous = false;

  private readonly referenceSeconds: number;
  private readonly zoneMinutes: number;
  private isDayFirst: boolean;
  private year = 0;
  private month = 0;
  private day = 0;
  private secondOfDay = 0;
  private offsetMinutes = 0;
  private lastSeconds = Number.NaN;
  private lastSecondsNano = 0n;

  constructor(options: TimeScannerOptions = {}) {
    this.referenceSeconds = options.reference === undefined ? Number.NaN : Number(options.reference / 1_000_000_000n);
    this.zoneMinutes = options.zoneMinutes ?? 0;
    this.isDayFirst = options.isDayFirst ?? false;
  }

  /** The last scanned time. */
  unixNano(): UnixNano {
    if (this.epochSeconds !== this.lastSeconds) {
      this.lastSeconds = this.epochSeconds;
      this.lastSecondsNano = BigInt(this.epochSeconds) * 1_000_000_000n;
    }
    return (this.nanos === 0 ? this.lastSecondsNano : this.lastSecondsNano + BigInt(this.nanos)) as UnixNano;
  }

  setDayFirst(isDayFirst: boolean): void {
    this.isDayFirst = isDayFirst;
  }

  /**
   * True when a stamp begins at `at`. Families: ISO 8601 and its spellings with `-`, `/`, `.` and with blank, `T`, `_`,
   * `-`, `:` before the time; compact `20240102T030405`, `20240102 03:04:05`, `240102 030405`; epoch s, ms, µs, ns with
   * or without fraction; `Jan  2 03:04:05` with year nowhere, behind the day or behind the time; `Mon Jan 2 …`,
   * `Mon, 02 Jan 2024 …`; `02/Jan/2024:03:04:05`, `02-Jan-2024 …`, `2 Jan 2024 …`, `2024 Jan 2 …`; `01/02/2024 …`,
   * `24/01/02 …`, `02.01.2024 …`; `01-02 03:04:05`, `01.02 …`; `03:04:05` alone. Times may have a fraction behind `.`,
   * `,` or `:`, AM or PM, and a zone as offset or name.
   */
  scan(text: string, at: number): boolean {
    const code = text.charCodeAt(at);
    this.hasZone = false;
    this.isComplete = true;
    this.offsetMinutes = this.zoneMinutes;
    this.nanos = 0;
    if (code >= DIGIT_0 && code <= DIGIT_9) return this.scanDigits(text, at);
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return this.scanName(text, at);
    return false;
  }

  private scanDigits(text: string, at: number): boolean {
    let end = at + 1;
    while (end < text.length && end - at < 21 && isDigit(text.charCodeAt(end))) end += 1;
    const next = text.charCodeAt(end);
    switch (end - at) {
      case 1:
      case 2:
        return this.scanShortNumber(text, at, end, next);
      case 4:
        return this.scanYear(text, at, end, next);
      case 6:
        return next === BLANK && this.scanTwoDigitYear(text, at, end);
      case 8:
        return this.scanCompactDate(text, at, end, next);
      case 10:
      case 13:
      case 16:
      case 19:
        return this.scanEpoch(text, at, end);
      case 14:
        return this.scanCompactDateTime(text, at, end);
      default:
        return false;
    }
  }

  private scanYear(text: string, at: number, end: number, separator: number): boolean {
    this.year = numberAt(text, at, end);
    if (this.year < 1970 || this.year > 2100) return false;
    if (separator === BLANK) {
      this.shape = 'year-name';
      return this.scanMonthName(text, end + 1, BLANK) && this.finish(text, this.end, true);
    }
    if (separator !== MINUS && separator !== SLASH && separator !== DOT) return false;
    const monthEnd = shortDigits(text, end + 1);
    if (text.charCodeAt(monthEnd) !== separator) return false;
    const dayEnd = shortDigits(text, monthEnd + 1);
    this.month = numberAt(text, end + 1, monthEnd);
    this.day = numberAt(text, monthEnd + 1, dayEnd);
    this.shape = 'iso';
    const between = text.charCodeAt(dayEnd);
    // T t blank _ - : are what tools write between date and time.
    const isKnown =
      between === 84 ||
      between === 116 ||
      between === BLANK ||
      between === UNDERSCORE ||
      between === MINUS ||
      between === COLON;
    return isKnown && this.finish(text, dayEnd + 1, true);
  }

  private scanCompactDate(text: string, at: number, end: number, next: number): boolean {
    if (next !== 84 && next !== BLANK && next !== MINUS && next !== UNDERSCORE) return false;
    this.year = numberAt(text, at, at + 4);
    this.month = numberAt(text, at + 4, at + 6);
    this.day = numberAt(text, at + 6, end);
    this.shape = 'compact';
    return this.year >= 1970 && this.year <= 2100 && this.finish(text, end + 1, true);
  }

  private scanCompactDateTime(text: string, at: number, end: number): boolean {
    this.year = numberAt(text, at, at + 4);
    this.month = numberAt(text, at + 4, at + 6);
    this.day = numberAt(text, at + 6, at + 8);
    this.shape = 'compact';
    return this.year >= 1970 && this.year <= 2100 && this.finish(text, end - 6, true);
  }

  private scanTwoDigitYear(text: string, at: number, end: number): boolean {
    this.year = 2000 + numberAt(text, at, at + 2);
    this.month = numberAt(text, at + 2, at + 4);
    this.day = numberAt(text, at + 4, end);
    this.shape = 'compact-short';
    return this.finish(text, text.charCodeAt(end + 1) === BLANK ? end + 2 : end + 1, true);
  }

  private scanEpoch(text: string, at: number, end: number): boolean {
    const fractionDigits = end - at - 10;
    const seconds = numberAt(text, at, at + 10);
    if (seconds < MIN_EPOCH_SECONDS || seconds > MAX_EPOCH_SECONDS) return false;
    let nanos = fractionDigits === 0 ? 0 : numberAt(text, at + 10, end) * 10 ** (9 - fractionDigits);
    this.end = end;
    if (text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1))) {
      const stop = digitsEnd(text, end + 1);
      if (fractionDigits === 0) nanos = fractionNanos(text, end + 1, stop);
      this.end = stop;
    }
    const next = text.charCodeAt(this.end);
    if ((next >= 65 && next <= 90) || (next >= 97 && next <= 122) || next === MINUS || next === UNDERSCORE)
      return false;
    this.epochSeconds = seconds;
    this.nanos = nanos;
    this.hasZone = true;
    this.shape = 'epoch';
    return true;
  }

  /** `2/Jan/2024:…`, `01/02/2024 …`, `02-Jan-2024 …`, `01-02 03:…`, `02.01.2024 …`, `2 Jan 2024 …`, `03:04:05`. */
  private scanShortNumber(text: string, at: number, end: number, separator: number): boolean {
    const first = numberAt(text, at, end);
    if (separator === COLON) return this.scanTimeOnly(text, at);
    if (separator !== SLASH && separator !== MINUS && separator !== DOT && separator !== BLANK) return false;
    const code = text.charCodeAt(end + 1);
    if (!isDigit(code)) {
      this.day = first;
      this.shape = 'day-name';
      return this.scanNameAndYear(text, end + 1, separator);
    }
    if (separator === BLANK) return false;
    const secondEnd = shortDigits(text, end + 1);
    const second = numberAt(text, end + 1, secondEnd);
    const after = text.charCodeAt(secondEnd);
    if (after === separator) return this.scanNumericDate(text, first, second, secondEnd + 1, separator);
    if (after !== BLANK || separator === SLASH) return false;
    this.month = first;
    this.day = second;
    this.shape = 'month-day';
    return this.finish(text, secondEnd + 1, false);
  }

  private scanNumericDate(text: string, first: number, second: number, at: number, separator: number): boolean {
    const end = digitsEnd(text, at);
    const third = numberAt(text, at, end);
    const next = text.charCodeAt(end);
    if (next !== BLANK && next !== 84 && next !== COMMA && next !== COLON) return false;
    const timeAt = next === COMMA && text.charCodeAt(end + 1) === BLANK ? end + 2 : end + 1;
    if (end - at === 4) {
      const isDayFirst = separator === DOT || first > 12 || (this.isDayFirst && second <= 12);
      this.isDayMonthAmbiguous = separator !== DOT && first <= 12 && second <= 12;
      this.year = third;
      this.day = isDayFirst ? first : second;
      this.month = isDayFirst ? second : first;
      this.shape = 'numeric-date';
    } else if (end - at === 2) {
      // `17/06/09 20:10:40`: the year comes first in what log4j and Hadoop write, last in what spreadsheets write.
      const isYearLast =
        third > 31 || (first <= 12 && second > 12) || (separator === DOT && second <= 12 && first <= 31);
      this.year = 2000 + (isYearLast ? third : first);
      this.month = isYearLast && separator !== DOT ? first : second;
      this.day = isYearLast ? (separator === DOT ? first : second) : third;
      this.shape = 'numeric-date-short';
    } else return false;
    return this.year >= 1970 && this.year <= 2100 && this.finish(text, timeAt, true);
  }

  private scanNameAndYear(text: string, at: number, separator: number): boolean {
    const month = monthAt(text, at);
    if (month === 0) return false;
    this.month = month;
    const nameEnd = lettersEnd(text, at);
    if (text.charCodeAt(nameEnd) !== separator) return false;
    const yearEnd = digitsEnd(text, nameEnd + 1);
    const digits = yearEnd - nameEnd - 1;
    if (digits !== 4 && digits !== 2) {
      return false;
    }
    const next = text.charCodeAt(yearEnd);
    if (digits === 2 && next === COLON) {
      // `2 Jan 03:04:05`: what followed was the hour.
      this.shape = 'day-name-yearless';
      return this.finish(text, nameEnd + 1, false);
    }
    this.year = numberAt(text, nameEnd + 1, yearEnd) + (digits === 2 ? 2000 : 0);
    if (next !== BLANK && next !== COLON && next !== 84 && next !== COMMA && next !== MINUS) return false;
    return this.finish(text, next === COMMA ? yearEnd + 2 : yearEnd + 1, true);
  }

  /** `Jan  2 03:04:05 …` and what has a weekday in front of it. */
  private scanName(text: string, at: number): boolean {
    if (monthAt(text, at) > 0) {
      this.shape = 'month-name';
      return this.scanMonthFirst(text, at);
    }
    const start = WEEKDAYS.indexOf(text.slice(at, at + 3).toLowerCase());
    if (start < 0 || start % 3 !== 0) return false;
    let next = lettersEnd(text, at);
    if (text.charCodeAt(next) === COMMA) next += 1;
    if (text.charCodeAt(next) !== BLANK) return false;
    while (text.charCodeAt(next) === BLANK) next += 1;
    if (monthAt(text, next) > 0) {
      this.shape = 'weekday-month';
      return this.scanMonthFirst(text, next);
    }
    const dayEnd = shortDigits(text, next);
    const separator = text.charCodeAt(dayEnd);
    if (dayEnd === next || (separator !== BLANK && separator !== MINUS)) return false;
    this.day = numberAt(text, next, dayEnd);
    this.shape = 'weekday-day';
    return this.scanNameAndYear(text, dayEnd + 1, separator);
  }

  private scanMonthFirst(text: string, at: number): boolean {
    if (!this.scanMonthName(text, at, BLANK)) return false;
    // `Jan 2 2024 03:…`, `Jan 2, 2024 3:…`; else the time follows, and perhaps the year behind it.
    const yearEnd = digitsEnd(text, this.end);
    if (yearEnd - this.end === 4) {
      this.year = numberAt(text, this.end, yearEnd);
      let next = yearEnd;
      if (text.charCodeAt(next) === COMMA) next += 1;
      while (text.charCodeAt(next) === BLANK) next += 1;
      if (text.startsWith('at ', next)) next += 3;
      return this.year >= 1970 && this.year <= 2100 && this.finish(text, next, true);
    }
    return this.finish(text, this.end, false);
  }

  /** `Jan  2` or `January 2,`: leaves the position behind the blanks in `end`. */
  private scanMonthName(text: string, at: number, separator: number): boolean {
    this.month = monthAt(text, at);
    if (this.month === 0) return false;
    let next = lettersEnd(text, at);
    if (text.charCodeAt(next) !== separator) return false;
    while (text.charCodeAt(next) === separator) next += 1;
    const dayEnd = shortDigits(text, next);
    if (dayEnd === next) return false;
    this.day = numberAt(text, next, dayEnd);
    next = dayEnd;
    if (text.charCodeAt(next) === COMMA) next += 1;
    if (text.charCodeAt(next) !== BLANK) return false;
    while (text.charCodeAt(next) === BLANK) next += 1;
    this.end = next;
    return true;
  }

  private scanTimeOnly(text: string, at: number): boolean {
    this.shape = 'time-only';
    if (!this.scanClock(text, at, false)) return false;
    this.isComplete = false;
    const reference = Number.isNaN(this.referenceSeconds) ? 0 : this.referenceSeconds;
    const day = Math.floor((reference + this.offsetMinutes * 60) / SECONDS_PER_DAY);
    this.epochSeconds = day * SECONDS_PER_DAY + this.secondOfDay - this.offsetMinutes * 60;
    // A file written just after midnight ends on the day after its first lines.
    if (!Number.isNaN(this.referenceSeconds) && this.epochSeconds > this.referenceSeconds + 3_600)
      this.epochSeconds -= SECONDS_PER_DAY;
    return true;
  }

  private finish(text: string, at: number, hasYear: boolean): boolean {
    if (this.month < 1 || this.month > 12 || this.day < 1 || this.day > (DAYS_OF_MONTH[this.month - 1] ?? 0))
      return false;
    if (!this.scanClock(text, at, true)) return false;
    let isYearKnown = hasYear;
    if (!hasYear) isYearKnown = this.scanTrailingYear(text);
    if (!isYearKnown) {
      this.isComplete = false;
      this.year = this.yearFromReference();
    }
    if (this.day === 29 && this.month === 2 && daysFromCivil(this.year, 3, 1) - daysFromCivil(this.year, 2, 1) !== 29) {
      if (isYearKnown) return false;
      this.year -= 1;
      while (daysFromCivil(this.year, 3, 1) - daysFromCivil(this.year, 2, 1) !== 29) this.year -= 1;
    }
    this.epochSeconds =
      daysFromCivil(this.year, this.month, this.day) * SECONDS_PER_DAY + this.secondOfDay - this.offsetMinutes * 60;
    return true;
  }

  /** `… 03:04:05 2024` and `… 03:04:05 UTC 2024`. */
  private scanTrailingYear(text: string): boolean {
    if (text.charCodeAt(this.end) !== BLANK) return false;
    const stop = digitsEnd(text, this.end + 1);
    if (stop - this.end !== 5) return false;
    const next = text.charCodeAt(stop);
    if (next === DOT || next === COLON || next === MINUS) return false;
    const year = numberAt(text, this.end + 1, stop);
    if (year < 1970 || year > 2100) return false;
    this.year = year;
    this.end = stop;
    return true;
  }

  /** The year that puts the stamp last before the reference, so that a file over New Year gets both years. */
  private yearFromReference(): number {
    if (Number.isNaN(this.referenceSeconds)) return 1970;
    const latest = this.referenceSeconds + SECONDS_PER_DAY;
    const year = yearOfDays(Math.floor(latest / SECONDS_PER_DAY));
    const seconds = daysFromCivil(year, this.month, this.day) * SECONDS_PER_DAY + this.secondOfDay;
    return seconds > latest ? year - 1 : year;
  }

  /** `03:04:05.678 PM +01:00`; `030405`; with a date before it also `03:04` and `03.04.05`. */
  private scanClock(text: string, at: number, hasDate: boolean): boolean {
    const hourEnd = digitsEnd(text, at);
    let hour: number;
    let minute: number;
    let second = 0;
    let next: number;
    if (hourEnd - at === 6 && hasDate) {
      hour = numberAt(text, at, at + 2);
      minute = numberAt(text, at + 2, at + 4);
      second = numberAt(text, at + 4, hourEnd);
      next = hourEnd;
    } else {
      const separator = text.charCodeAt(hourEnd);
      if (hourEnd === at || hourEnd - at > 2 || !(separator === COLON || (separator === DOT && hasDate))) return false;
      hour = numberAt(text, at, hourEnd);
      next = hourEnd + 3;
      if (digitsEnd(text, hourEnd + 1) !== next) return false;
      minute = numberAt(text, hourEnd + 1, next);
      if (text.charCodeAt(next) === separator && digitsEnd(text, next + 1) === next + 3) {
        second = numberAt(text, next + 1, next + 3);
        next += 3;
      } else if (!hasDate || separator === DOT) return false;
    }
    next = this.scanFraction(text, next);
    next = this.scanHalfDay(text, next, hour);
    if (this.halfDayHour >= 0) hour = this.halfDayHour;
    if (hour > 23 || minute > 59 || second > 60) return false;
    this.secondOfDay = hour * 3_600 + minute * 60 + second;
    this.end = this.scanZone(text, next);
    return true;
  }

  private halfDayHour = -1;

  private scanHalfDay(text: string, at: number, hour: number): number {
    this.halfDayHour = -1;
    const start = text.charCodeAt(at) === BLANK ? at + 1 : at;
    const half = text.charCodeAt(start) | 32;
    if ((half !== 97 && half !== 112) || (text.charCodeAt(start + 1) | 32) !== 109) return at;
    if (isWordCode(text.charCodeAt(start + 2)) || hour < 1 || hour > 12) return at;
    this.halfDayHour = (hour % 12) + (half === 112 ? 12 : 0);
    return start + 2;
  }

  private scanFraction(text: string, at: number): number {
    const mark = text.charCodeAt(at);
    if (mark !== DOT && mark !== COMMA && mark !== COLON) return at;
    const stop = digitsEnd(text, at + 1);
    if (stop === at + 1) return at;
    this.nanos = fractionNanos(text, at + 1, stop);
    return stop;
  }

  private scanZone(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if ((code === 90 || code === 122) && !isWordCode(text.charCodeAt(at + 1))) {
      this.hasZone = true;
      this.offsetMinutes = 0;
      return at + 1;
    }
    const start = code === BLANK ? at + 1 : at;
    const sign = text.charCodeAt(start);
    if (sign === PLUS || sign === MINUS) return this.scanOffset(text, start, sign, at);
    if (sign < 65 || sign > 90) return at;
    const stop = lettersEnd(text, start);
    if (stop - start < 3 || stop - start > 4 || isWordCode(text.charCodeAt(stop))) return at;
    const offset = ZONE_MINUTES.get(text.slice(start, stop));
    if (offset === undefined) return at;
    this.hasZone = true;
    this.offsetMinutes = offset;
    return stop;
  }

  private scanOffset(text: string, start: number, sign: number, at: number): number {
    let stop = digitsEnd(text, start + 1);
    const digits = stop - start - 1;
    let minutes: number;
    if (digits === 4) minutes = numberAt(text, start + 1, start + 3) * 60 + numberAt(text, start + 3, stop);
    else if (digits === 2 && text.charCodeAt(stop) === COLON && digitsEnd(text, stop + 1) === stop + 3) {
      minutes = numberAt(text, start + 1, stop) * 60 + numberAt(text, stop + 1, stop + 3);
      stop += 3;
    } else if (digits === 2 && start === at) minutes = numberAt(text, start + 1, stop) * 60;
    else return at;
    if (minutes > 14 * 60 || isWordCode(text.charCodeAt(stop))) return at;
    this.hasZone = true;
    this.offsetMinutes = sign === MINUS ? -minutes : minutes;
    return stop;
  }
}
