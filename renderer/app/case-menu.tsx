/** The name of the case, and behind it: open, recent, new, close. Guests see the name only. */
import { useState } from 'react';
import { useIsOperator } from '../client/engine-context.tsx';
import { useQuery } from '../client/use-query.ts';
import { CaseDialog } from '../features/start/case-dialog.tsx';
import type { CaseDialogMode } from '../features/start/case-dialog.tsx';
import { useCaseCommands } from '../stores/case-commands.ts';
import { suggestedCaseName } from '../stores/suggested-case-name.ts';
import { useActions } from '../stores/actions.ts';
import { useNaming } from '../stores/naming.ts';
import { caseName, shownCaseName, useOpenCase } from '../stores/open-case.ts';
import { bytesText } from '../stores/time-format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { showProblem } from '../stores/problem.ts';

const SHOWN_RECENT = 8;

export function CaseMenu() {
  const open = useOpenCase();
  const isOperator = useIsOperator();
  const naming = useNaming();
  const recent = useQuery('case.recent', isOperator ? {} : null).data?.cases ?? [];
  const commands = useCaseCommands();
  const [mode, setMode] = useState<CaseDialogMode | null>(null);
  const name = open.status === 'open' ? shownCaseName(open.name, naming) : 'No case open';

  async function pick(wanted: CaseDialogMode): Promise<void> {
    const picked =
      wanted === 'open' ? await commands.pickCaseFile() : await commands.pickNewCaseFile(suggestedCaseName(new Date()));
    if (picked === undefined) setMode(wanted);
    else if (picked !== null) await commands.open(picked);
  }
  const run = (work: () => Promise<void>) => (): void => {
    work().catch((error: unknown) => showProblem('The case could not be opened.', error));
  };
  const items: readonly MenuItem[] = [
    { id: 'open', label: 'Open a case…', icon: 'folder', shortcut: 'Ctrl O', onChoose: run(() => pick('open')) },
    { id: 'new', label: 'New case…', icon: 'plus', onChoose: run(() => pick('new')) },
    ...recent
      .filter(({ caseFile }) => open.status !== 'open' || caseFile !== open.caseFile)
      .slice(0, SHOWN_RECENT)
      .map(({ caseFile, sizeBytes }, index) => ({
        id: `recent ${caseFile}`,
        label: <bdi>{shownCaseName(caseName(caseFile), naming)}</bdi>,
        detail: `${naming.text(caseFile)} · ${bytesText(sizeBytes)}`,
        isFirstOfGroup: index === 0,
        onChoose: run(() => commands.open(caseFile)),
      })),
    ...(open.status === 'open'
      ? [{ id: 'close', label: 'Close the case', isFirstOfGroup: true, onChoose: run(() => commands.close()) }]
      : []),
  ];
  useActions(
    isOperator
      ? [
          {
            id: 'case.open',
            title: 'Open a case',
            group: 'Case',
            keys: ['Ctrl+O'],
            isGlobal: true,
            run: run(() => pick('open')),
          },
          { id: 'case.new', title: 'New case', group: 'Case', run: run(() => pick('new')) },
          {
            id: 'case.close',
            title: 'Close the case',
            group: 'Case',
            isDisabled: open.status !== 'open',
            run: run(() => commands.close()),
          },
        ]
      : [],
  );
  const label = (
    <>
      <bdi className="cut strong">{name}</bdi>
      {isOperator && <Icon name="down" size={12} />}
    </>
  );
  return (
    <>
      {isOperator ? (
        <Menu label={`Case: ${name}`} className="case-button" button={label} items={items} />
      ) : (
        <span className="case-button">{label}</span>
      )}
      {mode && (
        <CaseDialog
          mode={mode}
          recent={recent}
          onClose={() => setMode(null)}
          onOpen={async (caseFile) => {
            await commands.open(caseFile);
            setMode(null);
          }}
        />
      )}
    </>
  );
}
