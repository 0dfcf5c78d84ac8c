/**
 * One alert with metrics, logs, a few spans, log signatures with their change against the baseline, and what was
 * committed, deployed and switched. A deployed commit is a change of the service it was deployed to.
 */
import { TemplateMiner } from '../../../shared/analysis/log-templates/template-miner.ts';
import { unixNano } from '../../../shared/model/time.ts';
import { parseCsv } from '../csv.ts';
import { nanosOfSeconds, unixSeconds } from '../rca-case.ts';
import type { AdapterInput, AdapterOutput, CaseAdapter } from './adapter.ts';

type Row = Readonly<Record<string, unknown>>;
const LEVELS: Readonly<Record<string, number>> = {
  TRACE: 1,
  DEBUG: 5,
  INFO: 9,
  WARN: 13,
  WARNING: 13,
  ERROR: 17,
  FATAL: 21,
};
const SIGNATURE_COPIES = 50;
const BASELINE_BEFORE_S = 1800;

export const incidentFolderAdapter: CaseAdapter = {
  id: 'incident-folder',
  matches: ({ files }) => typeof files['alert'] === 'string' && typeof files['commits'] === 'string',
  convert(input: AdapterInput): AdapterOutput {
    const alert = JSON.parse(file(input, 'alert')) as Row;
    const at = nanosOf(alert['fired_at']);
    const entity = service(input, alert['service']);
    input.builder.addAlert({
      externalId: text(alert['monitor']),
      name: text(alert['monitor']),
      summary: text(alert['summary']),
      severity: 'critical',
      state: 'firing',
      startTime: unixNano(at),
      entities: [entity],
      labels: {},
      annotations: { summary: text(alert['summary']) },
      signal: { kind: 'metric', name: text(alert['metric']) },
    });
    addMetrics(input);
    addLogs(input);
    addSignatures(input, at);
    addSpans(input);
    addChanges(input);
    return { alarmNs: at, symptom: { type: 'service', name: text(alert['service']) } };
  },
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}
function file(input: AdapterInput, key: string): string {
  const name = input.visible.files[key];
  return typeof name === 'string' ? input.read(name) : '[]';
}
function nanosOf(value: unknown): bigint {
  return nanosOfSeconds(unixSeconds(text(value)));
}
function service({ builder }: AdapterInput, name: unknown): number {
  return builder.entity('service', text(name), true);
}
function addMetrics(input: AdapterInput): void {
  for (const [time = '', owner = '', name = '', value = ''] of parseCsv(file(input, 'metrics')).slice(1))
    if (value !== '') input.builder.addPoint({ entity: service(input, owner), name }, nanosOf(time), Number(value));
}
const miner = new TemplateMiner();
function addLogs(input: AdapterInput): void {
  for (const line of file(input, 'logs').split('\n')) {
    if (!line.startsWith('{')) continue;
    const row = JSON.parse(line) as Row;
    const message = text(row['msg'] ?? row['message'] ?? row['body']);
    addLog(
      input,
      service(input, row['service']),
      nanosOf(row['timestamp']),
      message,
      LEVELS[text(row['severity_text']).toUpperCase()] ?? 9,
    );
  }
}
function addLog({ builder }: AdapterInput, entity: number, timeNs: bigint, message: string, severity: number): void {
  builder.addLog({
    entity,
    instance: -1,
    timeNs,
    severity,
    template: miner.keyOf(message),
    message,
    traceId: '',
    spanId: '',
  });
}
/** A signature stands for records: as many now, and before, as it says, thinned to a bounded number. */
function addSignatures(input: AdapterInput, alarmNs: bigint): void {
  for (const row of JSON.parse(file(input, 'patterns')) as readonly Row[]) {
    const count = Number(row['count'] ?? 0);
    const before = Math.max(0, count - Number(text(row['delta_vs_baseline']).replace('+', '')));
    const scale = Math.min(1, SIGNATURE_COPIES / Math.max(count, before, 1));
    const severity = row['sentiment'] === 'negative' ? 17 : 9;
    const entity = service(input, row['service']);
    const put = (copies: number, startNs: bigint): void => {
      for (let i = 0; i < copies; i++)
        addLog(input, entity, startNs + BigInt(i) * 1_000_000_000n, text(row['signature']), severity);
    };
    put(Math.ceil(count * scale), alarmNs);
    put(Math.floor(before * scale), alarmNs - BigInt(BASELINE_BEFORE_S) * 1_000_000_000n);
  }
}
function addSpans(input: AdapterInput): void {
  /** A child belongs to the trace of the parent it names, whatever stands in its own trace id (“same”). */
  const traceOfSpan = new Map<string, string>();
  for (const row of JSON.parse(file(input, 'traces')) as readonly Row[]) {
    const spanId = text(row['span_id']);
    const traceId = traceOfSpan.get(text(row['parent_id'])) ?? text(row['trace_id']);
    traceOfSpan.set(spanId, traceId);
    input.builder.addSpan({
      traceId,
      spanId,
      parentId: text(row['parent_id']),
      timeNs: nanosOf(row['start']),
      durationNs: Number(row['duration_ms'] ?? 0) * 1e6,
      entity: service(input, row['service']),
      instance: -1,
      operation: text(row['name']),
      kind: 0,
      status: text(row['status']).toUpperCase() === 'ERROR' ? 2 : 0,
    });
  }
}
function addChanges(input: AdapterInput): void {
  const commits = JSON.parse(file(input, 'commits')) as readonly Row[];
  const deploys = JSON.parse(file(input, 'deploys')) as readonly Row[];
  for (const commit of commits) {
    const deploy = deploys.find((row) => row['commit_sha'] === commit['sha']);
    input.builder.addChange({
      externalId: text(commit['sha']),
      changeKind: deploy ? 'deployment' : 'commit',
      title: text(commit['message']),
      status: 'unknown',
      startTime: unixNano(nanosOf(deploy?.['timestamp'] ?? commit['timestamp'])),
      entities: deploy ? [service(input, deploy['service'])] : [],
      revision: text(commit['sha']),
      description: [
        text(commit['message']),
        (commit['files_changed'] as readonly string[] | undefined)?.join('\n'),
        text(commit['diff']),
      ].join('\n'),
      attributes: {},
    });
  }
  for (const flag of JSON.parse(file(input, 'flags')) as readonly Row[])
    input.builder.addChange({
      externalId: text(flag['flag']),
      changeKind: 'feature_flag',
      title: `${text(flag['flag'])} ${text(flag['change'])}`,
      status: 'unknown',
      startTime: unixNano(nanosOf(flag['timestamp'])),
      entities: [service(input, flag['service'])],
      attributes: {},
    });
}
