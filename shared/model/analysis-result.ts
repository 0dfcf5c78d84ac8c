/** What an analysis answers. Plain data, entities by name, ready to be stored, sent, printed. */
import type { EntityRef } from './entity.ts';
import type { EdgeKind, EdgeProvenance } from './edge.ts';
import type { FindingKind, SignalKind } from './finding.ts';
import type { RowRef } from './ids.ts';
import type { HypothesisBasis, IncidentBasis } from './ranking-basis.ts';
import type { TimeRange, UnixNano } from './time.ts';
import type { ChangeKind } from './change-event.ts';

export const FAULT_KINDS = [
  'bad_deployment',
  'slow_dependency',
  'slow_query',
  'memory_leak',
  'memory_saturation',
  'cpu_saturation',
  'disk_full',
  'network_delay',
  'network_loss',
  'third_party_outage',
  'pool_exhaustion',
  'traffic_surge',
  'certificate_expiry',
  'noisy_neighbour',
  'cache_stampede',
  'queue_backlog',
  'crash',
  'code_error',
  'configuration_error',
  'unknown',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type EvidenceStance = 'supports' | 'contradicts' | 'missing';
export interface Evidence {
  readonly stance: EvidenceStance;
  readonly signal: SignalKind;
  readonly text: string;
  /** Signed share of the hypothesis' score this item is worth, for the ledger. */
  readonly weight: number;
  readonly refs: readonly RowRef[];
}
export interface ChangeSummary {
  readonly id: string;
  readonly rowId: number;
  readonly changeKind: ChangeKind;
  readonly title: string;
  readonly time: UnixNano;
  readonly revision: string | null;
}
export interface Hypothesis {
  readonly rank: number;
  readonly entity: EntityRef;
  readonly faultKind: FaultKind;
  readonly change: ChangeSummary | null;
  /** 0-1, comparable within the incident. */
  readonly score: number;
  /** 0-1, how often a hypothesis like this is right. */
  readonly confidence: number;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** Symptoms this cause explains, and those it does not. */
  readonly explains: readonly EntityRef[];
  readonly unexplained: readonly EntityRef[];
  /** What would prove it wrong, one sentence. */
  readonly disprovedBy: string;
  /** What its share was computed from; absent in answers of earlier versions. */
  readonly basis?: HypothesisBasis | undefined;
}
export interface FindingSummary {
  readonly id: string;
  readonly detector: string;
  readonly kind: FindingKind;
  readonly signal: SignalKind;
  readonly entity: EntityRef | null;
  readonly peer: EntityRef | null;
  readonly instance: EntityRef | null;
  readonly subject: string;
  readonly start: UnixNano;
  readonly end: UnixNano;
  readonly effectSize: number;
  readonly score: number;
  readonly baseline: number;
  readonly observed: number;
  readonly unit: string;
  readonly text: string;
  readonly refs: readonly RowRef[];
}
/** Why two things are in one incident. */
export interface CorrelationLink {
  readonly from: RowRef | string;
  readonly to: RowRef | string;
  readonly strength: number;
  /** Terms of the strength: time, topology, text, history; the reason shown is the score. */
  readonly terms: Readonly<Record<string, number>>;
  readonly reason: string;
  /** Id of the grouping, where a person decided it. */
  readonly decision?: number | undefined;
}
/** A person's grouping that shaped an incident. */
export interface GroupDecision {
  /** Id of the grouping. */
  readonly grouping: number;
  /** Which side of it is in the incident. */
  readonly side: 'members' | 'others' | 'both';
}
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly start: UnixNano;
  readonly end: UnixNano;
  /** External ids of the alerts in it, duplicates folded under the first. */
  readonly alerts: readonly { readonly id: string; readonly rowId: number; readonly foldedInto: string | null }[];
  readonly findings: readonly string[];
  readonly entities: readonly EntityRef[];
  readonly changes: readonly ChangeSummary[];
  readonly links: readonly CorrelationLink[];
  readonly hypotheses: readonly Hypothesis[];
  /** What people decided about what is in it; absent in answers of earlier versions. */
  readonly decisions?: readonly GroupDecision[] | undefined;
  /** What the shares were computed from besides; absent in answers of earlier versions. */
  readonly basis?: IncidentBasis | undefined;
}
export interface BlindSpot {
  readonly kind: string;
  readonly text: string;
  /** What it does to the answer. */
  readonly effect: string;
}
export interface GraphNode {
  readonly entity: EntityRef;
  readonly isInstrumented: boolean;
  /** 'healthy' needs data that says so; without data it is 'unknown'. */
  readonly health: 'healthy' | 'degraded' | 'failing' | 'unknown';
  readonly requestsPerSecond: number | null;
  readonly errorRatio: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
}
export interface GraphEdge {
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly edgeKind: EdgeKind;
  readonly provenance: readonly EdgeProvenance[];
  /** Seen in the incident's window, as are errors and latency; 0 where calls were seen before only, or never. */
  readonly calls: number;
  readonly errorRatio: number | null;
  readonly latencyP95Ms: number | null;
}
export interface AnalysisResult {
  /** Hash over inputs, parameters and versions: same fingerprint, same answer. */
  readonly fingerprint: string;
  readonly window: TimeRange | null;
  readonly incidents: readonly Incident[];
  readonly findings: readonly FindingSummary[];
  readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };
  readonly abstained: boolean;
  /** Why nothing is blamed, one sentence; null when something is. */
  readonly abstainReason: string | null;
  readonly blindSpots: readonly BlindSpot[];
  readonly metrics: { readonly alertsIn: number; readonly incidentsOut: number; readonly noiseReduction: number };
}
