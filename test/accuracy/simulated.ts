/**
 * `npm run accuracy -- simulated [DIR] [--seeds 5] [--first-seed 1] [--services 20,200] [--scenario NAME,…] [--json] [--misses]`: makes
 * every scenario with every seed and size, imports the bundle through the engine, analyses it and holds the answer
 * against the truth: Top-1 and Top-3 of the causes, pairwise F1 of the alert groups, noise reduction, abstention. With
 * DIR the cases are kept there and used again; only the analysis is repeated then. Exits 1 when a bar of issue 2 is missed.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { analyze } from '../../shared/analysis/analyze.ts';
import { createEngine } from '../../shared/engine/engine.ts';
import { openCaseForReading } from '../../shared/engine/storage/case-database.ts';
import { loadTelemetry } from '../../shared/engine/storage/load-telemetry.ts';
import type { AnalysisResult } from '../../shared/model/analysis-result.ts';
import { entityKey } from '../../shared/model/entity.ts';
import { parseScenario, SCENARIOS, type Scenario } from '../../shared/simulator/options.ts';
import { simulate, type Truth } from '../../shared/simulator/simulate.ts';
import { calibrationError, scoreAnswer, summarise, verdicts, type CaseScore } from './simulated-score.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '5' },
    'first-seed': { type: 'string', default: '1' },
    services: { type: 'string', default: '20,200' },
    scenario: { type: 'string' },
    quiet: { type: 'string', default: '12' },
    rate: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
  },
});

interface CasePlan {
  readonly scenario: string;
  readonly seed: number;
  readonly services: number;
}
const MINUTES = 60;
const firstSeed = Number(values['first-seed']);

function planCases(): CasePlan[] {
  const sizes = values.services.split(',').map(Number);
  const asked = values.scenario?.split(',');
  const plans: CasePlan[] = [];
  for (const services of sizes) {
    for (const scenario of asked?.filter((name) => name !== 'quiet') ?? SCENARIOS) {
      for (let k = 0; k < Number(values.seeds); k += 1) plans.push({ scenario, seed: firstSeed + k, services });
    }
  }
  if (asked && !asked.includes('quiet')) return plans;
  for (let seed = firstSeed; seed < firstSeed + Number(values.quiet); seed += 1) {
    plans.push({ scenario: 'quiet', seed, services: sizes[seed % sizes.length]! });
  }
  return plans;
}

/** Writes the bundle, imports it, removes the bundle again. Returns the case file and the truth. */
async function makeCase(plan: CasePlan, directory: string): Promise<{ caseFile: string; truth: Truth }> {
  const name = `${plan.scenario}-${plan.services}-${plan.seed}`;
  const caseFile = path.join(directory, `${name}.fcase`);
  const truthFile = path.join(directory, `${name}.truth.json`);
  if (fs.existsSync(caseFile) && fs.existsSync(truthFile)) {
    return { caseFile, truth: JSON.parse(fs.readFileSync(truthFile, 'utf8')) as Truth };
  }
  const bundle = path.join(directory, name);
  fs.rmSync(caseFile, { force: true });
  const scenarios = parseScenario(plan.scenario) as readonly Scenario[];
  const { files, truth } = simulate({ ...plan, scenarios, minutes: MINUTES, rate: Number(values.rate) });
  for (const file of files) {
    const target = path.join(bundle, file.path);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const handle = fs.openSync(target, 'w');
    for (const chunk of file.chunks) fs.writeSync(handle, chunk);
    fs.closeSync(handle);
  }
  const engine = await createEngine({ caseFile });
  try {
    const job = await engine.import({ paths: [bundle] });
    await job.result;
  } finally {
    await engine.close();
    fs.rmSync(bundle, { recursive: true, force: true });
  }
  fs.writeFileSync(truthFile, JSON.stringify(truth));
  return { caseFile, truth };
}

function analyseCase(caseFile: string): { result: AnalysisResult; seconds: number } {
  const database = openCaseForReading(caseFile);
  try {
    const telemetry = loadTelemetry(database);
    const started = performance.now();
    const result = analyze(telemetry, {}, { progress: () => undefined, throwIfCancelled: () => undefined });
    return { result, seconds: (performance.now() - started) / 1000 };
  } finally {
    database.close();
  }
}

function explain(plan: CasePlan, score: CaseScore, result: AnalysisResult, truth: Truth): void {
  const wanted = truth.causes.map(
    (cause) => `${entityKey(cause.entity)} (${cause.faultKind}) from ${cause.start.slice(11, 19)}`,
  );
  console.log(
    `\n${plan.scenario} seed ${plan.seed} × ${plan.services}: ranks ${score.ranks.join(', ') || '-'}, pairs P ${score.precision.toFixed(2)} R ${score.recall.toFixed(2)}, alerts ${score.alerts} → ${score.incidents}${result.abstained ? `, abstained: ${result.abstainReason}` : ''}`,
  );
  console.log(`  wanted ${wanted.join(' + ') || 'nothing'}`);
  for (const incident of result.incidents) {
    console.log(
      `  ${incident.severity} ${incident.title} [${incident.alerts.length} alerts, ${incident.findings.length} findings]`,
    );
    for (const h of incident.hypotheses.slice(0, 4)) {
      console.log(
        `    ${h.rank}. ${entityKey(h.entity)} ${h.faultKind} score ${h.score.toFixed(2)} confidence ${h.confidence.toFixed(2)}`,
      );
    }
  }
  for (const line of score.misplaced.slice(0, 12)) console.log(`  ${line}`);
}

const begun = performance.now();
const keep = positionals[0];
const directory = keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-simulated-'));
fs.mkdirSync(directory, { recursive: true });
const scores: CaseScore[] = [];
try {
  for (const plan of planCases()) {
    const { caseFile, truth } = await makeCase(plan, directory);
    const { result, seconds } = analyseCase(caseFile);
    const score = scoreAnswer({ ...plan, seconds }, result, truth);
    scores.push(score);
    const isMiss = !score.isRight;
    if (values.explain || (values.misses && isMiss)) explain(plan, score, result, truth);
    if (keep === undefined) fs.rmSync(caseFile, { force: true });
  }
} finally {
  if (keep === undefined) fs.rmSync(directory, { recursive: true, force: true });
}
if (values.json) console.log(JSON.stringify(scores, null, 1));
else {
  console.log(`\n${summarise(scores)}\n`);
  console.log(`calibration error in ten bins ${calibrationError(scores).toFixed(3)}`);
  console.log(`${((performance.now() - begun) / 60_000).toFixed(1)} minutes\n`);
}
for (const { text, isReached } of verdicts(scores)) {
  console.error(text);
  if (!isReached) process.exitCode = 1;
}
