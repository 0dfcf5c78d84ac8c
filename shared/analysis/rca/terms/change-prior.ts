/**
 * A change shortly before the first sign is worth a second look; later ones cannot be the cause. The prior decays over
 * twenty minutes and is worth nothing by itself: scoring lets it lift only what other evidence already points at.
 */
import type { ChangeKind } from '../../../model/change-event.ts';
import { timeSpan } from '../../detectors/quantity.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const DECAY_NS = 20 * 60e9;
/** Clocks differ and onsets are estimates: a change this long after the estimate may still be before the truth. */
const LATENESS_NS = 60e9;
const LARGEST_WEIGHT = 1.5;
const KIND_WEIGHT: Readonly<Record<ChangeKind, number>> = {
  deployment: 1,
  configuration: 1,
  feature_flag: 1,
  certificate: 0.8,
  infrastructure: 0.8,
  quota: 0.8,
  scaling: 0.5,
  schedule: 0.5,
  commit: 0.7,
  pipeline: 0.3,
  other: 0.5,
};

export function collectChangePriors(state: RankingState): CauseItem[] {
  const { telemetry, incident } = state.input;
  const items: CauseItem[] = [];
  telemetry.changes.forEach((change, index) => {
    const time = Number(change.startTime - telemetry.origin);
    const lagNs = state.alarmNs - time;
    if (lagNs < -LATENESS_NS) return;
    const prior =
      KIND_WEIGHT[change.changeKind] * Math.exp(-Math.max(0, lagNs - (state.alarmNs - incident.onsetNs)) / DECAY_NS);
    if (prior < 0.02) return;
    for (const entity of new Set(change.entities.map((e) => state.fold(e))))
      items.push({
        entity,
        term: 'change',
        signal: 'change',
        aspect: 'change-prior',
        change: index,
        weight: LARGEST_WEIGHT * prior,
        onsetNs: time,
        onsetUncertaintyNs: 0,
        text: `${change.title} happened ${timeSpan(Math.abs(lagNs))} ${lagNs >= 0 ? 'before' : 'after'} it was noticed.`,
        refs: [state.changeRef(index)],
        hint:
          change.changeKind === 'configuration'
            ? 'configuration_error'
            : change.changeKind === 'deployment'
              ? 'bad_deployment'
              : undefined,
      });
  });
  return items;
}
