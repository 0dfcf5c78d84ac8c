/**
 * How the screen is shown to others: presenter mode, its scene, spotlight, freeze and masking. Of this session only; a
 * room that follows gets it from the presenter (`features/presenter/room-sync`).
 */
import { create } from 'zustand';

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
}

export const usePresentation = create<Presentation & RoomPlace>(() => ({
  ...INITIAL_PRESENTATION,
  isFollowing: true,
  presenter: '',
}));

const MASKED_KEY = 'faultline.masked';

/** Called once before the page is drawn: names that were masked stay so through a reload, which may come by itself. */
export function keepMasking(storage: Pick<Storage, 'getItem' | 'setItem'>): void {
  present({ isMasked: storage.getItem(MASKED_KEY) === 'yes' });
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

/** The part a room shares. */
export function presentationOf(store: Presentation): Presentation {
  const { isPresenting, scene, isSpotlightOn, spotlight, frozenSinceMs, isMasked } = store;
  return { isPresenting, scene, isSpotlightOn, spotlight, frozenSinceMs, isMasked };
}

/** A presentation as it came over the wire; parts that are none stay at rest. */
export function readPresentation(value: unknown): Presentation {
  if (typeof value !== 'object' || value === null) return INITIAL_PRESENTATION;
  const parts = value as Readonly<Record<string, unknown>>;
  return {
    isPresenting: parts['isPresenting'] === true,
    scene: SCENES.find((scene) => scene === parts['scene']) ?? INITIAL_PRESENTATION.scene,
    isSpotlightOn: parts['isSpotlightOn'] === true,
    spotlight: typeof parts['spotlight'] === 'string' ? parts['spotlight'] : null,
    frozenSinceMs: typeof parts['frozenSinceMs'] === 'number' ? parts['frozenSinceMs'] : null,
    isMasked: parts['isMasked'] === true,
  };
}
