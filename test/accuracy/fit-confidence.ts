/**
 * `node test/accuracy/fit-confidence.ts SIMULATED_DIR RCA_DIR`: fits the coefficients of rca/confidence.ts on kept
 * simulated cases and public development cases. Logistic regression with L2 and no negative weight of what supports;
 * prints the coefficients of the fit on all and the calibration error in ten bins, as shipped, refitted and with the
 * data set of each case left out of its fit.
 */
import fs from 'node:fs';
import path from 'node:path';
import { chooseAlarm } from '../../shared/analysis/answer/choose-alarm.ts';
import { joinCommits } from '../../shared/analysis/answer/join-commits.ts';
import { judgeDrafts } from '../../shared/analysis/answer/judge-incidents.ts';
import { narrowToMeasured } from '../../shared/analysis/answer/measured-extent.ts';
import { unifyTemplates } from '../../shared/analysis/answer/unify-templates.ts';
import { correlate } from '../../shared/analysis/correlators/correlate.ts';
import { NOTABLE_SCORE } from '../../shared/analysis/detectors/detector.ts';
import { detectors } from '../../shared/analysis/detectors/index.ts';
import { COEFFICIENTS, confidenceOf } from '../../shared/analysis/rca/confidence.ts';
import { rankCauses } from '../../shared/analysis/rca/rank-causes-engine.ts';
import { buildServiceGraph } from '../../shared/analysis/topology/build-service-graph.ts';
import { chooseWindows } from '../../shared/analysis/topology/choose-windows.ts';
import { openCaseForReading } from '../../shared/engine/storage/case-database.ts';
import { loadTelemetry } from '../../shared/engine/storage/load-telemetry.ts';
import { entityKey } from '../../shared/model/entity.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Truth } from '../../shared/simulator/simulate.ts';
import { listCases } from './rca-case.ts';
import { answerCase, loadCase } from './rca-run.ts';

interface Sample {
  readonly dataset: string;
  readonly features: readonly number[];
  /** Points of the first hypothesis. */
  readonly score: number;
  readonly isRight: number;
  readonly weight: number;
}
const CONTEXT = { progress: () => undefined, throwIfCancelled: () => undefined };
const STEPS = 4000;
const RATE = 0.05;
const RIDGE = 0.003;
const SURE = 0.9;
/** A data set with more cases weighs as if it had this many. */
const LARGEST_SET = 30;
/** Margin, strength, explains: more of what supports a cause never makes it less believed. */
const SUPPORTING: ReadonlySet<number> = new Set([1, 2, 3]);

/** The steps of `analyze` for its heaviest incident; its answer alone would not show the features. */
function simulatedSample(directory: string, name: string): Sample | undefined {
  const truth = JSON.parse(fs.readFileSync(path.join(directory, `${name}.truth.json`), 'utf8')) as Truth;
  const database = openCaseForReading(path.join(directory, `${name}.fcase`));
  const telemetry = narrowToMeasured(joinCommits(unifyTemplates(loadTelemetry(database), () => undefined)));
  database.close();
  const windows = chooseWindows(telemetry.startNs, telemetry.endNs, chooseAlarm(telemetry, {}, CONTEXT).timeNs);
  const graph = buildServiceGraph(telemetry, windows, CONTEXT);
  const findings = detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT));
  const isNotable = ({ score }: Finding): boolean => score >= NOTABLE_SCORE;
  const correlation = correlate({ telemetry, graph, findings, isNotable }, CONTEXT);
  const draft = judgeDrafts(telemetry, correlation, findings).find(({ isIncident }) => isIncident)?.draft;
  const [cause] = truth.causes;
  if (!draft || !cause) return undefined;
  const folds = draft.folds.map((fold) => correlation.folds[fold]!);
  const incident = {
    findings: draft.findings,
    alerts: folds.flatMap(({ members }) => members),
    onsetNs: draft.startNs,
    endNs: draft.endNs,
    symptoms: [...new Set(folds.flatMap(({ entities }) => entities))],
  };
  let features: readonly number[] = [];
  let score = 0;
  const observeFeatures = (heard: readonly number[], points: number): void => {
    features = heard;
    score = points;
  };
  const [first] = rankCauses({ telemetry, graph, findings, incident, request: {}, observeFeatures }, CONTEXT);
  const isRight = Number(first !== undefined && entityKey(first.entity) === entityKey(cause.entity));
  return { dataset: 'simulated', features, score, isRight, weight: 1 };
}

function publicSamples(directory: string): Sample[] {
  const cases = listCases(directory).filter(({ truth }) => truth !== undefined);
  const count = new Map<string, number>();
  for (const { dataset } of cases) count.set(dataset, (count.get(dataset) ?? 0) + 1);
  return cases.flatMap((rcaCase) => {
    let features: readonly number[] = [];
    let score = 0;
    const { ranking } = answerCase(
      loadCase(rcaCase.visible, rcaCase.directory, undefined),
      undefined,
      (heard, points) => {
        features = heard;
        score = points;
      },
    );
    const truth = rcaCase.visible.files['events'] ? rcaCase.truth?.instance : rcaCase.truth?.service;
    if (truth === undefined) return [];
    // A data set with many like cases does not outvote the others.
    const weight = Math.min(1, LARGEST_SET / count.get(rcaCase.dataset)!);
    return [{ dataset: rcaCase.dataset, features, score, isRight: Number(ranking[0] === truth), weight }];
  });
}

function probability(features: readonly number[], coefficients: readonly number[]): number {
  return 1 / (1 + Math.exp(-features.reduce((sum, value, i) => sum + value * coefficients[i]!, 0)));
}
function fit(samples: readonly Sample[]): number[] {
  const scale = COEFFICIENTS.map((_, i) =>
    Math.max(1e-6, Math.max(...samples.map(({ features }) => Math.abs(features[i]!)))),
  );
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  let c = COEFFICIENTS.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = c.map((value, i) => (i === 0 ? 0 : RIDGE * value));
    for (const { features, isRight, weight } of samples) {
      const scaled = features.map((value, i) => value / scale[i]!);
      const gap = probability(scaled, c) - isRight;
      scaled.forEach((value, i) => (gradient[i]! += (gap * value * weight) / total));
    }
    c = c.map((value, i) => {
      const next = value - 20 * RATE * gradient[i]!;
      return SUPPORTING.has(i) ? Math.max(0, next) : next;
    });
  }
  return c.map((value, i) => value / scale[i]!);
}
function said(samples: readonly Sample[], model: readonly number[]): { p: number; isRight: number }[] {
  return samples.map(({ features, score, isRight }) => ({ p: confidenceOf(features, score, model), isRight }));
}
function calibrationError(said: readonly { readonly p: number; readonly isRight: number }[]): number {
  const sorted = [...said].sort((a, b) => a.p - b.p);
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const part = sorted.slice(Math.floor((bin * sorted.length) / 10), Math.floor(((bin + 1) * sorted.length) / 10));
    error += Math.abs(part.reduce((sum, { p, isRight }) => sum + p - isRight, 0)) / sorted.length;
  }
  return error;
}
/** Sure and wrong: what costs most. */
function overconfident(said: readonly { readonly p: number; readonly isRight: number }[]): string {
  const sure = said.filter(({ p }) => p >= SURE);
  return `${sure.filter(({ isRight }) => isRight === 0).length} of ${sure.length} with ${SURE} or more wrong`;
}

const [simulated = '', rca = ''] = process.argv.slice(2);
const names = fs
  .readdirSync(simulated)
  .filter((file) => file.endsWith('.fcase') && !file.startsWith('quiet'))
  .map((file) => file.replace('.fcase', ''))
  .sort();
const samples = [...names.flatMap((name) => simulatedSample(simulated, name) ?? []), ...publicSamples(rca)].filter(
  ({ features }) => features.length > 0,
);
// Cases of one data set are alike: whole sets are left out, so that none is judged by coefficients that know its like.
const left = [...new Set(samples.map(({ dataset }) => dataset))].flatMap((dataset) => {
  const model = fit(samples.filter((sample) => sample.dataset !== dataset));
  return said(
    samples.filter((sample) => sample.dataset === dataset),
    model,
  );
});
const whole = fit(samples);
console.log(`${samples.length} cases, ${samples.filter(({ isRight }) => isRight === 1).length} right`);
for (const [what, answers] of [
  ['as shipped', said(samples, COEFFICIENTS)],
  ['refitted', said(samples, whole)],
  ['refitted without the own data set', left],
] as const)
  console.log(`${what}: calibration error ${calibrationError(answers).toFixed(3)}, ${overconfident(answers)}`);
for (const [dataset, part] of Map.groupBy(samples, (sample) => sample.dataset)) {
  const mean = (list: readonly number[]): string => (list.reduce((sum, x) => sum + x, 0) / list.length).toFixed(2);
  const shares = [COEFFICIENTS, whole].map((model) => mean(said(part, model).map(({ p }) => p)));
  console.log(
    `${dataset}: ${part.length} cases, right ${mean(part.map(({ isRight }) => isRight))}, said as shipped ${shares[0]}, refitted ${shares[1]}`,
  );
}
console.log(`coefficients ${whole.map((value) => value.toFixed(3)).join(', ')}`);
