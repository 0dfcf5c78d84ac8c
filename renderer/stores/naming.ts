/**
 * How names are shown. With masking on, every entity has a pseudonym that stays the same for the whole case, and texts
 * lose what could identify someone. All views, tooltips, titles, addresses, copies and exports take their names from here.
 */
import { create } from 'zustand';
import type { EntityRef } from '../../shared/model/entity.ts';
import type { Masking } from '../../shared/report/mask-names.ts';
import { maskPatterns } from '../../shared/report/mask-patterns.ts';
import { namelessPlace, sealedPlace, unmaskedPlace, wordedPlace } from '../../shared/report/masked-place.ts';
import type { NamedPlace } from '../../shared/report/masked-place.ts';
import { isSealed } from '../../shared/report/masked-speech.ts';
import type { MaskedSpeech } from '../../shared/report/masked-speech.ts';
import { SEALED_MARK } from '../../shared/report/seal.ts';

export interface Naming {
  readonly isMasked: boolean;
  /** The name to show for an entity. */
  entity(entity: EntityRef): string;
  /** A sentence, log text, path or attribute value as it may be shown. */
  text(text: string): string;
  /** Who did something; masked, only what they did it as: `author`, `responder`. */
  person(name: string, role: string): string;
  /** Where somebody looks, as the address may tell it. */
  place(place: NamedPlace): NamedPlace;
  /** What stands in a text box (by its name among the filters), as it may be shown; and what was typed, with names. */
  typed(box: string, text: string): string;
  typedOf(box: string, shown: string): string;
}

export const PLAIN_NAMING: Naming = {
  isMasked: false,
  entity: ({ name }) => name,
  text: (text) => text,
  person: (name) => name,
  place: (place) => place,
  typed: (_box, text) => text,
  typedOf: (_box, shown) => shown,
};

const byRole = (_name: string, role: string): string => role;

/** Until the pseudonyms are there nothing is shown in clear: better a blank than a name. */
export const BLANK_NAMING: Naming = {
  isMasked: true,
  entity: () => '…',
  text: () => '…',
  person: byRole,
  place: namelessPlace,
  typed: () => '',
  typedOf: (_box, shown) => shown,
};

/** For guests of a masked room: the engine tells them pseudonyms only. */
export const GUEST_NAMING: Naming = {
  isMasked: true,
  entity: ({ name }) => shownWord(name),
  text: (text) => maskPatterns(shownWord(text)),
  person: byRole,
  place: (place) => place,
  typed: (_box, text) => text,
  typedOf: (_box, shown) => shown,
};

export function pseudonymNaming(masking: Masking, speech: MaskedSpeech): Naming {
  return {
    isMasked: true,
    entity: masking.entity,
    text: masking.text,
    person: byRole,
    place: (place) => sealedPlace(place, speech),
    typed: (box, text) => typedIn(box, text, (place) => wordedPlace(place, speech)),
    typedOf: (box, shown) => typedIn(box, shown, (place) => unmaskedPlace(place, speech)),
  };
}

function typedIn(box: string, text: string, map: (place: NamedPlace) => NamedPlace): string {
  return map({ incidentId: null, selection: null, filters: { [box]: text } }).filters[box] ?? '';
}

/** A sealed word says nothing to a reader; at the begin of a path it stands for folders. */
function shownWord(text: string): string {
  if (isSealed(text)) return '‹id›';
  return text.includes(SEALED_MARK)
    ? text.replace(SEALED_WORDS, (_, slash: string) => (slash === '' ? '‹id›' : '…/'))
    : text;
}
const SEALED_WORDS = /~[\w-]{11,}(\/?)/g;

interface NamingStore {
  readonly naming: Naming;
  /** Reads a place that an address tells in pseudonyms; null while they are not known. */
  readonly placeOf: ((shown: NamedPlace) => NamedPlace) | null;
  /** Such a place that waits to be read. */
  readonly awaitedPlace: NamedPlace | null;
  /** Names that stay where they stand inside sentences: ordinary words and figures. */
  readonly keptNameCount: number;
}

export const useNamingStore = create<NamingStore>(() => ({
  naming: PLAIN_NAMING,
  placeOf: null,
  awaitedPlace: null,
  keptNameCount: 0,
}));

export function useNaming(): Naming {
  return useNamingStore(({ naming }) => naming);
}

/** The naming once it has words for names; a blank one after `waitMs` all the same. */
export async function namingWithWords(waitMs = 3_000): Promise<Naming> {
  if (useNamingStore.getState().naming === BLANK_NAMING) {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      const stop = useNamingStore.subscribe(({ naming }) => {
        if (naming !== BLANK_NAMING) end();
      });
    });
  }
  return useNamingStore.getState().naming;
}

/**
 * What the chip of a masked screen says. Ordinary words and figures that are names too stay inside sentences: masking `a`
 * would tear every sentence apart.
 */
export function useMaskedWords(): { readonly words: string; readonly title: string } {
  const kept = useNamingStore((store) => store.keptNameCount);
  if (kept === 0) return { words: 'Names masked', title: 'Names appear as pseudonyms.' };
  const who =
    kept === 1
      ? 'One name is an ordinary word or figure and stays'
      : `${kept} names are ordinary words or figures and stay`;
  return {
    words: `Names masked, except ${kept} in sentences`,
    title: `Names appear as pseudonyms. ${who} inside sentences.`,
  };
}
