/** What the forms mean, always on the canvas. Only forms that this picture has are explained. */
import type { ReactNode } from 'react';
import type { NodeState, Scene } from '../../graph/model/scene.ts';
import { EntityMark } from '../../ui/entity-mark.tsx';

export function GraphLegend({ scene, zoom }: { readonly scene: Scene; readonly zoom: number }) {
  const has = (state: NodeState): boolean => scene.nodes.some((node) => node.state === state);
  const isGrouped = scene.form === 'grouped';
  return (
    <div className="graph-legend" aria-hidden="true">
      {scene.path.length > 1 && <Entry mark={<Line className="cause" width={5} />} text="cause path" />}
      {scene.path.length === 1 && <Entry mark={<Dot className="cause" />} text="cause" />}
      {has('failing') && <Entry mark={<EntityMark type="service" health="failing" size={16} />} text="failing" />}
      {has('degraded') && <Entry mark={<EntityMark type="service" health="degraded" size={16} />} text="degraded" />}
      {has('atRisk') && <Entry mark={<EntityMark type="service" health="atRisk" size={16} />} text="at risk" />}
      {has('unknown') && <Entry mark={<EntityMark type="service" health="unknown" size={16} />} text="no data" />}
      {!isGrouped && (has('failing') || has('degraded')) && (
        <Entry mark={<i className="graph-ground" />} text="observed blast radius" />
      )}
      {isGrouped && <Entry mark={<Line className="bundle" width={5} />} text="bundle, width = calls/s" />}
      {isGrouped && <Entry mark={<Line className="degraded" width={3} />} text="degraded calls inside" />}
      {!isGrouped && scene.edges.some((edge) => edge.isInferred) && (
        <Entry mark={<Line className="bundle" width={2} dash="5 4" />} text="inferred" />
      )}
      {!isGrouped && scene.edges.some((edge) => edge.kind === 'runs') && (
        <Entry mark={<Line className="bundle" width={2} dash="2 4" />} text="runs as" />
      )}
      {!isGrouped && <Entry mark={<Line className="bundle" width={4} />} text="width = calls/s" />}
      {isGrouped && <Entry mark={<Dot className="quiet" />} text="healthy: shape only, name on hover" />}
      {isGrouped && (
        <span className="graph-zoom">zoom {Math.round(zoom * 100)} % · names appear at 60 %, values at 90 %</span>
      )}
    </div>
  );
}

function Entry({ mark, text }: { readonly mark: ReactNode; readonly text: string }) {
  return (
    <span className="graph-legend-entry">
      {mark}
      {text}
    </span>
  );
}

function Line({
  className,
  width,
  dash,
}: {
  readonly className: string;
  readonly width: number;
  readonly dash?: string;
}) {
  return (
    <svg width="20" height="10">
      <path d="M1 5h18" className={`graph-line ${className}`} strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}

function Dot({ className }: { readonly className: string }) {
  return (
    <svg width="12" height="12">
      <circle cx="6" cy="6" r="4" className={`graph-dot ${className}`} />
    </svg>
  );
}
