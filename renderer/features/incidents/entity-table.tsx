/** The entities an incident touches, each a door to its service view. */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { hoverEntity } from '../../stores/hover-time.ts';
import { durationText, percentText, shortNumber } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { EntityMark, EntityName, HEALTH_WORDS } from '../../ui/entity-mark.tsx';
import { useDrawnCount } from '../../ui/use-drawn-count.ts';

export function EntityTable({ entities }: { readonly entities: readonly EntityRef[] }) {
  const nodes = useQuery('graph.get', {}).data?.nodes ?? [];
  const { count, end } = useDrawnCount(entities.length);
  const byKey = new Map(nodes.map((node) => [entityKey(node.entity), node]));
  return (
    <div className="link-table" tabIndex={0} role="region" aria-label="Entities of the incident">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">entity</th>
            <th scope="col">type</th>
            <th scope="col">health</th>
            <th scope="col" className="number">
              requests/s
            </th>
            <th scope="col" className="number">
              errors
            </th>
            <th scope="col" className="number">
              p95
            </th>
          </tr>
        </thead>
        <tbody>
          {entities.slice(0, count).map((entity) => {
            const node = byKey.get(entityKey(entity));
            const health = node?.health ?? 'unknown';
            return (
              <tr
                key={entityKey(entity)}
                onPointerEnter={() => hoverEntity(entityKey(entity))}
                onPointerLeave={() => hoverEntity(null)}
              >
                <td>
                  <EntityMark type={entity.type} health={health} size={18} />{' '}
                  <LinkButton onClick={() => look({ view: 'services', selection: { kind: 'entity', entity } })}>
                    <EntityName entity={entity} />
                  </LinkButton>
                </td>
                <td className="text-3">{entity.type}</td>
                <td>{HEALTH_WORDS[health]}</td>
                <td className="number">{shown(node?.requestsPerSecond, shortNumber)}</td>
                <td className="number">{shown(node?.errorRatio, percentText)}</td>
                <td className="number">{shown(node?.latencyP95Ms, (ms) => durationText(ms * 1e6))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div ref={end} />
    </div>
  );
}

function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}
