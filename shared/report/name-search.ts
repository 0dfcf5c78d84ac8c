/**
 * Finds many known names in a text at once: whole names in any case, at each place the longest. Short names and names that
 * are ordinary words or figures would tear texts apart: those count only where they are the whole text, or are not looked
 * for at all.
 *
 * Algorithm: names are filed under their first word, sorted; each word of the text looks for the last name of its file that
 * does not stand behind the text there, and from that one goes to ever shorter names that it begins with: whatever the text
 * begins with is among them. Cost: n log n in the names; for each word of a text logarithmic in its file times the letters
 * that a name has in common with the text, so names made to be alike do not stop a page.
 */

/** Shorter names are found only as they are written. */
const SHORTEST_FOLDED = 3;
const WORD = /[\p{L}\p{N}]+/gu;
const WORD_CHARACTER = /[\p{L}\p{N}]/u;

/** Words and units that sentences need; a name that is one of them stays where it stands inside a sentence. */
const ORDINARY = new Set(
  (
    'a an and are as at be but by do for from go had has he her his how i if in into is it its me my no nor not of off on ' +
    'one or our out per she so than that the their then there they this to too up us was we were what when who with you ' +
    'ns us ms s m h d b kb mb gb tb hz k g t x v am pm utc'
  ).split(' '),
);

/** False for names that only structured fields can be masked in. */
export function isSearchable(name: string): boolean {
  return /\p{L}/u.test(name) && !ORDINARY.has(name.slice(firstWord(name)).toLowerCase());
}

/** What stands before the first word belongs to a name but is not looked for: `/cart` is found as `cart`. */
function firstWord(name: string): number {
  return Math.max(0, name.search(WORD_CHARACTER));
}

interface File {
  /** Folded name, or a short one as written, → what to put there. */
  readonly replacements: Map<string, string>;
  /** Folded, in the order of their UTF-16 units; short ones are not among them. */
  names: readonly string[];
  /** Per name the longest other one that it begins with, -1 = none. */
  begins: Int32Array;
}

/** Replaces every name of `names`; earlier entries win over later ones that are written alike. */
export function createNameSearch(
  names: Iterable<readonly [name: string, replacement: string]>,
): (text: string) => string {
  const whole = new Map<string, string>();
  const files = new Map<string, File>();
  for (const [name, replacement] of names) {
    const folded = fold(name);
    if (!whole.has(folded)) whole.set(folded, replacement);
    if (isSearchable(name)) fileName(files, name, replacement);
  }
  for (const file of files.values()) {
    file.names = [...file.replacements.keys()].filter(({ length }) => length >= SHORTEST_FOLDED).sort();
    file.begins = beginsOf(file.names);
  }
  return (text) => whole.get(fold(text)) ?? replaced(text, files);
}

function fileName(files: Map<string, File>, name: string, replacement: string): void {
  const written = name.slice(firstWord(name));
  const folded = fold(written);
  const first = folded.match(WORD)?.[0] ?? '';
  const file = files.get(first) ?? { replacements: new Map<string, string>(), names: [], begins: new Int32Array() };
  files.set(first, file);
  const kept = written.length < SHORTEST_FOLDED ? written : folded;
  if (!file.replacements.has(kept)) file.replacements.set(kept, replacement);
}

function beginsOf(names: readonly string[]): Int32Array {
  const begun: number[] = [];
  return Int32Array.from(names, (name, index) => {
    let begin = begun.pop() ?? -1;
    while (begin >= 0 && !name.startsWith(names[begin]!)) begin = begun.pop() ?? -1;
    if (begin >= 0) begun.push(begin);
    begun.push(index);
    return begin;
  });
}

function replaced(text: string, files: ReadonlyMap<string, File>): string {
  const folded = fold(text);
  let result = '';
  let done = 0;
  for (const { 0: word, index } of folded.matchAll(WORD)) {
    if (index < done) continue;
    for (const skipped of wordBegins(folded, word, index)) {
      const at = index + skipped;
      const file = files.get(word.slice(skipped));
      const found = file && (longAt(file, folded, at) ?? shortAt(file, text, at));
      if (found === undefined) continue;
      result += text.slice(done, at) + (file?.replacements.get(found) ?? '');
      done = at + found.length;
      break;
    }
  }
  return done === 0 ? text : result + text.slice(done);
}

/** Where in a word a name may begin: at its start, or behind what is an escaped sign (`%22cart`, `\\ncart`, `\\u0022cart`). */
function wordBegins(folded: string, word: string, index: number): readonly number[] {
  const before = folded[index - 1];
  if (before !== '%' && before !== '\\') return [0];
  const escaped = (before === '%' ? /^[0-9a-f]{2}/ : /^(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrtbfv0])/).exec(word)?.[0];
  return escaped === undefined ? [0] : [0, escaped.length];
}

/** The longest name that the text holds at this place as a whole. */
function longAt({ names, begins }: File, folded: string, at: number): string | undefined {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(names[middle]!, folded, at)) high = middle;
    else low = middle + 1;
  }
  if (low === 0) return undefined;
  const common = commonLength(names[low - 1]!, folded, at);
  for (let index = low - 1; index >= 0; index = begins[index]!) {
    const name = names[index]!;
    if (name.length <= common && isEnd(folded, at + name.length)) return name;
  }
  return undefined;
}

function shortAt({ replacements }: File, text: string, at: number): string | undefined {
  for (let length = SHORTEST_FOLDED - 1; length > 0; length--) {
    const name = text.slice(at, at + length);
    if (name.length === length && replacements.has(name) && isEnd(text, at + length)) return name;
  }
  return undefined;
}

/** Whether the name stands behind the rest of the text in the order of names. */
function isBehind(name: string, folded: string, at: number): boolean {
  const common = commonLength(name, folded, at);
  if (common === name.length) return false;
  return at + common >= folded.length || name.charCodeAt(common) > folded.charCodeAt(at + common);
}

function commonLength(name: string, folded: string, at: number): number {
  const most = Math.min(name.length, folded.length - at);
  let length = 0;
  while (length < most && name.charCodeAt(length) === folded.charCodeAt(at + length)) length++;
  return length;
}

function isEnd(text: string, at: number): boolean {
  const after = text.codePointAt(at);
  return after === undefined || !WORD_CHARACTER.test(String.fromCodePoint(after));
}

/** Lower case of the same length, letter for letter; both forms of the small sigma are one. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  const even =
    lower.length === text.length
      ? lower
      : Array.from(text, (letter) => {
          const small = letter.toLowerCase();
          return small.length === letter.length ? small : letter;
        }).join('');
  return even.includes('ς') ? even.replaceAll('ς', 'σ') : even;
}
