/**
 * Pseudonyms for what a screen or an export must not show. The same name gets the same pseudonym for the whole case: the
 * table of what was given is handed in and handed out, so names that turn up later never move earlier ones.
 *
 * Times and figures stay. Known names are replaced wherever they stand in a text, then whatever looks like an address,
 * a host, a path, a person's mail or a commit. Free text may still hold words that identify someone: masking is a help
 * on a shared screen, not a redaction proof against a determined reader.
 */
import { hashString64 } from '../base/hash64.ts';
import { entityKey, ENTITY_TYPES } from '../model/entity.ts';
import type { EntityRef, EntityType } from '../model/entity.ts';
import { maskPatterns } from './mask-patterns.ts';
import { createNameSearch, isSearchable } from './name-search.ts';
import { BIRDS, MAMMALS, TREES } from './pseudonym-words.ts';

/** `type:name` → pseudonym, as kept with the case. */
export type PseudonymTable = Readonly<Record<string, string>>;

export interface NamedEntity extends EntityRef {
  readonly aliases?: readonly string[] | undefined;
}

export interface Masking {
  /** What was given, for keeping; equal to the table handed in when nothing was new. */
  readonly table: PseudonymTable;
  /** How many names stay where they stand inside a sentence: ordinary words and figures. */
  readonly keptNameCount: number;
  entity(entity: EntityRef): string;
  text(text: string): string;
  /** Only what is known by name; addresses and the like stay. */
  names(text: string): string;
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

/** Whatever could be a pseudonym in a text; the table says whether it is one. */
export const PSEUDONYM = new RegExp(
  `\\b(?:person \\d+|(?:${[...new Set(Object.values(WORDS).map(({ word }) => word))].join('|')}) [A-Z][a-z]+(?: \\d+)?)`,
  'gu',
);

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
  // A word that is a name of this case would tell one thing and mean another.
  const taken = new Set(entities.map(({ name }) => name.toLowerCase()));
  const numbers = new Map<string, number>();
  const ofName = givenByName(given);
  const bearers = [...entities].sort(byTelling);
  const firstBearers = new Map([...bearers].reverse().map((entity) => [entity.name, entity]));
  for (const entity of [...entities].sort(byKey)) {
    const key = entityKey(entity);
    if (Object.hasOwn(table, key)) continue;
    // A sentence names without a type: things that are called alike share what stands for them.
    const bearer = firstBearers.get(entity.name) ?? entity;
    const pseudonym =
      table[entityKey(bearer)] ?? ofName.get(entity.name) ?? freePseudonym(bearer, used, taken, numbers);
    table[key] = pseudonym;
    used.add(pseudonym);
    ofName.set(entity.name, pseudonym);
  }
  addPeople(table, people);
  const names = createNameSearch(searchedNames(bearers, table));
  return {
    table,
    keptNameCount: new Set(entities.filter(({ name }) => !isSearchable(name)).map(({ name }) => name)).size,
    entity: (entity) => table[entityKey(entity)] ?? freePseudonym(entity, new Set(), taken),
    text: (text) => maskPatterns(names(text)),
    names,
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
function freePseudonym(
  entity: EntityRef,
  used: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  numbers = new Map<string, number>(),
): string {
  const { word, names } = WORDS[entity.type];
  const start = hashString64(entityKey(entity)).low % names.length;
  for (let step = 0; step < names.length; step++) {
    const name = names[(start + step) % names.length] ?? '';
    if (!used.has(`${word} ${name}`) && !taken.has(name.toLowerCase())) return `${word} ${name}`;
  }
  const first = `${word} ${names[start]}`;
  let number = (numbers.get(first) ?? 1) + 1;
  while (used.has(`${first} ${number}`)) number++;
  numbers.set(first, number);
  return `${first} ${number}`;
}

/** Of entities that are called alike, the first of these says what the name stands for: a store tells more than the service before it. */
const TELLING_FIRST: readonly EntityType[] = [
  'database',
  'queue',
  'service',
  'workload',
  'external',
  'instance',
  'node',
];

function byTelling(left: EntityRef, right: EntityRef): number {
  const rank = ({ type }: EntityRef): number => {
    const place = TELLING_FIRST.indexOf(type);
    return place < 0 ? ENTITY_TYPES.length : place;
  };
  return rank(left) - rank(right);
}

function givenByName(given: PseudonymTable): Map<string, string> {
  const entities = Object.entries(given).filter(([key]) => !key.startsWith(PERSON));
  return new Map(entities.map(([key, pseudonym]) => [key.slice(key.indexOf(':') + 1), pseudonym]));
}

/** Own names before other names, persons last. */
function searchedNames(sorted: readonly NamedEntity[], table: PseudonymTable): (readonly [string, string])[] {
  const pseudonym = (entity: EntityRef): string => table[entityKey(entity)] ?? '';
  return [
    ...sorted.map((entity) => [entity.name, pseudonym(entity)] as const),
    ...sorted.flatMap((entity) => (entity.aliases ?? []).map((alias) => [alias, pseudonym(entity)] as const)),
    // Persons, and entities that are in the case no more.
    ...Object.entries(table).map(([key, given]) => [key.slice(key.indexOf(':') + 1), given] as const),
  ];
}
