/** Events of platforms by reason: one mark where a reason first occurs, with how often. Pure, linear. */
import type { QueryOutput } from '../../client/query-cache.ts';

type Event = QueryOutput<'event.list'>['events'][number];

export interface EventGroup {
  readonly reason: string;
  readonly time: bigint;
  readonly count: number;
  readonly isTrouble: boolean;
  /** Row ids, earliest first. */
  readonly rowIds: readonly number[];
}

const KEPT_ROWS = 60;

export function groupEvents(
  events: readonly Pick<Event, 'reason' | 'startTime' | 'count' | 'severity' | 'rowId'>[],
): readonly EventGroup[] {
  const groups = new Map<
    string,
    { time: bigint; count: number; isTrouble: boolean; rows: { id: number; time: bigint }[] }
  >();
  for (const { reason, startTime, count, severity, rowId } of events) {
    const group = groups.get(reason) ?? { time: startTime, count: 0, isTrouble: false, rows: [] };
    if (startTime < group.time) group.time = startTime;
    group.count += Math.max(1, count);
    group.isTrouble ||= severity === 'warning' || severity === 'error';
    group.rows.push({ id: rowId, time: startTime });
    groups.set(reason, group);
  }
  return [...groups]
    .map(([reason, { time, count, isTrouble, rows }]) => ({
      reason,
      time,
      count,
      isTrouble,
      rowIds: rows
        .sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : left.id - right.id))
        .slice(0, KEPT_ROWS)
        .map(({ id }) => id),
    }))
    .sort((left, right) => (left.time < right.time ? -1 : 1));
}
