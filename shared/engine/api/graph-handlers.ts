import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers, OutputOf } from '../../contract/derived-types.ts';
import { entityKey, type EntityRef } from '../../model/entity.ts';
import { alertsByEntity } from '../storage/statements/browse-records.ts';
import type { WindowTraffic } from '../views/view-answers.ts';
import type { EngineSession } from './engine-session.ts';
import { newestAnalysis } from './newest-analysis.ts';
import { rowsOf, textOf } from './record-pages.ts';

type Health = OutputOf<Contract['graph.window']>['nodes'][number]['health'];

export function graphHandlers(session: EngineSession): NamespaceHandlers<Contract, 'graph'> {
  return {
    'graph.get': async () => {
      const { nodes, edges } = (await newestAnalysis(session)).result.graph;
      return { nodes: [...nodes], edges: [...edges] };
    },
    'graph.window': async (request, { signal }) => {
      const { engine } = session;
      const { isImporting } = engine;
      const [traffic, alerts] = await Promise.all([
        engine.view('windowTraffic', request, signal),
        rowsOf(engine, alertsByEntity(request), signal),
      ]);
      const alertOf = new Map(
        alerts.map((row) => {
          const entity = { type: textOf(row['type']), name: textOf(row['name']) } as EntityRef;
          return [entityKey(entity), { entity, count: Number(row['alerts']), worst: Number(row['worst']) }];
        }),
      );
      const nodes = traffic.nodes.map((node) => {
        const alert = alertOf.get(entityKey(node.entity));
        alertOf.delete(entityKey(node.entity));
        return trafficNode(node, traffic.seconds, alert);
      });
      const onlyAlerts = [...alertOf.values()].map(({ entity, count, worst }) => ({
        entity,
        requestsPerSecond: null,
        errorRatio: null,
        latencyP50Ms: null,
        latencyP95Ms: null,
        health: healthOf(0, worst),
        alertCount: count,
      }));
      return { nodes: [...nodes, ...onlyAlerts], edges: [...traffic.edges], isPartial: isImporting };
    },
  };
}

function trafficNode(
  { entity, calls, errorRatio, latencyP50Ms, latencyP95Ms }: WindowTraffic['nodes'][number],
  seconds: number,
  alert: { readonly count: number; readonly worst: number } | undefined,
): OutputOf<Contract['graph.window']>['nodes'][number] {
  return {
    entity,
    requestsPerSecond: seconds > 0 ? calls / seconds : null,
    errorRatio,
    latencyP50Ms,
    latencyP95Ms,
    health: healthOf(errorRatio, alert?.worst ?? 0),
    alertCount: alert?.count ?? 0,
  };
}

/** Share of failed requests from which an entity counts as degraded and as failing. */
const DEGRADED_RATIO = 0.02;
const FAILING_RATIO = 0.2;

/** Errors and alerts of the window alone: no baseline, so that every window is judged alike. */
function healthOf(errorRatio: number, worstAlert: number): Health {
  if (errorRatio >= FAILING_RATIO || worstAlert === 2) return 'failing';
  return errorRatio >= DEGRADED_RATIO || worstAlert === 1 ? 'degraded' : 'healthy';
}
