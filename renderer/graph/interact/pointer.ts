/**
 * Mouse, pen, touch and wheel on the graph: drag on ground pans, drag on a node moves and pins it, wheel zooms at the
 * pointer (two-finger scrolling pans), a click selects. Hover is reported after 120 ms of rest, and its end at once.
 */
import { panBy, zoomAt } from '../draw/camera.ts';
import type { GraphView } from '../draw/graph-view.ts';
import type { Hit } from './hit-test.ts';

export interface PointerEvents {
  readonly hitAt: (x: number, y: number) => Hit | null;
  readonly onHover: (hit: Hit | null, x: number, y: number) => void;
  readonly onClick: (hit: Hit | null, event: MouseEvent) => void;
  readonly onOpen: (hit: Hit | null) => void;
  /** World position a node is dragged to; `isDone` at the end. */
  readonly onDragNode: (index: number, x: number, y: number, isDone: boolean) => void;
}

const HOVER_MS = 120;
/** A hand trembles: less than this is a click. */
const DRAG_PX = 4;
const WHEEL_STEP = 0.0016;

export function followPointer(host: HTMLElement, view: GraphView, events: PointerEvents): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let drag: {
    readonly startX: number;
    readonly startY: number;
    x: number;
    y: number;
    readonly hit: Hit | null;
    isMoving: boolean;
  } | null = null;
  let hoverTimer = 0;
  let hovered: string | null = null;

  const at = (event: MouseEvent): readonly [number, number] => {
    const box = host.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const endHover = (): void => {
    window.clearTimeout(hoverTimer);
    if (hovered !== null) events.onHover(null, 0, 0);
    hovered = null;
  };
  const noteHover = (x: number, y: number): void => {
    const hit = events.hitAt(x, y);
    const key = hit && JSON.stringify(hit);
    host.style.cursor = hit && hit.kind !== 'group' ? 'pointer' : 'grab';
    if (key === hovered) return;
    endHover();
    if (hit) {
      hoverTimer = window.setTimeout(() => {
        hovered = key;
        events.onHover(hit, x, y);
      }, HOVER_MS);
    }
  };
  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      const [x, y] = at(event);
      drag = { startX: x, startY: y, x, y, hit: events.hitAt(x, y), isMoving: false };
      host.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      const [x, y] = at(event);
      if (!drag) {
        noteHover(x, y);
        return;
      }
      if (!drag.isMoving && Math.hypot(x - drag.startX, y - drag.startY) < DRAG_PX) return;
      if (!drag.isMoving) endHover();
      drag.isMoving = true;
      if (drag.hit?.kind === 'node') events.onDragNode(drag.hit.index, ...toWorld(view, x, y), false);
      else view.setCamera(panBy(view.camera, x - drag.x, y - drag.y));
      drag.x = x;
      drag.y = y;
    },
    { signal },
  );
  const release = (event: PointerEvent, isCancelled: boolean): void => {
    const done = drag;
    drag = null;
    if (!done) return;
    const [x, y] = at(event);
    if (done.isMoving && done.hit?.kind === 'node') events.onDragNode(done.hit.index, ...toWorld(view, x, y), true);
    else if (!done.isMoving && !isCancelled) events.onClick(done.hit, event);
  };
  host.addEventListener('pointerup', (event) => release(event, false), { signal });
  host.addEventListener('pointercancel', (event) => release(event, true), { signal });
  host.addEventListener('pointerleave', endHover, { signal });
  host.addEventListener('dblclick', (event) => events.onOpen(events.hitAt(...at(event))), { signal });
  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      endHover();
      const [x, y] = at(event);
      const lines = event.deltaMode === 1 ? 16 : 1;
      const isPan = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (isPan)
        view.setCamera(
          panBy(view.camera, -(event.deltaX || event.deltaY) * lines, event.shiftKey ? 0 : -event.deltaY * lines),
        );
      else view.setCamera(zoomAt(view.camera, Math.exp(-event.deltaY * lines * WHEEL_STEP), x, y));
    },
    { signal, passive: false },
  );
  return () => {
    abort.abort();
    window.clearTimeout(hoverTimer);
  };
}

function toWorld(view: GraphView, x: number, y: number): readonly [number, number] {
  const { camera } = view;
  return [camera.x + x / camera.zoom, camera.y + y / camera.zoom];
}
