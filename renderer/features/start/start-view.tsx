/** No case is open: begin one by dropping files, open one, go on with a recent one, or try a demo incident. */
import { useState } from 'react';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { runAction } from '../../stores/actions.ts';
import { useCaseCommands } from '../../stores/case-commands.ts';
import { enqueueImport } from '../../stores/import-queue.ts';
import { useNaming } from '../../stores/naming.ts';
import { caseName, shownCaseName } from '../../stores/open-case.ts';
import { showProblem } from '../../stores/problem.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { bytesText, clockText, dayText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import './start.css';

export function StartView() {
  const isOperator = useIsOperator();
  if (!isOperator) {
    return (
      <EmptyState title="No case is open here">
        You are looking on. When the person who shares this screen opens a case, it appears here by itself.
      </EmptyState>
    );
  }
  return (
    <div className="start">
      <div className="start-body">
        <h1>Any incident bundle in, ranked causes with evidence out</h1>
        <p className="text-2">
          Traces, logs, metrics, alerts and changes become one case on this machine. Nothing leaves it.
        </p>
        <div className="start-drop">
          <Icon name="download" size={28} />
          <p className="strong">Drop files, folders or archives anywhere</p>
          <p className="text-2 table-text">or paste text; a new case begins with them</p>
          <div className="row">
            <Button look="primary" onClick={() => runAction('import.files')}>
              Pick files
            </Button>
            <Button onClick={() => runAction('import.folder')}>Pick a folder</Button>
            <Button onClick={() => runAction('case.new')}>New empty case</Button>
            <Button onClick={() => runAction('case.open')} shortcut="Ctrl O">
              Open a case
            </Button>
          </div>
        </div>
        <div className="start-lists">
          <RecentCases />
          <Demos />
        </div>
      </div>
    </div>
  );
}

function RecentCases() {
  const { data, error } = useQuery('case.recent', {});
  const cases = useCaseCommands();
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const [busy, setBusy] = useState<string | null>(null);

  function open(caseFile: string): void {
    setBusy(caseFile);
    cases
      .open(caseFile)
      .catch((problem: unknown) => showProblem('The case could not be opened.', problem))
      .finally(() => setBusy(null));
  }
  return (
    <section aria-labelledby="start-recent">
      <h2 id="start-recent">Recent cases</h2>
      {data && data.cases.length > 0 ? (
        <ul>
          {data.cases.slice(0, 10).map(({ caseFile, openedTime, sizeBytes }) => (
            <li key={caseFile}>
              <button type="button" className="start-row" disabled={busy !== null} onClick={() => open(caseFile)}>
                <Icon name="sources" size={14} />
                <bdi className="strong cut">{shownCaseName(caseName(caseFile), naming)}</bdi>
                <span className="grow" />
                <span className="text-3 table-text">
                  {dayText(openedTime, zone)}, {clockText(openedTime, zone, 'minute')} · {bytesText(sizeBytes)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-3">{error ? error.message : data ? 'None yet. Cases opened here are listed.' : ''}</p>
      )}
    </section>
  );
}

/** Incidents that come with Faultline, each solvable in two minutes. */
function Demos() {
  const { data } = useQuery('case.demos', {});
  const cases = useCaseCommands();
  const procedures = useProcedures();
  const [busy, setBusy] = useState(false);
  if (!data || data.demos.length === 0) return null;

  async function begin(path: string, name: string): Promise<void> {
    const caseFile = await cases.pickNewCaseFile(`demo-${name}.faultline`);
    if (caseFile === null || caseFile === undefined) return;
    await cases.open(caseFile);
    const { fileCount } = await procedures['case.summary']({});
    look({ view: 'sources' });
    if (fileCount === 0) enqueueImport([path]);
  }
  return (
    <section aria-labelledby="start-demos">
      <h2 id="start-demos">Demo incidents</h2>
      <ul>
        {data.demos.map(({ name, title, path, sizeBytes }) => (
          <li key={path}>
            <button
              type="button"
              className="start-row"
              disabled={busy}
              onClick={() => {
                setBusy(true);
                begin(path, name)
                  .catch((problem: unknown) => showProblem('The demo could not be opened.', problem))
                  .finally(() => setBusy(false));
              }}
            >
              <Icon name="play" size={14} />
              <span className="strong cut">{title}</span>
              <span className="grow" />
              <span className="text-3 table-text">{bytesText(sizeBytes)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
