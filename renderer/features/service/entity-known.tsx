/** What is known about an entity whose calls nobody recorded: what it stands with, and what platforms reported about it. */
import { useMemo, useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { rowRef } from '../../../shared/model/ids.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { countText, durationText, momentText, percentText, rateText } from '../../stores/time-format.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { EntityMark, EntityName, HEALTH_WORDS } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { openEntity } from './entity-table.tsx';
import { entityRows, errorLook } from './entity-rows.ts';
import { alertedTogether, noCallsText, relatedEntities } from './related-entities.ts';
import { useEntityValues } from './use-entity-values.ts';

const LISTED = 8;
/** A stretch holds rarely more; what is left out is counted. */
const READ_EVENTS = 10_000;
/** As beside the charts: a storm holds more. */
const READ_ALERTS = 2_000;

/** One line: why there are no charts of calls, and how to get them. */
export function NoCallsNote({ entity }: { readonly entity: EntityRef }) {
  const known = useQuery('entity.list', {}).data?.entities;
  const naming = useNaming();
  const service =
    relatedEntities(entity, known ?? []).find(({ relation }) => relation === 'its service')?.entity ?? null;
  return (
    <p className="services-note detail text-2" role="note">
      {naming.text(noCallsText(entity, service))}
      {service && (
        <>
          {' '}
          <LinkButton onClick={() => openEntity(service)}>Show the service</LinkButton>
        </>
      )}
    </p>
  );
}

/** Whose attributes tell nothing stands with those that its alerts speak of, too. */
export function RelatedTable({ entity, range }: { readonly entity: EntityRef; readonly range: EffectiveRange }) {
  const known = useQuery('entity.list', {}).data?.entities;
  const { nodes } = useEntityValues();
  const alerts = useQuery('alert.list', { ...range, limit: READ_ALERTS }).data?.alerts;
  const [isWhole, setWhole] = useState(false);
  const rows = useMemo(() => {
    const owned = relatedEntities(entity, known ?? []);
    const related = owned.length > 0 ? owned : alertedTogether(entity, alerts ?? []);
    const relationOf = new Map(related.map((one) => [entityKey(one.entity), one.relation]));
    const measured = (nodes ?? []).filter((node) => relationOf.has(entityKey(node.entity)));
    const sorted = entityRows(
      measured,
      related.map((one) => one.entity),
    );
    return sorted.map((row) => ({ ...row, relation: relationOf.get(entityKey(row.entity)) ?? '' }));
  }, [entity, known, nodes, alerts]);
  if (rows.length === 0) return null;
  return (
    <section className="services-part" aria-label="Belongs together">
      <header className="panel-header">
        <h2>Belongs together</h2>
        <span className="detail text-3">{rows.length}, worst first</span>
      </header>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Relation</th>
            <th scope="col">Entity</th>
            <th scope="col">Health</th>
            <th scope="col" className="number">
              calls/s
            </th>
            <th scope="col" className="number">
              errors
            </th>
            <th scope="col" className="number">
              p95
            </th>
            <th scope="col" className="number">
              alerts
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, isWhole ? rows.length : LISTED).map(({ entity: other, node, relation }) => {
            const health = node?.health ?? 'unknown';
            const colour = health === 'failing' ? 'fail' : health === 'degraded' ? 'warn' : 'text-3';
            return (
              <tr key={entityKey(other)}>
                <td className="text-3">{relation}</td>
                <td className="services-wide services-neighbour">
                  <button type="button" className="services-plain" onClick={() => openEntity(other)}>
                    <EntityMark type={other.type} health={health} /> <EntityName entity={other} />{' '}
                    <span className="text-3">{other.type}</span>
                  </button>
                </td>
                <td className={colour}>{HEALTH_WORDS[health]}</td>
                <td className="number">{text(node?.requestsPerSecond, rateText)}</td>
                <td className={`number ${node ? errorLook(node) : ''}`}>{text(node?.errorRatio, percentText)}</td>
                <td className="number">{text(node?.latencyP95Ms, (ms) => durationText(ms * 1e6))}</td>
                <td className="number">{node && node.alertCount > 0 ? countText(node.alertCount) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > LISTED && (
        <p className="services-rest">
          <LinkButton onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Only the worst' : `${rows.length - LISTED} more`}
          </LinkButton>
        </p>
      )}
    </section>
  );
}

function text(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? '–' : format(value);
}

/** Events that platforms reported about it in the range, those of one reason together, the most frequent first. */
export function EntityEvents({ entity, range }: { readonly entity: EntityRef; readonly range: EffectiveRange }) {
  const events = useQuery('event.list', { ...range, limit: READ_EVENTS }).data?.events;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const kinds = useMemo(() => {
    const key = entityKey(entity);
    const own = (events ?? []).filter(({ entities }) => entities.some((one) => entityKey(one) === key));
    return [...Map.groupBy(own, ({ reason, severity }) => `${severity} ${reason}`).values()].sort(
      (left, right) => right.length - left.length,
    );
  }, [events, entity]);
  if (kinds.length === 0) return null;
  const total = kinds.reduce((sum, kind) => sum + kind.length, 0);
  return (
    <section className="services-part" aria-label="Events">
      <header className="panel-header">
        <h2>Events</h2>
        <span className="detail text-3">{countText(total)} in this range</span>
      </header>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">First message</th>
            <th scope="col">First</th>
            <th scope="col" className="number">
              events
            </th>
          </tr>
        </thead>
        <tbody>
          {kinds.slice(0, LISTED).flatMap((kind) => {
            const [first] = kind;
            if (!first) return [];
            const isWarning = first.severity !== 'info' && first.severity !== 'normal';
            return (
              <tr key={`${first.severity} ${first.reason}`}>
                <td>
                  <Icon name={isWarning ? 'warning' : 'notice'} size={14} className={isWarning ? 'mark-warn' : ''} />{' '}
                  {naming.text(first.reason)}
                </td>
                <td className="services-wide">
                  <button
                    type="button"
                    className="services-plain"
                    dir="auto"
                    onClick={() => openRows(kind.map(({ rowId }) => rowRef('event', rowId)))}
                  >
                    {naming.text(first.message.slice(0, 300))}
                  </button>
                </td>
                <td className="mono">{momentText(first.startTime, range, zone)}</td>
                <td className="number">{countText(kind.length)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
