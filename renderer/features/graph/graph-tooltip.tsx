/** Facts about what the pointer rests on. The table twin has the same, so nothing is readable only here. */
import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { GraphView } from '../../graph/draw/graph-view.ts';
import type { Hit } from '../../graph/interact/hit-test.ts';
import { aboutOf, placeTooltip, tooltipObstacles } from '../../graph/interact/place-tooltip.ts';
import type { Scene } from '../../graph/model/scene.ts';
import { edgeFacts, nodeFacts } from '../../graph/model/words.ts';

export interface TooltipState {
  readonly hit: Hit;
  /** Pixels of the canvas. */
  readonly x: number;
  readonly y: number;
}

export function GraphTooltip({
  scene,
  state,
  view,
}: {
  readonly scene: Scene;
  readonly state: TooltipState;
  readonly view: RefObject<GraphView | null>;
}) {
  const lines = linesOf(scene, state.hit);
  const element = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    const tooltip = element.current;
    const frame = view.current?.frameNow();
    if (!tooltip || !frame) return;
    const size = { width: tooltip.offsetWidth, height: tooltip.offsetHeight };
    const obstacles = tooltipObstacles(frame, view.current?.labels ?? [], state.hit);
    const place = placeTooltip(size, state, aboutOf(frame, state.hit), obstacles, frame.size);
    tooltip.style.left = `${place.x}px`;
    tooltip.style.top = `${place.y}px`;
  });
  if (lines.length === 0) return null;
  return (
    <div className="graph-tooltip" role="tooltip" ref={element}>
      {lines.map((line, index) => (
        <p key={index} className={index === 0 ? 'strong' : 'text-2 detail'} dir="auto">
          {line}
        </p>
      ))}
    </div>
  );
}

function linesOf(scene: Scene, hit: Hit): readonly string[] {
  switch (hit.kind) {
    case 'node':
      return nodeFacts(scene, hit.index);
    case 'edge': {
      const edge = scene.edges[hit.index];
      return edge ? edgeFacts(scene, edge) : [];
    }
    case 'group': {
      const group = scene.groups.find((one) => one.key === hit.group);
      if (!group) return [];
      return [
        group.name,
        `${group.members.length} entities, ${group.failingCount} failing, ${group.degradedCount} degraded`,
        'Double click: only this namespace',
      ];
    }
  }
}
