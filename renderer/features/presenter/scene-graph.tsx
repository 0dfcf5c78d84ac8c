/**
 * The graph of a scene on one canvas, drawn by the same code as the working graph: few nodes, thick strokes, large type.
 * The spotlight is a hard ring; everything outside it loses a fifth of its strength. A click puts it on a node.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MouseEvent } from 'react';
import type { Hypothesis } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { makeFrame } from '../../graph/draw/frame.ts';
import { paintAll } from '../../graph/draw/paint-scene.ts';
import { textMeasure } from '../../graph/draw/text-measure.ts';
import { readTheme, watchTheme } from '../../graph/draw/theme.ts';
import type { Placement } from '../../graph/layout/placement.ts';
import { changeTag } from '../../graph/model/change-tag.ts';
import type { Scene } from '../../graph/model/scene.ts';
import type { Signs } from '../../graph/model/signs.ts';
import { useNaming } from '../../stores/naming.ts';
import type { Naming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { present, usePresentation } from '../../stores/presentation.ts';
import { fittingPicture, PICTURE_SCALE, PICTURE_ZOOM } from './scene-picture.ts';
import type { SceneGraph } from './scenes.ts';

const SPOTLIGHT_RADIUS = 112;
const SPOTLIGHT_STROKE = 3;
/** Of what is outside the spotlight. */
const DIMMED_BY = 0.2;
/** A click this far from a node still means it. */
const REACH_PX = 56;

interface Picture {
  readonly scene: Scene;
  readonly place: Placement;
  readonly width: number;
  readonly height: number;
}

export function SceneGraphPicture(properties: {
  readonly graph: SceneGraph;
  readonly cause: Hypothesis | null;
  readonly signs: Signs;
  readonly summary: string;
}) {
  const { graph, cause, signs, summary } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const { isSpotlightOn, spotlight } = usePresentation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const picture = useMemo((): Picture | null => {
    if (!size) return null;
    const change = cause?.change ?? null;
    const request = {
      graph,
      cause,
      changeText: change && changeTag(change, (text) => naming.text(text), zone),
      signs,
      nameOf: (entity: EntityRef) => shortName(naming, entity),
    };
    return { ...fittingPicture(request, size.width, size.height), ...size };
  }, [graph, cause, signs, naming, zone, size]);
  const lit = isSpotlightOn && picture ? litNode(picture.scene, spotlight) : -1;
  useEffect(() => {
    const element = canvas.current;
    if (!element || !picture) return undefined;
    const draw = (): void => paint(element, picture, lit);
    draw();
    return watchTheme(draw);
  }, [picture, lit]);
  function onClick(event: MouseEvent<HTMLCanvasElement>): void {
    const node = picture && nodeAt(picture, event.nativeEvent.offsetX, event.nativeEvent.offsetY);
    if (node) present({ spotlight: node.key, isSpotlightOn: true });
  }
  return (
    <div className="presenter-graph">
      <canvas ref={canvas} role="img" aria-label={summary} onClick={onClick} />
    </div>
  );
}

/** The shape says the type already: of a pseudonym the name alone is written. */
function shortName(naming: Naming, entity: EntityRef): string {
  const name = naming.entity(entity);
  return naming.isMasked ? name.replace(/^[a-z]+ (?=\p{Lu})/u, '') : name;
}

function litNode(scene: Scene, key: string | null): number {
  return key === null ? (scene.path[0] ?? -1) : (scene.indexOf.get(key) ?? -1);
}

function nodeAt({ scene, place }: Picture, x: number, y: number): Scene['nodes'][number] | null {
  let best: { readonly index: number; readonly distance: number } | null = null;
  for (let index = 0; index < scene.nodes.length; index++) {
    const distance = Math.hypot((place.x[index] ?? 0) * PICTURE_ZOOM - x, (place.y[index] ?? 0) * PICTURE_ZOOM - y);
    if (distance <= REACH_PX && (!best || distance < best.distance)) best = { index, distance };
  }
  return best ? (scene.nodes[best.index] ?? null) : null;
}

function paint(canvas: HTMLCanvasElement, picture: Picture, lit: number): void {
  const { scene, place, width, height } = picture;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const theme = readTheme();
  paintAll(
    makeFrame({
      pen,
      theme,
      scene,
      place,
      bundles: [],
      camera: { x: 0, y: 0, zoom: PICTURE_ZOOM },
      size: { width, height },
      scale: PICTURE_SCALE,
      selected: -1,
      sprites: null,
      measure: textMeasure(),
    }),
  );
  if (lit < 0) return;
  const [x, y] = [(place.x[lit] ?? 0) * PICTURE_ZOOM, (place.y[lit] ?? 0) * PICTURE_ZOOM];
  pen.globalAlpha = DIMMED_BY;
  pen.fillStyle = theme.surface1;
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.arc(x, y, SPOTLIGHT_RADIUS, 0, 2 * Math.PI);
  pen.fill('evenodd');
  pen.globalAlpha = 1;
  pen.strokeStyle = theme.text1;
  pen.lineWidth = SPOTLIGHT_STROKE;
  pen.beginPath();
  pen.arc(x, y, SPOTLIGHT_RADIUS, 0, 2 * Math.PI);
  pen.stroke();
}

function useSize(element: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  useEffect(() => {
    const room = element.current?.parentElement;
    if (!room) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = room;
      if (width > 0 && height > 0)
        setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(room);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
