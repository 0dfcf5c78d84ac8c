/** Import by menu and key: files, a folder, a new analysis. Absent for guests. */
import { useCallback, useMemo } from 'react';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { useEngine } from '../../client/engine-context.tsx';
import type { HandedFile } from '../../client/host-bridge.ts';
import { useActions } from '../../stores/actions.ts';
import { beginStaging, endStaging } from '../../stores/import-queue.ts';
import { showProblem } from '../../stores/problem.ts';
import { collectPicked } from './collect-dropped.ts';
import { useImportFiles, useImportPaths } from './use-import-paths.ts';

export interface ImportPickers {
  readonly pickFiles: () => void;
  readonly pickFolder: () => void;
}

/** The host's dialogs where it has them, the browser's own otherwise. */
export function useImportPickers(): ImportPickers {
  const { host } = useEngine();
  const importFiles = useImportFiles();
  const importPaths = useImportPaths();
  return useMemo(() => {
    const pick = (procedure: 'host.pickFiles' | 'host.pickFolder'): void => {
      if (host.bridge.kind === 'browser') {
        askBrowser({ isFolder: procedure === 'host.pickFolder', isOne: false }, (list) =>
          importFiles(collectPicked(list)),
        );
        return;
      }
      host
        .procedures()
        .then((procedures) => procedures[procedure]({}))
        .then(({ paths }) => importPaths(paths))
        .catch((error: unknown) => {
          const isAway = error instanceof ContractError && error.code === 'unavailable';
          showProblem(isAway ? 'The window does not answer.' : 'Nothing could be picked.', error);
        });
    };
    return { pickFiles: () => pick('host.pickFiles'), pickFolder: () => pick('host.pickFolder') };
  }, [host, importFiles, importPaths]);
}

/** Where a file lies that the person picks for the engine, handed over first where that must be; null = none picked. */
export function usePickOneFile(): () => Promise<string | null> {
  const { host } = useEngine();
  return useCallback(async () => {
    if (host.bridge.kind === 'desktop') {
      const procedures = await host.procedures();
      return (await procedures['host.pickFiles']({})).paths[0] ?? null;
    }
    const [file] = await new Promise<readonly HandedFile[]>((resolve) =>
      askBrowser({ isFolder: false, isOne: true }, (list) => resolve(collectPicked(list))),
    );
    if (!file) return null;
    const abort = new AbortController();
    const onProgress = beginStaging(() => abort.abort());
    try {
      return (await host.bridge.stageFiles([file], onProgress, abort.signal))[0] ?? null;
    } finally {
      endStaging();
    }
  }, [host]);
}

export function useImportActions(isOperator: boolean): void {
  const { pickFiles, pickFolder } = useImportPickers();
  const { connection, cache } = useEngine();
  useActions(
    isOperator
      ? [
          { id: 'import.files', title: 'Import files', group: 'Import', keys: ['i'], run: pickFiles },
          { id: 'import.folder', title: 'Import a folder', group: 'Import', keys: ['Shift+I'], run: pickFolder },
          {
            id: 'analysis.start',
            title: 'Analyse the case again',
            group: 'Import',
            run: () => {
              connection.procedures['analysis.start']({}).then(
                () => cache.invalidate(['jobs']),
                (error: unknown) => showProblem('The analysis could not be started.', error),
              );
            },
          },
        ]
      : [],
  );
}

/** Opens the browser's dialog. It only opens within a click or key press. */
function askBrowser(
  { isFolder, isOne }: { readonly isFolder: boolean; readonly isOne: boolean },
  onPicked: (list: FileList) => void,
): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = !isOne;
  input.webkitdirectory = isFolder;
  input.addEventListener('change', () => input.files && onPicked(input.files), { once: true });
  input.click();
}
