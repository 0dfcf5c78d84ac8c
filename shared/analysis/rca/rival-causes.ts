/**
 * Rivals of “a change did it”: a single bad data item that fails over and over, a machine or scheduler that withholds
 * processor time, plainly more work than before. Where new errors or counts speak of one of these, that a change happened
 * nearby says little. (A threshold on the change's own score does not separate: decoys share words with the failure.)
 */
import type { EntityIndex } from '../../model/telemetry.ts';
import { loudTemplates } from './failing-words.ts';
import type { RankingState } from './ranking-state.ts';

/** One record with its position, refused. */
const ITEM_IDENTITY = /\b(offset|partition|record.?id|message.?id|event.?id|row.?id|sequence.?number)\b/i;
const ITEM_REFUSED = /\b(invalid|validation|malformed|corrupt(ed)?|unparse?able|out of range|redeliver|poison)/i;
const WITHHELD =
  /\b(run.?queue|contended|contention with|noisy neighbou?r|preempted|evicted|cpu steal|node pressure)\b/i;
const TOO_MUCH = /\b(shedding load|load shed|overloaded|elevated (request )?volume|too many requests)/i;
/** Part of the loud messages that must speak of it. */
const SPEAKING_SHARE = 0.3;
/** Requests against the most seen before. */
const VOLUME_RATIO = 2;

/** Left to the circumstances of changes (lag, shared words) where a rival explains the entity's trouble. */
export const CIRCUMSTANCE_BESIDE_RIVAL = 0.2;

/** Entities whose trouble a rival explains. O(templates + series). */
export function findRivalled(state: RankingState): ReadonlySet<EntityIndex> {
  const said = new Map<EntityIndex, { all: number; rival: number; volume: number }>();
  for (const { entity, template, during } of loudTemplates(state)) {
    const message = state.input.telemetry.logs.templates[template]!.example.slice(0, 2000);
    const sum = said.get(entity) ?? { all: 0, rival: 0, volume: 0 };
    said.set(entity, sum);
    sum.all += during;
    if ((ITEM_IDENTITY.test(message) && ITEM_REFUSED.test(message)) || WITHHELD.test(message)) sum.rival += during;
    else if (TOO_MUCH.test(message)) sum.volume += during;
  }
  const busier = busierEntities(state);
  const found = new Set<EntityIndex>();
  for (const [entity, { all, rival, volume }] of said)
    if (rival >= SPEAKING_SHARE * all || (busier.has(entity) && volume >= SPEAKING_SHARE * all)) found.add(entity);
  return found;
}

/** Get twice as many requests as they ever did before, in the middle of the incident and not only at its peak. */
function busierEntities(state: RankingState): ReadonlySet<EntityIndex> {
  const found = new Set<EntityIndex>();
  for (const { role, edge, entity, baseline, median } of state.shifts)
    if (role === 'requests' && !edge && entity >= 0 && baseline.count >= 3 && median >= VOLUME_RATIO * baseline.q99)
      found.add(state.fold(entity));
  return found;
}
