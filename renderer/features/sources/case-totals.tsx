/** What the case holds so far, which clocks are in doubt, and what it cannot show. */
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { useCaseSummary } from '../../stores/open-case.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { countText } from '../../stores/time-format.ts';
import { Chip } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { SafeText } from '../../ui/entity-mark.tsx';
import { formatWord } from './source-files.ts';
import type { SourceRow } from './source-files.ts';

/** Warnings of importers about times. */
const ABOUT_TIME = /\b(zone|clock|UTC|time stamps?|timestamps?)\b/i;

export function CaseTotals({ rows, isPartial }: { readonly rows: readonly SourceRow[]; readonly isPartial: boolean }) {
  const incidents = useQuery('incident.list', {}).data;
  const spots = incidents?.blindSpots ?? [];
  const clocks = spots.filter(({ kind }) => kind.includes('clock'));
  const others = spots.filter(({ kind }) => !kind.includes('clock'));
  return (
    <section className="panel source-totals" aria-label="In the case so far">
      <header className="panel-header">
        <h2 className="grow">In the case so far</h2>
        {isPartial && <Chip look="dashed">partial</Chip>}
      </header>
      <div className="panel-body" tabIndex={0} role="region" aria-label="Totals, clocks and blind spots">
        <Totals isPartial={isPartial} />
        <h2 className="source-heading">Clocks</h2>
        <Clocks rows={rows} doubts={clocks} isAnalysed={incidents !== undefined} />
        <h2 className="source-heading">
          Blind spots <span className="text-3">{others.length}</span>
        </h2>
        {others.map(({ kind, text, effect }) => (
          <Item key={kind + text} icon="unknown" look="mark-note" title={text} detail={effect} />
        ))}
        {others.length === 0 && (
          <p className="source-none">
            {incidents ? 'The analysis names none.' : 'The analysis names them; it has not run yet.'}
          </p>
        )}
      </div>
    </section>
  );
}

function Totals({ isPartial }: { readonly isPartial: boolean }) {
  const records = useCaseSummary()?.records ?? {};
  const { spans = 0, logRecords = 0, metricPoints = 0, alerts = 0, changes = 0 } = records;
  // Most are named by telemetry, not declared: they are listed once all of it is read.
  const entities = useQuery('entity.list', isPartial ? null : {}).data?.entities.length ?? null;
  return (
    <dl className="totals">
      {(
        [
          ['spans', spans],
          ['log rows', logRecords],
          ['points', metricPoints],
          ['alerts', alerts],
          ['changes', changes],
          ['entities', entities],
        ] as const
      ).map(([word, count]) => (
        <div key={word}>
          <dt>{word}</dt>
          {count === null ? (
            <dd title="Counted once everything is read">–</dd>
          ) : (
            <dd title={count.toLocaleString('en')}>{countText(count)}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function Clocks(properties: {
  readonly rows: readonly SourceRow[];
  readonly doubts: readonly { readonly text: string; readonly effect: string }[];
  readonly isAnalysed: boolean;
}) {
  const naming = useNaming();
  const warned = properties.rows.flatMap(({ file, name }) =>
    file.warnings.filter((warning) => ABOUT_TIME.test(warning)).map((warning) => ({ name, warning, file })),
  );
  const undated = properties.rows.reduce((sum, { file }) => sum + (file.undated?.rows ?? 0), 0);
  const undatedFiles = properties.rows.filter(({ file }) => file.undated).length;
  return (
    <>
      {properties.doubts.map(({ text, effect }) => (
        <Item key={text} icon="clock" look="mark-warn" title={text} detail={effect} />
      ))}
      {warned.map(({ name, warning, file }) => (
        <Item
          key={name + warning}
          icon="clock"
          look="mark-note"
          title={naming.text(name)}
          detail={`${formatWord(file.format)}: ${warning}. Stored times stay as written.`}
        />
      ))}
      {undated > 0 && (
        <Item
          icon="clock"
          look="mark-note"
          title={`${undated.toLocaleString('en')} ${undated === 1 ? 'row' : 'rows'} without a time`}
          detail={`In ${undatedFiles} ${undatedFiles === 1 ? 'file' : 'files'}. They stand at the time of their file and do not widen the time axis.`}
        />
      )}
      {properties.doubts.length + warned.length + undated === 0 && (
        <p className="source-none">
          {properties.isAnalysed
            ? 'No clock is in doubt: calls begin after their callers do, and every file names its zone.'
            : 'Judged by the analysis, which has not run yet.'}
        </p>
      )}
    </>
  );
}

function Item(properties: {
  readonly icon: IconName;
  readonly look: string;
  readonly title: string;
  readonly detail: string;
}) {
  return (
    <div className="source-item">
      <Icon name={properties.icon} size={15} className={properties.look} />
      <div className="grow">
        <p className="strong">
          <SafeText>{withoutStaging(properties.title)}</SafeText>
        </p>
        <p className="text-2 table-text">
          <SafeText>{withoutStaging(properties.detail)}</SafeText>
        </p>
      </div>
    </div>
  );
}
