/**
 * One measured analysis in a process of its own: `node analysis-run.ts CASE [CANCEL_MS…]`. Through the engine, from the
 * request to the stored result, loading included; then once more for every CANCEL_MS, cancelled after that time. Prints one
 * line of JSON.
 */
import { createEngine } from '../../shared/engine/engine.ts';
import { peakRssBytes } from './process-memory.ts';

export interface AnalysisFigures {
  readonly seconds: number;
  readonly progressEvents: number;
  /** Milliseconds each stage took as the progress events tell, in order of appearance. */
  readonly stages: readonly (readonly [stage: string, milliseconds: number])[];
  readonly fingerprint: string;
  readonly title: string;
  readonly cancelMs: readonly number[];
  readonly peakRssBytes: number;
}

const [caseFile, ...cancelAfter] = process.argv.slice(2);
if (caseFile === undefined) throw new Error('usage: analysis-run.ts CASE [CANCEL_MS…]');

const engine = await createEngine({ caseFile });
const started = performance.now();
const events: { readonly stage: string; readonly at: number }[] = [];
const listener = engine.onProgress(({ stage }) => void events.push({ stage, at: performance.now() }));
const { result } = await (await engine.analyze({})).result;
const ended = performance.now();
listener.dispose();
const memory = peakRssBytes();

const stages = new Map<string, number>();
events.forEach(({ stage, at }, i) => stages.set(stage, (stages.get(stage) ?? 0) + (events[i + 1]?.at ?? ended) - at));

const cancelMs: number[] = [];
for (const delay of cancelAfter) {
  const job = await engine.analyze({});
  await new Promise((resolve) => setTimeout(resolve, Number(delay)));
  const asked = performance.now();
  await engine.cancel(job.id);
  const outcome = await job.result.then(
    () => 'finished',
    () => 'cancelled',
  );
  // One that was over before it was asked to stop tells nothing.
  if (outcome === 'cancelled') cancelMs.push(performance.now() - asked);
}
await engine.close();

const figures: AnalysisFigures = {
  seconds: (ended - started) / 1000,
  progressEvents: events.length,
  stages: [...stages],
  fingerprint: result.fingerprint,
  title: result.incidents[0]?.title ?? 'no incident',
  cancelMs,
  peakRssBytes: memory,
};
console.log(JSON.stringify(figures));
