/**
 * Changes that may have to do with an incident, by lag × distance × kind (product.md C5). Being attached says "look at
 * this", never "this did it": ranking decides with the evidence at the place of the change.
 */
import type { ChangeKind } from '../../model/change-event.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { ServiceGraph } from '../topology/service-graph.ts';
import { siteOf } from './place-of-alert.ts';
import type { SiteMap } from './site-distance.ts';

const KIND_WEIGHT: Readonly<Record<ChangeKind, number>> = {
  deployment: 1,
  configuration: 0.9,
  feature_flag: 0.9,
  certificate: 0.9,
  infrastructure: 0.8,
  quota: 0.8,
  scaling: 0.6,
  schedule: 0.6,
  commit: 0.5,
  pipeline: 0.4,
  other: 0.5,
};
const DISTANCE_WEIGHT = [1, 0.6, 0.3, 0.15] as const;
/** A change of unknown place may concern anybody a little. */
const UNKNOWN_PLACE = 0.2;
const FADE_NS = 30 * 60e9;
/** Clocks differ and roll-outs take a while: a change stamped just after the first sign still counts. */
const AFTER_NS = 2 * 60e9;
const LEAST_SCORE = 0.02;
const MAX_CHANGES = 10;

/** Indexes into `telemetry.changes`, best first. */
export function attachChanges(
  telemetry: Telemetry,
  graph: ServiceGraph,
  sites: SiteMap,
  affected: ReadonlySet<number>,
  startNs: number,
): number[] {
  const scored: { index: number; score: number }[] = [];
  telemetry.changes.forEach((change, index) => {
    const lagNs = startNs - Number((change.endTime ?? change.startTime) - telemetry.origin);
    const beganAfter = Number(change.startTime - telemetry.origin) - startNs;
    if (beganAfter > AFTER_NS) return;
    let place = change.entities.length === 0 ? UNKNOWN_PLACE : 0;
    for (const entity of change.entities) {
      for (const [site, steps] of sites.within(siteOf(graph, entity), DISTANCE_WEIGHT.length - 1)) {
        if (affected.has(site)) place = Math.max(place, DISTANCE_WEIGHT[steps]!);
      }
    }
    const score = Math.exp(-Math.max(0, lagNs) / FADE_NS) * place * KIND_WEIGHT[change.changeKind];
    if (score >= LEAST_SCORE) scored.push({ index, score });
  });
  scored.sort((a, b) => b.score - a.score || a.index - b.index);
  return scored.slice(0, MAX_CHANGES).map((entry) => entry.index);
}
