/** Traces: where does the time go? A list with filters, and the chosen trace beside it. */
import { useState } from 'react';
import { useQuery } from '../../client/use-query.ts';
import { useRange } from '../../stores/effective-range.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { TraceList } from './trace-list.tsx';
import { TracePane } from './trace-pane.tsx';
import './traces.css';

export function TracesView() {
  const range = useRange();
  const summary = useQuery('case.summary', {});
  const selection = useViewStore((store) => store.selection);
  const chosen = selection?.kind === 'trace' ? selection.traceId : null;
  const [kept, setKept] = useState<string | null>(chosen);
  // Until one is chosen the first of the list stands open, so that no half of the screen is empty.
  const [first, setFirst] = useState<string | null>(null);
  const [comparedWith, setComparedWith] = useState<string | null>(null);
  if (chosen !== null && chosen !== kept) {
    // The trace stays open while something else is selected elsewhere.
    setKept(chosen);
    setComparedWith(null);
  }
  if (summary.data && (summary.data.records.spans ?? 0) === 0) {
    return (
      <EmptyState
        icon="traces"
        title="This case holds no spans."
        action={<Button onClick={() => look({ view: 'sources' })}>Open Sources</Button>}
      >
        Import OTLP, Jaeger or Zipkin traces to see where the time of a request goes.
      </EmptyState>
    );
  }
  if (!range) {
    return summary.error ? (
      <ErrorState title="The case could not be read." error={summary.error} />
    ) : (
      <LoadingState what="Reading the case." />
    );
  }
  const open = chosen ?? kept ?? first;
  return (
    <SplitPane
      name="traces.list"
      label="Width of the list"
      direction="columns"
      initialShare={0.4}
      minShare={0.2}
      first={
        <TraceList
          range={range}
          chosen={open}
          comparedWith={comparedWith}
          onCompare={setComparedWith}
          onFirst={setFirst}
        />
      }
      second={
        open === null ? (
          <section className="panel traces-pane" aria-label="Trace">
            <EmptyState icon="traces" title="Choose a trace.">
              The longest stand first. Shift and click on a second one compares the two.
            </EmptyState>
          </section>
        ) : (
          <TracePane key={comparedWith ?? ''} traceId={open} comparedWith={comparedWith} />
        )
      }
    />
  );
}
