/** From a draft over indexes to the incident that is stored, sent and printed: names, ids, severity, links with rows. */
import { hashString64, hexOfHash64 } from '../../base/hash64.ts';
import type { ChangeSummary, CorrelationLink, FindingSummary, Incident } from '../../model/analysis-result.ts';
import type { Finding } from '../../model/finding.ts';
import { rowRef, type RowRef } from '../../model/ids.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import { unixNano, type UnixNano } from '../../model/time.ts';
import type { Correlation, IncidentDraft } from '../correlators/correlator.ts';
import { refOf } from './graph-of-answer.ts';
import { incidentTitle } from './incident-title.ts';

export interface WriteIncidentInput {
  readonly telemetry: Telemetry;
  readonly correlation: Correlation;
  readonly findings: readonly Finding[];
  /** Per finding its id in the answer. */
  readonly findingIds: readonly string[];
}

export function writeIncident(
  input: WriteIncidentInput,
  draft: IncidentDraft,
  causes: Pick<Incident, 'hypotheses' | 'basis'>,
): Incident {
  const { telemetry, correlation, findings, findingIds } = input;
  return {
    id: incidentId(input, draft),
    title: incidentTitle(telemetry, draft, correlation.folds, findings),
    severity: severityOf(input, draft),
    start: timeOf(telemetry, draft.startNs),
    end: timeOf(telemetry, draft.endNs),
    alerts: draft.folds.flatMap((fold) => alertsOfFold(input, fold)),
    findings: draft.findings.map((finding) => findingIds[finding]!),
    entities: draft.entities.map((entity) => refOf(telemetry, entity)),
    changes: draft.changes.map((change) => changeSummary(telemetry, change)),
    links: draft.links.map((link): CorrelationLink => {
      return { ...link, from: signalRef(input, link.from), to: signalRef(input, link.to) };
    }),
    ...causes,
    decisions: draft.decisions,
  };
}

/** Depends on what is in it, so the same incident keeps its id in another run over the same data. */
function incidentId(input: WriteIncidentInput, draft: IncidentDraft): string {
  const { telemetry, correlation, findings } = input;
  const alerts = draft.folds.map((fold) => telemetry.alerts[correlation.folds[fold]!.lead]!.externalId);
  const signs = draft.findings.slice(0, 50).map((index) => {
    const finding = findings[index]!;
    return `${finding.kind} ${telemetry.entities[finding.entity]?.name ?? ''} ${finding.subject}`;
  });
  return `inc-${hexOfHash64(hashString64([...alerts, ...signs, draft.startNs].join('\u0000'))).slice(0, 12)}`;
}

function alertsOfFold(input: WriteIncidentInput, foldIndex: number): Incident['alerts'] {
  const fold = input.correlation.folds[foldIndex]!;
  const leadId = input.telemetry.alerts[fold.lead]!.externalId;
  return fold.members.map((member) => {
    const { externalId, rowId } = input.telemetry.alerts[member]!;
    return { id: externalId, rowId, foldedInto: member === fold.lead ? null : leadId };
  });
}

function severityOf(input: WriteIncidentInput, draft: IncidentDraft): Incident['severity'] {
  if (draft.isBackground) return 'info';
  if (draft.folds.some((fold) => input.correlation.folds[fold]!.severity === 'critical')) return 'critical';
  const isSevere = draft.findings.some((index) => {
    const finding = input.findings[index]!;
    return finding.kind === 'error_rate_increase' && finding.observed >= 0.2 && finding.score >= 0.8;
  });
  return isSevere ? 'critical' : 'warning';
}

function signalRef(input: WriteIncidentInput, signalIndex: number): RowRef | string {
  const signal = input.correlation.signals[signalIndex]!;
  if (signal.source === 'finding') return input.findingIds[signal.index]!;
  return rowRef('alert', input.telemetry.alerts[input.correlation.folds[signal.index]!.lead]!.rowId);
}

export function changeSummary(telemetry: Telemetry, index: number): ChangeSummary {
  const { externalId, rowId, changeKind, title, startTime, revision } = telemetry.changes[index]!;
  return { id: externalId, rowId, changeKind, title, time: startTime, revision: revision ?? null };
}

export function findingSummary(telemetry: Telemetry, finding: Finding, id: string): FindingSummary {
  const { detector, kind, signal, subject, effectSize, score, baseline, observed, unit, text, refs } = finding;
  const named = (entity: number | undefined): FindingSummary['entity'] =>
    entity === undefined || entity < 0 ? null : refOf(telemetry, entity);
  return {
    id,
    detector,
    kind,
    signal,
    entity: named(finding.entity),
    peer: named(finding.peer),
    instance: named(finding.instance),
    subject,
    start: timeOf(telemetry, finding.onsetNs),
    end: timeOf(telemetry, finding.endNs),
    effectSize,
    score,
    baseline,
    observed,
    unit,
    text,
    refs,
  };
}

function timeOf(telemetry: Telemetry, ns: number): UnixNano {
  const bounded = Number.isFinite(ns) ? ns : telemetry.endNs;
  return unixNano(telemetry.origin + BigInt(Math.round(bounded)));
}
