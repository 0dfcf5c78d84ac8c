/** The strip above the waterfall: drag to choose the stretch in sight, double click for all of it. */
import { useCallback, useRef } from 'react';
import type { PointerEvent } from 'react';
import { durationText } from '../../stores/time-format.ts';
import { StillSurface } from '../still-surface.tsx';
import type { Surface } from '../surface.ts';
import { drawTraceMinimap } from './draw-trace-minimap.ts';
import type { TraceModel } from './trace-model.ts';
import type { TraceStretch } from './waterfall.tsx';
import type { WaterfallRows } from './waterfall-rows.ts';

const HEIGHT_PX = 40;
const MARGIN_PX = 8;
const LEAST_DRAG_PX = 4;

export function TraceMinimap(properties: {
  readonly model: TraceModel;
  readonly rows: WaterfallRows;
  readonly stretch: TraceStretch;
  readonly onStretch: (stretch: TraceStretch) => void;
}) {
  const { model, rows, stretch, onStretch } = properties;
  const draw = useCallback((surface: Surface) => drawTraceMinimap(surface, model, rows), [model, rows]);
  const start = useRef<number | null>(null);
  const nsOf = (event: PointerEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN_PX) / Math.max(1, box.width - 2 * MARGIN_PX);
    return Math.min(1, Math.max(0, share)) * model.totalNs;
  };
  const total = Math.max(1, model.totalNs);
  return (
    <div
      className="trace-minimap"
      onPointerDown={(event) => {
        start.current = nsOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        const from = start.current;
        start.current = null;
        if (from === null) return;
        const to = nsOf(event);
        const leastNs = (LEAST_DRAG_PX / Math.max(1, event.currentTarget.clientWidth)) * total;
        if (Math.abs(to - from) > leastNs) onStretch({ fromNs: Math.min(from, to), toNs: Math.max(from, to) });
      }}
      onDoubleClick={() => onStretch({ fromNs: 0, toNs: model.totalNs })}
    >
      <StillSurface
        height={HEIGHT_PX}
        summary={`The whole trace, ${durationText(model.totalNs)}; in sight ${durationText(stretch.fromNs)} to ${durationText(stretch.toNs)}.`}
        draw={draw}
      />
      <div
        className="trace-minimap-window"
        style={{
          insetInlineStart: `calc(${MARGIN_PX}px + (100% - ${2 * MARGIN_PX}px) * ${stretch.fromNs / total})`,
          width: `calc((100% - ${2 * MARGIN_PX}px) * ${(stretch.toNs - stretch.fromNs) / total})`,
        }}
      />
    </div>
  );
}
