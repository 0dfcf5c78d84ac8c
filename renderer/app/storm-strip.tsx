/**
 * The whole case as one strip: alerts per bucket (worst colour at the bottom), other rows as a quiet ground, the range as
 * a frame, the knowledge cursor as a pin. Drag selects, the frame moves, its edges stretch, the pin travels, the wheel
 * zooms at the pointer. The three handles are sliders for the keyboard.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { useQuery } from '../client/use-query.ts';
import { timeOfX, timeTicks, xOfTime } from '../charts/time-axis.ts';
import type { TimeAxis } from '../charts/time-axis.ts';
import { settleRange } from '../stores/effective-range.ts';
import type { EffectiveRange } from '../stores/effective-range.ts';
import { hoverAt, hoverTime } from '../stores/hover-time.ts';
import { setPlaybackSpan } from '../stores/playback.ts';
import { usePreferences } from '../stores/preferences.ts';
import { clockText } from '../stores/time-format.ts';
import { clampTime, movedBy, rangeBetween, zoomedAt } from '../stores/time-travel.ts';
import { look, useViewStore } from '../stores/view-state.ts';
import type { ViewRange } from '../stores/view-state.ts';
import { drawStorm, hasAlerts } from './storm-strip-drawing.ts';
import { useElementWidth } from '../ui/use-element-width.ts';

const BUCKETS = 160;
const EDGE_PX = 6;
const LEAST_DRAG_PX = 3;
const WHEEL_ZOOM = 1.0015;
const KEY_STEPS = 200n;

type Grip = 'new' | 'from' | 'to' | 'move' | 'known';
/** The strip's axis; its ends are the case's, so they may be asked for. */
type StripAxis = TimeAxis & EffectiveRange;
interface Drag {
  readonly grip: Grip;
  readonly x: number;
  readonly range: ViewRange;
  isMoved: boolean;
}

export function StormStrip({ whole, shown }: { readonly whole: EffectiveRange; readonly shown: EffectiveRange }) {
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const width = useElementWidth(frame);
  const knownAt = useViewStore((store) => store.knownAt);
  const axis = useMemo(() => ({ from: whole.from, to: whole.to, left: 0, right: Math.max(1, width) }), [whole, width]);
  useEffect(() => setPlaybackSpan(shown), [shown]);
  useWheelZoom(frame, axis, shown, whole);

  const xOf = (event: PointerEvent): number => event.clientX - (frame.current?.getBoundingClientRect().left ?? 0);
  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const x = xOf(event);
    drag.current = { grip: gripAt(x, event, axis, shown, whole, knownAt), x, range: shown, isMoved: false };
  }
  function onPointerMove(event: PointerEvent): void {
    const x = xOf(event);
    const time = timeOfX(axis, x);
    hoverAt(time);
    const current = drag.current;
    if (!current || (!current.isMoved && Math.abs(x - current.x) < LEAST_DRAG_PX)) return;
    const options = { isContinued: current.isMoved };
    current.isMoved = true;
    if (current.grip === 'known') look({ knownAt: clampTime(time, whole) }, options);
    else look({ range: draggedRange(current, x, axis, whole) }, options);
  }
  function onPointerUp(): void {
    drag.current = null;
    settleRange();
  }
  return (
    <div className="storm">
      <div
        ref={frame}
        className="storm-strip"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onPointerLeave={() => hoverAt(null)}
        onDoubleClick={() => look({ range: null })}
      >
        <StormBars axis={axis} />
        <RangeFrame axis={axis} whole={whole} shown={shown} />
        <KnownPin axis={axis} whole={whole} knownAt={knownAt} />
        <HairLine axis={axis} />
      </div>
      <Ticks axis={axis} />
    </div>
  );
}

/** What a press takes hold of. Inside the frame of a narrowed range it moves it; Shift always begins a new one. */
function gripAt(
  x: number,
  { shiftKey }: { readonly shiftKey: boolean },
  axis: TimeAxis,
  shown: ViewRange,
  whole: ViewRange,
  knownAt: bigint | null,
): Grip {
  if (shiftKey) return 'new';
  if (knownAt !== null && Math.abs(x - xOfTime(axis, knownAt)) <= EDGE_PX) return 'known';
  const left = xOfTime(axis, shown.from);
  const right = xOfTime(axis, shown.to);
  if (Math.abs(x - left) <= EDGE_PX) return 'from';
  if (Math.abs(x - right) <= EDGE_PX) return 'to';
  const isNarrowed = shown.from > whole.from || shown.to < whole.to;
  return isNarrowed && x > left && x < right ? 'move' : 'new';
}

function draggedRange({ grip, x: startX, range }: Drag, x: number, axis: TimeAxis, whole: ViewRange): ViewRange {
  const time = timeOfX(axis, x);
  switch (grip) {
    case 'from':
      return rangeBetween(time, range.to, whole);
    case 'to':
      return rangeBetween(range.from, time, whole);
    case 'move':
      return movedBy(range, whole, time - timeOfX(axis, startX));
    default:
      return rangeBetween(timeOfX(axis, startX), time, whole);
  }
}

/** A passive listener could not keep the page from scrolling, so this one is set by hand. */
function useWheelZoom(
  frame: RefObject<HTMLDivElement | null>,
  axis: TimeAxis,
  shown: ViewRange,
  whole: ViewRange,
): void {
  const latest = useRef({ axis, shown, whole });
  latest.current = { axis, shown, whole };
  useEffect(() => {
    const element = frame.current;
    let wheeledAt = -Infinity;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { axis, shown, whole } = latest.current;
      const at = timeOfX(axis, event.clientX - (element?.getBoundingClientRect().left ?? 0));
      const isContinued = event.timeStamp - wheeledAt < 500;
      wheeledAt = event.timeStamp;
      look({ range: zoomedAt(shown, whole, at, WHEEL_ZOOM ** event.deltaY) }, { isContinued });
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame]);
}

function StormBars({ axis }: { readonly axis: StripAxis }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = usePreferences((preferences) => preferences.theme);
  const { data } = useQuery('timeline.lanes', { from: axis.from, to: axis.to, bucketCount: BUCKETS });
  const isWithout = data !== undefined && !hasAlerts(data);
  const findings = useQuery('finding.list', isWithout ? {} : null).data?.findings;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = (): void => drawStorm(element, data, findings);
    draw();
    const scheme = window.matchMedia('(prefers-color-scheme: light)');
    scheme.addEventListener('change', draw);
    return () => scheme.removeEventListener('change', draw);
  }, [data, findings, axis, theme]);
  return (
    <canvas ref={canvas} className="storm-bars" role="img" aria-label={stormSentence(data, findings?.length ?? 0)} />
  );
}

/** What the strip shows, in one sentence. */
function stormSentence(data: Parameters<typeof drawStorm>[1], findings: number): string {
  if (!data) return 'Rows over the whole case';
  const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);
  if (!hasAlerts(data)) {
    const rows = total(data.spanCounts) + total(data.logCounts) + total(data.otherCounts);
    return `Rows over the whole case: ${rows}. No alerts; ${findings} ${findings === 1 ? 'finding' : 'findings'}`;
  }
  const { critical, warning, info } = data.alerts;
  return `Alerts over the whole case: ${total(critical)} critical, ${total(warning)} warnings, ${total(info)} others`;
}

function RangeFrame(properties: { readonly axis: TimeAxis; readonly whole: ViewRange; readonly shown: ViewRange }) {
  const { axis, whole, shown } = properties;
  const left = Math.max(0, xOfTime(axis, shown.from));
  const right = Math.min(axis.right, xOfTime(axis, shown.to));
  return (
    <>
      <i className="storm-veil" style={{ left: 0, width: left }} />
      <i className="storm-veil" style={{ left: right, width: Math.max(0, axis.right - right) }} />
      <i className="storm-frame" style={{ left, width: Math.max(2, right - left) }} />
      <Handle
        label="Begin of the range"
        className="storm-edge"
        x={left}
        time={shown.from}
        whole={whole}
        onMove={(time) => look({ range: rangeBetween(time, shown.to, whole) })}
      />
      <Handle
        label="End of the range"
        className="storm-edge"
        x={right}
        time={shown.to}
        whole={whole}
        onMove={(time) => look({ range: rangeBetween(shown.from, time, whole) })}
      />
    </>
  );
}

function KnownPin(properties: { readonly axis: TimeAxis; readonly whole: ViewRange; readonly knownAt: bigint | null }) {
  const { axis, whole, knownAt } = properties;
  const time = knownAt ?? whole.to;
  return (
    <Handle
      label="Known at"
      className={`storm-pin ${knownAt === null ? 'at-end' : ''}`}
      x={Math.min(axis.right - 1, xOfTime(axis, time))}
      time={time}
      whole={whole}
      onMove={(next) => look({ knownAt: next >= whole.to ? null : next })}
    />
  );
}

function Handle(properties: {
  readonly label: string;
  readonly className: string;
  readonly x: number;
  readonly time: bigint;
  readonly whole: ViewRange;
  readonly onMove: (time: bigint) => void;
}) {
  const { whole, time, onMove } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  function onKeyDown(event: KeyboardEvent): void {
    const step = (whole.to - whole.from) / KEY_STEPS;
    const next: Readonly<Record<string, bigint>> = {
      ArrowLeft: time - step,
      ArrowDown: time - step,
      ArrowRight: time + step,
      ArrowUp: time + step,
      PageDown: time - step * 10n,
      PageUp: time + step * 10n,
      Home: whole.from,
      End: whole.to,
    };
    const moved = next[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    onMove(clampTime(moved, whole));
  }
  return (
    <span
      className={properties.className}
      style={{ left: properties.x }}
      role="slider"
      tabIndex={0}
      aria-label={properties.label}
      aria-valuemin={0}
      aria-valuemax={1000}
      aria-valuenow={Math.round((Number(time - whole.from) / Number(whole.to - whole.from)) * 1000)}
      aria-valuetext={clockText(time, zone)}
      onKeyDown={onKeyDown}
    />
  );
}

/** The shared hairline; moved without rendering. */
function HairLine({ axis }: { readonly axis: TimeAxis }) {
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    const show = (): void => {
      const { timeUnixNano: time } = hoverTime.getState();
      if (!line.current) return;
      const isShown = time !== null && time >= axis.from && time <= axis.to;
      line.current.style.display = isShown ? 'block' : 'none';
      if (isShown) line.current.style.transform = `translateX(${xOfTime(axis, time)}px)`;
    };
    show();
    return hoverTime.subscribe(show);
  }, [axis]);
  return <i ref={line} className="storm-hair" />;
}

function Ticks({ axis }: { readonly axis: TimeAxis }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const ticks = useMemo(() => timeTicks(axis, zone, 110), [axis, zone]);
  return (
    <div className="storm-ticks" aria-hidden="true">
      {ticks.map(({ x, label }) => (
        <span key={label + x} style={{ left: Math.min(axis.right - 18, Math.max(18, x)) }}>
          {label}
        </span>
      ))}
    </div>
  );
}
