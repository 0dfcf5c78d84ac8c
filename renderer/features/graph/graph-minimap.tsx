/** The whole graph as a stamp; dragging on it moves the view. */
import { useEffect, useRef } from 'react';
import type { PointerEvent, RefObject } from 'react';
import type { Camera } from '../../graph/draw/camera.ts';
import type { GraphView } from '../../graph/draw/graph-view.ts';
import { minimapView, paintMinimap } from '../../graph/draw/minimap.ts';
import { readTheme } from '../../graph/draw/theme.ts';
import type { Placement } from '../../graph/layout/placement.ts';
import type { Scene } from '../../graph/model/scene.ts';

export interface MinimapProps {
  readonly scene: Scene;
  readonly view: RefObject<GraphView | null>;
  readonly place: Placement;
  readonly camera: Camera | null;
}

const SIZE = { width: 256, height: 157 };

export function GraphMinimap({ scene, view, place, camera }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const made = view.current;
    const context = element?.getContext('2d');
    if (!element || !context || !made) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = SIZE.width * ratio;
    element.height = SIZE.height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintMinimap(context, readTheme(), scene, place, SIZE, made.camera, made.size);
  }, [scene, place, camera, view]);

  function moveTo(event: PointerEvent<HTMLCanvasElement>): void {
    const made = view.current;
    if (!made || (event.type === 'pointermove' && event.buttons === 0)) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const map = minimapView(place, SIZE);
    made.setCamera({
      ...made.camera,
      x: map.left + (event.clientX - box.left) * map.step - made.size.width / 2 / made.camera.zoom,
      y: map.top + (event.clientY - box.top) * map.step - made.size.height / 2 / made.camera.zoom,
    });
  }

  return (
    <div className="graph-minimap">
      <div className="row detail text-3">
        <span className="grow">Overview</span>
        <span>drag to move</span>
      </div>
      <canvas
        ref={canvas}
        style={{ width: SIZE.width, height: SIZE.height }}
        aria-hidden="true"
        onPointerDown={moveTo}
        onPointerMove={moveTo}
      />
    </div>
  );
}
