/** Digits and letters at a position of a text, by character code and without allocation. Pure. */
export const DIGIT_0 = 48;
export const DIGIT_9 = 57;
const UNDERSCORE = 95;

export function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

export function isWordCode(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === UNDERSCORE;
}

export function digitsEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

/** End of one or two digits. */
export function shortDigits(text: string, at: number): number {
  const end = digitsEnd(text, at);
  return end - at > 2 ? at : end;
}

export function lettersEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isLetter(text.charCodeAt(end))) end += 1;
  return end;
}

export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

export function numberAt(text: string, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i += 1) value = value * 10 + text.charCodeAt(i) - DIGIT_0;
  return value;
}

export function fractionNanos(text: string, at: number, end: number): number {
  let value = 0;
  const stop = Math.min(end, at + 9);
  for (let i = at; i < stop; i += 1) value = value * 10 + text.charCodeAt(i) - DIGIT_0;
  for (let i = stop; i < at + 9; i += 1) value *= 10;
  return value;
}
