/**
 * Rolling releases: a plan of which service was replaced when, and per pod and call edge one table of success ratio,
 * latency and resources per minute, all tables in one bundle. Mesh labels name the ends of a call.
 */
import type { Attributes } from '../../../shared/model/resource.ts';
import { unixNano } from '../../../shared/model/time.ts';
import { parseCsv } from '../csv.ts';
import { nanosOfSeconds } from '../rca-case.ts';
import type { AdapterInput, AdapterOutput, CaseAdapter } from './adapter.ts';

interface ReleasePlan {
  readonly plan: Readonly<Record<string, { readonly release_time: number; readonly target_replica?: number }>>;
}

export const releaseBundleAdapter: CaseAdapter = {
  id: 'release-bundle',
  matches: ({ files }) => typeof files['changes'] === 'string' && /\.bundle\.json/.test(String(files['metrics'])),
  convert(input: AdapterInput): AdapterOutput {
    const { visible, builder } = input;
    const bundle = JSON.parse(input.read(visible.files['metrics'] as string)) as Record<string, string>;
    for (const [file, text] of Object.entries(bundle)) {
      const rows = parseCsv(text);
      const pod = /^(.+)_([^_]+)_([^_]+)\.csv$/.exec(file);
      if (pod && rows[0]?.includes('SuccessRate')) addPodTable(input, rows, pod[1]!, pod[2]!, pod[3]!);
      else addEdgeTable(input, rows, file.replace(/\.csv$/, ''));
    }
    const { plan } = JSON.parse(input.read(visible.files['changes'] as string)) as ReleasePlan;
    for (const [service, release] of Object.entries(plan))
      builder.addChange({
        externalId: service,
        changeKind: 'deployment',
        title: `Release of ${service}`,
        status: 'unknown',
        startTime: unixNano(nanosOfSeconds(release.release_time)),
        entities: [builder.entity('service', service)],
        attributes: {},
      });
    return {};
  },
};

function addPodTable(
  { builder }: AdapterInput,
  rows: readonly string[][],
  pod: string,
  caller: string,
  callee: string,
): void {
  const isCallee = pod.startsWith(`${callee}-`);
  const entity = builder.entity('service', isCallee ? callee : caller, true);
  const instance = builder.entity('instance', pod, true);
  const attributes: Attributes = {
    reporter: isCallee ? 'destination' : 'source',
    source_workload: caller,
    destination_workload: callee,
  };
  // The titles of the last five columns are in another order than their values: a latency of 6 to 40 beside a node
  // memory share of .005 can only be the other way round.
  for (const [, stamp, success, cpu, memory, , , latency] of rows.slice(1)) {
    const time = nanosOfSeconds(Number(stamp));
    const point = (name: string, unit: string, text: string | undefined, labels: Attributes): void => {
      if (text !== undefined && text !== '')
        builder.addPoint({ entity, instance, name, unit, attributes: labels }, time, Number(text));
    };
    point('request_success_rate', '%', success, attributes);
    point('request_duration', 's', latency, attributes);
    point('cpu_usage_rate', '%', cpu, {});
    point('memory_usage_rate', '%', memory, {});
  }
}

function addEdgeTable({ builder }: AdapterInput, rows: readonly string[][], table: string): void {
  const name = /success/.test(table)
    ? 'request_success_rate'
    : /(50|90|95|99)/.test(table)
      ? 'request_duration'
      : undefined;
  if (name === undefined) return;
  const isSource = table.startsWith('source');
  const edges = (rows[0] ?? []).map((title) => /^([^_]+)_([^_]+)$/.exec(title));
  for (const row of rows.slice(1))
    edges.forEach((ends, i) => {
      if (i < 2 || !ends || row[i] === undefined || row[i] === '') return;
      const [caller, callee] = [ends[1]!, ends[2]!];
      const attributes = {
        reporter: isSource ? 'source' : 'destination',
        source_workload: caller,
        destination_workload: callee,
      };
      const entity = builder.entity('service', isSource ? caller : callee, true);
      builder.addPoint({ entity, name, attributes }, nanosOfSeconds(Number(row[1])), Number(row[i]));
    });
}
