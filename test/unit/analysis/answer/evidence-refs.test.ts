/**
 * Every row an answer points at is a row of the case, and of the table it names. Row ids are made sparse and different
 * from table to table, so that an index passed off as a row id does not resolve.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyze } from '../../../../shared/analysis/analyze.ts';
import type { AnalysisResult } from '../../../../shared/model/analysis-result.ts';
import type { RowTable } from '../../../../shared/model/ids.ts';
import type { Telemetry } from '../../../../shared/model/telemetry.ts';
import { unixNano } from '../../../../shared/model/time.ts';
import type { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';
import { CONTEXT, requestChain, type Wrong } from '../request-chain.ts';

const SECOND = 1_000_000_000n;
const FAULT_SECOND = 600;
const END_SECOND = 1200;

interface Shape extends Wrong {
  readonly metricAt: string;
  readonly metricName: string;
  readonly metricRise: number;
  readonly alertsAt: readonly string[];
  readonly changeAt: string;
  readonly changeKind: 'deployment' | 'configuration';
  readonly errorsAt: string;
  readonly eventsAt: string;
}
const service = fc.constantFrom('a', 'b', 'c');
const shapes: fc.Arbitrary<Shape> = fc
  .record({
    metricAt: service,
    metricName: fc.constantFrom('cpu.usage', 'memory.usage', 'db.connections.used', 'queue.depth', 'disk.used'),
    metricRise: fc.constantFrom(0, 1, 40, 1e13),
    alertsAt: fc.array(service, { maxLength: 6 }),
    changeAt: service,
    changeKind: fc.constantFrom('deployment', 'configuration'),
    errorsAt: service,
    eventsAt: service,
    wrong: fc.constantFrom<Wrong>(
      {},
      { slow: 'b' },
      { slow: 'c' },
      { failing: 'c' },
      { failing: 'b' },
      { delayed: 'b' },
    ),
  })
  .map(({ wrong, ...rest }) => ({ ...rest, ...wrong }));

function fill(builder: TelemetryBuilder, shape: Shape): void {
  const metricAt = builder.entity('service', shape.metricAt);
  for (let second = 0; second < END_SECOND; second += 30) {
    const value = 5 + (second >= FAULT_SECOND ? shape.metricRise : 0);
    builder.addPoint({ entity: metricAt, name: shape.metricName }, BigInt(second) * SECOND, value);
    const isFailing = second >= FAULT_SECOND;
    builder.addLog({
      timeNs: BigInt(second) * SECOND,
      entity: builder.entity('service', shape.errorsAt),
      instance: -1,
      severity: isFailing ? 17 : 9,
      template: isFailing ? { id: 'bad', text: 'cannot reach c: timeout' } : { id: 'good', text: 'served a request' },
      message: isFailing ? 'cannot reach c: timeout' : 'served a request',
      traceId: `t${second / 10}`,
      spanId: '',
    });
  }
  shape.alertsAt.forEach((name, index) =>
    builder.addAlert({
      externalId: `alert-${index}`,
      name: index % 2 === 0 ? 'HighLatency' : 'HighErrorRate',
      summary: '',
      severity: 'critical',
      state: 'firing',
      startTime: unixNano(BigInt(FAULT_SECOND + 60 + 20 * index) * SECOND),
      entities: [builder.entity('service', name)],
      labels: {},
      annotations: {},
    }),
  );
  builder.addChange({
    externalId: 'change-1',
    changeKind: shape.changeKind,
    title: `Change of ${shape.changeAt}`,
    status: 'succeeded',
    startTime: unixNano(BigInt(FAULT_SECOND - 20) * SECOND),
    entities: [builder.entity('service', shape.changeAt)],
    attributes: {},
  });
}

/** Of each table another stretch of numbers, far from any index. */
const STARTS: Readonly<Record<string, number>> = {
  span: 1e6,
  log: 2e6,
  template: 3e6,
  series: 4e6,
  alert: 5e6,
  change: 6e6,
  event: 7e6,
  edge: 8e6,
  entity: 9e6,
};
function withSparseRows(telemetry: Telemetry, eventsAt: string): Telemetry {
  const sparse = (table: string, index: number): number => STARTS[table]! + 7 * index;
  const renumber = <T extends { readonly rowId: number }>(table: string, rows: readonly T[]): T[] =>
    rows.map((row, index) => ({ ...row, rowId: sparse(table, index) }));
  const { spans, logs } = telemetry;
  return {
    ...telemetry,
    entities: renumber('entity', telemetry.entities),
    metrics: renumber('series', telemetry.metrics),
    alerts: renumber('alert', telemetry.alerts),
    changes: renumber('change', telemetry.changes),
    edges: renumber('edge', telemetry.edges),
    events: renumber(
      'event',
      [0, 30, 60].map((second) => ({
        rowId: 0,
        externalId: `event-${second}`,
        reason: 'OOMKilled',
        message: 'container killed',
        severity: 'error' as const,
        startTime: unixNano(telemetry.origin + BigInt(FAULT_SECOND + second) * SECOND),
        endTime: unixNano(telemetry.origin + BigInt(FAULT_SECOND + second) * SECOND),
        count: 1,
        isTimeInferred: false,
        entities: [telemetry.entities.findIndex(({ name }) => name === eventsAt)],
        attributes: {},
      })),
    ),
    spans: { ...spans, rowId: spans.rowId.map((_, index) => sparse('span', index)) },
    logs: {
      ...logs,
      rowId: logs.rowId.map((_, index) => sparse('log', index)),
      templates: renumber('template', logs.templates),
    },
  };
}

function rowsOf(telemetry: Telemetry): Readonly<Partial<Record<RowTable, ReadonlySet<number>>>> {
  const ids = (rows: readonly { readonly rowId: number }[]): ReadonlySet<number> => new Set(rows.map((r) => r.rowId));
  return {
    span: new Set(telemetry.spans.rowId),
    log: new Set(telemetry.logs.rowId),
    template: ids(telemetry.logs.templates),
    series: ids(telemetry.metrics),
    alert: ids(telemetry.alerts),
    change: ids(telemetry.changes),
    event: ids(telemetry.events),
    edge: ids(telemetry.edges),
    entity: ids(telemetry.entities),
  };
}
function refsOf({ incidents, findings }: AnalysisResult): string[] {
  const ids = new Set(findings.map(({ id }) => id));
  return [
    ...incidents.flatMap(({ hypotheses }) =>
      hypotheses.flatMap(({ evidence }) => evidence.flatMap(({ refs }) => refs)),
    ),
    ...findings.flatMap(({ refs }) => refs),
    ...incidents.flatMap(({ links }) => links.flatMap(({ from, to }) => [from, to])).filter((ref) => !ids.has(ref)),
    ...incidents.flatMap(({ alerts }) => alerts.map(({ rowId }) => `alert:${rowId}`)),
    ...incidents.flatMap(({ changes }) => changes.map(({ rowId }) => `change:${rowId}`)),
    ...incidents.flatMap(({ hypotheses }) =>
      hypotheses.flatMap(({ change }) => (change ? [`change:${change.rowId}`] : [])),
    ),
  ];
}

it('every reference of an answer resolves to a row of the case', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(shapes, (shape) => {
      const telemetry = withSparseRows(
        requestChain(shape, (builder) => fill(builder, shape)).telemetry,
        shape.eventsAt,
      );
      const rows = rowsOf(telemetry);
      const result = analyze(telemetry, {}, CONTEXT);
      const dangling = refsOf(result).filter((ref) => {
        const [, table = '', id = ''] = /^(\w+):(\d+)(?:@\d+\.\.\d+)?$/.exec(ref) ?? [];
        seen.add(table);
        return !rows[table as RowTable]?.has(Number(id));
      });
      expect(dangling).toEqual([]);
      for (const incident of result.incidents)
        for (const id of incident.findings) expect(result.findings.map((finding) => finding.id)).toContain(id);
    }),
    { numRuns: 60, seed: 7 },
  );
  // Without these the property would hold for answers that point at nothing.
  expect([...seen].sort()).toEqual(expect.arrayContaining(['alert', 'change', 'event', 'log', 'series', 'span']));
});
