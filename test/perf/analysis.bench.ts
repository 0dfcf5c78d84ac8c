/**
 * Analysis of 300 services × 1 h of one-minute metrics (10 each), 1 M spans, 1 M log records, 2,000 alerts: built in
 * memory as storage would load it, then analysed. Budget: 10 s with loading, of which loading may take 3 s.
 */
import { analyze } from '../../shared/analysis/analyze.ts';
import { createRandom } from '../../shared/base/random.ts';
import type { LogTable, MetricSeries, SpanTable, Telemetry, TelemetryEntity } from '../../shared/model/telemetry.ts';
import { unixNano } from '../../shared/model/time.ts';

const BUDGET_SECONDS = 7;
const POLL_BUDGET_MS = 50;
const SERVICES = 300;
const MINUTES = 60;
const SPANS = 1_000_000;
const LOGS = 1_000_000;
const ALERTS = 2_000;
const LENGTH_NS = MINUTES * 60e9;
const FAULT = { service: 17, startNs: 40 * 60e9 };
const ORIGIN = unixNano(1_700_000_000_000_000_000n);
const random = createRandom(7);

function entities(): TelemetryEntity[] {
  return Array.from({ length: SERVICES }, (_, i) => ({
    type: 'service' as const,
    name: `service-${i}`,
    rowId: i + 1,
    attributes: {},
    isInstrumented: true,
  }));
}

/** Traces of five spans, server and client in turn; each service calls four others, about 1,200 edges in all. */
function spans(): SpanTable {
  const table = {
    length: SPANS,
    rowId: Float64Array.from({ length: SPANS }, (_, i) => i + 1),
    startNs: new Float64Array(SPANS),
    durationNs: new Float64Array(SPANS),
    entity: new Int32Array(SPANS),
    instance: new Int32Array(SPANS).fill(-1),
    operation: new Int32Array(SPANS),
    operations: Array.from({ length: SERVICES }, (_, i) => `GET /resource-${i}`),
    kind: new Uint8Array(SPANS),
    status: new Uint8Array(SPANS),
    parent: new Int32Array(SPANS).fill(-1),
    peer: new Int32Array(SPANS).fill(-1),
    trace: new Int32Array(SPANS),
  };
  for (let i = 0; i < SPANS; i += 1) {
    const depth = i % 5;
    const trace = Math.floor(i / 5);
    const before = i > 0 ? table.entity[i - 1]! : 0;
    const callee = (before * 4 + random.integer(1, 4)) % SERVICES;
    const owner = depth === 0 ? random.integer(0, 9) : depth % 2 === 1 ? before : callee;
    const isSlow = (trace * 5 * LENGTH_NS) / SPANS >= FAULT.startNs && owner === FAULT.service;
    table.startNs[i] = (trace * 5 * LENGTH_NS) / SPANS + depth * 1e6;
    table.durationNs[i] = (isSlow ? 9 : 1) * random.uniform(2e6, 9e6) * (6 - depth);
    table.entity[i] = owner;
    table.operation[i] = owner;
    table.kind[i] = depth % 2 === 1 ? 3 : 2;
    table.status[i] = random.chance(isSlow ? 0.4 : 0.002) ? 2 : 0;
    table.parent[i] = depth === 0 ? -1 : i - 1;
    table.trace[i] = trace;
  }
  return table;
}

function logs(): LogTable {
  const templates = Array.from({ length: 3_000 }, (_, i) => ({
    rowId: i + 1,
    id: i.toString(16).padStart(16, '0'),
    text: `event ${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}${'uvwxyz'[i % 6]} of <*> finished`,
    example: `event number ${i}`,
  }));
  return {
    length: LOGS,
    rowId: Float64Array.from({ length: LOGS }, (_, i) => i + 1),
    timeNs: Float64Array.from({ length: LOGS }, (_, i) => (i * LENGTH_NS) / LOGS),
    entity: Int32Array.from({ length: LOGS }, () => random.integer(0, SERVICES - 1)),
    instance: new Int32Array(LOGS).fill(-1),
    severity: Uint8Array.from({ length: LOGS }, () => (random.chance(0.01) ? 17 : 9)),
    template: Int32Array.from({ length: LOGS }, () => random.integer(0, 2_999)),
    templates,
    span: Int32Array.from({ length: LOGS }, (_, i) => (i % 2 === 0 ? i : -1)),
    trace: Int32Array.from({ length: LOGS }, (_, i) => (i % 2 === 0 ? Math.floor(i / 5) : -1)),
  };
}

function metrics(): MetricSeries[] {
  const names = ['cpu.utilization', 'memory.usage', 'http.server.request.duration', 'requests', 'errors', 'gc.pause'];
  return Array.from({ length: SERVICES * 10 }, (_, i) => {
    const entity = Math.floor(i / 10);
    const level = random.uniform(10, 100);
    return {
      rowId: i + 1,
      entity,
      instance: -1,
      name: `${names[i % 6]}.${i % 10}`,
      unit: '1',
      type: 'gauge' as const,
      temporality: 'unspecified' as const,
      attributes: {},
      timesNs: Float64Array.from({ length: MINUTES }, (__, k) => k * 60e9),
      values: Float64Array.from(
        { length: MINUTES },
        (__, k) => level * (entity === FAULT.service && k >= 40 ? 3 : 1) + random.uniform(-3, 3),
      ),
    };
  });
}

function telemetry(): Telemetry {
  return {
    origin: ORIGIN,
    startNs: 0,
    endNs: LENGTH_NS,
    entities: entities(),
    spans: spans(),
    logs: logs(),
    metrics: metrics(),
    alerts: Array.from({ length: ALERTS }, (_, i) => ({
      rowId: i + 1,
      externalId: `alert-${i}`,
      name: ['HighErrorRate', 'HighLatency', 'PodRestarted'][i % 3]!,
      summary: 'something is wrong',
      severity: 'warning' as const,
      state: 'firing' as const,
      startTime: unixNano(ORIGIN + BigInt(Math.round(FAULT.startNs + random.uniform(0, 600e9)))),
      entities: [i % 2 === 0 ? FAULT.service : random.integer(0, SERVICES - 1)],
      labels: {},
      annotations: {},
    })),
    changes: [],
    events: [],
    edges: [],
    knownGaps: [],
  };
}

const input = telemetry();
let lastPoll = performance.now();
let longestPollMs = 0;
let stage = '';
let slowestStage = '';
const stages: { name: string; at: number }[] = [];
const started = performance.now();
const result = analyze(
  input,
  {},
  {
    progress: (name) => {
      stage = name;
      stages.push({ name, at: performance.now() });
    },
    throwIfCancelled: () => {
      const now = performance.now();
      if (now - lastPoll > longestPollMs && now - started > 0 && lastPoll >= started)
        [longestPollMs, slowestStage] = [now - lastPoll, stage];
      lastPoll = now;
    },
  },
);
const seconds = (performance.now() - started) / 1000;
for (const [i, { name, at }] of stages.entries()) {
  const ms = (stages[i + 1]?.at ?? performance.now()) - at;
  console.log(`${name.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms`);
}
console.log(
  `analysis ${seconds.toFixed(2)} s (budget ${BUDGET_SECONDS}), longest time between polls ${longestPollMs.toFixed(0)} ms in "${slowestStage}"`,
);
console.log(
  `${result.incidents.length} incidents, first: ${result.incidents[0]?.title ?? 'none'}, ${result.findings.length} findings, ${result.fingerprint}`,
);
if (seconds > BUDGET_SECONDS || longestPollMs > POLL_BUDGET_MS * 4) process.exitCode = 1;
