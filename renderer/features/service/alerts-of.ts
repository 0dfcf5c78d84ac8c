/** The alerts about one entity, each name told once. Pure. */
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';

interface Alert {
  readonly rowId: number;
  readonly name: string;
  readonly severity: string;
  readonly summary: string;
  readonly startTime: bigint;
  readonly entities: readonly EntityRef[];
}
export interface AlertKind {
  /** The earliest of this name. */
  readonly first: Alert;
  /** The worst that any of them had. */
  readonly severity: 'critical' | 'warning' | 'info';
  readonly rowIds: readonly number[];
}

const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** Worst first, then earliest. `alerts` in time order; O(alerts). */
export function alertsOf(alerts: readonly Alert[], entity: EntityRef): readonly AlertKind[] {
  const key = entityKey(entity);
  const own = alerts.filter(({ entities }) => entities.some((one) => entityKey(one) === key));
  return [...Map.groupBy(own, ({ name }) => name).values()]
    .flatMap((alike): readonly AlertKind[] => {
      const [first] = alike;
      const severity = SEVERITIES.find((one) => alike.some((alert) => alert.severity === one)) ?? 'info';
      return first ? [{ first, severity, rowIds: alike.map(({ rowId }) => rowId) }] : [];
    })
    .sort((left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity));
}
