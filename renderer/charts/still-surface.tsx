/** A canvas without a time axis that follows size and theme: distributions, minimaps. */
import { useLayoutEffect, useRef } from 'react';
import { onPaletteChange } from './palette.ts';
import { surfaceOf } from './surface.ts';
import type { Surface } from './surface.ts';
import './charts.css';

export function StillSurface(properties: {
  readonly height: number;
  readonly summary: string;
  readonly draw: (surface: Surface) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { draw, height } = properties;
  useLayoutEffect(() => {
    const paint = (): void => {
      const width = frame.current?.clientWidth ?? 0;
      if (!canvas.current || width === 0) return;
      const surface = surfaceOf(canvas.current, width, height);
      if (surface) draw(surface);
    };
    paint();
    const observer = new ResizeObserver(paint);
    if (frame.current) observer.observe(frame.current);
    const stop = onPaletteChange(paint);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [draw, height]);
  return (
    <div ref={frame} className="still-surface" style={{ height }} role="img" aria-label={properties.summary}>
      <canvas ref={canvas} style={{ height }} />
    </div>
  );
}
