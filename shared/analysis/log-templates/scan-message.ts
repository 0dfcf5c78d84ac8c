/**
 * Splits a log message into tokens and decides from each token's shape whether it is a constant or a variable. One pass
 * of hand-written character tests, no regular expression on the hot path, no allocation: tokens land in reusable typed
 * arrays. Rules and their order follow methods.md §1; what they know about is the shape of values, never a system.
 */

/** What a token is. `unit` is a byte or time unit behind a number, folded into the number for the key. */
export const TOKEN = { word: 0, variable: 1, unit: 2 } as const;

/** Characters looked at; a longer message keeps the template of its beginning. */
export const MAX_SCANNED_CHARS = 2_048;
const MAX_TOKENS = 512;

const BLANK = 1;
const DELIMITER = 2;
const LETTER = 3;
const DIGIT = 4;
/** `. _ - / ~ % $ * + \ ^` and the like: inside a token, but no letter. */
const SYMBOL = 5;

const CLASS = new Uint8Array(128).fill(SYMBOL);
for (let c = 0; c <= 32; c += 1) CLASS[c] = BLANK;
CLASS[127] = BLANK;
for (const c of '=,;:|"\'()[]{}<>!?#&@`') CLASS[c.charCodeAt(0)] = DELIMITER;
for (let c = 48; c <= 57; c += 1) CLASS[c] = DIGIT;
for (let c = 65; c <= 90; c += 1) CLASS[c] = CLASS[c + 32] = LETTER;

const MONTHS = new Set(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);
const WEEKDAYS = new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
const UNITS = new Set(
  'B KB MB GB TB kB KiB MiB GiB TiB bytes ns us ms s sec secs seconds min minutes AM PM'.split(' '),
);
const EMPTY_VALUES = new Set(['null', 'nil', 'none', 'None', 'undefined', 'NaN']);
export const STATE_WORDS: ReadonlySet<string> = new Set(
  (
    'true false null on off up down begin end start stop enabled disabled ok failed yes no started stopped success ' +
    'failure open closed opened available unavailable connected disconnected ready'
  ).split(' '),
);
/** Pairs from which on every value counts as a variable. */
const MANY_PAIRS = 4;

export class MessageScan {
  text = '';
  count = 0;
  readonly start = new Int32Array(MAX_TOKENS);
  readonly end = new Int32Array(MAX_TOKENS);
  /** TOKEN */
  readonly kind = new Uint8Array(MAX_TOKENS);
  /** Where scanning stopped; text behind it is not part of the template. */
  scannedEnd = 0;

  /** Reads `text` from `from` to `to`. Cost: linear in the characters, about 5 ns each. */
  scan(text: string, from = 0, to = text.length): void {
    this.text = text;
    this.count = 0;
    const limit = Math.min(to, from + MAX_SCANNED_CHARS);
    this.scannedEnd = limit;
    let at = from;
    while (at < limit) {
      const c = classAt(text, at);
      if (c === BLANK) {
        at += 1;
      } else if (c === DELIMITER) {
        if (text.charCodeAt(at) === 60 && text.startsWith('<*>', at)) at = this.#push(at, at + 3, TOKEN.variable);
        else if (text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) === 58) at = this.#colonHex(at, limit, at + 1);
        else at += 1;
      } else if (this.count === MAX_TOKENS) {
        this.scannedEnd = at;
        break;
      } else {
        at = this.#token(at, limit);
      }
    }
    this.#foldDatesAndUnits();
    this.#applyPairs();
  }

  #push(start: number, end: number, kind: number): number {
    if (this.count < MAX_TOKENS) {
      this.start[this.count] = start;
      this.end[this.count] = end;
      this.kind[this.count] = kind;
      this.count += 1;
    }
    return end;
  }

  #token(start: number, limit: number): number {
    const text = this.text;
    let letters = 0;
    let digits = 0;
    let slashes = 0;
    let isHex = true;
    let end = start;
    for (; end < limit; end += 1) {
      const code = text.charCodeAt(end);
      const c = code < 128 ? (CLASS[code] ?? SYMBOL) : LETTER;
      if (c < LETTER) break;
      if (c === DIGIT) digits += 1;
      else if (c === LETTER) {
        letters += 1;
        if (isHex && ((code | 32) > 102 || code > 127)) isHex = false;
      } else {
        isHex = false;
        if (code === 47) slashes += 1;
      }
    }
    const next = end < limit ? text.charCodeAt(end) : 0;
    if (letters + digits === 0) return slashes >= 2 ? this.#push(start, end, TOKEN.variable) : end;
    if (next === 58) {
      // ':' may belong to an address, a path or a link that a plain split would tear apart.
      if (isHex && end - start <= 4) {
        const after = this.#colonHex(start, limit, -1);
        if (after >= 0) return after;
      }
      const after = text.charCodeAt(end + 1);
      if (after === 47 && text.charCodeAt(end + 2) === 47 && letters > 0) return this.#address(start, end + 3, limit);
      if (after === 92 && letters === 1 && end - start === 1) return this.#address(start, end + 2, limit);
    }
    const first = text.charCodeAt(start);
    const isRooted = first === 47 || ((first === 46 || first === 126) && slashes > 0);
    if (isRooted && slashes >= 2) {
      return next === 63 ? this.#address(start, end, limit) : this.#push(start, end, TOKEN.variable);
    }
    return this.#push(start, end, this.#kindByShape(start, end, letters, digits, isHex));
  }

  #kindByShape(start: number, end: number, letters: number, digits: number, isHex: boolean): number {
    const before = start > 0 ? this.text.charCodeAt(start - 1) : 0;
    if (digits > 0) {
      // `eth0`, `IPv4`, `alt0`: a name rather than a number, until many of them are seen at one place.
      const isName = digits === 1 && letters >= 2 && !(isHex && end - start >= 6);
      return isName ? TOKEN.word : TOKEN.variable;
    }
    const isValue = before === 61 || before === 64;
    return isValue && isHex && end - start >= 8 ? TOKEN.variable : TOKEN.word;
  }

  /** A link or path up to a blank, quote or closing bracket. */
  #address(start: number, from: number, limit: number): number {
    let end = from;
    for (; end < limit; end += 1) {
      const code = this.text.charCodeAt(end);
      if (code <= 32 || code === 34 || code === 39 || code === 96 || code === 60 || code === 62) break;
      if (code === 41 || code === 93 || code === 125 || code === 124 || code === 44 || code === 59) break;
    }
    return this.#push(start, end, TOKEN.variable);
  }

  /**
   * IPv6 addresses, MAC addresses and clock times: groups of up to four hex digits joined by ':'. Needs two colons and a
   * digit, so that `a::b` (a scope) stays two words. Returns `otherwise` when it is none of them.
   */
  #colonHex(start: number, limit: number, otherwise: number): number {
    let colons = 0;
    let group = 0;
    let digits = 0;
    let end = start;
    for (; end < limit; end += 1) {
      const code = this.text.charCodeAt(end);
      if (code === 58) {
        colons += 1;
        group = 0;
        continue;
      }
      const isDigit = code >= 48 && code <= 57;
      const lower = code | 32;
      if (!isDigit && !(lower >= 97 && lower <= 102)) break;
      if (isDigit) digits += 1;
      group += 1;
      if (group > 4) return otherwise;
    }
    if (end > start && this.text.charCodeAt(end - 1) === 58 && group === 0) end -= 1;
    if (colons < 2 || (digits === 0 && colons < 5)) return otherwise;
    if (end < limit && classAt(this.text, end) === LETTER) return otherwise;
    // Fraction of a second, zone of a link-local address, prefix length.
    while (end < limit && classAt(this.text, end) >= LETTER) end += 1;
    return this.#push(start, end, TOKEN.variable);
  }

  #foldDatesAndUnits(): void {
    for (let i = 0; i < this.count; i += 1) {
      if (this.kind[i] !== TOKEN.word) continue;
      if (this.#isLeftOfAt(i)) {
        this.kind[i] = TOKEN.variable;
        continue;
      }
      const length = (this.end[i] ?? 0) - (this.start[i] ?? 0);
      if (length > 7) continue;
      const isBehindNumber = i > 0 && this.kind[i - 1] === TOKEN.variable && this.#isBlankBetween(i - 1, i);
      if (isBehindNumber && UNITS.has(this.word(i))) {
        if (isNumberAt(this.text, this.start[i - 1] ?? 0, this.end[i - 1] ?? 0)) this.kind[i] = TOKEN.unit;
      } else if (length === 3 && this.#isDatePart(i, isBehindNumber)) this.kind[i] = TOKEN.variable;
    }
  }

  /** `Name@1f3c` (an object in memory) and `user@host.example` (an address) are one variable. */
  #isLeftOfAt(i: number): boolean {
    const at = this.end[i] ?? 0;
    if (i + 1 >= this.count || this.start[i + 1] !== at + 1 || this.text.charCodeAt(at) !== 64) return false;
    if (this.kind[i + 1] === TOKEN.variable) return true;
    const dot = this.text.indexOf('.', at);
    if (dot < 0 || dot >= (this.end[i + 1] ?? 0) - 1) return false;
    this.kind[i + 1] = TOKEN.variable;
    return true;
  }

  /** `Jul 4`, `4 Jul`, `Mon Jul`, `Mon, 4`. */
  #isDatePart(i: number, isBehindNumber: boolean): boolean {
    const word = this.word(i);
    const isMonth = MONTHS.has(word);
    if (!isMonth && !WEEKDAYS.has(word)) return false;
    if (isMonth && isBehindNumber) return true;
    if (i + 1 >= this.count) return false;
    const next = this.text.charCodeAt(this.start[i + 1] ?? 0);
    if (next >= 48 && next <= 57) return true;
    return !isMonth && MONTHS.has(this.word(i + 1));
  }

  /** Values of `key=value` and `"key":"value"`: `null` always, all of them once there are four pairs or more. */
  #applyPairs(): void {
    let pairs = 0;
    for (let i = 1; i < this.count; i += 1) if (this.#isPairBetween(i - 1, i)) pairs += 1;
    if (pairs === 0) return;
    for (let i = 1; i < this.count; i += 1) {
      if (!this.#isPairBetween(i - 1, i)) continue;
      if (this.kind[i] === TOKEN.word && EMPTY_VALUES.has(this.word(i))) this.kind[i] = TOKEN.variable;
      if (pairs >= MANY_PAIRS) i = this.#takeValue(i);
    }
  }

  /** Marks the value that starts at token i; a quoted one reaches to its closing quote. Returns its last token. */
  #takeValue(i: number): number {
    const start = this.start[i] ?? 0;
    const quote = this.text.charCodeAt(start - 1);
    let last = i;
    if (quote === 34 || quote === 39) {
      const close = this.text.indexOf(String.fromCharCode(quote), start);
      if (close >= 0) while (last + 1 < this.count && (this.start[last + 1] ?? 0) < close) last += 1;
    }
    const after = this.text.charCodeAt(this.end[last] ?? 0);
    // `Token{…}` and `call(…)` name a type; booleans tell events apart.
    if (after === 123 || after === 40) return i;
    if (last === i && STATE_WORDS.has(this.word(i).toLowerCase())) return i;
    for (let k = i; k <= last; k += 1) this.kind[k] = TOKEN.variable;
    return last;
  }

  word(i: number): string {
    return this.text.slice(this.start[i], this.end[i]);
  }

  #isBlankBetween(i: number, k: number): boolean {
    for (let at = this.end[i] ?? 0; at < (this.start[k] ?? 0); at += 1) {
      if (classAt(this.text, at) !== BLANK) return false;
    }
    return true;
  }

  /** True when the separator holds `=` or the `":` of JSON, and otherwise blanks and quotes only. */
  #isPairBetween(i: number, k: number): boolean {
    let isPair = false;
    const from = this.end[i] ?? 0;
    for (let at = from; at < (this.start[k] ?? 0); at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === 61) {
        if (isPair) return false;
        isPair = true;
      } else if (code === 58) {
        if (isPair || at === from || this.text.charCodeAt(at - 1) !== 34) return false;
        isPair = true;
      } else if (code > 32 && code !== 34 && code !== 39) return false;
    }
    return isPair;
  }
}

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (CLASS[code] ?? SYMBOL) : LETTER;
}

function isNumberAt(text: string, start: number, end: number): boolean {
  if (end - start === 3 && text.startsWith('<*>', start)) return true;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 48 || code > 57) && code !== 46 && code !== 45 && code !== 58) return false;
  }
  return true;
}
