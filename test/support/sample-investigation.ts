/** A small hand-made investigation for report tests: one incident, two causes, a graph with a cycle, hostile text on request. */
import type { AnalysisResult, GraphEdge, GraphNode, Hypothesis } from '../../shared/model/analysis-result.ts';
import type { EntityRef, EntityType } from '../../shared/model/entity.ts';
import { rowRef, type RowRef } from '../../shared/model/ids.ts';
import { parseRfc3339, type UnixNano } from '../../shared/model/time.ts';
import type { EvidenceRow, InvestigationReport } from '../../shared/report/investigation-report.ts';

function at(text: string): UnixNano {
  const time = parseRfc3339(text);
  if (time === undefined) throw new Error(`not a time: ${text}`);
  return time;
}
function ref(name: string, type: EntityType = 'service'): EntityRef {
  return { type, name };
}
function node(entity: EntityRef, health: GraphNode['health'], errorRatio: number | null = null): GraphNode {
  const isInstrumented = entity.type !== 'external';
  const rate = health === 'unknown' ? null : 40;
  return { entity, isInstrumented, health, requestsPerSecond: rate, errorRatio, latencyP50Ms: 20, latencyP95Ms: 480 };
}
function edge(from: EntityRef, to: EntityRef, calls: number, errorRatio: number | null = 0): GraphEdge {
  return { from, to, edgeKind: 'calls', provenance: ['spans'], calls, errorRatio, latencyP95Ms: 310 };
}

/** `hostile` stands wherever a bundle can put text. */
export function sampleInvestigation(hostile = ''): InvestigationReport {
  const gateway = ref('gateway');
  const checkout = ref(`checkout${hostile}`);
  const inventory = ref('inventory');
  const store = ref('inventory-db', 'database');
  const bank = ref('api.bank.example', 'external');
  const events = ref('stock-events', 'queue');
  const start = at('2026-06-23T09:42:00Z');
  const end = at('2026-06-23T10:05:30Z');
  const change = {
    id: 'deploy-7',
    rowId: 3,
    changeKind: 'deployment' as const,
    title: `inventory 2.42.0 rolled out${hostile}`,
    time: at('2026-06-23T09:41:32Z'),
    revision: '9f3c1e7',
  };
  const hypothesis = (rank: number, entity: EntityRef, confidence: number): Hypothesis => ({
    rank,
    entity,
    faultKind: rank === 1 ? 'pool_exhaustion' : 'slow_query',
    change: rank === 1 ? change : null,
    score: confidence,
    confidence,
    summary: `${entity.name} holds its connection during the price lookup, so its pool runs dry.${hostile}`,
    evidence: [
      {
        stance: 'supports',
        signal: 'trace',
        text: `412 of 430 slow calls wait for a connection${hostile}`,
        weight: 0.4,
        refs: [rowRef('span', 1), rowRef('span', 2)],
      },
      { stance: 'supports', signal: 'metric', text: 'connections used 4 → 20 of 20', weight: 0.2, refs: [SERIES_REF] },
      { stance: 'contradicts', signal: 'metric', text: 'database cpu rises too', weight: -0.1, refs: [] },
      { stance: 'missing', signal: 'log', text: 'no lock view of inventory-db', weight: 0, refs: [] },
    ],
    explains: [checkout, gateway],
    unexplained: [events],
    disprovedBy: 'Pool use below its limit while calls stay slow.',
  });
  const result: AnalysisResult = {
    fingerprint: '7c1ea94f00112233',
    window: { start: at('2026-06-23T09:00:00Z'), end },
    incidents: [
      {
        id: 'INC-1',
        title: `checkout: errors 0.2 % → 34 % since 09:42${hostile}`,
        severity: 'critical',
        start,
        end,
        alerts: [
          { id: 'a1', rowId: 1, foldedInto: null },
          { id: 'a2', rowId: 2, foldedInto: 'a1' },
        ],
        findings: ['f1'],
        entities: [gateway, checkout, inventory, store],
        changes: [change],
        links: [
          {
            from: rowRef('alert', 1),
            to: 'f1',
            strength: 0.8,
            terms: { time: 0.5, topology: 0.3 },
            reason: `one hop apart, 20 s later${hostile}`,
          },
        ],
        hypotheses: [hypothesis(1, inventory, 0.72), hypothesis(2, store, 0.17)],
      },
    ],
    findings: [
      {
        id: 'f1',
        detector: 'latency',
        kind: 'latency_increase',
        signal: 'trace',
        entity: checkout,
        peer: null,
        instance: null,
        subject: 'POST /pay',
        start,
        end,
        effectSize: 12,
        score: 0.97,
        baseline: 41,
        observed: 4900,
        unit: 'ms',
        text: `p95 41 ms → 4.9 s${hostile}`,
        refs: [rowRef('span', 1)],
      },
    ],
    graph: {
      nodes: [
        node(gateway, 'degraded', 0.03),
        node(checkout, 'failing', 0.34),
        node(inventory, 'failing', 0.14),
        node(store, 'degraded'),
        node(bank, 'unknown'),
        node(events, 'healthy'),
      ],
      edges: [
        edge(gateway, checkout, 9000, 0.03),
        edge(checkout, inventory, 7000, 0.3),
        edge(inventory, store, 21000),
        edge(checkout, bank, 800),
        edge(inventory, events, 500),
        edge(events, inventory, 20),
      ],
    },
    abstained: false,
    abstainReason: null,
    blindSpots: [
      { kind: 'no_traces', text: `No spans name reporting${hostile}.`, effect: 'Its calls cannot be seen.' },
    ],
    metrics: { alertsIn: 212, incidentsOut: 1, noiseReduction: 0.9953 },
  };
  const rows = new Map<RowRef, EvidenceRow>([
    [
      rowRef('span', 1),
      {
        kind: 'record',
        ref: rowRef('span', 1),
        title: `inventory SELECT stock${hostile}`,
        time: '2026-06-23T09:43:00.123456789Z',
        fields: [
          { name: 'duration', value: '4.9 s' },
          { name: 'attributes', value: `{"db.query.text":"select ${hostile}"}` },
        ],
      },
    ],
    [
      SERIES_REF,
      {
        kind: 'series',
        ref: SERIES_REF,
        title: 'db.client.connection.count, inventory',
        unit: '{connection}',
        timesSeconds: [1782207600, 1782207660, 1782207720, 1782207780],
        values: [4, null, 19, 20],
        highlight: { startSeconds: 1782207700, endSeconds: 1782207780 },
      },
    ],
  ]);
  const files = [
    {
      path: `bundle.tar.gz!/traces${hostile}.jsonl`,
      format: 'otlp',
      confidence: 0.99,
      reason: 'resourceSpans',
      sha256: 'ab'.repeat(32),
      bytes: 48_123_456,
      records: { spans: 123_456 },
      rejected: 2,
      duplicates: 0,
      timeRange: { start, end },
      warnings: [`cut at the end${hostile}`],
    },
  ];
  return { title: `bundle.tar.gz${hostile}`, productVersion: '0.1.0', result, files, rows };
}
const SERIES_REF = 'series:3@1782207600000000000..1782207780000000000' as RowRef;
