/** The whole trace in a strip: one line for each stretch of rows, its longest span, in the colour of what it does. */
import type { Surface } from '../surface.ts';
import { ACTIVITY } from './span-activity.ts';
import type { TraceModel } from './trace-model.ts';
import type { WaterfallRows } from './waterfall-rows.ts';

const MARGIN_PX = 8;
const LINE_PX = 2.2;

/** Rows that stand for all: of each stretch the longest, failing or waiting ones first. O(rows). Pure. */
export function minimapSpans(model: TraceModel, rows: WaterfallRows, lineCount: number): readonly number[] {
  const count = rows.spans.length;
  const lines = Math.min(count, Math.max(1, lineCount));
  return Array.from({ length: lines }, (_, line) => {
    let best = -1;
    const end = Math.floor(((line + 1) * count) / lines);
    for (let row = Math.floor((line * count) / lines); row < end; row++) {
      const span = rows.spans[row]!;
      if (best < 0 || weight(model, span) > weight(model, best)) best = span;
    }
    return best;
  });
}

function weight({ table, activity }: TraceModel, span: number): number {
  return table.durationNs[span]! * (activity[span] === ACTIVITY.waits ? 2 : 1);
}

export function drawTraceMinimap(surface: Surface, model: TraceModel, rows: WaterfallRows): void {
  const { context, colours, width, height } = surface;
  const spans = minimapSpans(model, rows, Math.floor((height - 6) / LINE_PX));
  const scale = (width - 2 * MARGIN_PX) / Math.max(1, model.totalNs);
  const step = Math.min(LINE_PX, (height - 6) / Math.max(1, spans.length));
  spans.forEach((span, line) => {
    const activity = model.activity[span];
    context.fillStyle =
      activity === ACTIVITY.waits ? colours.failFill : activity === ACTIVITY.holds ? colours.warnFill : colours.series2;
    const barWidth = Math.max(1.5, model.table.durationNs[span]! * scale);
    context.fillRect(
      MARGIN_PX + model.table.startNs[span]! * scale,
      3 + line * step,
      barWidth,
      Math.max(1, step - 0.6),
    );
  });
}
