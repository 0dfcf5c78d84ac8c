/**
 * Requests as spans show them: slower, failing, fewer or more, per service, database, queue and call. Errors by Beta
 * posterior, so that two unlucky requests never alarm; latency at the median and the 95th percentile, so that a slow
 * tenth is seen too.
 */
import type { Finding } from '../../../model/finding.ts';
import { rowRef } from '../../../model/ids.ts';
import { poissonLowerTail } from '../../series/count-tails.ts';
import { probabilityErrorRateRose } from '../../series/proportion.ts';
import type { CallEdge, RedComparison } from '../../topology/service-graph.ts';
import type { Detector, DetectorInput } from '../detector.ts';
import { byEntityAndSubject } from '../finding-order.ts';
import { durationText, percent, short } from '../../sentences.ts';
import { squash } from '../squash.ts';
import { RequestTimeline, type Onset } from './request-timeline.ts';

const PARAMETERS = {
  smallestCalls: 20,
  /** Posterior probability that the error rate rose, from which it is said. */
  errorPosterior: 0.99,
  /** Ratio of durations at which the score is one half. */
  halfScoreRatio: 2,
  /** From this many calls before and during, quantiles are believed. */
  trustedCalls: 50,
  throughputRatio: 0.5,
  vanishedProbability: 1e-4,
} as const;

export const traceRed: Detector = {
  id: 'trace-red',
  title: 'Requests: latency, errors, throughput',
  version: 2,
  parameters: PARAMETERS,
  references: ['Wilkie, The RED method, 2015'],
  detect(input, context) {
    if (input.telemetry.spans.length === 0) return [];
    const timeline = new RequestTimeline(input.telemetry, input.graph);
    context.throwIfCancelled();
    const findings: Finding[] = [];
    input.graph.traffic.forEach((traffic, entity) => {
      const isNode = traffic && input.graph.serviceOf(entity) === entity;
      if (isNode) findings.push(...ofRequests(input, { entity, red: traffic.red, timeline, edge: undefined }));
    });
    for (const edge of input.graph.calls)
      if (edge.red) findings.push(...ofRequests(input, { entity: edge.from, red: edge.red, timeline, edge }));
    return findings.sort(byEntityAndSubject);
  },
};

interface Subject {
  readonly entity: number;
  readonly red: RedComparison;
  readonly timeline: RequestTimeline;
  readonly edge: CallEdge | undefined;
}

function ofRequests(input: DetectorInput, subject: Subject): Finding[] {
  const { red } = subject;
  if (Math.max(red.baseline.calls, red.incident.calls) < PARAMETERS.smallestCalls) return [];
  const found = [latency(input, subject), errors(input, subject), throughput(input, subject)];
  return found.filter((finding) => finding !== undefined);
}

function nameOf(input: DetectorInput, { entity, edge }: Subject): string {
  const name = input.telemetry.entities[entity]!.name;
  return edge ? `Calls from ${name} to ${input.telemetry.entities[edge.to]!.name}` : `Requests to ${name}`;
}
function common(input: DetectorInput, subject: Subject, onset: Onset, rows: readonly number[]) {
  const examples = subject.edge ? subject.edge.exampleSpans : rows;
  return {
    detector: traceRed.id,
    signal: 'trace',
    entity: subject.entity,
    peer: subject.edge?.to,
    ...onset,
    sampleCount: subject.red.incident.calls,
    refs: examples.map((row) => rowRef('span', input.telemetry.spans.rowId[row]!)),
  } as const;
}

function latency(input: DetectorInput, subject: Subject): Finding | undefined {
  const { baseline, incident } = subject.red;
  if (baseline.calls < 10 || incident.calls < 10) return undefined;
  const p50 = incident.p50Ns / Math.max(baseline.p50Ns, 1e5);
  const p95 = incident.p95Ns / Math.max(baseline.p95Ns, 1e6);
  // A tail is known from as many calls as it takes to see one; that of a short baseline is whatever its few calls were.
  const trust = (calls: number): number =>
    Math.min(1, calls / PARAMETERS.trustedCalls, incident.calls / PARAMETERS.trustedCalls);
  const score = Math.max(
    trust(2 * baseline.calls) * squash(p50, 1.2, PARAMETERS.halfScoreRatio),
    trust(baseline.calls) * squash(0.8 * p95, 1.2, PARAMETERS.halfScoreRatio),
  );
  if (score < 0.15) return undefined;
  const onset = subject.timeline.onset(subject.edge?.to ?? subject.entity, 'slow');
  return {
    ...common(input, subject, onset, subject.timeline.slowRows(subject.entity)),
    kind: subject.edge ? 'edge_latency_increase' : 'latency_increase',
    subject: 'duration',
    effectSize:
      (incident.p50Ns - baseline.p50Ns) / Math.max(baseline.p95Ns - baseline.p50Ns, 0.1 * baseline.p50Ns, 1e5),
    score,
    baseline: baseline.p95Ns / 1e6,
    observed: incident.p95Ns / 1e6,
    unit: 'ms',
    text: `${nameOf(input, subject)} take ${durationText(incident.p50Ns)} at the median and ${durationText(incident.p95Ns)} at the 95th percentile, against ${durationText(baseline.p50Ns)} and ${durationText(baseline.p95Ns)} before.`,
  };
}

function errors(input: DetectorInput, subject: Subject): Finding | undefined {
  const { baseline, incident } = subject.red;
  const posterior = probabilityErrorRateRose(
    { errors: baseline.errors, total: baseline.calls },
    { errors: incident.errors, total: incident.calls },
  );
  if (posterior < PARAMETERS.errorPosterior) return undefined;
  const before = baseline.calls > 0 ? baseline.errors / baseline.calls : 0;
  const during = incident.errors / incident.calls;
  const onset = subject.timeline.onset(subject.edge?.to ?? subject.entity, 'errors');
  return {
    ...common(input, subject, onset, subject.timeline.failedRows(subject.entity)),
    kind: subject.edge ? 'edge_error_increase' : 'error_rate_increase',
    subject: 'errors',
    effectSize:
      (during - before) / Math.sqrt(Math.max(before * (1 - before), 0.001) / Math.min(baseline.calls + 1, 200)),
    score: Math.max(0.5, squash(during - before, 0, 0.03)),
    baseline: before,
    observed: during,
    unit: '1',
    text: `${nameOf(input, subject)} fail ${percent(during)} of the time (${incident.errors} of ${incident.calls}) against ${percent(before)} before.`,
  };
}

function throughput(input: DetectorInput, subject: Subject): Finding | undefined {
  const { baseline, incident } = subject.red;
  const { windows } = input.graph;
  const lengthBefore = windows.baseline.endNs - windows.baseline.startNs;
  if (lengthBefore <= 0 || baseline.calls < PARAMETERS.smallestCalls) return undefined;
  const coveredNs = Math.min(windows.incident.endNs, input.telemetry.endNs) - windows.incident.startNs;
  const expected = (baseline.calls * coveredNs) / lengthBefore;
  const ratio = incident.calls / expected;
  const isVanished = incident.calls === 0 && poissonLowerTail(0, expected) < PARAMETERS.vanishedProbability;
  const change = Math.max(ratio, 1 / Math.max(ratio, 1e-3));
  const score = isVanished ? 0.9 : squash(change, 1.25, 2) * Math.min(1, Math.max(expected, incident.calls) / 50);
  if (score < 0.15 || (subject.edge && !isVanished)) return undefined;
  const onset = subject.timeline.onset(subject.edge?.to ?? subject.entity, 'quiet');
  const kind = isVanished && subject.edge ? 'edge_vanished' : ratio < 1 ? 'throughput_drop' : 'throughput_increase';
  return {
    ...common(input, subject, onset, []),
    kind,
    subject: 'requests',
    effectSize: Math.abs(incident.calls - expected) / Math.sqrt(expected + 1),
    score,
    baseline: baseline.calls / (lengthBefore / 1e9),
    observed: incident.calls / (coveredNs / 1e9),
    unit: '1/s',
    text: isVanished
      ? `${nameOf(input, subject)} stopped altogether; ${short(expected)} were to be expected.`
      : `${nameOf(input, subject)} came ${short(incident.calls)} times where ${short(expected)} were to be expected.`,
  };
}
