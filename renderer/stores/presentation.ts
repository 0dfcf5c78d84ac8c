/**
 * How the screen is shown to others: presenter mode, its scene, spotlight, freeze and masking. Of this session only; a
 * room that follows gets it from the presenter (`features/presenter/room-sync`).
 */
import { create } from 'zustand';
import { BLANK_NAMING, useNamingStore } from './naming.ts';

export const SCENES = ['impact', 'broke', 'why', 'tried', 'open'] as const;
export type SceneName = (typeof SCENES)[number];

export interface Presentation {
  readonly isPresenting: boolean;
  readonly scene: SceneName;
  readonly isSpotlightOn: boolean;
  /** Entity key the spotlight is on; null = the leading cause. */
  readonly spotlight: string | null;
  /** Unix milliseconds since when the picture stands still; null = it moves. */
  readonly frozenSinceMs: number | null;
  readonly isMasked: boolean;
}

export const INITIAL_PRESENTATION: Presentation = {
  isPresenting: false,
  scene: 'impact',
  isSpotlightOn: false,
  spotlight: null,
  frozenSinceMs: null,
  isMasked: false,
};

interface RoomPlace {
  /** A guest who looks around alone does not follow. */
  readonly isFollowing: boolean;
  readonly presenter: string;
  /** A guest knows whether names are masked only once the room has said so. */
  readonly isRoomKnown: boolean;
  /** Guests are there, and showing names to them waits for a yes. */
  readonly isUnmaskingAsked: boolean;
}

export const usePresentation = create<Presentation & RoomPlace>(() => ({
  ...INITIAL_PRESENTATION,
  isFollowing: true,
  presenter: '',
  isRoomKnown: false,
  isUnmaskingAsked: false,
}));

const MASKED_KEY = 'faultline.masked';

/** Called once before the page is drawn: names that were masked stay so through a reload, which may come by itself. */
export function keepMasking(storage: Pick<Storage, 'getItem' | 'setItem'>): void {
  const isMasked = storage.getItem(MASKED_KEY) === 'yes';
  present({ isMasked });
  if (isMasked) useNamingStore.setState({ naming: BLANK_NAMING });
  usePresentation.subscribe(({ isMasked }, before) => {
    if (isMasked !== before.isMasked) storage.setItem(MASKED_KEY, isMasked ? 'yes' : 'no');
  });
}

export function present(change: Partial<Presentation>): void {
  usePresentation.setState(change);
}

export function stepScene(step: 1 | -1): void {
  usePresentation.setState(({ scene }) => {
    const index = SCENES.indexOf(scene) + step;
    return { scene: SCENES[Math.min(SCENES.length - 1, Math.max(0, index))] ?? scene, spotlight: null };
  });
}

/** The part a presenter shows. Masking is the room's own (`room.mask`). */
export function presentationOf(store: Presentation): Omit<Presentation, 'isMasked'> {
  const { isPresenting, scene, isSpotlightOn, spotlight, frozenSinceMs } = store;
  return { isPresenting, scene, isSpotlightOn, spotlight, frozenSinceMs };
}

/** A presentation as it came over the wire; parts that are none stay at rest. */
export function readPresentation(value: unknown): Omit<Presentation, 'isMasked'> {
  const parts = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return {
    isPresenting: parts['isPresenting'] === true,
    scene: SCENES.find((scene) => scene === parts['scene']) ?? INITIAL_PRESENTATION.scene,
    isSpotlightOn: parts['isSpotlightOn'] === true,
    spotlight: typeof parts['spotlight'] === 'string' ? parts['spotlight'] : null,
    frozenSinceMs: typeof parts['frozenSinceMs'] === 'number' ? parts['frozenSinceMs'] : null,
  };
}
