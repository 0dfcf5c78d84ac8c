/** `e` and `E`: the next or previous row that is an error, wherever it is among a million, by asking the engine. */
import { useProcedures } from '../../client/engine-context.tsx';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import type { LogFilter } from './log-filter.ts';

const ERROR_SEVERITY = 17;

/** The answer goes to the next error after (`1`) or before (`-1`) the row stood on, and does nothing where there is none. */
export function useNextError(
  filter: LogFilter,
  range: EffectiveRange,
  active: number,
  activeRowId: number | null,
  onFound: (index: number) => void,
): (direction: 1 | -1) => void {
  const procedures = useProcedures();
  const find = async (direction: 1 | -1): Promise<void> => {
    const errors: LogFilter = { ...filter, minSeverity: Math.max(ERROR_SEVERITY, filter.minSeverity ?? 0) };
    let index = 0;
    if (active >= 0 && activeRowId !== null) {
      const at = await procedures['log.locate']({ filter: errors, ...range, rowId: activeRowId });
      index = direction === -1 ? at.index - 1 : at.isExact ? at.index + 1 : at.index;
    }
    if (index < 0) return;
    const found = await procedures['log.rows']({ filter: errors, ...range, index, limit: 1 });
    const rowId = found.columns.rowId[0];
    if (rowId === undefined) return;
    const place = await procedures['log.locate']({ filter, ...range, rowId });
    if (place.isExact) onFound(place.index);
  };
  return (direction) => {
    find(direction).catch(() => undefined);
  };
}
