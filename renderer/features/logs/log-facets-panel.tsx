/** Attributes of the rows that pass, with their frequent values: a click looks for one or leaves it out. */
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { countText } from '../../stores/time-format.ts';
import { IconButton } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import type { LogFilter } from './log-filter.ts';
import { addLogPart } from './use-log-query.ts';

export function LogFacetsPanel({ filter, range }: { readonly filter: LogFilter; readonly range: EffectiveRange }) {
  const { data, error } = useQuery('log.facets', { filter, ...range });
  const naming = useNaming();
  if (error && !data) return <ErrorState title="The attributes could not be counted." error={error} />;
  if (!data) return <LoadingState what="Counting attributes." rows={4} />;
  if (data.facets.length === 0) {
    return (
      <EmptyState title="These rows have no attributes.">Words still find them: type in the box above.</EmptyState>
    );
  }
  return (
    <div className="logs-facets" tabIndex={0} role="region" aria-label="Attributes and their values">
      {data.sampled < data.total && (
        <p className="detail text-3">
          Counted from {countText(data.sampled)} of {countText(data.total)} rows, spread evenly.
        </p>
      )}
      <div className="logs-facet-grid">
        {tellingFirst(data.facets).map(({ key, values }) => (
          <section key={key} aria-label={key.slice(0, 200)}>
            <h3 className="cut" dir="auto" title={key.slice(0, 2_000)}>
              {key.slice(0, 200)}
            </h3>
            <ul>
              {values.slice(0, 8).map(({ value, count }) => {
                const shown = naming.text(value.slice(0, 300));
                const add = (isExcluded: boolean): void => addLogPart({ kind: 'field', key, value, isExcluded });
                return (
                  <li key={value.slice(0, 500)}>
                    <button type="button" className="link cut grow" dir="auto" title={shown} onClick={() => add(false)}>
                      {shown === '' ? '(empty)' : shown}
                    </button>
                    <span className="mono text-3">{countText(count)}</span>
                    <IconButton
                      icon="minus"
                      size={11}
                      label={`Leave out ${shown.slice(0, 60)}`}
                      onClick={() => add(true)}
                    />
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

/** An attribute with one value tells no rows apart, so those stand last; otherwise the order stays. */
function tellingFirst<Facet extends { readonly values: readonly unknown[] }>(
  facets: readonly Facet[],
): readonly Facet[] {
  return facets.toSorted((left, right) => Number(right.values.length > 1) - Number(left.values.length > 1));
}
