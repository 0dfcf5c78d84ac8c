/**
 * Pointer and hairline over all lanes at once. A move changes two elements and the shared hover time, never React state;
 * a drag draws a brush and on release sets the range of every view; Ctrl with the wheel zooms at the cursor.
 */
import { useEffect, useRef } from 'react';
import type { PointerEvent, RefObject } from 'react';
import { timeOfX, xOfTime } from '../../charts/time-axis.ts';
import type { TimeAxis } from '../../charts/time-axis.ts';
import { useWholeRange } from '../../stores/effective-range.ts';
import { hoverAt, hoverTime } from '../../stores/hover-time.ts';
import type { Zone } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { rangeBetween, zoomedAt } from '../../stores/time-travel.ts';
import { look } from '../../stores/view-state.ts';
import { LABEL_PX } from './lanes.ts';

const LEAST_BRUSH_PX = 4;
const WHEEL_ZOOM = 1.0015;
/** A wheel that rested this long begins anew. */
const WHEEL_REST_MS = 500;

export interface LanePointer {
  readonly hairline: RefObject<HTMLDivElement | null>;
  readonly brush: RefObject<HTMLDivElement | null>;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onPointerLeave: () => void;
  };
}

/** `axis` begins at 0 where the labels end. */
export function useLanePointer(frame: RefObject<HTMLElement | null>, axis: TimeAxis | null, zone: Zone): LanePointer {
  const hairline = useRef<HTMLDivElement>(null);
  const brush = useRef<HTMLDivElement>(null);
  const start = useRef<number | null>(null);
  const whole = useWholeRange();
  const latest = useRef({ axis, whole });
  latest.current = { axis, whole };

  useEffect(() => {
    const move = (): void => moveHairline(hairline.current, latest.current.axis, zone);
    move();
    return hoverTime.subscribe(move);
  }, [zone, axis]);
  useWheelZoom(frame, latest);

  function xOf(event: PointerEvent<HTMLElement>): number {
    const box = frame.current?.getBoundingClientRect();
    const right = latest.current.axis?.right ?? 0;
    return Math.min(right, Math.max(0, event.clientX - (box?.left ?? 0) - LABEL_PX));
  }
  function end(): void {
    start.current = null;
    if (brush.current) brush.current.hidden = true;
  }
  return {
    hairline,
    brush,
    handlers: {
      onPointerDown(event) {
        // Marks and labels are buttons of their own; a drag begins on the ground between them.
        if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
        start.current = xOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event) {
        const { axis: now } = latest.current;
        if (!now) return;
        const x = xOf(event);
        hoverAt(timeOfX(now, x));
        if (start.current === null || !brush.current) return;
        brush.current.hidden = Math.abs(x - start.current) < LEAST_BRUSH_PX;
        brush.current.style.transform = `translateX(${LABEL_PX + Math.min(x, start.current)}px)`;
        brush.current.style.width = `${Math.abs(x - start.current)}px`;
      },
      onPointerUp(event) {
        const from = start.current;
        end();
        const { axis: now, whole: limits } = latest.current;
        if (from === null || !now || !limits) return;
        const x = xOf(event);
        if (Math.abs(x - from) < LEAST_BRUSH_PX) return;
        look({ range: rangeBetween(timeOfX(now, from), timeOfX(now, x), limits) });
      },
      onPointerCancel: end,
      onPointerLeave: () => hoverAt(null),
    },
  };
}

function moveHairline(line: HTMLDivElement | null, axis: TimeAxis | null, zone: Zone): void {
  if (!line) return;
  const time = hoverTime.getState().timeUnixNano;
  const isShown = axis !== null && time !== null && time >= axis.from && time <= axis.to;
  line.hidden = !isShown;
  if (!isShown) return;
  const x = Math.round(xOfTime(axis, time));
  line.style.transform = `translateX(${LABEL_PX + x}px)`;
  const label = line.firstElementChild;
  if (!label) return;
  label.textContent = clockText(time, zone);
  label.className = x > axis.right - 70 ? 'is-left' : '';
}

function useWheelZoom(
  frame: RefObject<HTMLElement | null>,
  latest: RefObject<{
    readonly axis: TimeAxis | null;
    readonly whole: { readonly from: bigint; readonly to: bigint } | null;
  }>,
): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let wheeledAt = -Infinity;
    // React's own wheel listeners are passive: the page would scroll under the zoom.
    const onWheel = (event: WheelEvent): void => {
      const { axis, whole } = latest.current;
      if ((!event.ctrlKey && !event.metaKey) || !axis || !whole) return;
      event.preventDefault();
      const x = event.clientX - element.getBoundingClientRect().left - LABEL_PX;
      const range = zoomedAt(axis, whole, timeOfX(axis, x), WHEEL_ZOOM ** event.deltaY);
      // One turn of the wheel is one step of undo, apart from whatever was done before it.
      const isContinued = event.timeStamp - wheeledAt < WHEEL_REST_MS;
      wheeledAt = event.timeStamp;
      look({ range }, { isContinued });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame, latest]);
}
