/** Pages of alerts, changes, events and metric series for the contract's lists, in row id order. */
import type { EntityRef } from '../../../model/entity.ts';
import type { SqlValue } from '../../engine-interface.ts';
import { clampToInt64 } from '../time-extent.ts';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}
/** Rows with an id above `after`; times are Unix nanoseconds, inclusive. */
export interface Page {
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
  readonly after: number;
  readonly limit: number;
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Counts on the primary key: reads from `after` on and stops at the limit. */
function page(table: string, entityTable: string, ownerColumn: string, { from, to, after, limit }: Page): Statement {
  return {
    sql: /* sql */ `
      SELECT r.*, (
        SELECT json_group_array(json_object('type', e.type, 'name', e.name) ORDER BY x.position)
        FROM ${entityTable} x JOIN entities e ON e.id = x.entity_id WHERE x.${ownerColumn} = r.id
      ) AS entities
      FROM ${table} r WHERE r.id > ? AND r.start_time BETWEEN ? AND ? ORDER BY r.id LIMIT ?`,
    parameters: [after, from ?? INT64_MIN, to ?? INT64_MAX, limit],
  };
}

export function browseAlerts(request: Page): Statement {
  return page('alerts', 'alert_entities', 'alert_id', request);
}
export function browseChanges(request: Page): Statement {
  return page('changes', 'change_entities', 'change_id', request);
}
export function browseEvents(request: Page): Statement {
  return page('events', 'event_entities', 'event_id', request);
}

/** Everybody who is named as the author of a change; reads all changes. */
export function browseAuthors(): Statement {
  return {
    sql: "SELECT DISTINCT author FROM changes WHERE author IS NOT NULL AND author <> '' ORDER BY author",
    parameters: [],
  };
}

/** Counts on metric_series_by_name when a name is given, on the primary key otherwise. */
export function browseSeries(request: {
  readonly name?: string | undefined;
  readonly entity?: EntityRef | undefined;
  readonly after: number;
  readonly limit: number;
}): Statement {
  const conditions = ['s.id > ?'];
  const parameters: SqlValue[] = [request.after];
  if (request.name !== undefined) {
    conditions.push('s.name = ?');
    parameters.push(request.name);
  }
  if (request.entity) {
    conditions.push('e.type = ? AND e.name = ?');
    parameters.push(request.entity.type, request.entity.name);
  }
  return {
    sql: /* sql */ `
      SELECT s.id, s.name, s.unit, s.type, s.temporality, s.attributes,
        CASE WHEN e.id IS NULL THEN '[]' ELSE json_array(json_object('type', e.type, 'name', e.name)) END AS entities
      FROM metric_series s LEFT JOIN entities e ON e.id = s.entity_id
      WHERE ${conditions.join(' AND ')} ORDER BY s.id LIMIT ?`,
    parameters: [...parameters, request.limit],
  };
}

/** Start, width, start and end of buckets; the last may reach beyond what SQLite counts to. */
function bucketParameters(
  buckets: { readonly startTime: bigint; readonly bucketNs: number; readonly bucketCount: number },
  to: bigint | undefined,
): readonly bigint[] {
  const bucketNs = BigInt(buckets.bucketNs);
  const last = buckets.startTime + bucketNs * BigInt(buckets.bucketCount);
  const start = clampToInt64(buckets.startTime);
  return [start, clampToInt64(bucketNs), start, clampToInt64(to !== undefined && to < last ? to : last)];
}
/** How many alerts of each severity began in each of some buckets of equal width; uses alerts_by_time. `to` is exclusive. */
export function alertCounts(
  buckets: { readonly startTime: bigint; readonly bucketNs: number; readonly bucketCount: number },
  to?: bigint,
): Statement {
  return {
    sql: /* sql */ `
      SELECT (start_time - ?) / ? AS bucket, severity, count(*) AS alerts FROM alerts
      WHERE start_time >= ? AND start_time < ? GROUP BY bucket, severity`,
    parameters: bucketParameters(buckets, to),
  };
}
/** How many changes and events began in each of some buckets; uses changes_by_time and events_by_time. */
export function changeAndEventCounts(
  buckets: { readonly startTime: bigint; readonly bucketNs: number; readonly bucketCount: number },
  to?: bigint,
): Statement {
  const counts = (table: string): string => /* sql */ `
    SELECT (start_time - ?) / ? AS bucket, count(*) AS rows FROM ${table}
    WHERE start_time >= ? AND start_time < ? GROUP BY bucket`;
  const parameters = bucketParameters(buckets, to);
  return { sql: `${counts('changes')} UNION ALL ${counts('events')}`, parameters: [...parameters, ...parameters] };
}
/** How many alerts about each entity were firing in a stretch of time, and the worst of them; uses alerts_by_time. */
export function alertsByEntity({
  from,
  to,
}: {
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
}): Statement {
  return {
    sql: /* sql */ `
      SELECT e.type, e.name, count(DISTINCT a.id) AS alerts,
        max(CASE a.severity WHEN 'critical' THEN 2 WHEN 'info' THEN 0 ELSE 1 END) AS worst
      FROM alerts a JOIN alert_entities x ON x.alert_id = a.id JOIN entities e ON e.id = x.entity_id
      WHERE a.start_time < ? AND coalesce(a.end_time, a.start_time) >= ? GROUP BY e.id`,
    parameters: [to ?? INT64_MAX, from ?? INT64_MIN],
  };
}
