/** What one person likes, on this machine only: theme, zone of shown times, pane sizes, keys. Kept in local storage. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const THEMES = ['system', 'dark', 'light', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
export const ZONES = ['utc', 'local'] as const;
export type Zone = (typeof ZONES)[number];

export interface Preferences {
  readonly theme: Theme;
  readonly zone: Zone;
  /** Share of the first pane (0-1) by splitter name. */
  readonly paneShares: Readonly<Record<string, number>>;
  /** Single-letter keys work outside text fields; WCAG 2.1.4 asks for a way to switch them off. */
  readonly hasSingleKeys: boolean;
  /** Keys given to an action by the person, by action id; '' = none. */
  readonly keys: Readonly<Record<string, string>>;
  readonly author: string;
  readonly isLogWrapped: boolean;
}

const INITIAL: Preferences = {
  theme: 'system',
  zone: 'utc',
  paneShares: {},
  hasSingleKeys: true,
  keys: {},
  author: '',
  isLogWrapped: false,
};

export const usePreferences = create<Preferences>()(
  persist(() => INITIAL, { name: 'faultline.preferences', version: 1 }),
);

export function setPreference(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}

export function setPaneShare(name: string, share: number): void {
  usePreferences.setState(({ paneShares }) => ({ paneShares: { ...paneShares, [name]: share } }));
}
