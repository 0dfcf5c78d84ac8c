/**
 * Where somebody looks, said without names: for the address of a masked screen, and for guests of a masked room. Read back
 * by who knows the names it is the same place again.
 */
import type { EntityRef } from '../model/entity.ts';
import { isSealed } from './masked-speech.ts';
import type { MaskedSpeech } from './masked-speech.ts';

/** The parts of a view's state that can hold names. */
export interface NamedPlace {
  readonly incidentId: string | null;
  readonly selection:
    | { readonly kind: 'entity'; readonly entity: EntityRef }
    | { readonly kind: 'cause'; readonly key: string; readonly entity: EntityRef }
    | { readonly kind: 'row'; readonly ref: string }
    | { readonly kind: 'finding' | 'change' | 'alert'; readonly id: string }
    | { readonly kind: 'trace'; readonly traceId: string }
    | null;
  /** What was typed and chosen, by the name of its box. */
  readonly filters: Readonly<Record<string, string>>;
}

/** Boxes with a syntax in which quotes hold words together, and boxes that hold a key. */
const QUOTING_BOXES: ReadonlySet<string> = new Set(['logs', 'graph']);
const KEY_BOXES: ReadonlySet<string> = new Set(['compare', 'tracesEntity']);
const ROW_REFS = /^(?:[a-z]{1,20}:\d{1,15}(?:@-?\d{1,19}\.\.-?\d{1,19})? ?)+$/;

/** For an address, which others see: what was typed is sealed as a whole. */
export function sealedPlace(place: NamedPlace, speech: MaskedSpeech): NamedPlace {
  return mapped(place, speech.entity, speech.id, (_, text) => (ROW_REFS.test(text) ? text : speech.sealed(text)));
}

/** For a screen that knows pseudonyms only and has to work with what was typed. */
export function wordedPlace(place: NamedPlace, speech: MaskedSpeech): NamedPlace {
  return mapped(place, speech.entity, speech.id, (box, text) =>
    KEY_BOXES.has(box) && text.includes(':') ? speech.id(text) : speech.typed(text, QUOTING_BOXES.has(box)),
  );
}

/** The inverse of both. */
export function unmaskedPlace(place: NamedPlace, speech: MaskedSpeech): NamedPlace {
  return mapped(place, speech.entityOf, speech.idOf, (box, text) =>
    isSealed(text) || (KEY_BOXES.has(box) && text.includes(':')) ? speech.idOf(text) : speech.textOf(text),
  );
}

/** For a screen that knows pseudonyms only: what was typed and is sealed cannot be worked with. */
export function readablePlace(place: NamedPlace): NamedPlace {
  return mapped(
    place,
    (entity) => entity,
    (id) => id,
    (_, text) => (isSealed(text) ? '' : text),
  );
}

/** What is left of a place for somebody who has no names to read it with. */
export function namelessPlace(): NamedPlace {
  return { incidentId: null, selection: null, filters: {} };
}

function mapped(
  { incidentId, selection, filters }: NamedPlace,
  entity: (ref: EntityRef) => EntityRef,
  id: (text: string) => string,
  typed: (box: string, text: string) => string,
): NamedPlace {
  return {
    incidentId: incidentId === null ? null : id(incidentId),
    selection: selection && mappedSelection(selection, entity, id),
    filters: Object.fromEntries(
      Object.entries(filters).map(([box, text]) => [box, text === '' ? '' : typed(box, text)]),
    ),
  };
}

function mappedSelection(
  selection: NonNullable<NamedPlace['selection']>,
  entity: (ref: EntityRef) => EntityRef,
  id: (text: string) => string,
): NonNullable<NamedPlace['selection']> {
  switch (selection.kind) {
    case 'entity':
      return { ...selection, entity: entity(selection.entity) };
    case 'cause':
      return { ...selection, key: id(selection.key), entity: entity(selection.entity) };
    case 'row':
      return { ...selection, ref: id(selection.ref) };
    case 'trace':
      return { ...selection, traceId: id(selection.traceId) };
    case 'finding':
    case 'change':
    case 'alert':
      return { ...selection, id: id(selection.id) };
  }
}
