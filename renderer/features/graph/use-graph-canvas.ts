/** Joins canvas, layout worker, pointer and theme to a panel. React renders nothing per frame: the view paints itself. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { GraphView } from '../../graph/draw/graph-view.ts';
import { NO_FOCUS } from '../../graph/draw/paint-focus.ts';
import type { Focus } from '../../graph/draw/paint-focus.ts';
import type { Camera } from '../../graph/draw/camera.ts';
import { readTheme, watchTheme } from '../../graph/draw/theme.ts';
import { hitTest, indexNodes } from '../../graph/interact/hit-test.ts';
import type { Hit } from '../../graph/interact/hit-test.ts';
import { followPointer } from '../../graph/interact/pointer.ts';
import { LayoutClient } from '../../graph/layout/layout-client.ts';
import { layoutRequest } from '../../graph/layout/layout-request.ts';
import type { KnownPlaces } from '../../graph/layout/layout-request.ts';
import { knownPlacesOf, placementOf, withPin } from '../../graph/layout/placement.ts';
import type { Placement } from '../../graph/layout/placement.ts';
import type { Scene } from '../../graph/model/scene.ts';

export interface CanvasEvents {
  readonly onHover: (hit: Hit | null, x: number, y: number) => void;
  readonly onClick: (hit: Hit | null) => void;
  readonly onOpen: (hit: Hit | null) => void;
  readonly onPlaced: (places: KnownPlaces) => void;
  readonly onCamera: (camera: Camera) => void;
}
export interface GraphCanvas {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly view: RefObject<GraphView | null>;
  readonly place: Placement | null;
  readonly isLayingOut: boolean;
  readonly error: string | null;
  readonly setFocus: (focus: Focus) => void;
  readonly fit: () => void;
}

export function useGraphCanvas(
  {
    base,
    scene,
    places,
    placesKey,
    selected,
    scale,
  }: {
    readonly base: Scene;
    readonly scene: Scene;
    readonly places: KnownPlaces;
    readonly placesKey: string;
    readonly selected: number;
    readonly scale: number;
  },
  events: CanvasEvents,
): GraphCanvas {
  const host = useRef<HTMLDivElement | null>(null);
  const view = useRef<GraphView | null>(null);
  const latest = useRef({ events, scene, base, places });
  latest.current = { events, scene, base, places };
  const [placed, setPlaced] = useState<{ readonly of: Scene; readonly key: string; readonly place: Placement } | null>(
    null,
  );
  const [isLayingOut, setLayingOut] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const placedRef = useRef(placed);
  placedRef.current = placed;
  const fittedKey = useRef('');

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const made = new GraphView(element, readTheme(), {
      onCamera: (camera) => latest.current.events.onCamera(camera),
    });
    view.current = made;
    const resize = (): void => {
      const wasEmpty = made.size.width === 0;
      made.setSize(element.clientWidth, element.clientHeight);
      if (wasEmpty) made.fit();
    };
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    resize();
    const unwatch = watchTheme(() => made.setTheme(readTheme()));
    return () => {
      observer.disconnect();
      unwatch();
      made.dispose();
      view.current = null;
    };
  }, []);

  const remember = useCallback((of: Scene, place: Placement) => {
    latest.current.events.onPlaced(knownPlacesOf(of, place, latest.current.places));
  }, []);

  useEffect(() => {
    const pins = new Set(latest.current.places.pins);
    let isOver = false;
    const client = new LayoutClient(
      (answer) => {
        if (isOver) return;
        setLayingOut(false);
        setError(null);
        const place = placementOf(answer, pins);
        setPlaced({ of: base, key: placesKey, place });
        remember(base, place);
      },
      (message) => {
        setLayingOut(false);
        setError(message);
      },
    );
    setLayingOut(true);
    client.ask(layoutRequest(base, latest.current.places));
    return () => {
      isOver = true;
      client.dispose();
    };
    // `places` only seeds a layout: what this layout itself remembers must not start another one.
  }, [base, placesKey, remember]);

  // A layout belongs to the scene it was made for; between the two the picture before stays.
  const isCurrent = placed?.of === base;
  useEffect(() => {
    if (!placed || !isCurrent || !view.current) return;
    view.current.show(scene, placed.place);
    if (fittedKey.current !== placed.key) {
      fittedKey.current = placed.key;
      view.current.fit();
    }
  }, [placed, isCurrent, scene]);
  useEffect(() => view.current?.setSelected(isCurrent ? selected : -1), [selected, isCurrent, placed]);
  useEffect(() => view.current?.setScale(scale), [scale]);

  useEffect(() => {
    const element = host.current;
    const made = view.current;
    if (!element || !made || !placed || !isCurrent) return undefined;
    const tree = indexNodes(placed.place);
    return followPointer(element, made, {
      hitAt: (x, y) => {
        const frame = made.frameNow();
        return frame && hitTest(frame, tree, x, y);
      },
      onHover: (hit, x, y) => latest.current.events.onHover(hit, x, y),
      onClick: (hit) => latest.current.events.onClick(hit),
      onOpen: (hit) => latest.current.events.onOpen(hit),
      onDragNode: (index, x, y, isDone) => {
        const node = placed.of.nodes[index];
        if (!node) return;
        const moved = withPin(placed.place, index, node.key, { x, y });
        if (!isDone) {
          made.show(latest.current.scene, moved);
          return;
        }
        setPlaced({ ...placed, place: moved });
        remember(placed.of, moved);
      },
    });
  }, [placed, isCurrent, remember]);

  const setFocus = useCallback((focus: Focus) => view.current?.setFocus(focus), []);
  const fit = useCallback(() => view.current?.fit(), []);
  return { host, view, place: isCurrent ? (placed?.place ?? null) : null, isLayingOut, error, setFocus, fit };
}
export { NO_FOCUS };
