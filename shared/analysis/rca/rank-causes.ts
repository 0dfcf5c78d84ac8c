/**
 * Signature of root-cause ranking. `rankCauses` (in `rank-causes-engine`) turns the findings of one incident into ranked
 * hypotheses with an evidence ledger. Deterministic; ties are broken by nearness to the symptom, then by rarity, then by
 * a hash, never by name order.
 */
import type { Finding } from '../../model/finding.ts';
import type { EntityIndex, Telemetry } from '../../model/telemetry.ts';
import type { AnalysisRequest } from '../context.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';

/** What correlation says belongs together. */
export interface IncidentScope {
  /** Indexes into `findings`. */
  readonly findings: readonly number[];
  /** Indexes into `telemetry.alerts`. */
  readonly alerts: readonly number[];
  /** Best estimate of the first sign, nanoseconds after origin. */
  readonly onsetNs: number;
  readonly endNs: number;
  /** What people noticed: entities of alerts, the request's symptom. May be empty. */
  readonly symptoms: readonly EntityIndex[];
}
/** Terms that can be switched off, so that an ablation can be printed. */
export const RANKING_TERMS = [
  'exclusive-excess',
  'errors',
  'endpoint-rule',
  'edge-delay',
  'saturation',
  'log-path',
  'new-error-site',
  'rarity',
  'change',
  'rival',
  'diff-direction',
  'explain-away',
  'coverage',
  'metric-shift',
  'platform-event',
  'alert',
  'traffic',
  'node',
] as const;
export type RankingTerm = (typeof RANKING_TERMS)[number];

export interface RankCausesInput {
  readonly telemetry: Telemetry;
  readonly graph: ServiceGraph;
  /** All findings of the analysis; `incident.findings` says which are in. */
  readonly findings: readonly Finding[];
  readonly incident: IncidentScope;
  readonly request: AnalysisRequest;
  /** Most hypotheses to write; all by default. */
  readonly limit?: number | undefined;
  /** Hears what the confidence of the first is computed from, features and points; for fitting. */
  readonly observeFeatures?: ((features: readonly number[], score: number) => void) | undefined;
  /** Terms to leave out; none by default. */
  readonly disabledTerms?: ReadonlySet<RankingTerm> | undefined;
}
