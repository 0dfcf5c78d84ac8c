/**
 * The analysis of a case, from telemetry to the answer: windows, graph, findings, incidents, causes, or an abstention
 * with its reason. Pure and deterministic; this module only composes, each step lives in its own folder.
 */
import type { AnalysisResult } from '../model/analysis-result.ts';
import type { Finding } from '../model/finding.ts';
import type { Telemetry } from '../model/telemetry.ts';
import { unixNano } from '../model/time.ts';
import { findBlindSpots } from './answer/blind-spots.ts';
import { chooseAlarm, type Alarm } from './answer/choose-alarm.ts';
import { fingerprint, type VersionedPart } from './answer/fingerprint.ts';
import { graphOfAnswer } from './answer/graph-of-answer.ts';
import { joinCommits } from './answer/join-commits.ts';
import { JUDGEMENT, judgeDrafts, type JudgedDraft } from './answer/judge-incidents.ts';
import { narrowToMeasured } from './answer/measured-extent.ts';
import { leastToName, reasonToAbstain } from './answer/reason-to-abstain.ts';
import { unifyTemplates } from './answer/unify-templates.ts';
import { findingSummary, writeIncident } from './answer/write-incident.ts';
import type { AnalysisContext, AnalysisRequest } from './context.ts';
import { correlate, CORRELATOR } from './correlators/correlate.ts';
import type { Correlation, IncidentDraft } from './correlators/correlator.ts';
import { NOTABLE_SCORE, type Detector } from './detectors/detector.ts';
import { detectors } from './detectors/index.ts';
import type { IncidentScope } from './rca/rank-causes.ts';
import { rankWithBasis } from './rca/rank-causes-engine.ts';
import type { RankedCauses } from './rca/write-hypotheses.ts';
import { buildServiceGraph } from './topology/build-service-graph.ts';
import { chooseWindows } from './topology/choose-windows.ts';
import type { ServiceGraph } from './topology/service-graph.ts';

/** Raised when composition itself may give another answer for the same parts. */
const COMPOSITION: VersionedPart = { id: 'analyze', version: 4, parameters: { notableScore: NOTABLE_SCORE } };
/** Hypotheses of one incident; nobody reads more. */
const MAX_HYPOTHESES = 10;
/** Findings listed in the answer, the strongest first; those of incidents are always among them. */
const MAX_LISTED_FINDINGS = 500;

export function analyze(telemetry: Telemetry, request: AnalysisRequest, context: AnalysisContext): AnalysisResult {
  context.progress('reading', 0);
  const mark = fingerprint(telemetry, request, versionedParts(detectors), context);
  const unified = narrowToMeasured(joinCommits(unifyTemplates(telemetry, () => context.throwIfCancelled())));
  context.progress('windows', 0.1);
  const alarm = chooseAlarm(unified, request, context);
  const windows = chooseWindows(
    request.from === undefined ? unified.startNs : Number(request.from - unified.origin),
    request.to === undefined ? unified.endNs : Number(request.to - unified.origin),
    alarm.timeNs,
  );
  context.progress('graph', 0.15);
  const graph = buildServiceGraph(unified, windows, context);
  const findings = detectAll(unified, graph, context);
  context.progress('correlating', 0.75);
  const correlation = correlate(
    { telemetry: unified, graph, findings, isNotable: (f) => f.score >= NOTABLE_SCORE, groupings: request.groupings },
    context,
  );
  const judged = judgeDrafts(unified, correlation, findings);
  context.progress('ranking causes', 0.85);
  const answer = answerFor({ telemetry: unified, request, context, graph, findings, correlation, judged, alarm }, mark);
  context.progress('done', 1);
  return answer;
}

function versionedParts(list: readonly Detector[]): VersionedPart[] {
  return [COMPOSITION, CORRELATOR, JUDGEMENT, ...list];
}

function detectAll(telemetry: Telemetry, graph: ServiceGraph, context: AnalysisContext): Finding[] {
  const findings: Finding[] = [];
  detectors.forEach((detector, index) => {
    context.throwIfCancelled();
    context.progress(detector.title, 0.3 + (0.45 * index) / detectors.length);
    for (const finding of detector.detect({ telemetry, graph }, context)) findings.push(finding);
  });
  return findings;
}

interface AnswerParts {
  readonly telemetry: Telemetry;
  readonly request: AnalysisRequest;
  readonly context: AnalysisContext;
  readonly graph: ServiceGraph;
  readonly findings: readonly Finding[];
  readonly correlation: Correlation;
  readonly judged: readonly JudgedDraft[];
  readonly alarm: Alarm;
}

function answerFor(parts: AnswerParts, mark: string): AnalysisResult {
  const { telemetry, graph, findings, correlation } = parts;
  const drafts = parts.judged.filter((judged) => judged.isIncident).map((judged) => judged.draft);
  const namedFrom = leastToName(telemetry, parts.judged);
  const findingIds = findings.map((_, index) => `finding-${index + 1}`);
  const input = { telemetry, correlation, findings, findingIds };
  const incidents = drafts.map((draft) => {
    const { hypotheses, unlisted } = rank(parts, draft);
    return writeIncident(input, draft, { hypotheses, basis: { unlisted, namedFrom } });
  });
  const abstainReason = reasonToAbstain({ ...parts, incidents });
  const listed = listFindings(findings, drafts);
  const alertsIn = telemetry.alerts.length;
  const window = graph.windows.incident;
  const hasData = telemetry.endNs > telemetry.startNs;
  return {
    fingerprint: mark,
    window: hasData
      ? {
          start: unixNano(telemetry.origin + BigInt(Math.round(window.startNs))),
          end: unixNano(telemetry.origin + BigInt(Math.round(Math.min(window.endNs, telemetry.endNs)))),
        }
      : null,
    incidents,
    findings: listed.map((index) => findingSummary(telemetry, findings[index]!, findingIds[index]!)),
    graph: graphOfAnswer(
      telemetry,
      graph,
      listed.map((index) => findings[index]!),
    ),
    abstained: abstainReason !== null,
    abstainReason,
    blindSpots: [...findBlindSpots(telemetry, graph), ...setAside(parts)],
    metrics: {
      alertsIn,
      incidentsOut: incidents.length,
      // Share of alerts nobody has to look at one by one. Without alerts there is nothing to reduce.
      noiseReduction: alertsIn === 0 ? 0 : Math.max(0, 1 - incidents.length / alertsIn),
    },
  };
}

function rank(parts: AnswerParts, draft: IncidentDraft): RankedCauses {
  const { telemetry, request, graph, findings, context, correlation } = parts;
  const symptoms = new Set<number>();
  if (request.symptom) {
    const { type, name } = request.symptom;
    const index = telemetry.entities.findIndex((entity) => entity.type === type && entity.name === name);
    if (index >= 0) symptoms.add(graph.foldedInto[index] ?? index);
  }
  for (const fold of draft.folds) for (const entity of correlation.folds[fold]!.entities) symptoms.add(entity);
  const incident: IncidentScope = {
    findings: draft.findings,
    alerts: draft.folds.flatMap((fold) => correlation.folds[fold]!.members),
    onsetNs: draft.startNs,
    endNs: draft.endNs,
    symptoms: [...symptoms],
  };
  const input = { telemetry, graph, findings, incident, request, limit: MAX_HYPOTHESES };
  const { hypotheses, unlisted } = rankWithBasis(input, context);
  const supported = hypotheses.filter(({ evidence }) =>
    evidence.some(({ stance, weight }) => stance === 'supports' && weight > 0),
  );
  return { hypotheses: supported.map((hypothesis, index) => ({ ...hypothesis, rank: index + 1 })), unlisted };
}

/** Indexes of findings to list: all of incidents, then the strongest of the rest. */
function listFindings(findings: readonly Finding[], drafts: readonly IncidentDraft[]): number[] {
  const kept = new Set(drafts.flatMap((draft) => draft.findings));
  const rest = findings
    .map((_, index) => index)
    .filter((index) => !kept.has(index) && findings[index]!.score >= NOTABLE_SCORE)
    .sort((a, b) => findings[b]!.score - findings[a]!.score || a - b);
  for (const index of rest.slice(0, Math.max(0, MAX_LISTED_FINDINGS - kept.size))) kept.add(index);
  return [...kept].sort((a, b) => a - b);
}

/** Alerts that are in no incident are said, not swallowed. */
function setAside(parts: AnswerParts): AnalysisResult['blindSpots'] {
  const outside = parts.judged.filter((judged) => !judged.isIncident && judged.draft.folds.length > 0);
  const folds = outside.flatMap(({ draft }) => draft.folds.map((fold) => parts.correlation.folds[fold]!));
  if (folds.length === 0) return [];
  const count = folds.reduce((sum, fold) => sum + fold.members.length, 0);
  const names = [...new Set(folds.map((fold) => fold.name))].sort();
  const shown = names.slice(0, 6).join(', ') + (names.length > 6 ? ' …' : '');
  return [
    {
      kind: 'alerts_set_aside',
      text: `${count} of ${parts.telemetry.alerts.length} alerts belong to no incident: ${shown}.`,
      effect: 'They recur on ordinary days or stand alone; if one of them is what you are after, analyse at its time.',
    },
  ];
}
