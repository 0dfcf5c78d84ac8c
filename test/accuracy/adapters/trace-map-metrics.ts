/**
 * Metrics per node of a trace map with three header rows (node, metric, statistic), a separate fault-free recording of
 * the same columns and the call graph as an adjacency matrix. Node names end in the map's node type, which says what
 * was seen from the caller's side only (`remote`, `client`) and what is a database or a queue.
 */
import type { EntityRef } from '../../../shared/model/entity.ts';
import { unixNano } from '../../../shared/model/time.ts';
import { parseCsv } from '../csv.ts';
import { nanosOfSeconds } from '../rca-case.ts';
import { RECORDING_GAP_NS, type AdapterInput, type AdapterOutput, type CaseAdapter } from './adapter.ts';

export const traceMapMetricsAdapter: CaseAdapter = {
  id: 'trace-map-metrics',
  matches: ({ files }) => typeof files['normalMetrics'] === 'string' && typeof files['graph'] === 'string',
  convert(input: AdapterInput): AdapterOutput {
    const { visible, builder } = input;
    const during = parseCsv(input.read(visible.files['metrics'] as string));
    const before = parseCsv(input.read(visible.files['normalMetrics'] as string));
    const start = nanosOfSeconds(Number(during[4]?.[0] ?? during[3]?.[0] ?? 0));
    const normalEnd = nanosOfSeconds(Number(before.at(-1)?.[0] ?? 0));
    addTable(input, during, 0n);
    addTable(input, before, start - RECORDING_GAP_NS - normalEnd);
    const matrix = parseCsv(input.read(visible.files['graph'] as string));
    const names = (matrix[0] ?? []).slice(1);
    for (const row of matrix.slice(1))
      row.slice(1).forEach((cell, column) => {
        if (Number(cell) > 0)
          builder.addEdge('calls', entityOf(input, row[0]!), entityOf(input, names[column]!), 'configuration');
      });
    const symptom = visible.symptom ? typedName(visible.symptom.node) : undefined;
    if (visible.symptom?.metric !== undefined) addAlarm(input, visible.symptom.node, visible.symptom.metric, start);
    return {
      alarmNs: start,
      symptom,
      entityOfCandidate: new Map(visible.candidates.map((name) => [name, typedName(name)])),
    };
  },
};

function addAlarm(input: AdapterInput, node: string, metric: string, startNs: bigint): void {
  input.builder.addAlert({
    externalId: 'alarm',
    name: `${metric} of ${node}`,
    summary: '',
    severity: 'critical',
    state: 'firing',
    startTime: unixNano(startNs),
    entities: [entityOf(input, node)],
    labels: {},
    annotations: {},
    signal: { kind: 'metric', name: metric },
  });
}
function typedName(name: string): EntityRef {
  const nodeType = name.slice(name.lastIndexOf('_') + 1);
  if (nodeType === 'remote' || nodeType === 'client') return { type: 'external', name };
  if (/::SQL$|::Table$/.test(nodeType)) return { type: 'database', name };
  return { type: nodeType.endsWith('::Queue') ? 'queue' : 'service', name };
}
function entityOf({ builder }: AdapterInput, name: string): number {
  const { type } = typedName(name);
  return builder.entity(type, name, type !== 'external');
}
function addTable(input: AdapterInput, rows: readonly string[][], shiftNs: bigint): void {
  const [nodes = [], metrics = [], statistics = []] = rows;
  const keys = nodes.map((node, i) =>
    i === 0
      ? undefined
      : { entity: entityOf(input, node), name: metrics[i]!, attributes: { statistic: statistics[i]! } },
  );
  for (const row of rows.slice(3)) {
    if (!Number.isFinite(Number(row[0])) || row[0] === '') continue;
    const time = nanosOfSeconds(Number(row[0])) + shiftNs;
    row.forEach((text, i) => {
      const key = keys[i];
      if (key && text !== '') input.builder.addPoint(key, time, Number(text));
    });
  }
}
