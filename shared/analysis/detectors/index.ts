/** Every detector, in the order they run. Adding one is one line here and a folder beside it. */
import type { Detector } from './detector.ts';

export const detectors: readonly Detector[] = [];
