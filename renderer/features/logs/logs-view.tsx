/** Logs: what did it say, and what is new? Histogram, templates and rows of one filter over the range all views share. */
import { useMemo } from 'react';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import type { StackedLevel } from '../../charts/draw-level-histogram.ts';
import { LevelHistogramChart } from '../../charts/level-histogram-chart.tsx';
import { useChangeMarks } from '../../charts/use-change-marks.ts';
import { useActions } from '../../stores/actions.ts';
import { useLiveRange, useRange } from '../../stores/effective-range.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { useKnownParts } from '../../stores/known-range.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { Button, LinkButton, Segmented } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { LogFacetsPanel } from './log-facets-panel.tsx';
import { LogRowsPanel } from './log-rows-panel.tsx';
import { LogSearchBar } from './log-search-bar.tsx';
import { LogTemplatesPanel, useLogTemplates } from './log-templates-panel.tsx';
import { useLogCuts } from './use-log-cuts.ts';
import { useLogQuery } from './use-log-query.ts';
import type { LogQuery } from './use-log-query.ts';
import './logs.css';

const HISTOGRAM_BUCKETS = 120;
const MODES = ['templates', 'both', 'rows'] as const;
type Mode = (typeof MODES)[number];

export function LogsView() {
  const range = useRange();
  const summary = useQuery('case.summary', {});
  if (summary.data && (summary.data.records.logRecords ?? 0) === 0) {
    return (
      <EmptyState
        icon="logs"
        title="This case holds no log rows."
        action={<Button onClick={() => look({ view: 'sources' })}>Open Sources</Button>}
      >
        Import log files, OTLP logs or a Loki answer to see what the services said.
      </EmptyState>
    );
  }
  if (!range)
    return summary.error ? (
      <ErrorState title="The case could not be read." error={summary.error} />
    ) : (
      <LoadingState what="Reading the case." />
    );
  return <LogsOfRange range={range} rejected={summary.data?.rejected ?? 0} />;
}

function LogsOfRange({ range, rejected }: { readonly range: EffectiveRange; readonly rejected: number }) {
  const query = useLogQuery();
  const modeText = useViewStore((store) => store.filters['logsMode'] ?? '');
  const mode: Mode = MODES.find((known) => known === modeText) ?? 'both';
  const isFaceted = useViewStore((store) => store.filters['logsFacets'] === 'open');
  const isTable = useViewStore((store) => store.filters['logsTwin'] === 'table');
  const around = useViewStore((store) => store.filters['logsAround'] ?? '');
  const aroundRowId = /^\d{1,15}$/.test(around) ? Number(around) : null;
  const { known, after } = useKnownParts(range);
  // One row is shown among all of its time, also what was not known yet.
  const shown = aroundRowId === null ? known : range;
  const templates = useLogTemplates(query.filter, known).data;
  const names = useMemo(
    () => new Map(templates?.templates.map(({ templateId, text }) => [templateId, text.slice(0, 60)])),
    [templates],
  );
  useActions([
    {
      id: 'logs.twin',
      title: isTable ? 'Histogram as a picture' : 'Histogram as a table',
      group: 'Logs',
      keys: ['t'],
      run: () => setFilter('logsTwin', isTable ? '' : 'table'),
    },
  ]);
  const rows = shown ? (
    <LogRowsPanel
      filter={query.filter}
      range={shown}
      after={aroundRowId === null ? after : null}
      aroundRowId={aroundRowId}
    />
  ) : (
    <NothingKnown />
  );
  const templatePane = known ? <LogTemplatesPanel filter={query.filter} range={known} /> : <NothingKnown />;
  return (
    <section className="logs panel" aria-label="Logs">
      <header className="panel-header">
        <h1>Logs</h1>
        <span className="detail text-3 cut">{templates ? `${countText(templates.total)} templates` : ''}</span>
        <span className="grow" />
        <Segmented
          label="What is listed"
          value={mode}
          options={[
            { value: 'templates', label: 'Templates' },
            { value: 'both', label: 'Both' },
            { value: 'rows', label: 'Rows' },
          ]}
          onChange={(next) => setFilter('logsMode', next === 'both' ? '' : next)}
        />
        <Button isSmall icon="query" onClick={() => look({ view: 'query' })}>
          SQL
        </Button>
      </header>
      <div className="logs-filters">
        <LogSearchBar query={query} templateName={(id) => names.get(id) ?? id} />
        <Button
          isSmall
          look="quiet"
          icon="plus"
          isPressed={isFaceted}
          onClick={() => setFilter('logsFacets', isFaceted ? '' : 'open')}
        >
          filter
        </Button>
        {query.problems.map((problem) => (
          <span key={problem} className="detail warn" role="status">
            {problem}
          </span>
        ))}
        <span className="grow" />
        {rejected > 0 && (
          <LinkButton onClick={() => look({ view: 'sources' })}>
            <span className="detail">{countText(rejected)} records could not be read</span>
          </LinkButton>
        )}
      </div>
      {isFaceted && known && <LogFacetsPanel filter={query.filter} range={known} />}
      <LogHistogram query={query} range={range} isTable={isTable} />
      {mode === 'rows' ? (
        rows
      ) : mode === 'templates' ? (
        templatePane
      ) : (
        <SplitPane
          name="logs.templates"
          label="Height of the templates"
          direction="rows"
          initialShare={0.28}
          minShare={0.12}
          first={templatePane}
          second={rows}
        />
      )}
    </section>
  );
}

function NothingKnown() {
  const knownAt = useViewStore((store) => store.knownAt);
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <EmptyState
      icon="clock"
      title={`Nothing of this range was known at ${knownAt === null ? '' : clockText(knownAt, zone)}.`}
      action={<Button onClick={() => look({ knownAt: null })}>Show all that is known now</Button>}
    >
      The range lies after the knowledge cursor. Move the cursor in the time bar, or choose an earlier range.
    </EmptyState>
  );
}

function LogHistogram(properties: {
  readonly query: LogQuery;
  readonly range: EffectiveRange;
  readonly isTable: boolean;
}) {
  const { query, range } = properties;
  const live = useLiveRange() ?? range;
  const changes = useChangeMarks(range);
  const { known, after } = useKnownParts(range);
  const { data, error } = useQuery('log.histogram', { filter: query.filter, ...range, bucketCount: HISTOGRAM_BUCKETS });
  const counts = useMemo(() => {
    if (!data) return null;
    return {
      error: data.error.map((count, index) => count + data.fatal[index]!),
      warn: data.warn,
      rest: data.info.map((count, index) => count + data.debug[index]! + data.unspecified[index]!),
    };
  }, [data]);
  // The bars after the cursor are veiled; the figures count what was known.
  const asked = after && known && { filter: query.filter, ...known, bucketCount: 1 };
  const knownOnly = useQuery('log.histogram', asked).data;
  const cuts = useLogCuts(range, data ?? null, counts, query.parts.length === 0);
  if (error && !data) return <ErrorState title="The histogram could not be drawn." error={error} />;
  if (!data || !counts) return <div className="logs-histogram-shape" aria-hidden="true" />;
  const figures = levelFigures(after ? known && knownOnly : data);
  return (
    <div className="logs-histogram">
      <div className="logs-levels detail text-2">
        {cuts.length > 0 && (
          <LinkButton onClick={() => look({ view: 'sources' })} title={cuts.map(({ text }) => text).join('; ')}>
            <Icon name="unknown" size={11} className="mark-note" /> {cuts[0]?.text}
            {cuts.length > 1 && ` +${cuts.length - 1}`}
          </LinkButton>
        )}
        <span>{figures.total} rows</span>
        <span>
          <Icon name="critical" size={11} className="mark-fail" /> error {figures.error}
        </span>
        <span>
          <Icon name="warning" size={11} className="mark-warn" /> warn {figures.warn}
        </span>
        <span>
          <Icon name="info" size={11} className="mark-note" /> other {figures.rest}
        </span>
        {data.isPartial && <span className="chip dashed">partial</span>}
      </div>
      <LevelHistogramChart
        from={live.from}
        to={live.to}
        buckets={data}
        counts={counts}
        changes={changes}
        cuts={cuts}
        isTable={properties.isTable}
      />
    </div>
  );
}

type LevelCounts = Pick<
  QueryOutput<'log.histogram'>,
  'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'unspecified' | 'total'
>;
type Figures = Readonly<Record<StackedLevel | 'total', string>>;
const NONE: Figures = { error: '0', warn: '0', rest: '0', total: '0' };
const NOT_KNOWN_YET: Figures = { error: '–', warn: '–', rest: '–', total: '–' };

/** Null: nothing was known then. Undefined: being counted. */
function levelFigures(counts: LevelCounts | null | undefined): Figures {
  if (!counts) return counts === null ? NONE : NOT_KNOWN_YET;
  const sum = (...columns: readonly Float64Array[]): string =>
    countText(columns.reduce((total, column) => total + column.reduce((of, count) => of + count, 0), 0));
  return {
    error: sum(counts.error, counts.fatal),
    warn: sum(counts.warn),
    rest: sum(counts.info, counts.debug, counts.unspecified),
    total: countText(counts.total),
  };
}
