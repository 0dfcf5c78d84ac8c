/**
 * Two ways between names and what stands for them: pseudonyms where there are some, sealed words for everything that must
 * be found again and has none (ids, typed filters). What is said masked and read back is the same again.
 */
import { ENTITY_TYPES } from '../model/entity.ts';
import type { EntityRef } from '../model/entity.ts';
import { ROW_TABLES } from '../model/ids.ts';
import { PSEUDONYM } from './mask-names.ts';
import type { Masking, PseudonymTable } from './mask-names.ts';
import { maskPatterns } from './mask-patterns.ts';
import { createSeal, SEALED_MARK } from './seal.ts';

export interface MaskedSpeech {
  entity(entity: EntityRef): EntityRef;
  /** The pseudonym alone decides; a type that does not fit it stays. */
  entityOf(shown: EntityRef): EntityRef;
  /** Of ids and references: `type:name` speaks pseudonyms, counted and random ones stay, all others are sealed. */
  id(id: string): string;
  idOf(shown: string): string;
  /** Of files: what leads to one is sealed, its own name and places inside an archive stay readable where they can. */
  path(path: string): string;
  pathOf(shown: string): string;
  /** Opaque, whatever it says; counts and hashes say nothing. */
  sealed(text: string): string;
  /** Names in a sentence; cannot always be read back. */
  text(text: string): string;
  /** What is shown and asked for again, such as the value of an attribute: readable where that can be read back. */
  lookup(text: string): string;
  /** Names in what a person typed; in quotes where blanks of a pseudonym would tear the syntax of the box apart. */
  typed(text: string, isQuoting: boolean): string;
  /** Pseudonyms and sealed words in what a person typed, or a screen asks. */
  textOf(shown: string): string;
}

/** Row ids, references to rows, hashes long enough to be no name, and ids the analysis and jobs make themselves. */
const SAYS_NOTHING = new RegExp(
  `^(?:|\\d{1,20}|(?:${ROW_TABLES.join('|')}):\\d{1,15}(?:@-?\\d{1,19}\\.\\.-?\\d{1,19})?|[0-9a-f]{16,64}` +
    '|finding-\\d{1,9}|inc-[0-9a-f]{12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
);

/** `secret` as `createSeal` takes it. */
export function createSpeech(masking: Masking, secret: string): MaskedSpeech {
  const seal = createSeal(secret);
  const names = namesOf(masking.table);
  const entity = ({ type, name }: EntityRef): EntityRef => {
    const known = Object.hasOwn(masking.table, `${type}:${name}`) ? masking.table[`${type}:${name}`] : undefined;
    return { type, name: known ?? (name === '' ? '' : seal.close(name)) };
  };
  const entityOf = ({ type, name }: EntityRef): EntityRef => ({
    type,
    name: names.get(name) ?? seal.open(name) ?? name,
  });
  const id = (text: string): string => {
    const key = keyParts(text);
    if (key) return joined(key.ref.type, entity(key.ref).name, key.fault, key.change === null ? null : id(key.change));
    return SAYS_NOTHING.test(text) ? text : seal.close(text);
  };
  const idOf = (shown: string): string => {
    const opened = seal.open(shown);
    if (opened !== null) return opened;
    const key = keyParts(shown);
    if (!key) return shown;
    return joined(key.ref.type, entityOf(key.ref).name, key.fault, key.change === null ? null : idOf(key.change));
  };
  const lookup = (text: string): string => {
    const named = masking.names(text);
    const isPlain = !named.startsWith(SEALED_MARK) && maskPatterns(named) === named && textOf(named, names) === text;
    return isPlain || SAYS_NOTHING.test(text) ? named : seal.close(text);
  };
  return {
    entity,
    entityOf,
    id,
    idOf,
    sealed: (text) => (SAYS_NOTHING.test(text) ? text : seal.close(text)),
    text: masking.text,
    lookup,
    path: (path) => {
      const outside = path.indexOf('!') < 0 ? path : path.slice(0, path.indexOf('!'));
      const end = outside.lastIndexOf('/');
      const readable = path
        .slice(end + 1)
        .split('/')
        .map(lookup)
        .join('/');
      return end < 0 ? readable : `${seal.close(path.slice(0, end))}/${readable}`;
    },
    pathOf: (shown) =>
      shown
        .split('/')
        .map((part) => seal.open(part) ?? textOf(part, names))
        .join('/'),
    typed: (text, isQuoting) => (isQuoting ? quotedPseudonyms(masking.names(text), names) : masking.names(text)),
    textOf: (shown) => seal.open(shown) ?? textOf(shown, names),
  };
}

interface KeyParts {
  readonly ref: EntityRef;
  /** Of a hypothesis; null in the key of an entity. */
  readonly fault: string | null;
  readonly change: string | null;
}

/** `service:cart`, or the key of a hypothesis such as `service:cart|bad_deployment|deploy-7`. */
function keyParts(text: string): KeyParts | null {
  const [, type, name, fault = null, change = null] = /^([a-z]+):([^|]+)(?:\|([a-z_]*)\|(.*))?$/su.exec(text) ?? [];
  const known = ENTITY_TYPES.find((one) => one === type);
  return known && name !== undefined ? { ref: { type: known, name }, fault, change } : null;
}

function joined(type: string, name: string, fault: string | null, change: string | null): string {
  return `${type}:${name}${fault === null ? '' : `|${fault}|${change ?? ''}`}`;
}

function namesOf(table: PseudonymTable): ReadonlyMap<string, string> {
  return new Map(Object.entries(table).map(([key, pseudonym]) => [pseudonym, key.slice(key.indexOf(':') + 1)]));
}

function textOf(shown: string, names: ReadonlyMap<string, string>): string {
  return shown.replace(PSEUDONYM, (found) => {
    const whole = names.get(found);
    if (whole !== undefined) return whole;
    // `service Heron 2 failed`: the figure may belong to the sentence.
    const [, pseudonym = found, rest = ''] = /^(.*?)( \d+)?$/u.exec(found) ?? [];
    const name = names.get(pseudonym);
    return name === undefined ? found : name + rest;
  });
}

function quotedPseudonyms(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(PSEUDONYM, (found, at: number) => {
    const isQuoted = (text.slice(0, at).split('"').length - 1) % 2 === 1;
    return !names.has(found) || isQuoted ? found : `"${found}"`;
  });
}

/** Whether a screen should show something else in its place: a sealed word tells a reader nothing. */
export function isSealed(text: string): boolean {
  return text.startsWith(SEALED_MARK) && /^~[\w-]{11,}$/.test(text);
}
