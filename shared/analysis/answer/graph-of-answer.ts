/**
 * The dependency graph as the answer shows it: entities that call, are called or show something, with health, traffic,
 * errors and latency of the incident. Healthy needs data that says so; without data it is unknown.
 */
import type { GraphEdge, GraphNode } from '../../model/analysis-result.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { Finding } from '../../model/finding.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import { siteOf } from '../correlators/place-of-alert.ts';
import type { RedStats, ServiceGraph } from '../topology/service-graph.ts';

const FAILING_KINDS: ReadonlySet<string> = new Set(['error_rate_increase', 'restart', 'missing_data']);
const FAILING_ERROR_RATIO = 0.05;

export function graphOfAnswer(
  telemetry: Telemetry,
  graph: ServiceGraph,
  notable: readonly Finding[],
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } {
  const findingsAt = new Map<number, Finding[]>();
  for (const finding of notable) {
    const site = siteOf(graph, finding.entity);
    const known = findingsAt.get(site);
    if (known) known.push(finding);
    else findingsAt.set(site, [finding]);
  }
  const shown = new Set<number>(findingsAt.keys());
  for (const edge of graph.calls) shown.add(edge.from).add(edge.to);
  graph.traffic.forEach((traffic, entity) => {
    if (traffic) shown.add(entity);
  });
  const seconds = Math.max(
    1,
    (Math.min(graph.windows.incident.endNs, telemetry.endNs) - graph.windows.incident.startNs) / 1e9,
  );
  const nodes = [...shown]
    .filter((entity) => entity >= 0 && graph.foldedInto[entity] === entity)
    .sort((a, b) => a - b)
    .map((entity) => node(telemetry, graph, entity, findingsAt.get(entity) ?? [], seconds));
  const edges = graph.calls.map((edge): GraphEdge => {
    const stats = edge.red?.incident;
    return {
      from: refOf(telemetry, edge.from),
      to: refOf(telemetry, edge.to),
      edgeKind: 'calls',
      provenance: edge.provenance,
      calls: stats?.calls ?? 0,
      errorRatio: errorRatio(stats),
      latencyP95Ms: stats ? durationText(stats.p95Ns) : null,
    };
  });
  return { nodes, edges };
}

function node(
  telemetry: Telemetry,
  graph: ServiceGraph,
  entity: number,
  findings: readonly Finding[],
  seconds: number,
): GraphNode {
  const stats = graph.traffic[entity]?.red.incident ?? incoming(graph, entity);
  return {
    entity: refOf(telemetry, entity),
    isInstrumented: graph.isInstrumented[entity] === 1,
    health: healthOf(graph, entity, findings, stats),
    requestsPerSecond: stats ? stats.calls / seconds : null,
    errorRatio: errorRatio(stats),
    latencyP50Ms: stats ? durationText(stats.p50Ns) : null,
    latencyP95Ms: stats ? durationText(stats.p95Ns) : null,
  };
}

/** What callers saw of an entity that recorded nothing itself: the busiest edge into it. */
function incoming(graph: ServiceGraph, entity: number): RedStats | undefined {
  let best: RedStats | undefined;
  for (const edge of graph.callsTo(entity)) {
    const stats = graph.calls[edge]!.red?.incident;
    if (stats && (!best || stats.calls > best.calls)) best = stats;
  }
  return best;
}

function healthOf(
  graph: ServiceGraph,
  entity: number,
  findings: readonly Finding[],
  stats: RedStats | undefined,
): GraphNode['health'] {
  const ratio = errorRatio(stats) ?? 0;
  const usual = errorRatio(graph.traffic[entity]?.red.baseline) ?? 0;
  const isFailing = findings.some((finding) => FAILING_KINDS.has(finding.kind) && finding.score >= 0.8);
  if (isFailing || (ratio >= FAILING_ERROR_RATIO && ratio > 2 * usual)) return 'failing';
  if (findings.length > 0) return 'degraded';
  const hasData = graph.isInstrumented[entity] === 1 || (stats !== undefined && stats.calls > 0);
  return hasData ? 'healthy' : 'unknown';
}

function errorRatio(stats: RedStats | undefined): number | null {
  return stats && stats.calls > 0 ? stats.errors / stats.calls : null;
}
function durationText(ns: number): number | null {
  return Number.isFinite(ns) ? ns / 1e6 : null;
}
export function refOf(telemetry: Telemetry, entity: number): EntityRef {
  const { type, name } = telemetry.entities[entity]!;
  return { type, name };
}
