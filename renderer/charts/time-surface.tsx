/**
 * The React side of every chart over time: a canvas that follows size and theme, the shared hairline, and the brush that
 * sets the range of all views. Pointer moves never pass through React: the hairline and the brush are two elements whose
 * style is set directly.
 */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { PointerEvent } from 'react';
import { hoverAt, hoverTime } from '../stores/hover-time.ts';
import { clockText } from '../stores/time-format.ts';
import { usePreferences } from '../stores/preferences.ts';
import { look, useViewStore } from '../stores/view-state.ts';
import { onPaletteChange } from './palette.ts';
import { surfaceOf } from './surface.ts';
import type { Surface } from './surface.ts';
import { timeOfX, xOfTime, zoomedRange } from './time-axis.ts';
import type { TimeAxis } from './time-axis.ts';
import './charts.css';

/** A press that moves less is a click, not a brush. */
const LEAST_BRUSH_PX = 4;
const WHEEL_ZOOM = 1.0015;
/** The readout is set in 11 px mono. */
const LETTER_PX = 6.63;
const LABEL_PADDING_PX = 9;
const LABEL_GAP_PX = 4;

export interface TimeSurfaceProperties {
  readonly from: bigint;
  readonly to: bigint;
  /** Room beside the plot for ticks. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** Read aloud: what the picture says, in one sentence. */
  readonly summary: string;
  /** Paints everything but hairline and brush. Called when it changes, and on size and theme changes. */
  readonly draw: (surface: Surface, axis: TimeAxis) => void;
  /** What stands at the hairline, in a few words; '' = only the time. */
  readonly readout?: ((time: bigint) => string) | undefined;
  readonly onPick?: ((time: bigint) => void) | undefined;
  readonly className?: string;
}

export function TimeSurface(properties: TimeSurfaceProperties) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const brush = useRef<HTMLDivElement>(null);
  const latest = useRef(properties);
  latest.current = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  const axisNow = (): TimeAxis => {
    const { from, to, left, right } = latest.current;
    const width = frame.current?.clientWidth ?? 0;
    return { from, to, left, right: Math.max(left + 1, width - right) };
  };

  const { draw, from, to, left, right, height } = properties;
  useLayoutEffect(() => {
    const paint = (): void => {
      const width = frame.current?.clientWidth ?? 0;
      if (!canvas.current || width === 0) return;
      const surface = surfaceOf(canvas.current, width, height);
      if (surface) draw(surface, { from, to, left, right: Math.max(left + 1, width - right) });
    };
    paint();
    const observer = new ResizeObserver(paint);
    if (frame.current) observer.observe(frame.current);
    const stop = onPaletteChange(paint);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [draw, from, to, left, right, height]);

  useEffect(() => {
    const move = (): void => moveHairline(line.current, axisNow(), latest.current.readout, zone);
    move();
    return hoverTime.subscribe(move);
  }, [zone, from, to]);

  useWheelZoom(frame, axisNow);
  const handlers = useBrush(brush, axisNow, (time) => latest.current.onPick?.(time));
  return (
    <div
      ref={frame}
      className={`time-surface ${properties.className ?? ''}`}
      style={{ height }}
      role="img"
      aria-label={properties.summary}
      {...handlers}
      onPointerLeave={() => hoverAt(null)}
    >
      <canvas ref={canvas} style={{ height }} />
      <KnownVeil {...properties} />
      <div ref={line} className="time-hairline" hidden>
        <span dir="auto" />
      </div>
      <div ref={brush} className="time-brush" hidden />
    </div>
  );
}

/** What lay after the knowledge cursor is veiled: it was not known then. */
function KnownVeil({ from, to, left, right }: Pick<TimeSurfaceProperties, 'from' | 'to' | 'left' | 'right'>) {
  const knownAt = useViewStore((store) => store.knownAt);
  if (knownAt === null || knownAt >= to) return null;
  const share = Math.max(0, Number(knownAt - from) / Number(to - from));
  const start = `calc(${left}px + (100% - ${left + right}px) * ${share})`;
  return <i className="time-veil" style={{ left: start, right }} />;
}

function moveHairline(
  line: HTMLDivElement | null,
  axis: TimeAxis,
  readout: ((time: bigint) => string) | undefined,
  zone: 'utc' | 'local',
): void {
  if (!line) return;
  const time = hoverTime.getState().timeUnixNano;
  const isShown = time !== null && time >= axis.from && time <= axis.to;
  line.hidden = !isShown;
  if (!isShown) return;
  const x = xOfTime(axis, time);
  line.style.transform = `translateX(${Math.round(x)}px)`;
  const text = line.firstElementChild;
  if (!(text instanceof HTMLElement)) return;
  const value = readout?.(time) ?? '';
  text.textContent = value === '' ? clockText(time, zone) : `${clockText(time, zone)}  ${value}`;
  // Beside the line where there is room, else along the edge. Counted in letters: measuring would lay out the page.
  const width = text.textContent.length * LETTER_PX + LABEL_PADDING_PX;
  const place = x > (axis.left + axis.right) / 2 ? -width - LABEL_GAP_PX : LABEL_GAP_PX;
  text.style.left = `${Math.round(Math.min(axis.right - x - width, Math.max(-x, place)))}px`;
}

function useWheelZoom(frame: React.RefObject<HTMLDivElement | null>, axisNow: () => TimeAxis): void {
  const axis = useRef(axisNow);
  axis.current = axisNow;
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    // Listened to here, because React's own wheel listeners may not hold the page still.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const now = axis.current();
      const x = event.clientX - element.getBoundingClientRect().left;
      look({ range: zoomedRange(now, timeOfX(now, x), WHEEL_ZOOM ** event.deltaY) }, { isContinued: true });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame]);
}

interface BrushHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerCancel: () => void;
}

function useBrush(
  brush: React.RefObject<HTMLDivElement | null>,
  axisNow: () => TimeAxis,
  onPick: (time: bigint) => void,
): BrushHandlers {
  const start = useRef<number | null>(null);
  const xOf = (event: PointerEvent<HTMLDivElement>): number => {
    const axis = axisNow();
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(axis.right, Math.max(axis.left, x));
  };
  const end = (): void => {
    start.current = null;
    if (brush.current) brush.current.hidden = true;
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      start.current = xOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      const x = xOf(event);
      hoverAt(timeOfX(axisNow(), x));
      if (start.current === null || !brush.current) return;
      brush.current.hidden = Math.abs(x - start.current) < LEAST_BRUSH_PX;
      brush.current.style.transform = `translateX(${Math.min(x, start.current)}px)`;
      brush.current.style.width = `${Math.abs(x - start.current)}px`;
    },
    onPointerUp: (event) => {
      const from = start.current;
      end();
      if (from === null) return;
      const axis = axisNow();
      const x = xOf(event);
      const [first, last] = [timeOfX(axis, Math.min(from, x)), timeOfX(axis, Math.max(from, x))];
      if (Math.abs(x - from) < LEAST_BRUSH_PX || first >= last) onPick(timeOfX(axis, x));
      else look({ range: { from: first, to: last } });
    },
    onPointerCancel: end,
  };
}
