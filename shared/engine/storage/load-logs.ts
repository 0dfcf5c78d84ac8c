/** Log records of a case as columns, ordered by time, joined to the spans they belong to. */
import type { LogTable } from '../../model/telemetry.ts';
import type { DenseNumbers } from './load-spans.ts';
import type { LoadContext } from './load-telemetry.ts';
import { ascendingOrder, gather } from './radix-order.ts';
import type { SpanIndex } from './span-index.ts';
import { allTemplates } from './statements/dictionaries.ts';
import { eachLogRecord, logCount } from './statements/telemetry.ts';

const POLL_ROWS = 8_192;

export function loadLogs(context: LoadContext, spans: SpanIndex, denseTraces: DenseNumbers): LogTable {
  const templates = allTemplates(context.database);
  const templateIndex = new Int32Array((templates.at(-1)?.id ?? 0) + 1).fill(-1);
  templates.forEach(({ id }, index) => (templateIndex[id] = index));
  const raw = readLogs(context, spans, denseTraces, templateIndex);
  const order = ascendingOrder(raw.timeNs);
  const resource = gather(raw.resource, order);
  return {
    length: raw.length,
    rowId: gather(raw.rowId, order),
    timeNs: gather(raw.timeNs, order),
    entity: resource.map((row) => context.resourceEntity[row] ?? -1),
    instance: resource.map((row) => context.resourceInstance[row] ?? -1),
    severity: gather(raw.severity, order),
    template: gather(raw.template, order),
    templates: templates.map(({ id, templateId, text, example }) => ({ rowId: id, id: templateId, text, example })),
    span: gather(raw.span, order),
    trace: gather(raw.trace, order),
  };
}

interface RawLogs {
  readonly length: number;
  readonly rowId: Float64Array;
  readonly timeNs: Float64Array;
  readonly severity: Uint8Array;
  readonly resource: Int32Array;
  readonly template: Int32Array;
  readonly trace: Int32Array;
  readonly span: Int32Array;
}

function readLogs(
  context: LoadContext,
  spans: SpanIndex,
  denseTraces: DenseNumbers,
  templateIndex: Int32Array,
): RawLogs {
  const capacity = logCount(context.database);
  const rowId = new Float64Array(capacity);
  const timeNs = new Float64Array(capacity);
  const severity = new Uint8Array(capacity);
  const resource = new Int32Array(capacity);
  const template = new Int32Array(capacity);
  const trace = new Int32Array(capacity).fill(-1);
  const span = new Int32Array(capacity).fill(-1);
  let row = 0;
  for (const [id, time, level, sender, templateRow, traceRow, spanId] of eachLogRecord(
    context.database,
    context.window,
  )) {
    rowId[row] = id ?? 0;
    timeNs[row] = time ?? 0;
    severity[row] = level ?? 0;
    resource[row] = sender ?? 0;
    template[row] = templateIndex[templateRow ?? 0] ?? -1;
    if (traceRow != null) {
      const dense = denseTraces.numberOf(traceRow);
      trace[row] = dense;
      if (spanId != null) span[row] = spans.find(dense, spanId);
    }
    row++;
    if (row % POLL_ROWS === 0) context.poll();
  }
  const cut = <T extends Float64Array | Int32Array | Uint8Array>(column: T): T =>
    row === capacity ? column : (column.slice(0, row) as T);
  return {
    length: row,
    rowId: cut(rowId),
    timeNs: cut(timeNs),
    severity: cut(severity),
    resource: cut(resource),
    template: cut(template),
    trace: cut(trace),
    span: cut(span),
  };
}
