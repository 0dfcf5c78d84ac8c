/** No answer yet: nothing imported, or imported and not analysed. Says which, and offers the next step. */
import { useState } from 'react';
import type { ContractError } from '../../../shared/contract/contract-error.ts';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { countText, percentText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { PartialBanner } from './partial-banner.tsx';

export function NoAnalysis({ error }: { readonly error: ContractError }) {
  const jobs = useQuery('job.list', {}).data?.jobs ?? [];
  const summary = useQuery('case.summary', {});
  const running = jobs.find(({ status }) => status === 'running');
  if (error.code !== 'failed_precondition') return <ErrorState title="The case could not be read." error={error} />;
  if (running) {
    const { progress, kind } = running;
    return (
      <div className="panel grow">
        <PartialBanner />
        <LoadingState
          what={
            kind === 'import'
              ? `Reading: ${percentText(progress.share)}, ${countText(progress.rows)} rows kept. Causes are ranked when it is done.`
              : `Ranking causes: ${progress.stage}, ${percentText(progress.share)}.`
          }
        />
      </div>
    );
  }
  const rows = summary.data ? Object.values(summary.data.records).reduce((sum, count) => sum + count, 0) : 0;
  return rows > 0 ? <NotAnalysed rows={rows} /> : <NothingImported />;
}

function NothingImported() {
  return (
    <EmptyState
      title="Nothing is in this case yet."
      action={
        <Button look="primary" onClick={() => look({ view: 'sources' })}>
          Import telemetry
        </Button>
      }
    >
      Drop an incident bundle anywhere on this page, or a folder with traces, logs, metrics, alerts and changes. Nothing
      leaves this machine.
    </EmptyState>
  );
}

function NotAnalysed({ rows }: { readonly rows: number }) {
  const procedures = useProcedures();
  const isOperator = useIsOperator();
  const [failure, setFailure] = useState<Pick<ContractError, 'message'> | null>(null);
  function analyse(): void {
    procedures['analysis.start']({}).then(
      () => setFailure(null),
      (reason: unknown) => setFailure(reason instanceof Error ? reason : new Error(String(reason))),
    );
  }
  if (failure) return <ErrorState title="The analysis could not start." error={failure} onRetry={analyse} />;
  return (
    <EmptyState
      title="This case has not been analysed yet."
      action={
        isOperator && (
          <Button look="primary" onClick={analyse}>
            Rank causes
          </Button>
        )
      }
    >
      {countText(rows)} rows are in it. Ranking looks for what is unusual, groups alerts and weighs possible causes.
    </EmptyState>
  );
}
