/**
 * Playing back what was known: the knowledge cursor walks through the range shown, at most ten steps a second, and stops
 * at its end. One run is one step of undo.
 */
import { create } from 'zustand';
import { look, useViewStore } from './view-state.ts';
import type { ViewRange } from './view-state.ts';

export const usePlayback = create<{ readonly isPlaying: boolean }>(() => ({ isPlaying: false }));

const STEP_MS = 200;
/** A whole range takes this many steps: 20 s. */
const STEPS = 100n;

let span: ViewRange | null = null;
let timer: ReturnType<typeof setInterval> | undefined;

/** What playback walks through: the range on the screen. Told by the time bar. */
export function setPlaybackSpan(range: ViewRange | null): void {
  span = range;
  if (range === null) stop();
}

export function togglePlayback(): void {
  if (usePlayback.getState().isPlaying) return stop();
  if (!span) return;
  const { knownAt } = useViewStore.getState();
  const isInside = knownAt !== null && knownAt >= span.from && knownAt < span.to;
  look({ knownAt: isInside ? knownAt : span.from });
  usePlayback.setState({ isPlaying: true });
  timer = setInterval(step, STEP_MS);
}

function step(): void {
  const { knownAt } = useViewStore.getState();
  if (!span || knownAt === null) return stop();
  const next = knownAt + (span.to - span.from) / STEPS;
  look({ knownAt: next < span.to ? next : span.to }, { isContinued: true });
  if (next >= span.to) stop();
}

function stop(): void {
  clearInterval(timer);
  usePlayback.setState({ isPlaying: false });
}
