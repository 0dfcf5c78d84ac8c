/** The keys of the rows, and copying them. */
import { useState } from 'react';
import { useProcedures } from '../../client/engine-context.tsx';
import { copyText } from '../../client/copy-text.ts';
import { useActions } from '../../stores/actions.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { setPreference, usePreferences } from '../../stores/preferences.ts';
import { setFilter } from '../../stores/view-state.ts';
import { logRowsText } from './copy-rows.ts';
import { openTrace } from './log-detail.tsx';
import type { LogFilter } from './log-filter.ts';
import { logText } from './log-pages.ts';
import type { LogWalk } from './use-log-walk.ts';
import { useNextError } from './use-next-error.ts';

/** What the engine hands out at once. */
const MOST_COPIED_ROWS = 500;

export interface LogCopying {
  readonly copy: () => void;
  /** What happened, for people; '' = nothing yet. */
  readonly said: string;
}

export function useLogActions(walk: LogWalk, filter: LogFilter, range: EffectiveRange, isAround: boolean): LogCopying {
  const { row, rowId, active, step, choose, list } = walk;
  const isWrapped = usePreferences((preferences) => preferences.isLogWrapped);
  const copying = useCopying(walk, filter, range);
  const traceId = row ? logText(row.columns, 'traceId', row.offset) : '';
  const goToError = useNextError(filter, range, active, rowId, (index) => {
    choose(index);
    list.current?.focus();
  });
  const group = 'Logs';
  useActions([
    { id: 'logs.next', title: 'Next row', group, keys: ['j'], run: () => step(1) },
    { id: 'logs.previous', title: 'Previous row', group, keys: ['k'], run: () => step(-1) },
    { id: 'logs.nextError', title: 'Next error', group, keys: ['e'], run: () => goToError(1) },
    { id: 'logs.previousError', title: 'Previous error', group, keys: ['Shift+E'], run: () => goToError(-1) },
    {
      id: 'logs.around',
      title: isAround ? 'Back to the filter' : 'Show around this row',
      group,
      keys: ['o'],
      isDisabled: rowId === null && !isAround,
      run: () => setFilter('logsAround', isAround ? '' : String(rowId)),
    },
    {
      id: 'logs.wrap',
      title: isWrapped ? 'One line per row' : 'Wrap long rows',
      group,
      keys: ['z'],
      run: () => setPreference({ isLogWrapped: !isWrapped }),
    },
    {
      id: 'logs.trace',
      title: 'Open the trace of this row',
      group,
      keys: ['Shift+T'],
      isDisabled: traceId === '',
      run: () => openTrace(traceId),
    },
    { id: 'logs.copy', title: 'Copy rows', group, isDisabled: active < 0, run: copying.copy },
  ]);
  return copying;
}

function useCopying({ chosen }: LogWalk, filter: LogFilter, range: EffectiveRange): LogCopying {
  const procedures = useProcedures();
  const naming = useNaming();
  const [said, setSaid] = useState('');
  const copy = async (): Promise<string> => {
    const limit = Math.min(MOST_COPIED_ROWS, chosen.to - chosen.from);
    if (limit <= 0) return '';
    const rows = await procedures['log.rows']({ filter, ...range, index: chosen.from, limit });
    await copyText(logRowsText(rows.columns, 0, limit, naming));
    return `${limit === 1 ? 'Row' : `${limit} rows`} copied.`;
  };
  return {
    said,
    copy: () => {
      copy().then(setSaid, () => setSaid('The rows could not be copied.'));
    },
  };
}
