/**
 * How names are shown. With masking on, every entity has a pseudonym that stays the same for the whole case, and texts
 * lose what could identify someone. All views, tooltips, titles, copies and exports take their names from here.
 */
import { create } from 'zustand';
import type { EntityRef } from '../../shared/model/entity.ts';

export interface Naming {
  readonly isMasked: boolean;
  /** The name to show for an entity. */
  entity(entity: EntityRef): string;
  /** A sentence, log text, path or attribute value as it may be shown. */
  text(text: string): string;
  /** Who did something; masked, only what they did it as: `author`, `responder`. */
  person(name: string, role: string): string;
}

export const PLAIN_NAMING: Naming = {
  isMasked: false,
  entity: ({ name }) => name,
  text: (text) => text,
  person: (name) => name,
};

export const useNamingStore = create<{ readonly naming: Naming }>(() => ({ naming: PLAIN_NAMING }));

export function useNaming(): Naming {
  return useNamingStore(({ naming }) => naming);
}
