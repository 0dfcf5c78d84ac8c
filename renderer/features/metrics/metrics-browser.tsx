/** Metrics by part of their name as small multiples, of one entity or of all, beside another window when asked. */
import { useState } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useChangeMarks } from '../../charts/use-change-marks.ts';
import { useSettled } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { setFilter, useViewStore } from '../../stores/view-state.ts';
import { Button, Segmented } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { MetricPanel } from './metric-panel.tsx';
import type { MetricWindow } from './metric-panel.tsx';
import { windowBefore } from './metric-values.ts';
import './metrics.css';

const SHOWN_AT_ONCE = 24;
const MOST_METRICS = 1_000;
/** So few have room to be taller. */
const FEW_METRICS = 9;
const TYPING_REST_MS = 250;
type Comparison = 'none' | 'before' | 'baseline';

export function MetricsBrowser(properties: {
  readonly entity: EntityRef | null;
  readonly range: EffectiveRange;
  readonly baseline: MetricWindow | null;
  readonly isTable: boolean;
}) {
  const { entity, range, baseline } = properties;
  const stored = useViewStore((store) => store.filters['metrics'] ?? '');
  const comparisonText = useViewStore((store) => store.filters['metricsCompare'] ?? '');
  const zone = usePreferences((preferences) => preferences.zone);
  const [draft, setDraft] = useState(stored);
  const text = useSettled(draft.trim(), TYPING_REST_MS);
  const box = useMaskedBox('metrics', draft, setDraft);
  const [isEverywhere, setEverywhere] = useState(entity === null);
  const [shownCount, setShownCount] = useState(SHOWN_AT_ONCE);
  const scope = isEverywhere ? null : entity;
  const changes = useChangeMarks(range, scope);
  const { data, error } = useQuery('metric.search', {
    ...(text !== '' && { text: text.slice(0, 1_000) }),
    ...(scope && { entity: scope }),
    limit: MOST_METRICS,
  });
  const comparison: Comparison =
    comparisonText === 'before' ? 'before' : comparisonText === 'baseline' && baseline ? 'baseline' : 'none';
  const compared =
    comparison === 'none'
      ? null
      : comparison === 'before'
        ? windowBefore(range)
        : baseline && windowBefore(range, baseline.to);
  const setComparison = (next: Comparison): void => setFilter('metricsCompare', next === 'none' ? '' : next);
  useActions([
    {
      id: 'metrics.compare',
      title: 'Compare with another window',
      group: 'Metrics',
      keys: ['='],
      run: () => setComparison(comparison === 'none' ? (baseline ? 'baseline' : 'before') : 'none'),
    },
  ]);
  return (
    <div className="metrics">
      <div className="metrics-bar">
        <input
          className="field"
          type="search"
          aria-label="Part of a metric’s name"
          placeholder="cpu, memory, pool …"
          spellCheck={false}
          autoComplete="off"
          value={box.value}
          onChange={(event) => {
            box.onChange(event);
            setShownCount(SHOWN_AT_ONCE);
          }}
          onBlur={() => {
            box.onBlur();
            setFilter('metrics', draft.trim());
          }}
        />
        {entity && (
          <Segmented
            label="Whose metrics"
            value={isEverywhere ? 'all' : 'one'}
            options={[
              { value: 'one', label: 'This one' },
              { value: 'all', label: 'All' },
            ]}
            onChange={(whose) => setEverywhere(whose === 'all')}
          />
        )}
        <Segmented
          label="Compare with"
          value={comparison}
          options={[
            { value: 'none', label: 'Now' },
            { value: 'before', label: 'With the time before' },
            ...(baseline ? [{ value: 'baseline' as const, label: 'With the baseline' }] : []),
          ]}
          onChange={setComparison}
        />
        <span className="detail text-3">
          {data ? `${countText(data.total)} metrics` : ''}
          {compared ? `, dashed: ${clockText(compared.from, zone)} – ${clockText(compared.to, zone)}` : ''}
        </span>
      </div>
      {error && !data && <ErrorState title="The metrics could not be listed." error={error} />}
      {!data && !error && <LoadingState what="Reading metrics." />}
      {data?.metrics.length === 0 && (
        <EmptyState
          icon="metrics"
          title={text === '' ? 'No metrics here.' : `No metric has “${text.slice(0, 80)}” in its name.`}
        >
          {scope ? 'Other entities may have some: choose All.' : 'Import Prometheus, OTLP or CSV metrics to see them.'}
        </EmptyState>
      )}
      {data && data.metrics.length > 0 && (
        <div className="metrics-grid" tabIndex={0} role="region" aria-label="Metrics as small charts">
          {data.metrics.slice(0, shownCount).map(({ name, unit }) => (
            <MetricPanel
              key={`${name} ${unit}`}
              name={name}
              unit={unit}
              entity={scope}
              range={range}
              baseline={comparison === 'none' ? baseline : null}
              compared={compared}
              changes={changes}
              isTable={properties.isTable}
              height={data.metrics.length <= FEW_METRICS ? 168 : 120}
            />
          ))}
          {data.metrics.length > shownCount && (
            <div className="metrics-more">
              <Button onClick={() => setShownCount(shownCount + SHOWN_AT_ONCE)}>
                {`Show ${Math.min(SHOWN_AT_ONCE, data.metrics.length - shownCount)} more of ${countText(data.metrics.length)}`}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
