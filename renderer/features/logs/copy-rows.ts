/** Rows as text for the clipboard: RFC 3339 time, level, entity, message, parted by tabs; masked as the screen is. Pure. */
import { formatUnixNano } from '../../../shared/model/time.ts';
import type { UnixNano } from '../../../shared/model/time.ts';
import type { Naming } from '../../stores/naming.ts';
import { levelWord } from '../../ui/log-parts.tsx';
import { entityOfKey } from '../../stores/entity-of-key.ts';
import { logText } from './log-pages.ts';
import type { LogColumns } from './log-pages.ts';

/** Rows `start` to `end` (exclusive) of one block. */
export function logRowsText(columns: LogColumns, start: number, end: number, naming: Naming): string {
  const lines: string[] = [];
  for (let offset = start; offset < Math.min(end, columns.rowCount); offset++) {
    const entity = entityOfKey(logText(columns, 'entity', offset));
    lines.push(
      [
        formatUnixNano((columns.timeUnixNano[offset] ?? 0n) as UnixNano),
        levelWord(columns.severityNumber[offset] ?? 0) || '-',
        entity ? naming.entity(entity) : '-',
        naming.text(logText(columns, 'body', offset)),
      ].join('\t'),
    );
  }
  return lines.join('\n');
}
