import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { browseEvents } from '../storage/statements/browse-records.ts';
import type { EngineSession } from './engine-session.ts';
import { attributesOf, entitiesOf, nextAfter, rowsOf, textOf, timeOf, timeOrNull } from './record-pages.ts';

export function eventHandlers(session: EngineSession): NamespaceHandlers<Contract, 'event'> {
  return {
    'event.list': async (page, { signal }) => {
      const rows = await rowsOf(session.engine, browseEvents(page), signal);
      const events = rows.map((row) => ({
        rowId: Number(row['id']),
        startTime: timeOf(row['start_time']),
        endTime: timeOrNull(row['end_time']),
        entities: entitiesOf(row['entities']),
        reason: textOf(row['reason']),
        message: textOf(row['message']),
        severity: textOf(row['severity']),
        count: Number(row['count']),
        attributes: attributesOf(row['attributes']),
      }));
      return { events, next: nextAfter(rows, page.limit) };
    },
  };
}
