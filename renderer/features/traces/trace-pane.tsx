/** One trace in full: figures against typical, waterfall, comparison or table, and the chosen span below. */
import { useDeferredValue, useMemo, useState } from 'react';
import { textAt } from '../../charts/waterfall/span-table.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { copyText } from '../../client/copy-text.ts';
import { announce } from '../../stores/announce.ts';
import { entityOfKey } from '../../stores/entity-of-key.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { showProblem } from '../../stores/problem.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { IconButton, Segmented } from '../../ui/controls.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { logTimesBySpan } from './log-times.ts';
import { SpanPane } from './span-pane.tsx';
import { TraceCompare } from './trace-compare.tsx';
import { TraceFigures } from './trace-figures.tsx';
import { TraceTable } from './trace-table.tsx';
import { useTypicalTrace } from './typical-trace.ts';
import { useTrace, useTraceLogs } from './use-trace.ts';
import { useTraceActions } from './use-trace-actions.ts';
import type { TraceMode } from './use-trace-actions.ts';
import { useWaterfall } from './use-waterfall.ts';
import { WaterfallPane } from './waterfall-pane.tsx';
import './traces.css';

interface TracePaneProperties {
  readonly traceId: string;
  /** The trace chosen to compare with; null = a typical one. */
  readonly comparedWith: string | null;
  /** Given where the trace stands beside another view, whose keys stay its own. */
  readonly onClose?: (() => void) | undefined;
}

export function TracePane(properties: TracePaneProperties) {
  return <OneTrace key={properties.traceId} {...properties} />;
}

function OneTrace(properties: TracePaneProperties) {
  const trace = useTrace(properties.traceId);
  // The rest of the view stands before a long trace is drawn, in a task of its own: it may be there at once.
  const model = useDeferredValue(trace.model, null);
  if (trace.error) return <ErrorState title="This trace could not be read." error={trace.error} />;
  if (!model) {
    const what = trace.spanCount === 0 ? 'Reading the trace.' : `Laying out ${countText(trace.spanCount)} spans.`;
    return <LoadingState what={what} rows={12} />;
  }
  if (model.table.count === 0) {
    return (
      <EmptyState title="No spans carry this trace id.">Import the traces of that time to see its calls.</EmptyState>
    );
  }
  return <TraceOfModel {...properties} model={model} />;
}

function TraceOfModel(properties: TracePaneProperties & { readonly model: TraceModel }) {
  const { model, traceId, comparedWith } = properties;
  const logs = useTraceLogs(traceId);
  const naming = useNaming();
  const [mode, setMode] = useState<TraceMode>(comparedWith === null ? 'waterfall' : 'compare');
  const waterfall = useWaterfall(model);
  const logTimes = useMemo(() => logTimesBySpan(model, logs), [model, logs]);
  const rootSpan = model.tree.roots[0] ?? 0;
  const rootName = textAt(model.table, 'name', rootSpan);
  const typical = useTypicalTrace(entityOfKey(textAt(model.table, 'entity', rootSpan)), rootName, traceId);
  const comparedId = comparedWith ?? typical?.traceId ?? null;
  const nameOf = (key: string): string => {
    const entity = entityOfKey(key);
    return entity ? naming.entity(entity) : 'unknown';
  };
  const textOf = (text: string): string => naming.text(text);
  const isBeside = properties.onClose !== undefined;
  useTraceActions({ waterfall, mode, setMode, canCompare: comparedId !== null, isBeside });
  const { rows, activeRow, activate, activeSpan } = waterfall;
  return (
    <section className="panel traces-pane" aria-label="Trace">
      <TraceHeader
        {...properties}
        rootName={textOf(rootName.slice(0, 200))}
        mode={mode}
        canCompare={comparedId !== null}
        onMode={setMode}
      />
      <TraceFigures
        model={model}
        typicalNs={typical?.durationNs ?? null}
        foldedCount={rows.foldedCount}
        nameOf={nameOf}
      />
      {mode === 'compare' && comparedId !== null ? (
        <TraceCompare model={model} comparedId={comparedId} isTypical={comparedWith === null} nameOf={nameOf} />
      ) : (
        <SplitPane
          name="traces.span"
          label="Height of the span"
          direction="rows"
          initialShare={0.68}
          first={
            mode === 'table' ? (
              <TraceTable model={model} rows={rows} activeRow={activeRow} onActive={activate} nameOf={nameOf} />
            ) : (
              <WaterfallPane model={model} waterfall={waterfall} logTimes={logTimes} nameOf={nameOf} textOf={textOf} />
            )
          }
          second={
            <SpanPane
              model={model}
              span={activeSpan >= 0 ? activeSpan : rootSpan}
              logs={logs}
              typicalId={typical?.traceId ?? null}
            />
          }
        />
      )}
    </section>
  );
}

function TraceHeader(properties: {
  readonly traceId: string;
  readonly model: TraceModel;
  readonly rootName: string;
  readonly mode: TraceMode;
  readonly canCompare: boolean;
  readonly onMode: (mode: TraceMode) => void;
  readonly onClose?: (() => void) | undefined;
}) {
  const { traceId, onClose } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <header className="panel-header">
      <h2>Trace</h2>
      <span className="mono text-2">{shortId(traceId)}</span>
      <span className="detail text-3 cut" dir="auto">
        {properties.rootName} · {clockText(properties.model.table.originTime, zone, 'millisecond')}
      </span>
      <span className="grow" />
      <Segmented
        label="How the trace is shown"
        value={properties.mode}
        options={[
          { value: 'waterfall', label: 'Waterfall' },
          ...(properties.canCompare ? [{ value: 'compare' as const, label: 'Compare' }] : []),
          { value: 'table', label: 'Table' },
        ]}
        onChange={properties.onMode}
      />
      <IconButton icon="copy" label="Copy the trace id" onClick={() => copyTraceId(traceId)} />
      {onClose && <IconButton icon="close" label="Close the trace" onClick={onClose} />}
    </header>
  );
}

function copyTraceId(traceId: string): void {
  copyText(traceId).then(
    () => announce('The trace id is copied.'),
    (error: unknown) => showProblem('The trace id could not be copied.', error),
  );
}

function shortId(traceId: string): string {
  return traceId.length > 14 ? `${traceId.slice(0, 10)}…${traceId.slice(-2)}` : traceId;
}
