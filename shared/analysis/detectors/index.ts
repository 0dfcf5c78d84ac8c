/** All detectors, in the order they run. Alerts are taken up by correlation as they are and need no detector. */
import type { Detector } from './detector.ts';
import { logPaths } from './log-paths/index.ts';
import { logTemplates } from './log-templates/index.ts';
import { metricShift } from './metric-shift/index.ts';
import { platformEvents } from './platform-events/index.ts';
import { traceRed } from './trace-red/index.ts';

export const detectors: readonly Detector[] = [traceRed, metricShift, logTemplates, logPaths, platformEvents];
