/**
 * Opening, making and closing cases. An engine holds one case: the open one is closed first, and opened again when the
 * next one cannot be.
 */
import { useMemo } from 'react';
import { ContractError } from '../../shared/contract/contract-error.ts';
import { useEngine } from '../client/engine-context.tsx';
import { announce } from './announce.ts';
import { forgetWaiting } from './import-queue.ts';
import { caseName } from './open-case.ts';
import { showProblem } from './problem.ts';
import { forgetDeeds } from './deeds.ts';
import { INITIAL_VIEW_STATE, useViewStore } from './view-state.ts';

export interface CaseCommands {
  /** Rejects with a ContractError for people; the case open before is then open again. */
  open(caseFile: string, options?: { readonly isReadOnly?: boolean }): Promise<void>;
  close(): Promise<void>;
  /** The host's own dialog; null = dismissed, undefined = this host has none and the page asks itself. */
  pickCaseFile(): Promise<string | null | undefined>;
  pickNewCaseFile(suggestedName: string): Promise<string | null | undefined>;
}

export function useCaseCommands(): CaseCommands {
  const { connection, cache, host } = useEngine();
  return useMemo(() => {
    const { procedures } = connection;
    async function open(caseFile: string, { isReadOnly = false } = {}): Promise<void> {
      const { caseFile: before } = await procedures['engine.status']({});
      if (before === caseFile) return;
      if (before !== null) await procedures['case.close']({});
      try {
        await procedures['case.open']({ caseFile, isReadOnly });
      } catch (error) {
        if (before !== null) await procedures['case.open']({ caseFile: before });
        throw error;
      } finally {
        cache.reset();
      }
      forgetView();
      announce(`Case ${caseName(caseFile)} is open.`);
    }
    return {
      open,
      async close() {
        await procedures['case.close']({});
        cache.reset();
        forgetView();
      },
      pickCaseFile: () => answerOf(async () => (await (await host.procedures())['host.pickCaseFile']({})).caseFile),
      pickNewCaseFile: (suggestedName) =>
        answerOf(async () => (await (await host.procedures())['host.newCaseFile']({ suggestedName })).caseFile),
    };
  }, [connection, cache, host]);
}

/** Times, names and files meant for one case mean nothing in another. */
function forgetView(): void {
  if (forgetWaiting() > 0) {
    const reason = 'They were meant for the case that was closed. Drop them on it again.';
    showProblem('Files that waited to be imported were not.', new Error(reason));
  }
  forgetDeeds();
  useViewStore.setState({ ...INITIAL_VIEW_STATE, past: [], future: [] });
}

/** undefined where the host has no such dialog; other failures are told. */
async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ContractError && ['unimplemented', 'permission_denied', 'unavailable'].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}
