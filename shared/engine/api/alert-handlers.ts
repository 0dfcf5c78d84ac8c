import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { browseAlerts } from '../storage/statements/browse-records.ts';
import type { EngineSession } from './engine-session.ts';
import { attributesOf, entitiesOf, nextAfter, rowsOf, textOf, timeOf, timeOrNull } from './record-pages.ts';

export function alertHandlers(session: EngineSession): NamespaceHandlers<Contract, 'alert'> {
  return {
    'alert.list': async (page, { signal }) => {
      const rows = await rowsOf(session.engine, browseAlerts(page), signal);
      const alerts = rows.map((row) => ({
        rowId: Number(row['id']),
        startTime: timeOf(row['start_time']),
        endTime: timeOrNull(row['end_time']),
        entities: entitiesOf(row['entities']),
        externalId: textOf(row['external_id']),
        name: textOf(row['name']),
        summary: textOf(row['summary']),
        severity: textOf(row['severity']),
        state: textOf(row['state']),
        labels: attributesOf(row['labels']),
        annotations: attributesOf(row['annotations']),
      }));
      return { alerts, next: nextAfter(rows, page.limit) };
    },
  };
}
