/**
 * The pseudonyms of the open case. The engine alone gives them, to every screen, guest and report alike, and keeps them in
 * the case: a name that has one keeps it. Where a case cannot be written they hold for as long as it is open.
 */
import { randomBytes } from 'node:crypto';
import { createMasking } from '../../report/mask-names.ts';
import type { Masking, PseudonymTable } from '../../report/mask-names.ts';
import { createSpeech } from '../../report/masked-speech.ts';
import type { MaskedSpeech } from '../../report/masked-speech.ts';
import type { Engine } from '../engine-interface.ts';
import { browseAuthors } from '../storage/statements/browse-records.ts';
import { rowsOf, textOf } from './record-pages.ts';

/** No guest may ever read settings that begin so: they tell which name is which. */
export const PSEUDONYM_SETTINGS = 'maskedNames';
const SECRET_SETTING = `${PSEUDONYM_SETTINGS}.secret`;
const SECRET_BYTES = 32;

export interface KnownPseudonyms {
  readonly masking: Masking;
  readonly speech: MaskedSpeech;
  /** 64 hex digits. */
  readonly secret: string;
  /** False: the case could not be written, so they are given anew when it is opened again. Never rejects. */
  readonly isKept: Promise<boolean>;
}

export class CasePseudonyms {
  /** Persons that screens know of and the case does not. */
  readonly #people = new Set<string>();
  #engine: Engine | undefined;
  #loadedFor: Engine | undefined;
  #table: PseudonymTable = {};
  #secret = '';
  #keptJson = '';
  #waiting: Promise<KnownPseudonyms> | undefined;
  #newest: { readonly revision: number; readonly known: Promise<KnownPseudonyms> } | undefined;
  /** One at a time: two at once could give one word to two names. */
  #last: Promise<unknown> = Promise.resolve();

  /** Of everything the case holds at `revision` or later. While rows come in, of what it holds now. */
  known(engine: Engine, revision: number, people: readonly string[] = []): Promise<KnownPseudonyms> {
    if (this.#engine !== engine) this.#people.clear();
    const news = people.filter((name) => !this.#people.has(name));
    for (const name of news) this.#people.add(name);
    if (this.#engine === engine) {
      // What has not begun will see all that is there now.
      if (this.#waiting) return this.#waiting;
      if (news.length === 0 && !engine.isImporting && this.#newest?.revision === revision) return this.#newest.known;
    }
    const known = this.#last.then(() => {
      this.#waiting = undefined;
      return this.#give(engine);
    });
    this.#waiting = known;
    this.#last = known.catch(() => (this.#newest = undefined));
    this.#engine = engine;
    this.#newest = { revision, known };
    return known;
  }

  async #give(engine: Engine): Promise<KnownPseudonyms> {
    if (this.#loadedFor !== engine) await this.#load(engine);
    const [entities, authors, notes, judgements, strikes] = await Promise.all([
      engine.entities(),
      rowsOf(engine, browseAuthors(), new AbortController().signal),
      engine.notes(),
      engine.judgements(),
      engine.strikes(),
    ]);
    const people = [
      ...authors.map((row) => textOf(row['author'])),
      ...notes.map(({ author }) => author),
      ...[...judgements, ...strikes].map(({ by }) => by),
      ...this.#people,
    ];
    const masking = createMasking(entities, this.#table, people);
    this.#table = masking.table;
    // Nobody waits for the writer to have time.
    const isKept = this.#keep(engine);
    return { masking, speech: createSpeech(masking, this.#secret), secret: this.#secret, isKept };
  }

  async #load(engine: Engine): Promise<void> {
    const [table, secret] = await Promise.all([engine.setting(PSEUDONYM_SETTINGS), engine.setting(SECRET_SETTING)]);
    this.#table = tableOf(table);
    this.#keptJson = table ?? '';
    const known: unknown = secret === null ? null : JSON.parse(secret);
    const isKnown = typeof known === 'string' && /^[0-9a-f]{64}$/.test(known);
    this.#secret = isKnown ? known : randomBytes(SECRET_BYTES).toString('hex');
    if (!isKnown) this.#keptJson = '';
    this.#loadedFor = engine;
  }

  async #keep(engine: Engine): Promise<boolean> {
    const json = JSON.stringify(this.#table);
    if (json === this.#keptJson) return true;
    try {
      await engine.setSetting(SECRET_SETTING, JSON.stringify(this.#secret));
      await engine.setSetting(PSEUDONYM_SETTINGS, json);
    } catch {
      return false;
    }
    this.#keptJson = json;
    return true;
  }
}

function tableOf(json: string | null): PseudonymTable {
  const table: unknown = json === null ? {} : JSON.parse(json);
  if (typeof table !== 'object' || table === null || Array.isArray(table)) return {};
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, pseudonym]) => (typeof pseudonym === 'string' ? [[name, pseudonym]] : [])),
  );
}
