/** What the case cannot show, and what that does to the answer. A blind spot is stated once, with its effect. */
import type { BlindSpot } from '../../model/analysis-result.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import { gapsOfImport } from './gaps-of-import.ts';

/** Shorter known-good stretches say little about what is usual. */
const SHORT_BASELINE_NS = 10 * 60e9;
const MANY_ORPHANS = 0.05;
const MANY_UNNAMED = 0.01;
const MANY_DISORDERED = 0.02;
/** Children that begin before their parent by more than this point at clocks that differ. */
const CLOCK_TOLERANCE_NS = 5e6;
const MAX_NAMED = 8;

export function findBlindSpots(telemetry: Telemetry, graph: ServiceGraph): BlindSpot[] {
  return [
    ...absentSignals(telemetry),
    ...shortBaseline(telemetry, graph),
    ...uninstrumented(telemetry, graph),
    ...traceQuality(telemetry),
    ...partialCoverage(telemetry, graph),
    ...gapsOfImport(telemetry),
  ];
}

function absentSignals(telemetry: Telemetry): BlindSpot[] {
  const spots: BlindSpot[] = [];
  const absent = (kind: string, text: string, effect: string): void => void spots.push({ kind, text, effect });
  if (telemetry.spans.length === 0) {
    absent(
      'no_traces',
      'There are no traces.',
      'Who calls whom, and where time is spent, is known only as far as other data tell.',
    );
  }
  if (telemetry.metrics.length === 0) {
    absent('no_metrics', 'There are no metrics.', 'Saturation of processors, memory, disks and pools cannot be seen.');
  }
  if (telemetry.logs.length === 0) {
    absent('no_logs', 'There are no log records.', 'New error messages cannot point at the code that fails.');
  }
  if (telemetry.changes.length === 0) {
    absent(
      'no_changes',
      'There are no deployments or configuration changes.',
      'A change as the cause can be neither found nor ruled out.',
    );
  }
  return spots;
}

function shortBaseline(telemetry: Telemetry, graph: ServiceGraph): BlindSpot[] {
  const { baseline } = graph.windows;
  const lengthNs = Math.max(
    0,
    Math.min(baseline.endNs, telemetry.endNs) - Math.max(baseline.startNs, telemetry.startNs),
  );
  if (lengthNs >= SHORT_BASELINE_NS || telemetry.endNs <= telemetry.startNs) return [];
  const text = `Only ${Math.round(lengthNs / 60e9)} min of data lie before the incident.`;
  return [
    { kind: 'short_baseline', text, effect: 'What is usual is poorly known; shifts are judged more cautiously.' },
  ];
}

function uninstrumented(telemetry: Telemetry, graph: ServiceGraph): BlindSpot[] {
  const names = new Set<string>();
  for (const edge of graph.calls) {
    const callee = telemetry.entities[edge.to]!;
    if (!graph.isInstrumented[edge.to] && (callee.type === 'service' || callee.type === 'workload'))
      names.add(callee.name);
  }
  if (names.size === 0) return [];
  const text = `${list(names)} ${names.size === 1 ? 'is' : 'are'} called but sent no telemetry.`;
  return [
    {
      kind: 'uninstrumented_callee',
      text,
      effect: 'Trouble inside shows only at their callers, so they may be blamed for what lies behind them.',
    },
  ];
}

function traceQuality(telemetry: Telemetry): BlindSpot[] {
  const { spans } = telemetry;
  if (spans.length === 0) return [];
  let orphans = 0;
  let unnamed = 0;
  let pairs = 0;
  let disordered = 0;
  for (let i = 0; i < spans.length; i += 1) {
    const parent = spans.parent[i]!;
    if (parent === -2) orphans += 1;
    if (spans.entity[i]! < 0) unnamed += 1;
    if (parent < 0 || spans.entity[parent] === spans.entity[i]) continue;
    pairs += 1;
    if (spans.startNs[i]! < spans.startNs[parent]! - CLOCK_TOLERANCE_NS) disordered += 1;
  }
  const spots: BlindSpot[] = [];
  const share = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;
  if (orphans > MANY_ORPHANS * spans.length) {
    const text = `${share(orphans, spans.length)} of the spans name a parent that is not in the data.`;
    spots.push({
      kind: 'orphan_spans',
      text,
      effect: 'Traces are sampled or cut; some calls cannot be followed to their origin.',
    });
  }
  if (unnamed > MANY_UNNAMED * spans.length) {
    const text = `${share(unnamed, spans.length)} of the spans do not say which service sent them.`;
    spots.push({ kind: 'missing_service_name', text, effect: 'They count for nobody and may hide the cause.' });
  }
  if (pairs > 0 && disordered > MANY_DISORDERED * pairs) {
    const text = `${share(disordered, pairs)} of the calls begin at the callee before they begin at the caller.`;
    spots.push({
      kind: 'clock_doubt',
      text,
      effect: 'Clocks differ between machines; what came first is not certain.',
    });
  }
  return spots;
}

/** Services seen in traces without a metric or log of their own, when others have them. */
function partialCoverage(telemetry: Telemetry, graph: ServiceGraph): BlindSpot[] {
  const withMetrics = new Set(
    telemetry.metrics.map((series) => graph.serviceOf(graph.foldedInto[series.entity] ?? series.entity)),
  );
  if (withMetrics.size === 0) return [];
  const names = new Set<string>();
  for (let entity = 0; entity < graph.size; entity += 1) {
    if (graph.traffic[entity] && !withMetrics.has(graph.serviceOf(entity))) names.add(telemetry.entities[entity]!.name);
  }
  if (names.size === 0) return [];
  const text = `${list(names)} ${names.size === 1 ? 'has' : 'have'} traces but no metrics.`;
  return [{ kind: 'services_without_metrics', text, effect: 'Saturation there cannot be seen.' }];
}

function list(names: ReadonlySet<string>): string {
  const sorted = [...names].sort();
  const shown = sorted.slice(0, MAX_NAMED).join(', ');
  return sorted.length > MAX_NAMED ? `${shown} and ${sorted.length - MAX_NAMED} more` : shown;
}
