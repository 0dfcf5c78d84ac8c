/**
 * The waterfall: one canvas that stays in sight while the list scrolls under it. Scrolling, zooming and hovering paint
 * straight from the model; React renders only when a row is chosen or the rows change.
 */
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, Ref } from 'react';
import { hoverAt, hoverTime } from '../../stores/hover-time.ts';
import { durationText } from '../../stores/time-format.ts';
import { onPaletteChange } from '../palette.ts';
import { surfaceOf } from '../surface.ts';
import { HEADER_PX, ROW_PX, barArea, drawWaterfall } from './draw-waterfall.ts';
import { textAt } from './span-table.ts';
import { isErrorSpan } from './trace-model.ts';
import type { TraceModel } from './trace-model.ts';
import type { WaterfallRows } from './waterfall-rows.ts';
import './waterfall.css';

/** Stretch of the trace in sight, ns after its begin. */
export interface TraceStretch {
  readonly fromNs: number;
  readonly toNs: number;
}

export interface WaterfallHandle {
  focus(): void;
}

const WHEEL_ZOOM = 1.0015;
/** Closer than this nothing more is to be seen. */
const LEAST_STRETCH_NS = 100;

export function Waterfall(properties: {
  readonly model: TraceModel;
  readonly rows: WaterfallRows;
  readonly stretch: TraceStretch;
  readonly onStretch: (stretch: TraceStretch) => void;
  readonly activeRow: number;
  readonly onActive: (row: number) => void;
  readonly collapsed: ReadonlySet<number>;
  readonly onToggle: (span: number, isOpen: boolean) => void;
  readonly hasPath: boolean;
  readonly logTimes: ReadonlyMap<number, readonly number[]>;
  readonly nameOf: (entityKey: string) => string;
  readonly textOf: (text: string) => string;
  readonly handle?: Ref<WaterfallHandle>;
}) {
  const { model, rows, stretch, activeRow } = properties;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const hairline = useRef<HTMLDivElement>(null);
  const latest = useRef(properties);
  latest.current = properties;

  const paint = useCallback(() => {
    const frame = scroller.current;
    if (!frame || !canvas.current || frame.clientWidth === 0) return;
    const surface = surfaceOf(canvas.current, frame.clientWidth, frame.clientHeight);
    const now = latest.current;
    if (surface) drawWaterfall(surface, { ...now, ...now.stretch, top: frame.scrollTop });
  }, []);
  useLayoutEffect(paint);
  useEffect(() => {
    const frame = scroller.current;
    if (!frame) return;
    let request = 0;
    const schedule = (): void => {
      if (request === 0) {
        request = requestAnimationFrame(() => {
          request = 0;
          paint();
        });
      }
    };
    frame.addEventListener('scroll', schedule, { passive: true });
    const observer = new ResizeObserver(() => {
      if (canvas.current) canvas.current.style.height = `${frame.clientHeight}px`;
      schedule();
    });
    observer.observe(frame);
    const stop = onPaletteChange(schedule);
    return () => {
      frame.removeEventListener('scroll', schedule);
      observer.disconnect();
      stop();
      cancelAnimationFrame(request);
    };
  }, [paint]);
  useHairline(scroller, hairline, latest);
  useTraceZoom(scroller, latest);
  useImperativeHandle(properties.handle, () => ({ focus: () => scroller.current?.focus() }), []);
  useEffect(() => {
    const frame = scroller.current;
    if (!frame || activeRow < 0) return;
    const top = activeRow * ROW_PX;
    const room = frame.clientHeight - HEADER_PX - ROW_PX;
    if (top < frame.scrollTop) frame.scrollTop = top;
    else if (top > frame.scrollTop + room) frame.scrollTop = top - room;
  }, [activeRow]);

  function onClick(event: MouseEvent<HTMLDivElement>): void {
    const frame = event.currentTarget;
    const box = frame.getBoundingClientRect();
    const y = event.clientY - box.top;
    if (y < HEADER_PX) return;
    const row = Math.floor((y - HEADER_PX + frame.scrollTop) / ROW_PX);
    const span = rows.spans[row];
    if (span === undefined) return;
    const chevronX = 10 + Math.min(14, rows.depths[row]!) * 13;
    const x = event.clientX - box.left;
    if (x >= chevronX - 6 && x <= chevronX + 14) properties.onToggle(span, properties.collapsed.has(span));
    properties.onActive(row);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const last = rows.spans.length - 1;
    const target: Readonly<Record<string, number>> = {
      ArrowDown: activeRow + 1,
      ArrowUp: activeRow - 1,
      PageDown: activeRow + page,
      PageUp: activeRow - page,
      Home: 0,
      End: last,
    };
    const row = target[event.key];
    const span = rows.spans[activeRow];
    if (row !== undefined) properties.onActive(Math.min(last, Math.max(0, row)));
    else if (event.key === 'ArrowLeft' && span !== undefined) properties.onToggle(span, false);
    else if (event.key === 'ArrowRight' && span !== undefined) properties.onToggle(span, true);
    else return;
    event.preventDefault();
  }
  const active = rows.spans[activeRow];
  return (
    <div
      ref={scroller}
      className="waterfall"
      tabIndex={0}
      role="listbox"
      aria-label={`Waterfall of ${rows.spans.length} spans`}
      aria-activedescendant={active === undefined ? undefined : 'waterfall-active'}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => {
        const area = barArea(event.currentTarget.clientWidth);
        const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
        if (x < area.left || x > area.right) return hoverAt(null);
        const ns = stretch.fromNs + ((x - area.left) / (area.right - area.left)) * (stretch.toNs - stretch.fromNs);
        hoverAt(model.table.originTime + BigInt(Math.round(ns)));
      }}
      onPointerLeave={() => hoverAt(null)}
    >
      <div
        className="waterfall-sheet"
        style={{ height: rows.spans.length * ROW_PX + HEADER_PX + 8 }}
        role="presentation"
      >
        <canvas ref={canvas} aria-hidden="true" />
        <div id="waterfall-active" role="option" aria-selected="true" className="visually-hidden">
          {active === undefined ? 'No span is chosen.' : spanSentence(properties, active)}
        </div>
      </div>
      <div ref={hairline} className="waterfall-hairline" hidden />
    </div>
  );
}

function spanSentence(
  { model, nameOf, textOf }: Pick<Parameters<typeof Waterfall>[0], 'model' | 'nameOf' | 'textOf'>,
  span: number,
): string {
  const { table } = model;
  return [
    `${nameOf(textAt(table, 'entity', span))} ${textOf(textAt(table, 'name', span)).slice(0, 200)}`,
    `begins after ${durationText(table.startNs[span]!)}`,
    `takes ${durationText(table.durationNs[span]!)}, ${durationText(model.selfNs[span]!)} of it itself`,
    ...(isErrorSpan(model, span) ? ['failed'] : []),
  ].join(', ');
}

type Latest = React.RefObject<Parameters<typeof Waterfall>[0]>;

function useHairline(
  scroller: React.RefObject<HTMLDivElement | null>,
  hairline: React.RefObject<HTMLDivElement | null>,
  latest: Latest,
): void {
  useEffect(
    () =>
      hoverTime.subscribe(({ timeUnixNano }) => {
        const frame = scroller.current;
        const line = hairline.current;
        if (!frame || !line) return;
        const { model, stretch } = latest.current;
        const ns = timeUnixNano === null ? NaN : Number(timeUnixNano - model.table.originTime);
        line.hidden = !(ns >= stretch.fromNs && ns <= stretch.toNs);
        if (line.hidden) return;
        const { left, right } = barArea(frame.clientWidth);
        const share = (ns - stretch.fromNs) / (stretch.toNs - stretch.fromNs);
        line.style.transform = `translateX(${Math.round(left + share * (right - left))}px)`;
      }),
    [scroller, hairline, latest],
  );
}

/** Ctrl and wheel zoom at the pointer. */
function useTraceZoom(scroller: React.RefObject<HTMLDivElement | null>, latest: Latest): void {
  useEffect(() => {
    const frame = scroller.current;
    if (!frame) return;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { stretch, model, onStretch } = latest.current;
      const { left, right } = barArea(frame.clientWidth);
      const share = Math.min(
        1,
        Math.max(0, (event.clientX - frame.getBoundingClientRect().left - left) / (right - left)),
      );
      const at = stretch.fromNs + share * (stretch.toNs - stretch.fromNs);
      const factor = WHEEL_ZOOM ** event.deltaY;
      const fromNs = Math.max(0, at - (at - stretch.fromNs) * factor);
      const toNs = Math.min(model.totalNs, at + (stretch.toNs - at) * factor);
      if (toNs - fromNs >= LEAST_STRETCH_NS) onStretch({ fromNs, toNs });
    };
    frame.addEventListener('wheel', onWheel, { passive: false });
    return () => frame.removeEventListener('wheel', onWheel);
  }, [scroller, latest]);
}
