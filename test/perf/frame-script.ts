/**
 * How long the page's own script ran in each frame, from a trace of Chromium. Frames without script of ours are left out,
 * so that idle ones do not make the figure better.
 */
import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, what the thread really ran: other programs on the machine do not count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Work that calls into script; what is nested in it is part of it. */
const SCRIPT_EVENTS = new Set([
  'FireAnimationFrame',
  'FireIdleCallback',
  'EventDispatch',
  'FunctionCall',
  'TimerFire',
  'RunMicrotasks',
  'EvaluateScript',
  'MajorGC',
  'MinorGC',
]);
const FRAME_EVENT = 'BeginMainThreadFrame';
const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', '__metadata'];

/** Milliseconds of script per frame while `work` runs, in order. */
export async function scriptPerFrame(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: [...CATEGORIES, 'disabled-by-default-devtools.timeline.frame'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  return scriptMsPerFrame(trace.traceEvents);
}

function scriptMsPerFrame(events: readonly TraceEvent[]): readonly number[] {
  const main = mainThreadOf(events);
  const own = events.filter(({ pid, tid }) => `${pid} ${tid}` === main).toSorted((a, b) => a.ts - b.ts);
  const perFrame: number[] = [];
  let frameUs = 0;
  let untilUs = -Infinity;
  for (const { name, ph, ts, dur = 0, tdur = dur } of own) {
    if (name === FRAME_EVENT) {
      if (frameUs > 0) perFrame.push(frameUs / 1000);
      frameUs = 0;
    } else if (ph === 'X' && SCRIPT_EVENTS.has(name) && ts >= untilUs) {
      frameUs += tdur;
      untilUs = ts + dur;
    }
  }
  return perFrame;
}

/** The renderer's main thread on which most frames began. */
function mainThreadOf(events: readonly TraceEvent[]): string {
  const frames = new Map<string, number>();
  for (const { name, pid, tid } of events) {
    if (name === FRAME_EVENT) frames.set(`${pid} ${tid}`, (frames.get(`${pid} ${tid}`) ?? 0) + 1);
  }
  const [busiest] = [...frames].sort((a, b) => b[1] - a[1]);
  if (!busiest) throw new Error('The trace holds no frame.');
  return busiest[0];
}
