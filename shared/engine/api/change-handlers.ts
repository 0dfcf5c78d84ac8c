import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { browseChanges } from '../storage/statements/browse-records.ts';
import type { EngineSession } from './engine-session.ts';
import { attributesOf, entitiesOf, nextAfter, rowsOf, textOf, textOrNull, timeOf, timeOrNull } from './record-pages.ts';

export function changeHandlers(session: EngineSession): NamespaceHandlers<Contract, 'change'> {
  return {
    'change.list': async (page, { signal }) => {
      const rows = await rowsOf(session.engine, browseChanges(page), signal);
      const changes = rows.map((row) => ({
        rowId: Number(row['id']),
        startTime: timeOf(row['start_time']),
        endTime: timeOrNull(row['end_time']),
        entities: entitiesOf(row['entities']),
        externalId: textOf(row['external_id']),
        changeKind: textOf(row['kind']),
        title: textOf(row['title']),
        status: textOf(row['status']),
        revision: textOrNull(row['revision']),
        author: textOrNull(row['author']),
        description: textOrNull(row['description']),
        attributes: attributesOf(row['attributes']),
      }));
      return { changes, next: nextAfter(rows, page.limit) };
    },
  };
}
