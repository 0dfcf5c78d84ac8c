/**
 * Pod metrics (one row per minute and pod), spans and logs as CSV tables per minute, fault-free recordings beside them.
 * A pod's service is its name without the suffixes Kubernetes adds.
 */
import { TemplateMiner } from '../../../shared/analysis/log-templates/template-miner.ts';
import { parseCsv } from '../csv.ts';
import { nanosOfSeconds, unixSeconds } from '../rca-case.ts';
import { RECORDING_GAP_NS, type AdapterInput, type AdapterOutput, type CaseAdapter } from './adapter.ts';

const TEXT_COLUMNS = new Set(['Time', 'TimeStamp', 'PodName']);

export const podTablesAdapter: CaseAdapter = {
  id: 'pod-tables',
  matches: ({ files }) => typeof files['metric'] === 'string' && Array.isArray(files['trace']),
  convert(input: AdapterInput): AdapterOutput {
    const { visible } = input;
    const start = nanosOfSeconds(unixSeconds(visible.injectTime ?? 0));
    addMetrics(input, parseCsv(input.read(visible.files['metric'] as string)));
    for (const file of visible.files['trace'] as string[]) addSpans(input, parseCsv(input.read(file)), 0n);
    for (const file of (visible.files['log'] ?? []) as string[]) addLogs(input, parseCsv(input.read(file)), 0n);
    if (visible.normal !== undefined) addRecordings(input, visible.normal, start - RECORDING_GAP_NS);
    for (const key of ['source_50', 'destination_50'] as const) addEdgeLatency(input, key);
    return {};
  },
};

/** `name-5f55b6cf68-77cfw` → `name`. */
export function serviceOfPod(pod: string): string {
  return pod.replace(/-[a-z0-9]{6,10}-[a-z0-9]{5}$/, '');
}
function owners({ builder }: AdapterInput, pod: string): { entity: number; instance: number } {
  return {
    entity: builder.entity('service', serviceOfPod(pod), true),
    instance: builder.entity('instance', pod, true),
  };
}

function addMetrics(input: AdapterInput, rows: readonly string[][]): void {
  const titles = rows[0] ?? [];
  const [timeAt, podAt] = [titles.indexOf('TimeStamp'), titles.indexOf('PodName')];
  for (const row of rows.slice(1)) {
    const owner = owners(input, row[podAt] ?? '');
    const time = nanosOfSeconds(Number(row[timeAt]));
    titles.forEach((title, i) => {
      if (TEXT_COLUMNS.has(title) || row[i] === undefined || row[i] === '') return;
      const [, name = title, unit = ''] = /^(.*?)\((.*)\)$/.exec(title) ?? [];
      // What a pod's table says of its machine is not the pod's own behaviour.
      if (!name.startsWith('Node')) input.builder.addPoint({ ...owner, name, unit }, time, Number(row[i]));
    });
  }
}

function addSpans(input: AdapterInput, rows: readonly string[][], shiftNs: bigint): void {
  for (const [traceId = '', spanId = '', parent = '', pod = '', operation = '', start = '0', end = '0'] of rows.slice(
    1,
  )) {
    const time = BigInt(start);
    input.builder.addSpan({
      ...owners(input, pod),
      traceId,
      spanId,
      parentId: parent === 'root' ? '' : parent,
      timeNs: time + shiftNs,
      durationNs: Math.max(0, Number(BigInt(end) - time)),
      operation,
      kind: 0,
      status: 0,
    });
  }
}

const miner = new TemplateMiner();
const LEVELS: Readonly<Record<string, number>> = {
  TRACE: 1,
  DEBUG: 5,
  INFO: 9,
  WARN: 13,
  WARNING: 13,
  ERROR: 17,
  FATAL: 21,
};

function addLogs(input: AdapterInput, rows: readonly string[][], shiftNs: bigint): void {
  const titles = rows[0] ?? [];
  const at = (name: string): number => titles.indexOf(name);
  const [timeAt, podAt, traceAt, spanAt, logAt] = [
    at('TimeUnixNano'),
    at('PodName'),
    at('TraceID'),
    at('SpanID'),
    at('Log'),
  ];
  for (const row of rows.slice(1)) {
    const { message, severity, site } = readMessage(row[logAt] ?? '');
    const mined = site === undefined ? miner.keyOf(message) : { id: site, text: site };
    input.builder.addLog({
      ...owners(input, row[podAt] ?? ''),
      timeNs: BigInt(row[timeAt] ?? '0') + shiftNs,
      severity,
      template: mined,
      message,
      traceId: row[traceAt] ?? '',
      spanId: row[spanAt] ?? '',
    });
  }
}
/** Container runtime's JSON around the line, then either a JSON log or `time LEVEL logger#line …`. */
function readMessage(raw: string): { message: string; severity: number; site: string | undefined } {
  let text = raw;
  const wrapped = parseObject(raw);
  if (typeof wrapped?.['log'] === 'string') text = wrapped['log'].trim();
  const own = parseObject(text);
  const ownMessage = own?.['message'] ?? own?.['msg'];
  if (own && typeof ownMessage === 'string') {
    const level = String(own['severity'] ?? own['level'] ?? own['levelname'] ?? '').toUpperCase();
    return { message: ownMessage, severity: LEVELS[level] ?? 9, site: undefined };
  }
  const header = /^[\d:.,\-TZ ]+\s+(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s+(\S+#\d+)?\s*(.*)$/s.exec(text);
  const message = (header?.[3] ?? text).replace(/(TraceID|SpanID): \S+\s*/g, '');
  return {
    message,
    severity: LEVELS[header?.[1] ?? ''] ?? (/\b(error|exception)\b/i.test(text) ? 17 : 9),
    site: header?.[2],
  };
}
function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Each recording is moved as a whole so that its last minute ends where the incident's lead-in begins. */
function addRecordings(input: AdapterInput, folder: string, endNs: bigint): void {
  for (const file of input.list(folder)) {
    const rows = parseCsv(input.read(`${folder.replace(/\/$/, '')}/${file}`));
    const column = (rows[0] ?? []).findIndex((title) => title === 'StartTimeUnixNano' || title === 'TimeUnixNano');
    let last = 0n;
    for (const row of rows.slice(1)) if (BigInt(row[column] ?? '0') > last) last = BigInt(row[column]!);
    if (/log/.test(file)) addLogs(input, rows, endNs - last);
    else addSpans(input, rows, endNs - last);
  }
}

function addEdgeLatency(input: AdapterInput, key: 'source_50' | 'destination_50'): void {
  const file = input.visible.files[key];
  if (typeof file !== 'string') return;
  const rows = parseCsv(input.read(file));
  const edges = (rows[0] ?? []).map((title) => /^([^_]+)_([^_]+)$/.exec(title));
  for (const row of rows.slice(1)) {
    const time = nanosOfSeconds(Number(row[1]));
    edges.forEach((ends, i) => {
      if (i < 2 || !ends || row[i] === '' || row[i] === undefined) return;
      const [caller, callee] = [ends[1]!, ends[2]!];
      const reporter = key === 'source_50' ? caller : callee;
      input.builder.addPoint(
        {
          entity: input.builder.entity('service', reporter, true),
          name: 'request_duration_p50',
          unit: 's',
          attributes: {
            reporter: key === 'source_50' ? 'source' : 'destination',
            source_workload: caller,
            destination_workload: callee,
          },
        },
        time,
        Number(row[i]),
      );
    });
  }
}
