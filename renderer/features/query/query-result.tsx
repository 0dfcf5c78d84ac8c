/** What a statement answered: rows as a virtual table or as a chart, or why it failed and where. */
import { useMemo, useState } from 'react';
import { useEngine } from '../../client/engine-context.tsx';
import { saveFile } from '../../client/save-file.ts';
import { useQuery } from '../../client/use-query.ts';
import { copyText } from '../../client/copy-text.ts';
import { useNaming } from '../../stores/naming.ts';
import { countText, durationText } from '../../stores/time-format.ts';
import { Button, LinkButton, Segmented } from '../../ui/controls.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import type { SqlErrorPlace } from './error-position.ts';
import { QueryChart } from './query-chart.tsx';
import { QueryTable } from './query-table.tsx';
import { resultPicture } from './result-chart.ts';
import { startersFor } from './starter-queries.ts';
import { csvText } from './sql-result.ts';
import type { SqlRun } from './use-sql.ts';

export function QueryResult(properties: {
  readonly run: SqlRun;
  readonly place: SqlErrorPlace | null;
  readonly onShowPlace: () => void;
  readonly onStart: (sql: string) => void;
}) {
  const { run, place } = properties;
  const { host } = useEngine();
  const naming = useNaming();
  const [shown, setShown] = useState<'table' | 'chart'>('table');
  const [said, setSaid] = useState('');
  const { result } = run;
  const picture = useMemo(() => (run.isRunning ? null : resultPicture(result)), [run.isRunning, result]);
  if (run.sql === null) {
    return (
      <EmptyState icon="query" title="Ask the case anything." action={<Starters onStart={properties.onStart} />}>
        The tables stand on the right, views first. Ctrl and Enter runs the statement; nothing can change the case.
      </EmptyState>
    );
  }
  if (run.error) {
    return (
      <ErrorState title="The statement could not be run." error={{ message: naming.text(run.error.message) }}>
        {place && (
          <LinkButton onClick={properties.onShowPlace}>{`Line ${place.line}, column ${place.column}`}</LinkButton>
        )}
      </ErrorState>
    );
  }
  const csv = (): string => csvText(result, (text) => naming.text(text));
  const tell = (work: Promise<string>): void => {
    work.then(setSaid, (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)));
  };
  return (
    <section className="query-result" aria-label="Result">
      <header className="panel-header">
        <h2>Result</h2>
        <span className="detail text-3" role="status">
          {run.isRunning
            ? `${countText(result.rowCount)} rows so far`
            : `${countText(result.rowCount)} ${result.rowCount === 1 ? 'row' : 'rows'} in ${durationText(run.elapsedMs * 1e6)}`}
          {run.isCancelled && ', cancelled'}
          {result.isTruncated && ', cut at the row limit'}
        </span>
        <span className="grow" />
        <span className="detail text-3 cut" role="status">
          {said}
        </span>
        <Segmented
          label="How the result is shown"
          value={shown}
          options={[
            { value: 'table', label: 'Table' },
            { value: 'chart', label: 'Chart' },
          ]}
          onChange={setShown}
        />
        <Button isSmall look="quiet" icon="copy" onClick={() => tell(copyText(csv()).then(() => 'Copied as CSV.'))}>
          Copy CSV
        </Button>
        <Button
          isSmall
          look="quiet"
          icon="download"
          onClick={() => tell(saveFile(host, 'faultline-query.csv', new TextEncoder().encode(csv()), 'text/csv'))}
        >
          Save CSV
        </Button>
      </header>
      {result.rowCount === 0 && !run.isRunning ? (
        <EmptyState icon="query" title="No rows.">
          The statement ran and found nothing.
        </EmptyState>
      ) : shown === 'chart' ? (
        <QueryChart picture={picture} isRunning={run.isRunning} />
      ) : (
        <QueryTable result={result} />
      )}
    </section>
  );
}

/** Each runs at once, and stands in the box to be changed. */
function Starters({ onStart }: { readonly onStart: (sql: string) => void }) {
  const summary = useQuery('case.summary', {}).data;
  const starters = summary ? startersFor({ ...summary.records, rejected: summary.rejected }) : [];
  if (starters.length === 0) return null;
  return (
    <ul className="query-starters" aria-label="Questions to start with">
      {starters.map(({ question, sql }) => (
        <li key={question}>
          <LinkButton onClick={() => onStart(sql)}>{question}</LinkButton>
        </li>
      ))}
    </ul>
  );
}
