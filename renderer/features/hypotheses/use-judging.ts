/** What a person says about a cause: confirmed, rejected, or taken back. The analysis does not listen to it. */
import { useState } from 'react';
import type { JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import { useProcedures } from '../../client/engine-context.tsx';
import { usePreferences } from '../../stores/preferences.ts';

export interface Judging {
  /** Says it, or takes it back when it was said before. */
  readonly judge: (verdict: 'confirmed' | 'rejected') => void;
  /** Why the last verdict was not kept; '' otherwise. */
  readonly failure: string;
}

export function useJudging(incidentId: string, cause: JudgedHypothesis): Judging {
  const procedures = useProcedures();
  const by = usePreferences(({ author }) => author);
  const [failure, setFailure] = useState('');
  return {
    failure,
    judge(verdict) {
      const { entity, faultKind, change, judgement } = cause;
      procedures['hypothesis.judge']({
        incidentId,
        entity,
        faultKind,
        changeId: change?.id ?? null,
        verdict: judgement?.verdict === verdict ? 'none' : verdict,
        by,
      }).then(
        () => setFailure(''),
        (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
      );
    },
  };
}
