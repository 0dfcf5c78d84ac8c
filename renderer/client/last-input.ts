/** When the person last pressed, dragged, released or turned something. */
const INPUTS = ['pointerdown', 'pointermove', 'pointerup', 'keydown', 'wheel'] as const;

export interface LastInput {
  /** As `performance.now()` counts; -Infinity = never. */
  readonly at: () => number;
  dispose(): void;
}

/** `onInput` hears of each, before what it brings about. */
export function watchInput(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  onInput: () => void = () => undefined,
): LastInput {
  let last = -Infinity;
  const note = (event: Event): void => {
    // A pointer that only passes over the page asks for nothing.
    if (event.type === 'pointermove' && (event as PointerEvent).buttons === 0) return;
    last = performance.now();
    onInput();
  };
  const options = { capture: true, passive: true };
  for (const type of INPUTS) target.addEventListener(type, note, options);
  return {
    at: () => last,
    dispose() {
      for (const type of INPUTS) target.removeEventListener(type, note, options);
    },
  };
}
