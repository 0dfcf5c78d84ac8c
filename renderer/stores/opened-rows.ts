/**
 * The raw rows that stand open beside a view. They are part of the address like any filter, so Back closes them, undo
 * brings them back and a link shows them to someone else.
 */
import type { RowRef } from '../../shared/model/ids.ts';
import { setFilter } from './view-state.ts';
import type { ViewState } from './view-state.ts';

const FILTER = 'rows';
/** The address holds 8,000 characters; a stretch of a metric series takes up to 70. */
const MOST_REFS = 60;
const REF = /^[a-z]+:\d{1,15}(?:@-?\d{1,19}\.\.-?\d{1,19})?$/;

/** Opens rows such as `span:12`; of very many the first sixty. */
export function openRows(refs: readonly string[]): void {
  setFilter(FILTER, refs.slice(0, MOST_REFS).join(' '));
}

export function closeRows(): void {
  setFilter(FILTER, '');
}

/** The rows open now; what is no reference is left out, for addresses come from strangers too. */
export function openedRows({ filters }: Pick<ViewState, 'filters'>): readonly RowRef[] {
  return (filters[FILTER] ?? '')
    .split(' ')
    .filter((text) => REF.test(text))
    .slice(0, MOST_REFS) as RowRef[];
}
