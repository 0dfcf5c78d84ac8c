/** The whole picture in order, back to front, pausing between portions so that a frame of the page is never held up. */
import type { Frame } from './frame.ts';
import { paintBoxes } from './paint-boxes.ts';
import { paintCausePath, paintEdges, paintGround, paintInnerEdges } from './paint-edges.ts';
import { paintLabels, placeFrameLabels } from './paint-labels.ts';
import type { PaintedLabel } from './paint-labels.ts';
import { paintChangeTag, paintNodes, paintPins } from './paint-nodes.ts';

/** Yields between portions; returns the labels that found room. */
export function* paintScene(frame: Frame): Generator<void, readonly PaintedLabel[]> {
  paintGround(frame);
  yield* paintEdges(frame);
  yield;
  paintBoxes(frame);
  yield;
  yield* paintInnerEdges(frame);
  paintCausePath(frame);
  yield;
  yield* paintNodes(frame);
  paintPins(frame);
  paintChangeTag(frame);
  yield;
  const labels = placeFrameLabels(frame);
  yield;
  paintLabels(frame, labels);
  return labels;
}

/** All at once, for exports and small pictures. */
export function paintAll(frame: Frame): readonly PaintedLabel[] {
  const painting = paintScene(frame);
  for (;;) {
    const step = painting.next();
    if (step.done) return step.value;
  }
}
