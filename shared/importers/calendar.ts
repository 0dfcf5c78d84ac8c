/** The calendar that time stamps are written in: days, months and names of zones. Pure. */
import { isLetter } from './digit-text.ts';

export const SECONDS_PER_DAY = 86_400;
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
export const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Minutes east of UTC by name: names that mean one offset wherever they are written (CST and IST do not, and are read as their American use or not). */
export const ZONE_MINUTES: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['WET', 0],
  ['CET', 60],
  ['BST', 60],
  ['WEST', 60],
  ['CEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['JST', 540],
  ['KST', 540],
  ['AEST', 600],
  ['AEDT', 660],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
]);

/** Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The year a day count falls into. */
export function yearOfDays(days: number): number {
  let year = 1970 + Math.floor(days / 365.2425);
  while (daysFromCivil(year + 1, 1, 1) <= days) year += 1;
  while (daysFromCivil(year, 1, 1) > days) year -= 1;
  return year;
}

/** 1 to 12 when an English month name (short or long) begins here, else 0. */
export function monthAt(text: string, at: number): number {
  if (!isLetter(text.charCodeAt(at)) || !isLetter(text.charCodeAt(at + 2))) return 0;
  const index = MONTHS.indexOf(text.slice(at, at + 3).toLowerCase());
  return index >= 0 && index % 3 === 0 ? index / 3 + 1 : 0;
}
