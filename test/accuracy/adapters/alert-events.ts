/**
 * Cases that are sets of alerts: on metrics `[instance, (host,) metric, direction]`, on calls `[caller, callee,
 * operation, kind]`, on log templates `[instance, template]`, with the instances and the calls between them.
 */
import { unixNano } from '../../../shared/model/time.ts';
import { nanosOfSeconds, unixSeconds } from '../rca-case.ts';
import type { AdapterInput, AdapterOutput, CaseAdapter } from './adapter.ts';

interface AlertEvents {
  readonly metrics: readonly (readonly string[])[];
  readonly traces: readonly (readonly string[])[];
  readonly logs: readonly (readonly string[])[];
  readonly nodes: readonly string[];
  readonly edges: readonly (readonly [number, number])[];
}
export const alertEventsAdapter: CaseAdapter = {
  id: 'alert-events',
  matches: ({ files }) => typeof files['events'] === 'string',
  convert(input: AdapterInput): AdapterOutput {
    const { visible, builder } = input;
    const events = JSON.parse(input.read(visible.files['events'] as string)) as AlertEvents;
    const time =
      visible.injectTime === undefined || visible.injectTime === null
        ? 0n
        : nanosOfSeconds(unixSeconds(visible.injectTime));
    const known = new Set([...visible.candidates, ...events.nodes]);
    for (const name of known) instance(input, name);
    let count = 0;
    const add = (
      names: readonly string[],
      name: string,
      kind: 'metric' | 'trace' | 'log',
      subject: string,
      direction?: 'up' | 'down',
    ): void => {
      builder.addAlert({
        externalId: `alert-${++count}`,
        name,
        summary: '',
        severity: 'warning',
        state: 'firing',
        startTime: unixNano(time),
        entities: names.filter((n) => known.has(n)).map((n) => instance(input, n)),
        labels: kind === 'trace' ? { source: names[0] ?? '', destination: names[1] ?? '' } : {},
        annotations: {},
        signal: { kind, name: subject, direction },
      });
    };
    for (const row of events.metrics)
      add([row[0]!], row.at(-2)!, 'metric', row.at(-2)!, row.at(-1) === 'down' ? 'down' : 'up');
    for (const [caller = '', callee = '', operation = '', kind = ''] of events.traces)
      add([caller, callee], traceAlertName(kind), 'trace', `${traceAlertName(kind)} ${pathOf(operation)}`);
    for (const [name = '', template = ''] of events.logs) add([name], 'log template', 'log', template);
    for (const [from, to] of events.edges) {
      const [caller, callee] = [events.nodes[from], events.nodes[to]];
      if (caller !== undefined && callee !== undefined && caller !== callee)
        builder.addEdge('calls', instance(input, caller), instance(input, callee), 'alerts');
    }
    return { entityOfCandidate: new Map(visible.candidates.map((name) => [name, { type: 'instance', name }])) };
  },
};
/** `PD` stands for a performance problem, anything else is a status. */
function traceAlertName(kind: string): string {
  return kind === 'PD' ? 'latency' : `error ${kind}`;
}
function pathOf(operation: string): string {
  return operation.replace(/^https?:\/\/[^/]+/, '');
}
function instance({ builder }: AdapterInput, name: string): number {
  const known = builder.find('instance', name);
  if (known >= 0) return known;
  const index = builder.entity('instance', name, true);
  const service = name.replace(/-?\d+$/, '');
  builder.addEdge(
    'partOf',
    index,
    builder.entity('service', service === name ? `${name} (service)` : service, true),
    'alerts',
  );
  return index;
}
