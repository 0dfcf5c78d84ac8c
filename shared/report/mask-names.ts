/**
 * Pseudonyms for what a screen or an export must not show. The same name gets the same pseudonym for the whole case: the
 * table of what was given is handed in and handed out, so names that turn up later never move earlier ones.
 *
 * Times and figures stay. Known names are replaced wherever they stand in a text, then whatever looks like an address,
 * a host, a path, a person's mail or a commit. Free text may still hold words that identify someone: masking is a help
 * on a shared screen, not a redaction proof against a determined reader.
 */
import { hashString64 } from '../base/hash64.ts';
import { entityKey } from '../model/entity.ts';
import type { EntityRef, EntityType } from '../model/entity.ts';
import { BIRDS, MAMMALS, TREES } from './pseudonym-words.ts';

/** `type:name` → pseudonym, as kept with the case. */
export type PseudonymTable = Readonly<Record<string, string>>;

export interface NamedEntity extends EntityRef {
  readonly aliases?: readonly string[] | undefined;
}

export interface Masking {
  /** What was given, for keeping; equal to the table handed in when nothing was new. */
  readonly table: PseudonymTable;
  entity(entity: EntityRef): string;
  text(text: string): string;
}

const WORDS: Readonly<Record<EntityType, { readonly word: string; readonly names: readonly string[] }>> = {
  service: { word: 'service', names: BIRDS },
  workload: { word: 'workload', names: BIRDS },
  external: { word: 'partner', names: BIRDS },
  instance: { word: 'copy', names: BIRDS },
  database: { word: 'store', names: MAMMALS },
  queue: { word: 'queue', names: MAMMALS },
  node: { word: 'host', names: TREES },
  namespace: { word: 'area', names: TREES },
  resource: { word: 'resource', names: TREES },
};

/** Names shorter than this are not searched for inside texts: they would hit ordinary words. */
const SHORTEST_SEARCHED_NAME = 3;
const MOST_SEARCHED_NAMES = 5_000;

/** Key of a person in the table; no entity type is called so. */
const PERSON = 'person:';
/** Who writes changes without being anybody: ordinary words that texts need. */
const NOBODY = /^(?:auto|automated|automation|bot|ci|cron|root|admin|user|system|unknown|none|[\w-]*\[bot\])$/i;

/**
 * `entities` in any order; `people` are names of persons as the case has them (authors of changes, of notes), who become
 * `person 1`, `person 2`. Whoever the given table names is known as well. Cost: linear in the names, then linear in the
 * text for each text.
 */
export function createMasking(
  entities: readonly NamedEntity[],
  given: PseudonymTable = {},
  people: readonly string[] = [],
): Masking {
  const table: Record<string, string> = { ...given };
  const used = new Set(Object.values(table));
  const numbers = new Map<string, number>();
  for (const entity of [...entities].sort(byKey)) {
    const key = entityKey(entity);
    if (Object.hasOwn(table, key)) continue;
    const pseudonym = freePseudonym(entity, used, numbers);
    table[key] = pseudonym;
    used.add(pseudonym);
  }
  addPeople(table, people);
  const search = nameSearch(entities, table);
  return {
    table,
    entity: (entity) => table[entityKey(entity)] ?? freePseudonym(entity, new Set()),
    text: (text) =>
      table[PERSON + text] ?? maskPatterns(search ? text.replace(search.pattern, search.replacement) : text),
  };
}

/** Numbers go on after the highest given, so that a person keeps theirs. */
function addPeople(table: Record<string, string>, people: readonly string[]): void {
  const known = Object.keys(table).filter((key) => key.startsWith(PERSON)).length;
  const news = [...new Set(people.map((name) => name.trim()))]
    .filter((name) => name !== '' && !NOBODY.test(name) && !Object.hasOwn(table, PERSON + name))
    .sort();
  news.forEach((name, index) => {
    table[PERSON + name] = `person ${known + index + 1}`;
  });
}

function byKey(left: EntityRef, right: EntityRef): number {
  const [a, b] = [entityKey(left), entityKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The word comes from the name's hash, so most names keep their word even without the table; the next free word when it
 * is taken, and numbers once all are. At most one look per word.
 */
function freePseudonym(entity: EntityRef, used: ReadonlySet<string>, numbers = new Map<string, number>()): string {
  const { word, names } = WORDS[entity.type];
  const start = hashString64(entityKey(entity)).low % names.length;
  for (let step = 0; step < names.length; step++) {
    const name = `${word} ${names[(start + step) % names.length]}`;
    if (!used.has(name)) return name;
  }
  const first = `${word} ${names[start]}`;
  let number = (numbers.get(first) ?? 1) + 1;
  while (used.has(`${first} ${number}`)) number++;
  numbers.set(first, number);
  return `${first} ${number}`;
}

interface NameSearch {
  readonly pattern: RegExp;
  readonly replacement: (name: string) => string;
}

/** One pattern of all names, longest first, so `cart-db` is not read as `cart` and a rest. */
function nameSearch(entities: readonly NamedEntity[], table: PseudonymTable): NameSearch | undefined {
  const pseudonyms = new Map<string, string>();
  for (const entity of entities) {
    for (const name of [entity.name, ...(entity.aliases ?? [])]) {
      const key = name.toLowerCase();
      if (name.length < SHORTEST_SEARCHED_NAME || pseudonyms.has(key)) continue;
      pseudonyms.set(key, table[entityKey(entity)] ?? '');
    }
  }
  for (const [key, pseudonym] of Object.entries(table)) {
    const name = key.startsWith(PERSON) ? key.slice(PERSON.length).toLowerCase() : '';
    if (name.length >= SHORTEST_SEARCHED_NAME && !pseudonyms.has(name)) pseudonyms.set(name, pseudonym);
  }
  if (pseudonyms.size === 0) return undefined;
  const names = [...pseudonyms.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const alternatives = names.slice(0, MOST_SEARCHED_NAMES).map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'giu'),
    replacement: (name) => pseudonyms.get(name.toLowerCase()) ?? 'name',
  };
}

/** What looks like it could identify a person, a place or a revision. Each has bounded repetition: texts are hostile. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gu, '‹mail›'],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]{1,2000}/giu, '‹address›'],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?![\d.])/gu, '‹address›'],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])/giu, '‹address›'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, '‹id›'],
  [/\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}\b/gu, '‹id›'],
  [
    /(?<![\w.])(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}(?:com|net|org|io|dev|internal|local|svc|cloud|app)\b/giu,
    '‹host›',
  ],
  [/(?<![\w/])(?:\/[\w.@-]{1,255}){2,30}/gu, '‹path›'],
];

function maskPatterns(text: string): string {
  let masked = text;
  for (const [pattern, token] of PATTERNS) masked = masked.replace(pattern, token);
  return masked;
}
