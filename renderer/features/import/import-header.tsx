/** Where files go in, and how far the running import or analysis is: stages, time left, cancel. The case stays usable. */
import { useEffect, useRef } from 'react';
import type { JobProgress } from '../../../shared/contract/job-schemas.ts';
import { useEngine, useIsOperator } from '../../client/engine-context.tsx';
import { useJobs, useRunningJob } from '../../client/use-job-progress.ts';
import type { Job } from '../../client/use-job-progress.ts';
import { useQuery } from '../../client/use-query.ts';
import { announce } from '../../stores/announce.ts';
import { useImportQueue } from '../../stores/import-queue.ts';
import { useNaming } from '../../stores/naming.ts';
import { showProblem } from '../../stores/problem.ts';
import { countText, durationText } from '../../stores/time-format.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { importStages } from './import-stages.ts';
import type { ImportStage } from './import-stages.ts';
import { jobDetail, stagingDetail } from './progress-text.ts';
import { useImportPickers } from './use-import-actions.ts';
import './import.css';

export function ImportHeader() {
  const isOperator = useIsOperator();
  const { pickFiles, pickFolder } = useImportPickers();
  return (
    <section className="import-header" aria-label="Import">
      {isOperator && (
        <div className="drop-zone">
          <Icon name="download" size={20} />
          <span className="strong">Drop to add to this case</span>
          <span className="text-2 table-text">files, folders, archives, pasted text</span>
          <span className="row">
            <Button isSmall shortcut="I" onClick={pickFiles}>
              Pick files
            </Button>
            <Button isSmall onClick={pickFolder}>
              Pick a folder
            </Button>
          </span>
        </div>
      )}
      <Progress isOperator={isOperator} />
    </section>
  );
}

function Progress({ isOperator }: { readonly isOperator: boolean }) {
  const running = useRunningJob();
  const staging = useImportQueue((queue) => queue.staging);
  const waiting = useImportQueue((queue) => queue.waiting.length);
  const naming = useNaming();
  const { connection, cache } = useEngine();
  useSpokenProgress(running);
  if (!running && !staging) return <LastJob isOperator={isOperator} />;
  const stages = importStages(running, staging);
  const cancel = (): void => {
    if (!running) {
      staging?.cancel();
      return;
    }
    connection.procedures['job.cancel']({ jobId: running.jobId }).then(
      () => cache.invalidate(['jobs']),
      (error: unknown) => showProblem('The job could not be cancelled.', error),
    );
  };
  const detail = running ? jobDetail(running) : staging ? stagingDetail(staging) : '';
  return (
    <div className="import-progress">
      <div className="row">
        <h1 className="grow cut">
          <bdi>{naming.text(running ? headline(running) : `Handing over ${staging?.path ?? ''}`)}</bdi>{' '}
          <span className="text-3 table-text">{detail}</span>
        </h1>
        {waiting > 0 && <span className="text-3 table-text">{waiting} more waiting</span>}
        {isOperator && (
          <Button onClick={cancel}>{running?.kind === 'import' ? 'Cancel, keep what is read' : 'Cancel'}</Button>
        )}
        <Button look="primary" shortcut="1" onClick={() => look({ view: 'case' })}>
          Investigate now
        </Button>
      </div>
      <StageBar stages={stages} />
    </div>
  );
}

/** Files on their way to the engine, in every view; Sources tells it itself while nothing else runs. */
export function StagingBanner({ hasCase }: { readonly hasCase: boolean }) {
  const staging = useImportQueue((queue) => queue.staging);
  const isSources = useViewStore((store) => store.view === 'sources');
  const isRunning = useRunningJob() !== null;
  const naming = useNaming();
  if (!staging || (hasCase && isSources && !isRunning)) return null;
  const { bytesDone, bytesTotal, path, cancel } = staging;
  const share = bytesTotal === 0 ? 0 : bytesDone / bytesTotal;
  return (
    <div className="banner" role="status">
      <Icon name="upload" size={15} />
      <span className="grow">
        Handing over <bdi>{naming.text(path)}</bdi> <span className="text-3">{stagingDetail(staging)}</span>
      </span>
      <span
        className="import-stage-bar staging-bar"
        role="progressbar"
        aria-label="Handed over"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <i style={{ transform: `scaleX(${share})` }} />
      </span>
      <Button isSmall onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}

function headline(running: JobProgress): string {
  if (running.kind === 'analysis') return 'Analysing the case';
  const path = running.path.split(/[/\\]/).at(-1) ?? '';
  return path === '' ? 'Reading' : `Reading ${path}`;
}

function StageBar({ stages }: { readonly stages: readonly ImportStage[] }) {
  return (
    <ol className="import-stages">
      {stages.map(({ name, weight, share, word }) => (
        <li key={name} style={{ flexGrow: weight }}>
          <span
            className="import-stage-bar"
            role="progressbar"
            aria-label={name}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
          >
            <i style={{ transform: `scaleX(${share})` }} />
          </span>
          <span className="detail text-3 cut">
            {name}
            {word !== '' && ` · ${word}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Nothing runs: how the last job ended. */
function LastJob({ isOperator }: { readonly isOperator: boolean }) {
  const [last, before] = useJobs() ?? [];
  const incidents = useQuery('incident.list', {}).data?.incidents.length;
  if (!last) {
    return (
      <div className="import-progress">
        <h1>Nothing was imported yet</h1>
        <p className="text-2">
          OTLP, Prometheus, Alertmanager, Kubernetes, Jaeger, Zipkin, logs, CSV, and archives of them.
        </p>
      </div>
    );
  }
  // An analysis follows by itself what was cancelled or broke off, which is the news.
  const isCutShort = last.kind === 'analysis' && before?.kind === 'import' && before.status !== 'succeeded';
  return (
    <div className="import-progress">
      <div className="row">
        <h1 className="grow cut">{endingText(last, incidents)}</h1>
        <Button look="primary" shortcut="1" onClick={() => look({ view: 'case' })}>
          Investigate
        </Button>
      </div>
      <p className="text-2">
        {isCutShort && `${endingText(before, undefined)}. `}
        {last.error ??
          (isOperator
            ? 'Drop more at any time. Rows already in the case are counted as same, never twice.'
            : 'Whoever holds the case can add to it; what is added shows here by itself.')}
      </p>
    </div>
  );
}

/** `incidents` undefined = not known. */
function endingText({ kind, status, progress }: Job, incidents: number | undefined): string {
  const seconds = durationText(progress.elapsedMs * 1e6);
  const found = incidents === undefined ? '' : `: ${incidents} ${incidents === 1 ? 'incident' : 'incidents'}`;
  switch (status) {
    case 'succeeded':
      return kind === 'analysis'
        ? `Analysed in ${seconds}${found}`
        : `Read in ${seconds}: ${countText(progress.rows)} rows`;
    case 'cancelled':
      return `The ${kind} was cancelled; what was read is kept`;
    case 'failed':
      return `The ${kind} stopped`;
    case 'interrupted':
      return `The ${kind} was interrupted; importing the same files again goes on where it stopped`;
    case 'running':
      return '';
  }
}

/** Quarters of the way are spoken. */
function useSpokenProgress(running: JobProgress | null): void {
  const quarter = running ? Math.floor(running.share * 4) : null;
  const spoken = useRef<number | null>(null);
  useEffect(() => {
    if (quarter !== null && spoken.current !== null && quarter > spoken.current) {
      announce(`${running?.kind === 'analysis' ? 'Analysis' : 'Import'} ${quarter * 25} percent.`);
    }
    spoken.current = quarter;
    // Only a new quarter is news.
  }, [quarter, running?.kind]);
}
