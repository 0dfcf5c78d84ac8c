/**
 * Finds many known names in a text at once: whole names in any case, at each place the longest. Short names and names that
 * are ordinary words or figures would tear texts apart: those count only where they are the whole text, or are not looked
 * for at all.
 *
 * Algorithm: names are filed under their first word; each word of the text looks up its file, longest first. Cost: linear
 * in the names, then for a text linear in its words times the number of different lengths in a file.
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
  /** Descending. */
  lengths: number[];
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
    file.lengths = [...new Set([...file.replacements.keys()].map(({ length }) => length))].sort((a, b) => b - a);
  }
  return (text) => whole.get(fold(text)) ?? replaced(text, files);
}

function fileName(files: Map<string, File>, name: string, replacement: string): void {
  const written = name.slice(firstWord(name));
  const folded = fold(written);
  const first = folded.match(WORD)?.[0] ?? '';
  const file = files.get(first) ?? { replacements: new Map<string, string>(), lengths: [] };
  files.set(first, file);
  const kept = written.length < SHORTEST_FOLDED ? written : folded;
  if (!file.replacements.has(kept)) file.replacements.set(kept, replacement);
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
      const length = file?.lengths.find((one) => isFound(file, text, folded, at, one));
      if (!file || length === undefined) continue;
      result += text.slice(done, at) + (replacementAt(file, text, folded, at, length) ?? '');
      done = at + length;
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

function isFound(file: File, text: string, folded: string, at: number, length: number): boolean {
  if (at + length > folded.length || replacementAt(file, text, folded, at, length) === undefined) return false;
  const after = folded.codePointAt(at + length);
  return after === undefined || !WORD_CHARACTER.test(String.fromCodePoint(after));
}

function replacementAt(file: File, text: string, folded: string, at: number, length: number): string | undefined {
  return file.replacements.get((length < SHORTEST_FOLDED ? text : folded).slice(at, at + length));
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
