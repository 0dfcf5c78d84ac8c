/**
 * `node test/accuracy/fit-confidence.ts SIMULATED_DIR RCA_DIR`: fits the coefficients of rca/confidence.ts on kept
 * simulated cases and public development cases. Logistic regression with L2, five folds over shuffled cases; prints the
 * coefficients of the whole fit and the calibration error in ten bins, as shipped and out of fold.
 */
import fs from 'node:fs';
import path from 'node:path';
import { analyze } from '../../shared/analysis/analyze.ts';
import { chooseAlarm } from '../../shared/analysis/answer/choose-alarm.ts';
import { detectors } from '../../shared/analysis/detectors/index.ts';
import { COEFFICIENTS } from '../../shared/analysis/rca/confidence.ts';
import { rankCauses } from '../../shared/analysis/rca/rank-causes-engine.ts';
import { buildServiceGraph } from '../../shared/analysis/topology/build-service-graph.ts';
import { chooseWindows } from '../../shared/analysis/topology/choose-windows.ts';
import { openCaseForReading } from '../../shared/engine/storage/case-database.ts';
import { loadTelemetry } from '../../shared/engine/storage/load-telemetry.ts';
import { entityKey } from '../../shared/model/entity.ts';
import type { Truth } from '../../shared/simulator/simulate.ts';
import { listCases } from './rca-case.ts';
import { answerCase, loadCase } from './rca-run.ts';

interface Sample {
  readonly features: readonly number[];
  readonly isRight: number;
  readonly weight: number;
}
const CONTEXT = { progress: () => undefined, throwIfCancelled: () => undefined };
const FOLDS = 5;
const STEPS = 4000;
const RATE = 0.05;
const RIDGE = 0.003;

function simulatedSample(directory: string, name: string): Sample | undefined {
  const truth = JSON.parse(fs.readFileSync(path.join(directory, `${name}.truth.json`), 'utf8')) as Truth;
  const database = openCaseForReading(path.join(directory, `${name}.fcase`));
  const telemetry = loadTelemetry(database);
  database.close();
  const [incident] = analyze(telemetry, {}, CONTEXT).incidents;
  const [cause] = truth.causes;
  if (!incident || !cause) return undefined;
  const windows = chooseWindows(telemetry.startNs, telemetry.endNs, chooseAlarm(telemetry, {}, CONTEXT).timeNs);
  const graph = buildServiceGraph(telemetry, windows, CONTEXT);
  const ids = new Set(incident.alerts.map(({ rowId }) => rowId));
  const alerts = telemetry.alerts.flatMap(({ rowId }, index) => (ids.has(rowId) ? [index] : []));
  let features: readonly number[] = [];
  const [first] = rankCauses(
    {
      telemetry,
      graph,
      findings: detectors.flatMap((detector) => detector.detect({ telemetry, graph }, CONTEXT)),
      incident: {
        findings: [],
        alerts,
        onsetNs: Number(incident.start - telemetry.origin),
        endNs: Number(incident.end - telemetry.origin),
        symptoms: [...new Set(alerts.flatMap((index) => telemetry.alerts[index]!.entities))],
      },
      request: {},
      limit: 1,
      observeFeatures: (heard) => (features = heard),
    },
    CONTEXT,
  );
  return {
    features,
    isRight: Number(first !== undefined && entityKey(first.entity) === entityKey(cause.entity)),
    weight: 1,
  };
}

function publicSamples(directory: string): Sample[] {
  const cases = listCases(directory).filter(({ truth }) => truth !== undefined);
  const count = new Map<string, number>();
  for (const { dataset } of cases) count.set(dataset, (count.get(dataset) ?? 0) + 1);
  return cases.flatMap((rcaCase) => {
    let features: readonly number[] = [];
    const { ranking } = answerCase(
      loadCase(rcaCase.visible, rcaCase.directory, undefined),
      undefined,
      (heard) => (features = heard),
    );
    const truth = rcaCase.visible.files['events'] ? rcaCase.truth?.instance : rcaCase.truth?.service;
    if (truth === undefined) return [];
    // A data set with many like cases does not outvote the others.
    return [{ features, isRight: Number(ranking[0] === truth), weight: Math.min(1, 30 / count.get(rcaCase.dataset)!) }];
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
    c = c.map((value, i) => value - 20 * RATE * gradient[i]!);
  }
  return c.map((value, i) => value / scale[i]!);
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

const [simulated = '', rca = ''] = process.argv.slice(2);
const names = fs
  .readdirSync(simulated)
  .filter((file) => file.endsWith('.fcase') && !file.startsWith('quiet'))
  .map((file) => file.replace('.fcase', ''))
  .sort();
const samples = [...names.flatMap((name) => simulatedSample(simulated, name) ?? []), ...publicSamples(rca)].filter(
  ({ features }) => features.length > 0,
);
// A fixed shuffle, so that folds mix the data sets.
const shuffled = samples
  .map((sample, i) => ({ sample, key: Math.imul(i + 1, 2654435761) >>> 0 }))
  .sort((a, b) => a.key - b.key);
const outOfFold = shuffled.flatMap(({ sample }, i, all) => ({ sample, fold: i % FOLDS, all }));
const models = Array.from({ length: FOLDS }, (_, fold) =>
  fit(outOfFold.filter((entry) => entry.fold !== fold).map(({ sample }) => sample)),
);
const said = outOfFold.map(({ sample, fold }) => ({
  p: probability(sample.features, models[fold]!),
  isRight: sample.isRight,
}));
const shipped = samples.map(({ features, isRight }) => ({ p: probability(features, COEFFICIENTS), isRight }));
console.log(`${samples.length} cases, ${samples.filter(({ isRight }) => isRight === 1).length} right`);
console.log(
  `calibration error as shipped ${calibrationError(shipped).toFixed(3)}, refitted out of fold ${calibrationError(said).toFixed(3)}`,
);
console.log(
  `coefficients ${fit(samples)
    .map((value) => value.toFixed(3))
    .join(', ')}`,
);
