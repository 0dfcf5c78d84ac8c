/**
 * The plug-in interface of detectors. A detector states what is unusual, never why. It is pure: same input, same
 * findings, ordered by (entity, subject, kind). Findings with a score of at least `NOTABLE_SCORE` are worth showing and
 * correlating; weaker ones exist for ranking only.
 */
import type { Finding } from '../../model/finding.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { AnalysisContext } from '../context.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';

/** Below this a finding is background for ranking, not something to show to a person. */
export const NOTABLE_SCORE = 0.5;

export interface DetectorInput {
  readonly telemetry: Telemetry;
  /** Holds the windows that are compared (`graph.windows`). */
  readonly graph: ServiceGraph;
}
export interface Detector {
  /** Stable, kebab-case; stored with each finding. */
  readonly id: string;
  readonly title: string;
  /** Raised whenever the same input may give other findings; part of the fingerprint. */
  readonly version: number;
  /** Named constants it works with; part of the fingerprint. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Where the method comes from. */
  readonly references: readonly string[];
  detect(input: DetectorInput, context: AnalysisContext): Finding[];
}
