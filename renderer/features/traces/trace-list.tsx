/** Traces of the range as a list: when, what began them, how long, how many spans and errors. */
import { useEffect, useState } from 'react';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, durationText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { EntityName } from '../../ui/entity-mark.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { useActions } from '../../stores/actions.ts';
import { TraceFilters, useTraceRequest } from './trace-filters.tsx';
import { OperationName } from './operation-name.tsx';
import { useTracePages } from './use-trace-pages.ts';
import type { TraceSummary } from './use-trace-pages.ts';

const ROW_PX = 28;
/** A longer trace takes seconds to read; a brush that meets it must not. */
const MOST_SPANS_UNASKED = 5_000;

export function TraceList(properties: {
  readonly range: EffectiveRange;
  readonly chosen: string | null;
  readonly comparedWith: string | null;
  readonly onCompare: (traceId: string) => void;
  /** Told which trace stands first; null while none is known, and where it is so long that it is opened by choice only. */
  readonly onFirst: (traceId: string | null) => void;
}) {
  const { range, chosen, onFirst } = properties;
  const request = useTraceRequest(range);
  const pages = useTracePages(request);
  const [active, setActive] = useState(0);
  const total = pages.total ?? 0;
  const first = pages.at(0);
  const firstId = first && first.spanCount <= MOST_SPANS_UNASKED ? first.traceId : null;
  useEffect(() => onFirst(firstId), [onFirst, firstId]);
  const choose = (index: number): void => {
    setActive(index);
    const trace = pages.at(index);
    if (trace) look({ selection: { kind: 'trace', traceId: trace.traceId } }, { isContinued: chosen !== null });
  };
  useActions([
    {
      id: 'traces.nextTrace',
      title: 'Next trace',
      group: 'Traces',
      keys: ['Shift+J'],
      run: () => choose(Math.min(total - 1, active + 1)),
    },
    {
      id: 'traces.previousTrace',
      title: 'Previous trace',
      group: 'Traces',
      keys: ['Shift+K'],
      run: () => choose(Math.max(0, active - 1)),
    },
  ]);
  return (
    <section className="traces-list panel" aria-label="Traces">
      <header className="panel-header">
        <h1>Traces</h1>
        <span className="detail text-3">{pages.total === undefined ? '' : `${countText(total)} in this range`}</span>
        {pages.isPartial && <span className="chip dashed">partial</span>}
      </header>
      <TraceFilters />
      <div className="traces-head detail text-3" aria-hidden="true">
        <span>Began</span>
        <span>Root</span>
        <span className="traces-number">Duration</span>
        <span className="traces-number">Spans</span>
        <span className="traces-number">Errors</span>
      </div>
      {pages.error && <ErrorState title="The traces could not be listed." error={pages.error} />}
      {pages.total === undefined && !pages.error && <LoadingState what="Reading traces." rows={10} />}
      {pages.total === 0 && (
        <EmptyState icon="traces" title="No traces here.">
          No trace of this range passes the filter. Widen the range, or take a filter away.
        </EmptyState>
      )}
      {total > 0 && (
        <VirtualList
          count={total}
          rowHeight={ROW_PX}
          label={`Traces, ${total}`}
          activeIndex={active}
          onActiveChange={choose}
          onVisibleChange={({ start, end }) => pages.want(start, end)}
          renderRow={(index) => {
            const trace = pages.at(index);
            return trace ? (
              <TraceRow
                trace={trace}
                isChosen={trace.traceId === chosen}
                isCompared={trace.traceId === properties.comparedWith}
                onClick={(isCompare) => (isCompare ? properties.onCompare(trace.traceId) : choose(index))}
              />
            ) : (
              <div className="traces-row traces-shape" aria-hidden="true">
                <i />
                <i />
              </div>
            );
          }}
        />
      )}
    </section>
  );
}

function TraceRow(properties: {
  readonly trace: TraceSummary;
  readonly isChosen: boolean;
  readonly isCompared: boolean;
  readonly onClick: (isCompare: boolean) => void;
}) {
  const { trace } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const name = naming.text(trace.rootName.slice(0, 300));
  return (
    <div
      role="listitem"
      aria-current={properties.isChosen}
      className={`traces-row ${properties.isChosen ? 'is-chosen' : ''}`}
      onClick={(event) => properties.onClick(event.shiftKey)}
      title="Shift and click compares with the open trace"
    >
      <span className="mono text-3">{clockText(trace.startTime, zone)}</span>
      <span className="traces-operation">
        <OperationName
          name={name}
          entity={
            trace.rootEntity && (
              <b className="cut">
                <EntityName entity={trace.rootEntity} />
              </b>
            )
          }
        />
        {properties.isCompared && <span className="chip outlined">compared</span>}
      </span>
      <span className="traces-number mono">{durationText(trace.durationNs)}</span>
      <span className="traces-number mono text-2">{countText(trace.spanCount)}</span>
      <span className={`traces-number mono ${trace.errorCount > 0 ? 'fail' : 'text-3'}`}>
        {countText(trace.errorCount)}
      </span>
    </div>
  );
}
