/**
 * Alerts as evidence, weighted by how rare each was in earlier cases and by how much its kind stays with its owner: a
 * resource that moved is the owner's, a slow or failing call is shared with the neighbours. Without earlier cases the
 * rarity within the case stands in: what everyone shows says nothing.
 */
import { rowRef } from '../../../model/ids.ts';
import type { EntityIndex } from '../../../model/telemetry.ts';
import { isResource, roleOfMetric } from '../../detectors/metric-role.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';
import { rarityOf, signsOfAlerts, type Sign } from '../signs.ts';

type Family = 'metric' | 'resource' | 'transmit' | 'calls-in' | 'calls-out' | 'log' | 'alert';
/** How much of a family's surprise belongs to who shows it. */
const OWNERSHIP: Readonly<Record<Family, number>> = {
  resource: 1,
  transmit: 1,
  metric: 0.6,
  'calls-in': 0.5,
  'calls-out': 0.3,
  log: 0.5,
  alert: 0.7,
};
const POINTS_PER_NAT = 0.5;

export function collectAlerts(state: RankingState): CauseItem[] {
  const { telemetry, incident, request, disabledTerms } = state.input;
  const signs = signsOfAlerts(telemetry, incident.alerts);
  const history = disabledTerms?.has('rarity') ? undefined : request.history;
  const holders = new Map<string, Set<EntityIndex>>();
  for (const sign of signs) {
    const set = holders.get(sign.kindKey) ?? new Set();
    holders.set(sign.kindKey, set.add(sign.entity));
  }
  const involved = new Set(signs.flatMap((sign) => [sign.entity, sign.caller ?? sign.entity]));
  const sums = new Map<string, { entity: EntityIndex; family: Family; points: number; signs: Sign[]; best: number }>();
  const credit = (entity: EntityIndex, family: Family, points: number, sign: Sign): void => {
    const key = `${entity} ${family}`;
    const sum = sums.get(key) ?? { entity, family, points: 0, signs: [], best: 0 };
    sums.set(key, sum);
    sum.points += points;
    if (points >= sum.best) {
      sum.best = points;
      sum.signs.unshift(sign);
    } else sum.signs.push(sign);
  };
  for (const sign of new Map(signs.map((s) => [s.key, s])).values()) {
    const local = Math.log((involved.size + 1) / (holders.get(sign.kindKey)!.size + 0.5));
    const rarity = Math.max(0, rarityOf(history, sign.key) ?? local);
    const family = familyOf(state, sign);
    credit(sign.entity, family, OWNERSHIP[family] * rarity, sign);
    if (sign.caller !== undefined && sign.caller !== sign.entity)
      credit(sign.caller, 'calls-out', OWNERSHIP['calls-out'] * rarity, sign);
  }
  return [...sums.values()].map(({ entity, family, points, signs: shown }): CauseItem => {
    const first = telemetry.alerts[shown[0]!.alert]!;
    const more = shown.length > 1 ? ` and ${shown.length - 1} more of its kind` : '';
    return {
      entity: state.fold(entity),
      term: 'alert',
      signal: 'alert',
      aspect: `alert-${family}`,
      weight: POINTS_PER_NAT * points,
      onsetNs: Number(first.startTime - telemetry.origin),
      onsetUncertaintyNs: 60e9,
      text: `${state.nameOf(entity)} has the alert “${first.signal?.name ?? first.name}${first.signal?.direction ? ` ${first.signal.direction}` : ''}”${more}.`,
      refs: shown.slice(0, 5).map((sign) => rowRef('alert', telemetry.alerts[sign.alert]!.rowId)),
    };
  });
}

function familyOf(state: RankingState, sign: Sign): Family {
  const { signal, name } = state.input.telemetry.alerts[sign.alert]!;
  if (signal?.kind === 'trace') return 'calls-in';
  if (signal?.kind === 'log') return 'log';
  const role = roleOfMetric(signal?.name ?? name, '');
  if (isResource(role) && role !== 'disk-io') return 'resource';
  if (role === 'network-transmit') return 'transmit';
  return signal ? 'metric' : 'alert';
}
