/** The table twin of the waterfall: the same rows in the same order. */
import type { TraceModel } from '../../charts/waterfall/trace-model.ts';
import { isErrorSpan, isOnPath } from '../../charts/waterfall/trace-model.ts';
import { textAt } from '../../charts/waterfall/span-table.ts';
import type { WaterfallRows } from '../../charts/waterfall/waterfall-rows.ts';
import { useNaming } from '../../stores/naming.ts';
import { durationText } from '../../stores/time-format.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';

export function TraceTable(properties: {
  readonly model: TraceModel;
  readonly rows: WaterfallRows;
  readonly activeRow: number;
  readonly onActive: (row: number) => void;
  readonly nameOf: (key: string) => string;
}) {
  const { model, rows, nameOf } = properties;
  const naming = useNaming();
  return (
    <div className="traces-main">
      <div className="traces-table-row traces-head detail text-3" aria-hidden="true">
        <span>Span</span>
        <span className="traces-number">begins</span>
        <span className="traces-number">duration</span>
        <span className="traces-number">self</span>
        <span>state</span>
      </div>
      <VirtualList
        count={rows.spans.length}
        rowHeight={28}
        label={`Spans, ${rows.spans.length}`}
        activeIndex={properties.activeRow}
        onActiveChange={properties.onActive}
        renderRow={(row) => {
          const span = rows.spans[row]!;
          const state = [isErrorSpan(model, span) ? 'error' : '', isOnPath(model, span) ? 'critical' : ''];
          return (
            <div
              role="listitem"
              aria-current={row === properties.activeRow}
              className={`traces-table-row ${row === properties.activeRow ? 'is-chosen' : ''}`}
              onClick={() => properties.onActive(row)}
            >
              <span className="cut" dir="auto" style={{ paddingInlineStart: Math.min(14, rows.depths[row]!) * 12 }}>
                <b>{nameOf(textAt(model.table, 'entity', span))}</b>{' '}
                <span className="text-3">{naming.text(textAt(model.table, 'name', span).slice(0, 300))}</span>
              </span>
              <span className="traces-number mono">{durationText(model.table.startNs[span]!)}</span>
              <span className="traces-number mono">{durationText(model.table.durationNs[span]!)}</span>
              <span className="traces-number mono">{durationText(model.selfNs[span]!)}</span>
              <span className={isErrorSpan(model, span) ? 'fail' : 'text-3'}>
                {state.filter((word) => word !== '').join(', ')}
              </span>
            </div>
          );
        }}
      />
    </div>
  );
}
