/**
 * What the dependency graph looks like to the rest of analysis. Nodes are the entities of the Telemetry (same indexes);
 * edges point from the caller to the callee, from the part to the whole, from the guest to the host. Built by
 * `build-service-graph`; nobody else writes to it.
 */
import type { EdgeKind, EdgeProvenance } from '../../model/edge.ts';
import type { EntityIndex } from '../../model/telemetry.ts';

/** Half-open stretch [startNs, endNs), nanoseconds after the Telemetry's origin. */
export interface AnalysisWindow {
  readonly startNs: number;
  readonly endNs: number;
}
/** What is compared with what: known-good traffic before, and the incident. They do not overlap. */
export interface AnalysisWindows {
  readonly baseline: AnalysisWindow;
  readonly incident: AnalysisWindow;
}

/** Rate, errors and duration of a set of spans. Quantiles are NaN when there are no calls (relative error ≤ 2 %). */
export interface RedStats {
  readonly calls: number;
  readonly errors: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly p99Ns: number;
}
export interface RedComparison {
  readonly baseline: RedStats;
  readonly incident: RedStats;
}

/** `calls` edge after identity folding; one per (caller, callee). */
export interface CallEdge {
  readonly from: EntityIndex;
  readonly to: EntityIndex;
  readonly provenance: readonly EdgeProvenance[];
  /** As the caller sees it (client spans); null when no span shows the edge. */
  readonly red: RedComparison | null;
  /** Client span minus its server child, both windows; null without such pairs. */
  readonly delay: RedComparison | null;
  /** Rows of client spans that show it, the slowest of the incident first, at most 5. */
  readonly exampleSpans: readonly number[];
  /** Row of the declared edge in the case file, -1 for none. */
  readonly rowId: number;
}
/** `partOf`, `runsOn`, `owns`. */
export interface RelationEdge {
  readonly kind: Exclude<EdgeKind, 'calls' | 'sameAs'>;
  readonly from: EntityIndex;
  readonly to: EntityIndex;
  readonly provenance: readonly EdgeProvenance[];
  readonly rowId: number;
}

/** What is known of one entity's own work: server, consumer and root spans it recorded. */
export interface NodeTraffic {
  /** Requests it answered. */
  readonly red: RedComparison;
  /** Time spent in itself: span minus the union of its children. */
  readonly selfTime: RedComparison;
}

export interface ServiceGraph {
  readonly windows: AnalysisWindows;
  /** Number of entities = length of the per-entity lists. */
  readonly size: number;
  /**
   * Per entity the one it stands for: peers named by address folded into the service of that name. An entity that
   * stands for itself maps to itself. Edges, traffic and relations use folded indexes only.
   */
  readonly foldedInto: Int32Array;
  readonly calls: readonly CallEdge[];
  readonly relations: readonly RelationEdge[];
  /** Per entity; null = recorded no spans of its own. */
  readonly traffic: readonly (NodeTraffic | null)[];
  /** 1 where the entity recorded spans, logs or metrics of its own (after folding). */
  readonly isInstrumented: Uint8Array;
  /** Indexes into `calls`, by callee ascending. */
  callsFrom(entity: EntityIndex): readonly number[];
  /** Indexes into `calls`, by caller ascending. */
  callsTo(entity: EntityIndex): readonly number[];
  /** The service (database, queue) an instance belongs to; itself when it is no part of anything. */
  serviceOf(entity: EntityIndex): EntityIndex;
  instancesOf(service: EntityIndex): readonly EntityIndex[];
  /** Machine of an instance, -1 = unknown. */
  nodeOf(instance: EntityIndex): EntityIndex;
  /** Instances on a machine. */
  residentsOf(node: EntityIndex): readonly EntityIndex[];
  /** Fewest edges of any kind and direction between two, Infinity beyond `limit`. O(edges within the limit). */
  distance(from: EntityIndex, to: EntityIndex, limit: number): number;
  /**
   * Who can feel trouble in `entity`: its callers, transitively, with the number of calls between; includes itself at 0.
   * Instances reach their service, nodes their residents.
   */
  blastRadius(entity: EntityIndex): ReadonlyMap<EntityIndex, number>;
}
