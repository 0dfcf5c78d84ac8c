/** Alerts about the entity in the range: without spans or findings they are all that says why it is degraded. */
import { rowRef } from '../../../shared/model/ids.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { alertsOf } from './alerts-of.ts';

const LISTED_KINDS = 5;
const LISTED_WIDE = 12;
/** Of a kind as many rows are opened as a person reads. */
const OPENED_ROWS = 50;
/** A storm holds more than this; the incident lists them all. */
const READ_ALERTS = 2_000;
const MARKS = { critical: 'mark-fail', warning: 'mark-warn', info: 'mark-note' } as const;

/** Nothing where none of the range is about it. `isWide`: in the wide column, where more of them have room. */
export function EntityAlerts(properties: {
  readonly entity: EntityRef;
  readonly range: EffectiveRange;
  readonly isWide?: boolean;
}) {
  const { entity, range, isWide = false } = properties;
  const key = entityKey(entity);
  const count =
    useQuery('graph.window', range).data?.nodes.find((node) => entityKey(node.entity) === key)?.alertCount ?? 0;
  const alerts = useQuery('alert.list', { ...range, limit: READ_ALERTS }).data?.alerts;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  if (!alerts || count === 0) return null;
  const listed = isWide ? LISTED_WIDE : LISTED_KINDS;
  const kinds = alertsOf(alerts, entity);
  return (
    <section aria-label="Alerts" className={isWide ? 'services-part' : undefined}>
      <header className="panel-header">
        <h2>Alerts</h2>
        <span className="detail text-3">{countText(count)}</span>
      </header>
      <ul className="services-findings">
        {kinds.slice(0, listed).map(({ first, severity, rowIds }) => (
          <li key={first.name}>
            <button
              type="button"
              onClick={() => openRows(rowIds.slice(0, OPENED_ROWS).map((rowId) => rowRef('alert', rowId)))}
            >
              <Icon name={severity} size={15} className={MARKS[severity]} />
              <span className="grow">
                <span className="strong services-claim" dir="auto">
                  {naming.text(first.name)}
                </span>
                <span className="detail text-3" dir="auto">
                  {severity}
                  {rowIds.length > 1 && ` · ${rowIds.length} times`}
                  {first.summary !== '' && ` · ${naming.text(first.summary.slice(0, 300))}`}
                </span>
              </span>
              <span className="detail text-3">{clockText(first.startTime, zone)}</span>
            </button>
          </li>
        ))}
      </ul>
      {kinds.length > listed && (
        <p className="services-rest">
          <LinkButton onClick={() => look({ view: 'incidents' })}>{kinds.length - listed} more in Incidents</LinkButton>
        </p>
      )}
    </section>
  );
}
