/** Calls, errors, latency and health of entities over the stretch that graph and Services share, named with them. */
import { useMemo } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { useValueWindow } from '../../stores/value-window.ts';
import type { ValueWindow } from '../../stores/value-window.ts';
import { analysedNodes } from './entity-rows.ts';
import type { WindowNode } from './entity-rows.ts';

export interface EntityValues {
  /** Undefined while they are read. */
  readonly nodes: readonly WindowNode[] | undefined;
  readonly error: Error | null;
  readonly window: ValueWindow | null;
  readonly isPartial: boolean;
}

export function useEntityValues(): EntityValues {
  const window = useValueWindow();
  const asked = window && { from: window.from, to: window.to };
  const answer = useQuery('graph.window', asked);
  const isAnalysed = window?.isAnalysed ?? false;
  const graph = useQuery('graph.get', isAnalysed ? {} : null);
  const isKnown = !isAnalysed || graph.data !== undefined || graph.error !== null;
  const nodes = useMemo(
    () =>
      answer.data && isKnown
        ? isAnalysed
          ? analysedNodes(graph.data?.nodes ?? [], answer.data.nodes)
          : answer.data.nodes
        : undefined,
    [answer.data, isKnown, isAnalysed, graph.data],
  );
  return { nodes, error: answer.error, window, isPartial: answer.data?.isPartial ?? false };
}

export function valueOf(values: EntityValues, entity: EntityRef): WindowNode | undefined {
  const key = entityKey(entity);
  return values.nodes?.find((node) => entityKey(node.entity) === key);
}
