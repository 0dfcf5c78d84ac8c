/** A canvas over the time part of one lane; it follows size and theme. What it shows is said by the lane's label and table. */
import { useLayoutEffect, useRef } from 'react';
import { onPaletteChange } from '../../charts/palette.ts';
import { surfaceOf } from '../../charts/surface.ts';
import type { Surface } from '../../charts/surface.ts';

export function LaneCanvas(properties: {
  readonly width: number;
  readonly height: number;
  readonly draw: (surface: Surface) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, draw } = properties;
  useLayoutEffect(() => {
    const paint = (): void => {
      const surface = canvas.current && width > 0 ? surfaceOf(canvas.current, width, height) : null;
      if (surface) draw(surface);
    };
    paint();
    return onPaletteChange(paint);
  }, [draw, width, height]);
  return <canvas ref={canvas} className="lane-canvas" style={{ width, height }} aria-hidden="true" />;
}
