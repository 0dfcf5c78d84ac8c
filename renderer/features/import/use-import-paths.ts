/** Handing paths or files to the engine; a case is made for them when none is open. */
import { useCallback } from 'react';
import { useEngine } from '../../client/engine-context.tsx';
import type { HandedFile } from '../../client/host-bridge.ts';
import { useCaseCommands } from '../../stores/case-commands.ts';
import { beginStaging, endStaging, enqueueImport } from '../../stores/import-queue.ts';
import { showProblem } from '../../stores/problem.ts';
import { suggestedCaseName } from '../../stores/suggested-case-name.ts';
import { look } from '../../stores/view-state.ts';

/** Imports what lies on the engine's machine. Rejects when there is no case and none could be made. */
export function useImportPaths(): (paths: readonly string[]) => Promise<void> {
  const { connection } = useEngine();
  const cases = useCaseCommands();
  return useCallback(
    async (paths) => {
      if (paths.length === 0) return;
      const { caseFile } = await connection.procedures['engine.status']({});
      if (caseFile === null) {
        const made = await cases.pickNewCaseFile(suggestedCaseName(new Date()));
        if (made === undefined) throw new Error('This host offers no place for a new case. Make one first: New case.');
        if (made === null) return;
        await cases.open(made);
      }
      look({ view: 'sources' });
      enqueueImport(paths);
    },
    [connection, cases],
  );
}

/** Imports files a person handed over; a failure is told in the line below the top bar. */
export function useImportFiles(): (files: readonly HandedFile[]) => void {
  const { host } = useEngine();
  const importPaths = useImportPaths();
  return useCallback(
    (files) => {
      if (files.length === 0) return;
      const abort = new AbortController();
      const stage = async (): Promise<void> => {
        const paths = await host.bridge.stageFiles(
          files,
          beginStaging(() => abort.abort()),
          abort.signal,
        );
        endStaging();
        await importPaths(paths);
      };
      stage()
        .catch((error: unknown) => {
          if (!abort.signal.aborted) showProblem('These files could not be imported.', error);
        })
        .finally(endStaging);
    },
    [host, importPaths],
  );
}
