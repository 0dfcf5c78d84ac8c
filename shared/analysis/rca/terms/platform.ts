/** Kills, restarts, pressure and refusals the platform reported, as the detector of platform events states them. */
import { severityOfReason } from '../../detectors/platform-reason.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const POINTS = 3;

export function collectPlatform(state: RankingState): CauseItem[] {
  const { findings, graph } = state.input;
  return findings
    .filter((finding) => finding.signal === 'event' && finding.onsetNs < graph.windows.incident.endNs)
    .map((finding): CauseItem => ({
      entity: finding.instance ?? finding.entity,
      term: 'platform-event',
      signal: 'event',
      aspect: `event-${finding.kind}`,
      weight: POINTS * finding.score,
      onsetNs: finding.onsetNs,
      onsetUncertaintyNs: finding.onsetUncertaintyNs,
      text: finding.text,
      refs: finding.refs,
      hint: severityOfReason(finding.subject, finding.text, 'warning').hint,
    }));
}
