/**
 * What a person says about a cause and its evidence: confirmed, rejected, struck out, or taken back. The engine answers
 * with shares without what was rejected or struck out; every step is one of undo.
 */
import { useState } from 'react';
import type { JudgedEvidence, JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import type { EngineProcedures } from '../../client/connection.ts';
import { useEngine } from '../../client/engine-context.tsx';
import { rememberDeed } from '../../stores/deeds.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { lookAlong, useViewStore } from '../../stores/view-state.ts';
import type { ListedCause } from './use-causes.ts';

type Judged = Parameters<EngineProcedures['hypothesis.judge']>[0];

export interface Judging {
  /** Says it, or takes it back when it was said before. */
  readonly judge: (verdict: 'confirmed' | 'rejected') => void;
  /** Strikes these lines out; when all of them are, takes that back. */
  readonly strike: (evidence: readonly JudgedEvidence[]) => void;
  /** Why the last step was not kept; '' otherwise. */
  readonly failure: string;
}

export function useJudging(incidentId: string, entry: ListedCause): Judging {
  const { connection, cache } = useEngine();
  const { procedures } = connection;
  const by = usePreferences(({ author }) => author);
  const [failure, setFailure] = useState('');
  /** Ranks may move: what one looks at stays what one looks at, without a step of its own. */
  function stay(): void {
    const { key, cause } = entry;
    if (useViewStore.getState().selection?.kind !== 'cause')
      lookAlong({ incidentId, selection: { kind: 'cause', key, entity: cause.entity } });
  }
  function carryOut(title: string, redo: () => Promise<unknown>, undo: () => Promise<unknown>): void {
    // Who said it sees it at once; other screens hear of it.
    const seen = (step: () => Promise<unknown>) => () => step().then(() => cache.invalidate(['judgements']));
    seen(redo)().then(
      () => {
        setFailure('');
        rememberDeed({ title, undo: seen(undo), redo: seen(redo) });
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
  }
  return {
    failure,
    judge(verdict) {
      const { judgement } = entry.cause;
      const next = judgement?.verdict === verdict ? 'none' : verdict;
      if (verdict === 'rejected') stay();
      const [before, after] = judgements(incidentId, entry.cause, { verdict: next, by });
      carryOut(
        titleOfVerdict(verdict, next === 'none'),
        () => procedures['hypothesis.judge'](after),
        () => procedures['hypothesis.judge'](before),
      );
    },
    strike(evidence) {
      stay();
      const isBack = evidence.every((item) => item.strike !== null);
      const changed = evidence.filter((item) => (item.strike !== null) === isBack);
      const { entity } = entry.cause;
      const set = (isStruck: boolean) => async (): Promise<void> => {
        for (const { signal, text } of changed)
          await procedures['evidence.strike']({ entity, signal, text, isStruck, by });
      };
      const lines = changed.length === 1 ? 'a line of evidence' : `${changed.length} lines of evidence`;
      carryOut(isBack ? `count ${lines} again` : `strike out ${lines}`, set(!isBack), set(isBack));
    },
  };
}

function titleOfVerdict(verdict: 'confirmed' | 'rejected', isTakenBack: boolean): string {
  if (isTakenBack) return verdict === 'confirmed' ? 'take a confirmation back' : 'take a rejection back';
  return verdict === 'confirmed' ? 'confirm a cause' : 'reject a cause';
}

/** The verdict as it was, with who said it, and as it is to be. */
function judgements(
  incidentId: string,
  { entity, faultKind, change, judgement }: JudgedHypothesis,
  next: Pick<Judged, 'verdict' | 'by'>,
): readonly [before: Judged, after: Judged] {
  const about = { incidentId, entity, faultKind, changeId: change?.id ?? null };
  const before = judgement
    ? { ...about, verdict: judgement.verdict, by: judgement.by, reason: judgement.reason }
    : { ...about, verdict: 'none' as const };
  return [before, { ...about, ...next }];
}
