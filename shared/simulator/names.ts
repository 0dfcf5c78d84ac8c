/** Draws names that are unique within one system. */
import type { Random } from '../base/random.ts';
import {
  DOMAIN_WORDS,
  ENTRY_WORDS,
  EXTERNAL_DOMAINS,
  EXTERNAL_STEMS,
  HUB_WORDS,
  PREFIXES,
  SUFFIXES,
  VERBS,
} from './vocabulary.ts';

export interface ServiceName {
  readonly name: string;
  /** The domain word in it, for operations and log lines. */
  readonly word: string;
}
export interface Endpoint {
  readonly name: string;
  readonly method: string;
  readonly route: string;
  readonly noun: string;
}
export interface StoreName {
  readonly name: string;
  readonly system: 'postgresql' | 'mysql' | 'mongodb' | 'redis';
  readonly database: string;
  readonly table: string;
  readonly namespace: string;
}
interface Named {
  readonly name: string;
  readonly word: string;
  readonly namespace: string;
  readonly protocol: 'http' | 'grpc';
  readonly isEntry: boolean;
}
export type AddressStyle = 'short' | 'qualified';
/** `kxz7p`-like suffixes from the alphabet Kubernetes uses (no vowels, no look-alikes). */
export const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

export function safeSuffix(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += SAFE_ALPHABET[random.integer(0, SAFE_ALPHABET.length - 1)] ?? 'x';
  return text;
}
export function hexText(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += random.uint32().toString(16).padStart(8, '0');
  return text.slice(0, length);
}
export function uuid(random: Random): string {
  const hex = hexText(random, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function createNames(random: Random): NameSource {
  return new NameSource(random);
}

export class NameSource {
  readonly #random: Random;
  readonly #taken = new Set<string>();
  readonly #words: string[];
  readonly #entries: string[];
  readonly #hubs: string[];
  readonly #externals: string[];
  readonly #suffixes: readonly string[];
  readonly #storeSystem: 'postgresql' | 'mysql';
  /** Whether services call each other by short or by fully qualified name. */
  readonly addressStyle: AddressStyle;

  constructor(random: Random) {
    this.#random = random;
    this.#words = random.shuffle(DOMAIN_WORDS);
    this.#entries = random.shuffle(ENTRY_WORDS);
    this.#hubs = random.shuffle(HUB_WORDS);
    this.#externals = random.shuffle(EXTERNAL_STEMS);
    this.#suffixes = random.shuffle(SUFFIXES).slice(0, 2);
    this.#storeSystem = random.choice(['postgresql', 'mysql'] as const);
    this.addressStyle = random.chance(0.7) ? 'short' : 'qualified';
  }

  service(): ServiceName {
    let word = this.#words.pop();
    if (word === undefined) word = `${this.#random.choice(PREFIXES)}-${this.#random.choice(DOMAIN_WORDS)}`;
    const suffix = this.#random.choice(this.#suffixes);
    return this.#unique(suffix ? `${word}-${suffix}` : word, word);
  }
  entry(): ServiceName {
    const name = this.#entries.pop() ?? `${this.#random.choice(PREFIXES)}-gateway`;
    return this.#unique(name, 'page');
  }
  hub(): ServiceName {
    const word = this.#hubs.pop() ?? 'directory';
    const suffix = this.#random.choice(this.#suffixes);
    return this.#unique(suffix ? `${word}-${suffix}` : word, word);
  }
  endpoint(service: Named): Endpoint {
    for (let attempt = 0; ; attempt += 1) {
      const noun = service.isEntry ? this.#random.choice(DOMAIN_WORDS) : (service.word.split('-').at(-1) ?? 'item');
      const [method, verb] = this.#random.choice(VERBS);
      const hasId = ['Get', 'Update', 'Remove'].includes(verb);
      const version = attempt > 12 ? `v${attempt - 10}` : 'v1';
      const pascal = noun[0]?.toUpperCase() + noun.slice(1);
      const action = ['Validate', 'Calculate', 'Find'].includes(verb) ? `/${verb.toLowerCase()}` : '';
      const route =
        service.protocol === 'grpc'
          ? `${service.namespace}.${noun}.${version}.${pascal}Service/${verb}${pascal}`
          : `${service.isEntry ? '/api' : ''}/${version}/${plural(noun)}${action}${hasId ? '/{id}' : ''}`;
      const name = service.protocol === 'grpc' ? route : `${method} ${route}`;
      const key = `${service.name} ${name}`;
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return { name, method, route, noun };
    }
  }
  database(service: Named): StoreName {
    const system = this.#random.chance(0.2) ? 'mongodb' : this.#storeSystem;
    const short = system === 'postgresql' ? 'pg' : system === 'mysql' ? 'mysql' : 'mongo';
    const style = this.#random.choice(['db', short]);
    const { name } = this.#unique(`${service.word}-${style}`, service.word);
    const database = service.word.replaceAll('-', '_');
    return { name, system, database, table: plural(database), namespace: service.namespace };
  }
  cache(service: Named): StoreName {
    const { name } = this.#unique(`${service.word}-${this.#random.choice(['cache', 'redis'])}`, service.word);
    return { name, system: 'redis', database: '0', table: service.word, namespace: service.namespace };
  }
  queue(producer: Named): ServiceName {
    const style = this.#random.choice(['.events', '-created', '.updates', '-requests']);
    return this.#unique(`${producer.word}${style}`, producer.word);
  }
  external(): string {
    const stem = this.#externals.pop() ?? `${this.#random.choice(DOMAIN_WORDS)}ly`;
    const domain = this.#random.choice(EXTERNAL_DOMAINS);
    return this.#unique(`${this.#random.choice(['api', 'api', 'gateway', 'rest'])}.${stem}.${domain}`, stem).name;
  }
  nodeName(region: string): string {
    const r = this.#random;
    return this.#unique(`ip-10-${r.integer(0, 63)}-${r.integer(0, 255)}-${r.integer(4, 250)}.${region}`, 'node').name;
  }
  #unique(name: string, word: string): ServiceName {
    let candidate = name;
    for (let i = 2; this.#taken.has(candidate); i += 1) candidate = `${name}-${i}`;
    this.#taken.add(candidate);
    return { name: candidate, word };
  }
}

function plural(noun: string): string {
  if (noun.endsWith('s')) return noun;
  if (noun.endsWith('y') && !/[aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return noun.endsWith('ch') || noun.endsWith('x') ? `${noun}es` : `${noun}s`;
}
