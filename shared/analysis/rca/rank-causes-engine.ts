/** Ranks the causes of one incident: collect items, score candidates, take away what the best explains, write it down. */
import type { Hypothesis } from '../../model/analysis-result.ts';
import type { AnalysisContext } from '../context.ts';
import type { CauseItem } from './cause-item.ts';
import type { RankCausesInput, RankingTerm } from './rank-causes.ts';
import { createRankingState, type CollectItems } from './ranking-state.ts';
import { findCandidates, scoreCandidates } from './score-candidates.ts';
import { collectLatencyExcess } from './terms/latency-excess.ts';
import { collectAlerts } from './terms/alert-rarity.ts';
import { collectChangePriors } from './terms/change-prior.ts';
import { collectChangeTexts } from './terms/change-text.ts';
import { collectErrorMentions } from './terms/error-mentions.ts';
import { collectEdgeMetrics } from './terms/edge-metrics.ts';
import { collectVersionContrast } from './terms/version-contrast.ts';
import { collectErrorExcess } from './terms/error-excess.ts';
import { collectEdgeDelays } from './terms/edge-delay.ts';
import { collectLogPaths } from './terms/log-path.ts';
import { collectNewErrorSites } from './terms/new-error-site.ts';
import { collectMetricShifts } from './terms/metric-shift.ts';
import { collectOwnTime } from './terms/own-time.ts';
import { collectPlatform } from './terms/platform.ts';
import { collectSpanErrors } from './terms/span-errors.ts';
import { collectSaturation } from './terms/saturation.ts';
import { collectColdCaches } from './terms/cold-cache.ts';
import { collectStarvedNodes } from './terms/starved-node.ts';
import { collectTrafficSurge } from './terms/traffic-surge.ts';
import { writeHypotheses, type RankedCauses } from './write-hypotheses.ts';

const COLLECTORS: readonly (readonly [RankingTerm, CollectItems])[] = [
  ['exclusive-excess', collectLatencyExcess],
  ['errors', collectErrorExcess],
  ['exclusive-excess', collectOwnTime],
  ['edge-delay', collectEdgeDelays],
  ['saturation', collectSaturation],
  ['log-path', collectLogPaths],
  ['new-error-site', collectNewErrorSites],
  ['errors', collectEdgeMetrics],
  ['errors', collectSpanErrors],
  ['new-error-site', collectErrorMentions],
  ['traffic', collectTrafficSurge],
  ['node', collectStarvedNodes],
  ['platform-event', collectPlatform],
  ['change', collectVersionContrast],
  ['change', collectChangePriors],
  ['change', collectChangeTexts],
  ['alert', collectAlerts],
  ['metric-shift', collectColdCaches],
  ['metric-shift', collectMetricShifts],
];

export function rankCauses(input: RankCausesInput, context: AnalysisContext): readonly Hypothesis[] {
  return rankWithBasis(input, context).hypotheses;
}

/** The same with the points of those that are not listed, for ranking anew later. */
export function rankWithBasis(input: RankCausesInput, context: AnalysisContext): RankedCauses {
  const state = createRankingState(input);
  const items: CauseItem[] = [];
  for (const [term, collect] of COLLECTORS) {
    context.throwIfCancelled();
    if (!input.disabledTerms?.has(term)) items.push(...collect(state));
  }
  const kept = items.filter((item) => !input.disabledTerms?.has(item.term));
  const candidates = findCandidates(state);
  return writeHypotheses(state, scoreCandidates(state, candidates, kept));
}
