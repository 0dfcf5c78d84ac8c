/**
 * More requests from outside than before: then everything downstream is busier for a reason that lies in front of it.
 * Only requests nobody in the graph sent count, so retries between services do not look like users.
 */
import { short } from '../../detectors/squash.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const SMALLEST_RATIO = 1.4;
const SMALLEST_CALLS = 200;
const POINTS_PER_DOUBLING = 5;

export function collectTrafficSurge(state: RankingState): CauseItem[] {
  const { telemetry, graph } = state.input;
  const { spans } = telemetry;
  const { baseline, incident } = graph.windows;
  const before = new Float64Array(graph.size);
  const during = new Float64Array(graph.size);
  for (let row = 0; row < spans.length; row++) {
    if (spans.parent[row] !== -1 || spans.entity[row]! < 0) continue;
    const time = spans.startNs[row]!;
    const entity = state.fold(spans.entity[row]!);
    if (time >= incident.startNs && time < incident.endNs) during[entity]!++;
    else if (time >= baseline.startNs && time < baseline.endNs) before[entity]!++;
  }
  const lengthBefore = baseline.endNs - baseline.startNs;
  const lengthDuring = Math.min(incident.endNs, telemetry.endNs) - incident.startNs;
  if (lengthBefore <= 0 || lengthDuring <= 0) return [];
  const items: CauseItem[] = [];
  for (let entity = 0; entity < graph.size; entity++) {
    const expected = (before[entity]! * lengthDuring) / lengthBefore;
    const ratio = during[entity]! / expected;
    if (before[entity]! + during[entity]! < SMALLEST_CALLS || !(ratio >= SMALLEST_RATIO) || before[entity] === 0) continue;
    items.push({
      entity,
      term: 'traffic',
      signal: 'trace',
      aspect: 'traffic',
      weight: POINTS_PER_DOUBLING * Math.log2(ratio),
      onsetNs: state.input.incident.onsetNs,
      onsetUncertaintyNs: state.incidentLengthNs,
      text: `${state.nameOf(entity)} gets ${short(ratio)} times the requests from outside that it got before.`,
      refs: [],
      hint: 'traffic_surge',
    });
  }
  return items;
}
