/** View 9: what was read, rejected, skewed, missing; and where more goes in. */
import { useMemo } from 'react';
import { useIsOperator } from '../client/engine-context.tsx';
import { useRunningJob } from '../client/use-job-progress.ts';
import { useQuery } from '../client/use-query.ts';
import { ImportHeader } from '../features/import/import-header.tsx';
import { usePickOneFile } from '../features/import/use-import-actions.ts';
import { CaseTotals } from '../features/sources/case-totals.tsx';
import { FileTable } from '../features/sources/file-table.tsx';
import { sourceRows } from '../features/sources/source-files.ts';
import { SplitPane } from '../ui/split-pane.tsx';
import { ErrorState } from '../ui/states.tsx';
import '../features/sources/sources.css';

export function SourcesView() {
  const { data, error } = useQuery('import.files', {});
  const isOperator = useIsOperator();
  const pickOneFile = usePickOneFile();
  const job = useRunningJob();
  const importing = job?.kind === 'import' ? job : null;
  const readingPath = importing?.path ?? '';
  const rows = useMemo(() => sourceRows(data?.files ?? [], readingPath), [data, readingPath]);
  return (
    <div className="sources">
      <ImportHeader />
      {error && !data ? (
        <ErrorState title="The files of this case could not be listed." error={error} />
      ) : (
        <SplitPane
          name="sources.columns"
          label="Width of the files"
          direction="columns"
          initialShare={0.76}
          minShare={0.18}
          first={
            <FileTable
              rows={rows}
              importShare={importing ? importing.share : null}
              pickOneFile={isOperator ? pickOneFile : null}
            />
          }
          second={<CaseTotals rows={rows} isPartial={importing !== null} />}
        />
      )}
    </div>
  );
}
