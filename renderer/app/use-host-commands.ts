/** What reaches the page from outside: menu items of the window, opened files, deep links. */
import { useEffect, useRef } from 'react';
import type { HostCommand, MenuCommand } from '../../shared/contract/host-contract.ts';
import { useConnectionState, useHost } from '../client/engine-context.tsx';
import { useCaseCommands } from '../stores/case-commands.ts';
import { useImportPaths } from '../features/import/use-import-paths.ts';
import { runAction } from '../stores/actions.ts';
import { showProblem } from '../stores/problem.ts';
import { visitAddress } from '../stores/view-address.ts';

export function useHostCommands(): void {
  const host = useHost();
  const cases = useCaseCommands();
  const importPaths = useImportPaths();
  const state = useConnectionState();
  const session = state.status === 'ready' ? state.session : 0;

  async function follow(command: HostCommand): Promise<void> {
    switch (command.type) {
      case 'menu':
        runMenuCommand(command.command);
        return;
      case 'openCase':
        return cases.open(command.caseFile);
      case 'importPaths':
        return importPaths(command.paths);
      case 'openLink':
        if (command.caseFile !== null) await cases.open(command.caseFile);
        visitAddress(`#${command.route}`);
    }
  }
  const latest = useRef(follow);
  latest.current = follow;
  useEffect(() => {
    if (session === 0 || host.bridge.kind !== 'desktop') return;
    let end: (() => void) | undefined;
    let isOver = false;
    host.procedures().then(
      (procedures) => {
        if (isOver) return;
        const feed = procedures['host.commands']({}, (command) => {
          latest.current(command).catch((error: unknown) => showProblem('That could not be opened.', error));
        });
        end = () => feed.dispose();
      },
      () => undefined,
    );
    return () => {
      isOver = true;
      end?.();
    };
  }, [host, session]);
}

/** Menu items carry the ids of actions; where one item stands for two actions, the one on offer is run. */
function runMenuCommand(command: MenuCommand): void {
  if (command === 'present.toggle') void (runAction('present.start') || runAction('present.leave'));
  else if (command === 'edit.find') runAction('palette.show');
  else runAction(command);
}
