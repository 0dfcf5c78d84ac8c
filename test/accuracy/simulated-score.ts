/** Holds an answer against the truth of a simulated case. Definitions are those of issue 2 and docs/accuracy. */
import type { AnalysisResult } from '../../shared/model/analysis-result.ts';
import { entityKey } from '../../shared/model/entity.ts';
import type { Truth } from '../../shared/simulator/simulate.ts';

export interface CaseScore {
  readonly scenario: string;
  readonly seed: number;
  readonly services: number;
  readonly seconds: number;
  readonly abstained: boolean;
  /** Best rank of each true cause over all incidents, Infinity = not named. */
  readonly ranks: readonly number[];
  /** Quiet: abstained. Otherwise: every cause is first in some incident. */
  readonly isRight: boolean;
  /** Share of the true causes that are named, with the right kind of fault; NaN when none is named. */
  readonly kindRight: number;
  /** The same for the change behind them, id and revision; NaN when the truth has none. */
  readonly changeRight: number;
  /** Confidence of the first hypothesis of the heaviest incident, 0 without one. */
  readonly confidence: number;
  readonly alerts: number;
  readonly incidents: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly misplaced: readonly string[];
}

export function scoreAnswer(
  plan: { readonly scenario: string; readonly seed: number; readonly services: number; readonly seconds: number },
  result: AnalysisResult,
  truth: Truth,
): CaseScore {
  const ranks = truth.causes.map((cause) => {
    const places = result.incidents.flatMap((incident) =>
      incident.hypotheses.filter((h) => entityKey(h.entity) === entityKey(cause.entity)).map((h) => h.rank),
    );
    return Math.min(Infinity, ...places);
  });
  const pairs = pairScores(truth.alertGroups, result);
  const isQuiet = truth.causes.length === 0;
  return {
    ...plan,
    abstained: result.abstained,
    ranks,
    ...judgeNamed(result, truth),
    confidence: result.incidents[0]?.hypotheses[0]?.confidence ?? 0,
    isRight: isQuiet ? result.abstained : !result.abstained && ranks.every((rank) => rank === 1),
    alerts: result.metrics.alertsIn,
    incidents: result.metrics.incidentsOut,
    ...pairs,
  };
}

/** Kind of fault and change of the best hypothesis about each true cause. */
function judgeNamed(result: AnalysisResult, truth: Truth): Pick<CaseScore, 'kindRight' | 'changeRight'> {
  const named = truth.causes.flatMap((cause) => {
    const [hypothesis] = result.incidents
      .flatMap(({ hypotheses }) => hypotheses.filter((h) => entityKey(h.entity) === entityKey(cause.entity)))
      .sort((a, b) => a.rank - b.rank);
    return hypothesis ? [{ cause, hypothesis }] : [];
  });
  const changed = named.filter(({ cause }) => cause.change);
  const share = (all: readonly unknown[], right: number): number =>
    all.length === 0 ? Number.NaN : right / all.length;
  return {
    kindRight: share(named, named.filter(({ cause, hypothesis }) => cause.faultKind === hypothesis.faultKind).length),
    changeRight: share(
      changed,
      changed.filter(
        ({ cause, hypothesis: { change } }) =>
          change?.id === cause.change!.id && (cause.change!.revision ?? null) === change.revision,
      ).length,
    ),
  };
}

/** Pairs of alerts put together, against pairs that belong together. An alert in no incident stands alone. */
function pairScores(
  groups: readonly (readonly string[])[],
  result: AnalysisResult,
): Pick<CaseScore, 'precision' | 'recall' | 'f1' | 'misplaced'> {
  const truthOf = new Map<string, number>();
  groups.forEach((group, index) => group.forEach((id) => truthOf.set(id, index)));
  const saidOf = new Map<string, number>();
  result.incidents.forEach((incident, index) => incident.alerts.forEach(({ id }) => saidOf.set(id, index)));
  const ids = [...truthOf.keys()].sort();
  let together = 0;
  let said = 0;
  let right = 0;
  for (let i = 0; i < ids.length; i += 1) {
    for (let k = i + 1; k < ids.length; k += 1) {
      const isTrue = truthOf.get(ids[i]!) === truthOf.get(ids[k]!);
      const isSaid = saidOf.has(ids[i]!) && saidOf.get(ids[i]!) === saidOf.get(ids[k]!);
      if (isTrue) together += 1;
      if (isSaid) said += 1;
      if (isTrue && isSaid) right += 1;
    }
  }
  const precision = said === 0 ? 1 : right / said;
  const recall = together === 0 ? 1 : right / together;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    misplaced: misplacedAlerts(groups, truthOf, saidOf),
  };
}

/** Alerts of a cause outside the incident that holds most of them, and strangers inside it. */
function misplacedAlerts(
  groups: readonly (readonly string[])[],
  truthOf: ReadonlyMap<string, number>,
  saidOf: ReadonlyMap<string, number>,
): string[] {
  const votes = groups.map((group) => {
    const counts = new Map<number, number>();
    for (const id of group) if (saidOf.has(id)) counts.set(saidOf.get(id)!, (counts.get(saidOf.get(id)!) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  });
  const out: string[] = [];
  for (const [id, group] of truthOf) {
    const home = votes[group];
    if (saidOf.get(id) !== home && groups[group]!.length > 1)
      out.push(`alert ${id} of group ${group} is ${saidOf.has(id) ? 'in another incident' : 'set aside'}`);
    else if (saidOf.has(id) && groups[group]!.length === 1) out.push(`alert ${id} (background) is in an incident`);
  }
  return out;
}

export function summarise(scores: readonly CaseScore[]): string {
  const rows: string[] = [
    '| cases | n | Top-1 | Top-3 | pair F1 | P / R | noise reduction | abstained | kind | change | s/case |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  const keys = [...new Set(scores.map((score) => `${score.scenario} × ${score.services}`))];
  for (const key of keys)
    rows.push(
      row(
        key,
        scores.filter((score) => `${score.scenario} × ${score.services}` === key),
      ),
    );
  rows.push(
    row(
      'all faults',
      scores.filter((score) => score.ranks.length > 0),
    ),
  );
  rows.push(
    row(
      'quiet',
      scores.filter((score) => score.ranks.length === 0),
    ),
  );
  return rows.join('\n');
}

/** What issue 2 asks of simulated cases: a line per bar, and whether it is reached. */
export function verdicts(
  scores: readonly CaseScore[],
): readonly { readonly text: string; readonly isReached: boolean }[] {
  const faults = scores.filter(({ ranks }) => ranks.length > 0);
  const quiet = scores.filter(({ ranks }) => ranks.length === 0);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const within = (rank: number): number =>
    mean(faults.map(({ ranks, abstained }) => (abstained ? 0 : ranks.filter((r) => r <= rank).length / ranks.length)));
  const alerts = faults.reduce((sum, score) => sum + score.alerts, 0);
  const incidents = faults.reduce((sum, score) => sum + score.incidents, 0);
  const bars: [string, number, number][] = [];
  if (faults.length > 0)
    bars.push(
      ['Top-1', within(1), 0.9],
      ['Top-3', within(3), 0.98],
      ['pairwise F1 of alerts', mean(faults.map(({ f1 }) => f1)), 0.9],
      ['noise reduction', 1 - incidents / Math.max(1, alerts), 0.9],
    );
  if (quiet.length > 0)
    bars.push(['quiet runs that abstain', mean(quiet.map(({ abstained }) => Number(abstained))), 11 / 12]);
  return bars.map(([name, value, bar]) => {
    const isReached = value >= bar - 1e-9;
    return {
      text: `${isReached ? 'reached' : 'MISSED '}  ${name} ${value.toFixed(3)}, asked ${bar.toFixed(3)}`,
      isReached,
    };
  });
}

/** Expected calibration error of the first hypotheses in ten bins of equal count. */
export function calibrationError(scores: readonly CaseScore[]): number {
  const said = scores
    .filter(({ ranks, abstained }) => ranks.length > 0 && !abstained)
    .map(({ confidence, isRight }) => ({ confidence, right: Number(isRight) }))
    .sort((a, b) => a.confidence - b.confidence);
  const bins = Math.min(10, said.length);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const part = said.slice(Math.floor((bin * said.length) / bins), Math.floor(((bin + 1) * said.length) / bins));
    const gap = part.reduce((sum, { confidence, right }) => sum + confidence - right, 0);
    error += Math.abs(gap) / said.length;
  }
  return error;
}

function meanOfKnown(values: readonly number[]): string {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? '-' : (known.reduce((sum, value) => sum + value, 0) / known.length).toFixed(2);
}

function row(name: string, scores: readonly CaseScore[]): string {
  if (scores.length === 0) return `| ${name} | 0 | | | | | | | |`;
  const mean = (of: (score: CaseScore) => number): number =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  const within =
    (rank: number) =>
    (score: CaseScore): number =>
      score.ranks.length === 0
        ? Number.NaN
        : score.ranks.filter((r) => !score.abstained && r <= rank).length / score.ranks.length;
  const alerts = scores.reduce((sum, score) => sum + score.alerts, 0);
  const incidents = scores.reduce((sum, score) => sum + score.incidents, 0);
  const cells = [
    name,
    scores.length,
    mean(within(1)).toFixed(2),
    mean(within(3)).toFixed(2),
    mean((score) => score.f1).toFixed(3),
    mean((score) => score.precision).toFixed(2) + ' / ' + mean((score) => score.recall).toFixed(2),
    alerts === 0 ? '-' : (1 - incidents / alerts).toFixed(3),
    scores.filter((score) => score.abstained).length,
    meanOfKnown(scores.map(({ kindRight }) => kindRight)),
    meanOfKnown(scores.map(({ changeRight }) => changeRight)),
    mean((score) => score.seconds).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}
