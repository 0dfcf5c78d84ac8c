/** One trace in full: figures against typical, minimap, waterfall or comparison, and the chosen span below. */
import { useMemo, useRef, useState } from 'react';
import { activityTimes } from '../../charts/waterfall/aggregate-spans.ts';
import { textAt } from '../../charts/waterfall/span-table.ts';
import { TraceMinimap } from '../../charts/waterfall/trace-minimap.tsx';
import { isErrorSpan } from '../../charts/waterfall/trace-model.ts';
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { Waterfall } from '../../charts/waterfall/waterfall.tsx';
import type { TraceStretch, WaterfallHandle } from '../../charts/waterfall/waterfall.tsx';
import { rowOfSpan, waterfallRows } from '../../charts/waterfall/waterfall-rows.ts';
import { useActions } from '../../stores/actions.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, durationText, percentText } from '../../stores/time-format.ts';
import { Button, IconButton, Segmented } from '../../ui/controls.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { entityOfKey } from '../../stores/entity-of-key.ts';
import { logTimesBySpan } from './log-times.ts';
import { SpanPane } from './span-pane.tsx';
import { TraceCompare } from './trace-compare.tsx';
import { TraceTable } from './trace-table.tsx';
import { WaterfallLegend } from './waterfall-legend.tsx';
import { useTrace } from './use-trace.ts';
import { useTypicalTrace } from './typical-trace.ts';
import './traces.css';

const MODES = ['waterfall', 'compare', 'table'] as const;
type Mode = (typeof MODES)[number];
const LEAST_SHARES = ['0', '0.001', '0.01', '0.05'] as const;
/** Longer traces begin with their short spans folded. */
const FOLDED_FROM_SPANS = 400;

export function TracePane({
  traceId,
  comparedWith,
}: {
  readonly traceId: string;
  readonly comparedWith: string | null;
}) {
  const trace = useTrace(traceId);
  if (trace.error) return <ErrorState title="This trace could not be read." error={trace.error} />;
  if (!trace.model) {
    const what = trace.spanCount === 0 ? 'Reading the trace.' : `Laying out ${countText(trace.spanCount)} spans.`;
    return <LoadingState what={what} rows={12} />;
  }
  if (trace.model.table.count === 0) {
    return (
      <EmptyState title="No spans carry this trace id.">Import the traces of that time to see its calls.</EmptyState>
    );
  }
  return (
    <TraceOfModel key={traceId} traceId={traceId} model={trace.model} logs={trace.logs} comparedWith={comparedWith} />
  );
}

function TraceOfModel(properties: {
  readonly traceId: string;
  readonly model: TraceModel;
  readonly logs: Parameters<typeof logTimesBySpan>[1];
  readonly comparedWith: string | null;
}) {
  const { model, traceId, logs } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const [mode, setMode] = useState<Mode>(properties.comparedWith === null ? 'waterfall' : 'compare');
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [isByService, setByService] = useState(false);
  const [leastShare, setLeastShare] = useState<(typeof LEAST_SHARES)[number]>(
    model.table.count > FOLDED_FROM_SPANS ? '0.01' : '0',
  );
  const [root, setRoot] = useState(-1);
  const [hasPath, setHasPath] = useState(true);
  const [stretch, setStretch] = useState<TraceStretch>({ fromNs: 0, toNs: Math.max(1, model.totalNs) });
  const [activeSpan, setActiveSpan] = useState(-1);
  const handle = useRef<WaterfallHandle>(null);
  const rows = useMemo(
    () => waterfallRows(model, { collapsed, isByService, leastShare: Number(leastShare), root }),
    [model, collapsed, isByService, leastShare, root],
  );
  const activeRow = useMemo(
    () => (activeSpan < 0 ? -1 : rowOfSpan(rows, model, activeSpan)),
    [rows, model, activeSpan],
  );
  const logTimes = useMemo(() => logTimesBySpan(model, logs), [model, logs]);
  const rootSpan = model.tree.roots[0] ?? 0;
  const rootEntity = entityOfKey(textAt(model.table, 'entity', rootSpan));
  const rootName = textAt(model.table, 'name', rootSpan);
  const typical = useTypicalTrace(rootEntity, rootName, traceId);
  const comparedId = properties.comparedWith ?? typical?.traceId ?? null;
  const nameOf = (key: string): string => {
    const entity = entityOfKey(key);
    return entity ? naming.entity(entity) : 'unknown';
  };
  const toggle = (span: number, isOpen: boolean): void => {
    const next = new Set(collapsed);
    if (isOpen) next.delete(span);
    else next.add(span);
    setCollapsed(next);
  };
  const activate = (row: number): void => {
    const span = rows.spans[row];
    if (span !== undefined) setActiveSpan(span);
  };
  const nextError = (direction: 1 | -1): void => {
    const { spans } = rows;
    for (let row = activeRow + direction; row >= 0 && row < spans.length; row += direction) {
      if (!isErrorSpan(model, spans[row]!)) continue;
      activate(row);
      handle.current?.focus();
      return;
    }
  };
  const reroot = (span: number): void => {
    setRoot(span);
    const start = span < 0 ? 0 : model.table.startNs[span]!;
    const length = span < 0 ? model.totalNs : model.table.durationNs[span]!;
    setStretch({ fromNs: start, toNs: start + Math.max(1, length) });
  };
  const group = 'Traces';
  useActions([
    {
      id: 'traces.next',
      title: 'Next span',
      group,
      keys: ['j'],
      run: () => activate(Math.min(rows.spans.length - 1, activeRow + 1)),
    },
    {
      id: 'traces.previous',
      title: 'Previous span',
      group,
      keys: ['k'],
      run: () => activate(Math.max(0, activeRow - 1)),
    },
    { id: 'traces.nextError', title: 'Next failed span', group, keys: ['e'], run: () => nextError(1) },
    { id: 'traces.previousError', title: 'Previous failed span', group, keys: ['Shift+E'], run: () => nextError(-1) },
    { id: 'traces.path', title: 'Critical path on or off', group, keys: ['r'], run: () => setHasPath(!hasPath) },
    {
      id: 'traces.compare',
      title: 'Compare with typical',
      group,
      keys: ['='],
      isDisabled: comparedId === null,
      run: () => setMode(mode === 'compare' ? 'waterfall' : 'compare'),
    },
    {
      id: 'traces.twin',
      title: 'Table twin',
      group,
      keys: ['t'],
      run: () => setMode(mode === 'table' ? 'waterfall' : 'table'),
    },
    {
      id: 'traces.whole',
      title: 'The whole trace',
      group,
      keys: ['f'],
      run: () => {
        reroot(-1);
        setCollapsed(new Set());
      },
    },
  ]);
  const waterfall = (
    <div className="traces-main">
      <TraceMinimap model={model} rows={rows} stretch={stretch} onStretch={setStretch} />
      <div className="traces-tools">
        <Button isSmall look="quiet" isPressed={hasPath} shortcut="R" onClick={() => setHasPath(!hasPath)}>
          Critical path
        </Button>
        <Button isSmall look="quiet" isPressed={isByService} onClick={() => setByService(!isByService)}>
          By service
        </Button>
        <Segmented
          label="Least share of the trace"
          value={leastShare}
          options={LEAST_SHARES.map((share) => ({
            value: share,
            label: share === '0' ? 'All' : `≥ ${percentText(Number(share))}`,
          }))}
          onChange={setLeastShare}
        />
        {activeSpan >= 0 && root !== activeSpan && (
          <Button isSmall look="quiet" icon="focus" onClick={() => reroot(activeSpan)}>
            Root here
          </Button>
        )}
        {root >= 0 && (
          <Button isSmall look="quiet" icon="fit" shortcut="F" onClick={() => reroot(-1)}>
            Whole trace
          </Button>
        )}
        <span className="grow" />
        <span className="detail text-3">
          {rows.foldedCount > 0 ? `${countText(rows.foldedCount)} spans folded` : ''}
        </span>
      </div>
      <Waterfall
        model={model}
        rows={rows}
        stretch={stretch}
        onStretch={setStretch}
        activeRow={activeRow}
        onActive={activate}
        collapsed={collapsed}
        onToggle={toggle}
        hasPath={hasPath}
        logTimes={logTimes}
        nameOf={nameOf}
        textOf={(text) => naming.text(text)}
        handle={handle}
      />
      <WaterfallLegend />
    </div>
  );
  return (
    <section className="panel traces-pane" aria-label="Trace">
      <header className="panel-header">
        <h2>Trace</h2>
        <span className="mono text-2 cut">{shortId(traceId)}</span>
        <span className="detail text-3 cut" dir="auto">
          {naming.text(rootName.slice(0, 200))} · {clockText(model.table.originTime, zone, 'millisecond')}
        </span>
        <span className="grow" />
        <Segmented
          label="How the trace is shown"
          value={mode}
          options={[
            { value: 'waterfall', label: 'Waterfall' },
            ...(comparedId === null ? [] : [{ value: 'compare' as const, label: 'Compare' }]),
            { value: 'table', label: 'Table' },
          ]}
          onChange={setMode}
        />
        <IconButton icon="copy" label="Copy the trace id" onClick={() => void navigator.clipboard.writeText(traceId)} />
      </header>
      <TraceFigures
        model={model}
        typicalNs={typical?.durationNs ?? null}
        foldedCount={rows.foldedCount}
        nameOf={nameOf}
      />
      {mode === 'compare' && comparedId !== null ? (
        <TraceCompare
          model={model}
          comparedId={comparedId}
          isTypical={properties.comparedWith === null}
          nameOf={nameOf}
        />
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
              waterfall
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

function TraceFigures(properties: {
  readonly model: TraceModel;
  readonly typicalNs: number | null;
  readonly foldedCount: number;
  readonly nameOf: (key: string) => string;
}) {
  const { model, typicalNs } = properties;
  const { waitsNs } = useMemo(() => activityTimes(model), [model]);
  const isSlow = typicalNs !== null && model.totalNs > typicalNs * 2;
  const firstError = useMemo(() => earliestDeepestError(model), [model]);
  return (
    <dl className="traces-figures">
      <div>
        <dd className={isSlow ? 'fail' : ''}>{durationText(model.totalNs)}</dd>
        <dt>{typicalNs === null ? 'from first begin to last end' : `typical ${durationText(typicalNs)}`}</dt>
      </div>
      <div>
        <dd className={waitsNs > model.totalNs / 2 ? 'fail' : ''}>{durationText(waitsNs)}</dd>
        <dt>{percentText(waitsNs / Math.max(1, model.totalNs))} waiting</dt>
      </div>
      <div>
        <dd>{countText(model.table.count)} spans</dd>
        <dt>
          {countText(model.entityCount)} {model.entityCount === 1 ? 'entity' : 'entities'}
          {properties.foldedCount > 0 ? `, ${countText(properties.foldedCount)} folded` : ''}
        </dt>
      </div>
      <div>
        <dd className={model.errorCount > 0 ? 'fail' : ''}>
          {countText(model.errorCount)} {model.errorCount === 1 ? 'error' : 'errors'}
        </dd>
        <dt className="cut">
          {firstError < 0 ? 'none' : `first in ${properties.nameOf(textAt(model.table, 'entity', firstError))}`}
        </dt>
      </div>
    </dl>
  );
}

/** Failures travel to callers: the failed span none of whose descendants failed, that ended first; -1 without any. */
function earliestDeepestError(model: TraceModel): number {
  let best = -1;
  const endOf = (span: number): number => model.table.startNs[span]! + model.table.durationNs[span]!;
  for (let place = 0; place < model.table.count; place++) {
    const span = model.tree.order[place]!;
    if (model.subtreeErrors[place] !== 1 || !isErrorSpan(model, span)) continue;
    if (best < 0 || endOf(span) < endOf(best)) best = span;
  }
  return best;
}

function shortId(traceId: string): string {
  return traceId.length > 14 ? `${traceId.slice(0, 10)}…${traceId.slice(-2)}` : traceId;
}
