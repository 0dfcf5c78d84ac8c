/** Schemas of what an analysis answers; the types are those of `model/analysis-result`. */
import { z } from 'zod';
import { FAULT_KINDS } from '../model/analysis-result.ts';
import type {
  AnalysisResult,
  BlindSpot,
  ChangeSummary,
  CorrelationLink,
  Evidence,
  FindingSummary,
  GraphEdge,
  GraphNode,
  Hypothesis,
  Incident,
} from '../model/analysis-result.ts';
import { CHANGE_KINDS } from '../model/change-event.ts';
import { FINDING_KINDS } from '../model/finding.ts';
import type { SignalKind } from '../model/finding.ts';
import type { HypothesisBasis } from '../model/ranking-basis.ts';
import { anyNumber, entityRef, rowRef, timeRange, unixNano } from './model-schemas.ts';

const SIGNAL_KINDS = [
  'trace',
  'metric',
  'log',
  'alert',
  'event',
  'change',
  'topology',
] as const satisfies readonly SignalKind[];
export const signalKind = z.enum(SIGNAL_KINDS);
const rowId = z.number().int();

/** Shared with the schema of judged evidence. */
export const evidenceFields = {
  stance: z.enum(['supports', 'contradicts', 'missing']),
  signal: signalKind,
  text: z.string(),
  weight: anyNumber,
  refs: z.array(rowRef),
};
const evidence: z.ZodType<Evidence> = z.strictObject(evidenceFields);
export const changeSummary: z.ZodType<ChangeSummary> = z.strictObject({
  id: z.string(),
  rowId,
  changeKind: z.enum(CHANGE_KINDS),
  title: z.string(),
  time: unixNano,
  revision: z.string().nullable(),
});
const weights = z.tuple([anyNumber, anyNumber, anyNumber]);
const hypothesisBasis: z.ZodType<HypothesisBasis> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('candidate'),
    parts: z.array(
      z.strictObject({
        evidence: z.number().int(),
        signal: signalKind,
        aspect: z.string(),
        weights,
        weightsAlone: weights.optional(),
        change: z.number().int().optional(),
      }),
    ),
    coverage: anyNumber,
    explains: anyNumber,
    isStandIn: z.boolean(),
    explainedBy: z.number().int(),
    uncoveredBy: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('rival'), change: z.number().int() }),
]);
/** Shared with the schema of a judged hypothesis. */
export const hypothesisFields = {
  rank: z.number().int().positive(),
  entity: entityRef,
  faultKind: z.enum(FAULT_KINDS),
  change: changeSummary.nullable(),
  score: z.number().min(0).max(1),
  confidence: z.number().min(0).max(1),
  summary: z.string(),
  evidence: z.array(evidence),
  explains: z.array(entityRef),
  unexplained: z.array(entityRef),
  disprovedBy: z.string(),
};
const hypothesis: z.ZodType<Hypothesis> = z.strictObject({ ...hypothesisFields, basis: hypothesisBasis.optional() });
export const findingSummary: z.ZodType<FindingSummary> = z.strictObject({
  id: z.string(),
  detector: z.string(),
  kind: z.enum(FINDING_KINDS),
  signal: z.enum(SIGNAL_KINDS),
  entity: entityRef.nullable(),
  peer: entityRef.nullable(),
  instance: entityRef.nullable(),
  subject: z.string(),
  start: unixNano,
  end: unixNano,
  effectSize: anyNumber,
  score: anyNumber,
  baseline: anyNumber,
  observed: anyNumber,
  unit: z.string(),
  text: z.string(),
  refs: z.array(rowRef),
});
const correlationLink: z.ZodType<CorrelationLink> = z.strictObject({
  from: z.string(),
  to: z.string(),
  strength: anyNumber,
  terms: z.record(z.string(), anyNumber),
  reason: z.string(),
  decision: z.number().int().optional(),
});
export const groupDecision = z.strictObject({
  grouping: z.number().int(),
  side: z.enum(['members', 'others', 'both']),
});
/** Shared with the schema of a judged incident. */
export const incidentFields = {
  id: z.string(),
  title: z.string(),
  severity: z.enum(['critical', 'warning', 'info']),
  start: unixNano,
  end: unixNano,
  alerts: z.array(z.strictObject({ id: z.string(), rowId, foldedInto: z.string().nullable() })),
  findings: z.array(z.string()),
  entities: z.array(entityRef),
  changes: z.array(changeSummary),
  links: z.array(correlationLink),
  decisions: z.array(groupDecision).optional(),
};
const incident: z.ZodType<Incident> = z.strictObject({
  ...incidentFields,
  hypotheses: z.array(hypothesis),
  basis: z.strictObject({ unlisted: anyNumber, namedFrom: anyNumber }).optional(),
});
export const blindSpot: z.ZodType<BlindSpot> = z.strictObject({
  kind: z.string(),
  text: z.string(),
  effect: z.string(),
});
const share = anyNumber.nullable();
const graphNode: z.ZodType<GraphNode> = z.strictObject({
  entity: entityRef,
  isInstrumented: z.boolean(),
  health: z.enum(['healthy', 'degraded', 'failing', 'unknown']),
  requestsPerSecond: share,
  errorRatio: share,
  latencyP50Ms: share,
  latencyP95Ms: share,
});
const graphEdge: z.ZodType<GraphEdge> = z.strictObject({
  from: entityRef,
  to: entityRef,
  edgeKind: z.enum(['calls', 'partOf', 'runsOn', 'owns', 'sameAs']),
  provenance: z.array(z.enum(['spans', 'kubernetes', 'configuration', 'alerts', 'flows', 'logs', 'metrics', 'hand'])),
  calls: anyNumber,
  errorRatio: share,
  latencyP95Ms: share,
});
export const graph = z.strictObject({ nodes: z.array(graphNode), edges: z.array(graphEdge) });
export const analysisMetrics = z.strictObject({
  alertsIn: z.number(),
  incidentsOut: z.number(),
  noiseReduction: anyNumber,
});
export const analysisResult: z.ZodType<AnalysisResult> = z.strictObject({
  fingerprint: z.string(),
  window: timeRange.nullable(),
  incidents: z.array(incident),
  findings: z.array(findingSummary),
  graph,
  abstained: z.boolean(),
  abstainReason: z.string().nullable(),
  blindSpots: z.array(blindSpot),
  metrics: analysisMetrics,
});
/** An analysis as the case keeps it. */
export const storedAnalysis = z.strictObject({
  analysisId: z.number().int(),
  createdTime: unixNano,
  parametersJson: z.string(),
  result: analysisResult,
});
