/**
 * An entity as it stands everywhere outside the canvas: its shape says what it is, its ring how it is. The same forms as
 * on the graph, at 20 px.
 */
import type { ReactNode } from 'react';
import type { EntityRef, EntityType } from '../../shared/model/entity.ts';
import { useNaming } from '../stores/naming.ts';

export type Health = 'failing' | 'degraded' | 'healthy' | 'atRisk' | 'unknown';

export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  failing: 'failing',
  degraded: 'degraded',
  healthy: 'healthy',
  atRisk: 'at risk',
  unknown: 'no data',
};

const SHAPES: Readonly<Record<EntityType, ReactNode>> = {
  service: <circle r="5" />,
  instance: <rect x="-4.500" y="-4.500" width="9" height="9" rx="1.500" />,
  node: <rect x="-4.500" y="-4.500" width="9" height="9" />,
  database: <path d="M-4.500-3c0-2.600 9-2.600 9 0v6c0 2.600-9 2.600-9 0zM-4.500-3c0 2.400 9 2.400 9 0" />,
  queue: <path d="M-6-3.500H6v7H-6zM-2-3.500v7M2-3.500v7" />,
  external: <path d="M-2.300-5h4.600L5-2.300v4.600L2.300 5h-4.600L-5 2.300v-4.600z" />,
  workload: <path d="M-5-2.600 0-5.400l5 2.800v5.200L0 5.400-5 2.600z" />,
  namespace: <path d="M-5-3.500H5v7.500H-5zM-3.500-3.500v-1.500h7v1.500" />,
  resource: <path d="M0-5.800 5.800 0 0 5.800-5.800 0z" />,
};

export function EntityMark(properties: {
  readonly type: EntityType;
  readonly health?: Health;
  readonly size?: number;
}) {
  const { type, health = 'healthy', size = 20 } = properties;
  return (
    <svg
      className={`entity-mark health-${health}`}
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
    >
      {health === 'failing' && (
        <>
          <circle r="9" className="ring" />
          <circle r="6.900" className="ring" />
        </>
      )}
      {health === 'degraded' && (
        <circle r="8.500" className="ring thick" strokeDasharray="42 12" transform="rotate(-40)" />
      )}
      {health === 'atRisk' && <circle r="8.500" className="ring" strokeDasharray="1 3" strokeLinecap="round" />}
      {health === 'unknown' && <circle r="8.500" className="ring" strokeDasharray="3 3" />}
      <g className="body">{SHAPES[type]}</g>
    </svg>
  );
}

/** The name of an entity as it may be shown now (masked or not), safe for any script and direction. */
export function EntityName({ entity }: { readonly entity: EntityRef }) {
  const naming = useNaming();
  const name = naming.entity(entity);
  return (
    <bdi className="cut" title={name}>
      {name}
    </bdi>
  );
}

/** Text that came out of telemetry, masked when masking is on. */
export function SafeText({ children }: { readonly children: string }) {
  return <bdi>{useNaming().text(children)}</bdi>;
}
