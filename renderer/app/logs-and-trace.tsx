/** The log rows with the trace of one of them beside: the two features meet here. */
import { LogsView } from '../features/logs/logs-view.tsx';
import { TracePane } from '../features/traces/trace-pane.tsx';
import { setFilter, useViewStore } from '../stores/view-state.ts';
import { SplitPane } from '../ui/split-pane.tsx';

export function LogsAndTrace() {
  const text = useViewStore((store) => store.filters['logsTrace'] ?? '');
  if (!/^[0-9a-f]{1,32}$/.test(text)) return <LogsView />;
  return (
    <SplitPane
      name="logs.trace"
      label="Width of the logs"
      direction="columns"
      initialShare={0.49}
      minShare={0.25}
      first={<LogsView />}
      second={<TracePane traceId={text} comparedWith={null} onClose={() => setFilter('logsTrace', '')} />}
    />
  );
}
