/**
 * Golden cases of detectors: `detector/<folder of the detector>/<case>/input.mjs` fills a case of twenty minutes, of which
 * the last ten are the incident; `expected.txt` is what the detector finds, as text.
 * `npm run test:golden -- --update` rewrites the text; review reads the difference.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../shared/analysis/detectors/detector.ts';
import { detectors } from '../../shared/analysis/detectors/index.ts';
import { logPaths } from '../../shared/analysis/detectors/log-paths/index.ts';
import { logTemplates } from '../../shared/analysis/detectors/log-templates/index.ts';
import { metricShift } from '../../shared/analysis/detectors/metric-shift/index.ts';
import { platformEvents } from '../../shared/analysis/detectors/platform-events/index.ts';
import { traceRed } from '../../shared/analysis/detectors/trace-red/index.ts';
import { buildServiceGraph } from '../../shared/analysis/topology/build-service-graph.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Telemetry, TelemetryEvent } from '../../shared/model/telemetry.ts';
import { TelemetryBuilder } from '../accuracy/telemetry-builder.ts';

const root = join(import.meta.dirname, 'detector');
const byFolder: Readonly<Record<string, Detector>> = {
  'log-paths': logPaths,
  'log-templates': logTemplates,
  'metric-shift': metricShift,
  'platform-events': platformEvents,
  'trace-red': traceRed,
};
const cases = readdirSync(root).flatMap((plugIn) =>
  readdirSync(join(root, plugIn)).map((name) => [plugIn, name] as const),
);

const SECOND = 1_000_000_000;
/** 2026-06-23T09:45:00Z */
const START = 1_782_207_900_000_000_000n;
const context = { progress: () => undefined, throwIfCancelled: () => undefined };
const windows = {
  baseline: { startNs: 0, endNs: 600 * SECOND },
  incident: { startNs: 600 * SECOND, endNs: 1200 * SECOND },
};

interface GoldenCase {
  /** Adds the records; `at` gives the Unix time of a second of the case. Events, which the builder lacks, come back. */
  fill(
    builder: TelemetryBuilder,
    at: (second: number) => bigint,
  ): { readonly events: readonly Omit<TelemetryEvent, 'rowId'>[] } | undefined;
}

async function telemetryOf(folder: string): Promise<Telemetry> {
  const { fill } = (await import(join(folder, 'input.mjs'))) as GoldenCase;
  const builder = new TelemetryBuilder();
  const filled = fill(builder, (second) => START + BigInt(second) * BigInt(SECOND));
  const events = (filled?.events ?? []).map((event, i) => ({ ...event, rowId: i + 1 }));
  return { ...builder.build(), events };
}

/** Three lines a finding: what and where; when, how far and on how many samples; the sentence. */
function findingText(finding: Finding, { entities }: Telemetry): string {
  const { entity, peer, kind, subject, onsetNs, baseline, observed, unit, sampleCount, text } = finding;
  const where = [entity, ...(peer === undefined ? [] : [peer])].map((index) => entities[index]!.name).join(' -> ');
  const number = (value: number): string => Number(value.toPrecision(3)).toString();
  const evidence = finding.refs.map((ref) => String(ref)).join(' ');
  return [
    `${kind} of ${where}: ${subject}, score ${finding.score.toFixed(2)}`,
    `  from second ${number(onsetNs / SECOND)}: ${number(baseline)} -> ${number(observed)} ${unit}, ${sampleCount} samples, evidence ${evidence || 'none'}`,
    `  ${text}`,
    '',
  ].join('\n');
}

describe('detectors, golden', () => {
  it.each(cases)('%s/%s', async (plugIn, name) => {
    const folder = join(root, plugIn, name);
    const detector = byFolder[plugIn];
    expect(detectors, `${plugIn} runs`).toContain(detector);
    const telemetry = await telemetryOf(folder);
    const graph = buildServiceGraph(telemetry, windows, context);
    const findings = detector!.detect({ telemetry, graph }, context);
    const text = findings.map((finding) => findingText(finding, telemetry)).join('') || 'no findings\n';
    await expect(text).toMatchFileSnapshot(join(folder, 'expected.txt'));
  });
});
