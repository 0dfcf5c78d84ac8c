/** Facts about what the pointer rests on. The table twin has the same, so nothing is readable only here. */
import type { Hit } from '../../graph/interact/hit-test.ts';
import type { Scene } from '../../graph/model/scene.ts';
import { edgeFacts, nodeFacts } from '../../graph/model/words.ts';

export interface TooltipState {
  readonly hit: Hit;
  /** Pixels of the canvas. */
  readonly x: number;
  readonly y: number;
}

export function GraphTooltip({ scene, state }: { readonly scene: Scene; readonly state: TooltipState }) {
  const lines = linesOf(scene, state.hit);
  if (lines.length === 0) return null;
  return (
    <div className="graph-tooltip" role="tooltip" style={{ left: state.x + 14, top: state.y + 14 }} ref={keepInside}>
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

/** To the other side of the pointer where there is no room. */
function keepInside(element: HTMLDivElement | null): void {
  const around = element?.parentElement;
  if (!element || !around) return;
  const overX = element.offsetLeft + element.offsetWidth - around.clientWidth;
  const overY = element.offsetTop + element.offsetHeight - around.clientHeight;
  if (overX > 0) element.style.left = `${Math.max(4, element.offsetLeft - element.offsetWidth - 28)}px`;
  if (overY > 0) element.style.top = `${Math.max(4, element.offsetTop - element.offsetHeight - 28)}px`;
}
