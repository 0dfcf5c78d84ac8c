/** Noise reduction in words and figures, the same wherever it stands. */

export const NOISE_DEFINITION =
  'Noise reduction = 1 − incidents ÷ alerts read: the share of alerts nobody needs to open one by one.';

/** `95 %`; of nearly all it never says all: `99.99 %` as long as one incident is left. */
export function reductionText(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–';
  const percent = ratio * 100;
  const digits = percent >= 99.5 && ratio < 1 ? 2 : 0;
  const scale = 10 ** digits;
  const shown = digits === 0 ? Math.round(percent) : Math.floor(percent * scale) / scale;
  return `${String(shown).replace('-', '−')}\u202f%`;
}
