/**
 * The newest answer as people left it: causes they rejected have no share, evidence they struck out no weight, and the
 * rest is ranked by the formula of the analysis. The stored answer stays as it is; its own figures travel as `original`.
 */
import { noneStandsOut } from '../../analysis/answer/reason-to-abstain.ts';
import { rankAgain, type RankedAgain } from '../../analysis/rca/rank-again.ts';
import type { JudgedHypothesis, JudgedIncident } from '../../contract/note-schemas.ts';
import type { AnalysisResult, Evidence, Hypothesis, Incident } from '../../model/analysis-result.ts';
import { entityKey } from '../../model/entity.ts';
import type { Judgement } from '../storage/annotations.ts';
import type { Strike } from '../storage/decisions.ts';

export interface PeopleSaid {
  readonly judgements: readonly Judgement[];
  readonly strikes: readonly Strike[];
}
export interface AnswerOfPeople {
  readonly incidents: readonly JudgedIncident[];
  readonly abstained: boolean;
  readonly abstainReason: string | null;
}

/** Cost linear in hypotheses, evidence and what was said. */
export function rankedByPeople(result: AnalysisResult, said: PeopleSaid): AnswerOfPeople {
  const lookUp = sayings(said);
  const incidents = result.incidents.map((incident) => judgedIncident(incident, lookUp));
  return { incidents, ...abstention(result, incidents) };
}

interface Sayings {
  judgementOf(hypothesis: Hypothesis): Judgement | undefined;
  strikeOf(hypothesis: Hypothesis, evidence: Evidence): Strike | undefined;
}

function sayings({ judgements, strikes }: PeopleSaid): Sayings {
  const byClaim = new Map(judgements.map((judgement) => [claimKey(judgement.entity, judgement), judgement]));
  const byText = new Map(strikes.map((strike) => [strikeKey(strike.entity, strike, strike.text), strike]));
  const byWords = new Map(strikes.map((strike) => [strikeKey(strike.entity, strike, wordsOf(strike.text)), strike]));
  return {
    judgementOf: ({ entity, faultKind, change }) =>
      byClaim.get(claimKey(entity, { faultKind, changeId: change?.id ?? null })),
    strikeOf({ entity, evidence }, item) {
      const exact = byText.get(strikeKey(entity, item, item.text));
      if (exact || item.stance === 'missing') return exact;
      // Further data change figures, not what a line says; unless the old figures still stand on another line.
      const said = byWords.get(strikeKey(entity, item, wordsOf(item.text)));
      return said && !evidence.some(({ text }) => text === said.text) ? said : undefined;
    },
  };
}

function claimKey(entity: Hypothesis['entity'], about: Pick<Judgement, 'faultKind' | 'changeId'>): string {
  // An empty id is stored like none.
  return JSON.stringify([entity.type, entity.name, about.faultKind, about.changeId || null]);
}
function strikeKey(entity: Strike['entity'], { signal }: Pick<Evidence, 'signal'>, text: string): string {
  return JSON.stringify([entityKey(entity), signal, text]);
}
function wordsOf(text: string): string {
  return text.replace(/\d+(?:[.,]\d+)*/g, '#');
}

function judgedIncident(incident: Incident, said: Sayings): JudgedIncident {
  const ranked = rankAgain(incident, {
    isRejected: (hypothesis) => said.judgementOf(hypothesis)?.verdict === 'rejected',
    isStruck: (hypothesis, evidence) => said.strikeOf(hypothesis, evidence) !== undefined,
  });
  const { basis: _kept, ...shown } = incident;
  return { ...shown, hypotheses: ranked.map((one) => judgedHypothesis(one, said)) };
}

function judgedHypothesis({ hypothesis, original }: RankedAgain, said: Sayings): JudgedHypothesis {
  const { basis: _kept, ...shown } = hypothesis;
  const found = said.judgementOf(hypothesis);
  return {
    ...shown,
    original,
    judgement: found ? { verdict: found.verdict, by: found.by, reason: found.reason, time: found.time } : null,
    evidence: hypothesis.evidence.map((item) => {
      const strike = said.strikeOf(hypothesis, item);
      return { ...item, strike: strike ? { by: strike.by, time: strike.time } : null };
    }),
  };
}

/** Whether a cause is still named once people have said what does not count. */
function abstention(
  result: AnalysisResult,
  incidents: readonly JudgedIncident[],
): Pick<AnswerOfPeople, 'abstained' | 'abstainReason'> {
  const isUntouched = incidents.every(({ hypotheses }) =>
    hypotheses.every(({ confidence, original }) => confidence === original.confidence),
  );
  const [first] = result.incidents;
  if (isUntouched || !first?.basis) return { abstained: result.abstained, abstainReason: result.abstainReason };
  const best = Math.max(...incidents.map(({ hypotheses }) => hypotheses[0]?.confidence ?? 0));
  if (best >= first.basis.namedFrom) return { abstained: false, abstainReason: null };
  const abstainReason =
    best === 0 ? 'Nothing is left that points at one place: what did was rejected or struck out.' : noneStandsOut(best);
  return { abstained: true, abstainReason };
}
