/** When the person last pressed, released or turned something. */
const INPUTS = ['pointerdown', 'pointerup', 'keydown', 'wheel'] as const;

export interface LastInput {
  /** As `performance.now()` counts; -Infinity = never. */
  readonly at: () => number;
  dispose(): void;
}

export function watchInput(target: Pick<Window, 'addEventListener' | 'removeEventListener'>): LastInput {
  let last = -Infinity;
  const note = (): void => void (last = performance.now());
  const options = { capture: true, passive: true };
  for (const type of INPUTS) target.addEventListener(type, note, options);
  return {
    at: () => last,
    dispose() {
      for (const type of INPUTS) target.removeEventListener(type, note, options);
    },
  };
}
