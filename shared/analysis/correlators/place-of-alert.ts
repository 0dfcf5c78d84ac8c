/**
 * Where an alert belongs. Labels name the place as the monitoring sees it: a scrape target `host:port`, the exporter's
 * job, a pod; the graph knows the database or service behind it. Of the entities an alert names, the first that the
 * graph can place counts; names of hosts are matched with what is called by that name.
 */
import { comparableName } from '../topology/fold-names.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import type { Telemetry } from '../../model/telemetry.ts';

const CALLABLE: ReadonlySet<string> = new Set(['service', 'database', 'queue', 'external', 'node']);

export class AlertPlaces {
  readonly #telemetry: Telemetry;
  readonly #graph: ServiceGraph;
  readonly #byName = new Map<string, number>();

  constructor(telemetry: Telemetry, graph: ServiceGraph) {
    this.#telemetry = telemetry;
    this.#graph = graph;
    telemetry.entities.forEach(({ type, name }, index) => {
      const target = graph.foldedInto[index] ?? index;
      if (!CALLABLE.has(type) || !this.#isConnected(target)) return;
      const key = comparableName(name);
      if (!this.#byName.has(key)) this.#byName.set(key, target);
    });
  }

  /** Site of an alert about these entities, -1 when it names none. */
  siteOf(entities: readonly number[]): number {
    for (const entity of entities) {
      const site = siteOf(this.#graph, entity);
      if (site >= 0 && this.#isConnected(site)) return site;
      const known = this.#byName.get(comparableName(this.#telemetry.entities[entity]?.name ?? ''));
      if (known !== undefined) return known;
    }
    return entities.length > 0 ? siteOf(this.#graph, entities[0]!) : -1;
  }

  #isConnected(site: number): boolean {
    const graph = this.#graph;
    return (
      graph.callsFrom(site).length +
        graph.callsTo(site).length +
        graph.instancesOf(site).length +
        graph.residentsOf(site).length >
      0
    );
  }
}

/** The service (database, node …) something counts for: replicas count for their service. */
export function siteOf(graph: ServiceGraph, entity: number): number {
  if (entity < 0) return -1;
  const service = graph.serviceOf(graph.foldedInto[entity] ?? entity);
  return graph.foldedInto[service] ?? service;
}
