/** Query: anything else. A read-only SQL console with the schema beside it and results as table and chart. */
import { useEffect, useRef, useState } from 'react';
import { useIsOperator } from '../../client/engine-context.tsx';
import { useActions } from '../../stores/actions.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { useNaming } from '../../stores/naming.ts';
import { setFilter, useViewStore } from '../../stores/view-state.ts';
import { Button, IconButton } from '../../ui/controls.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { QueryResult } from './query-result.tsx';
import { QueryShelf } from './query-shelf.tsx';
import { SchemaHelp } from './schema-help.tsx';
import { sqlErrorPlace } from './error-position.ts';
import { rememberStatement, useSavedQueries } from './saved-queries.ts';
import { useSql } from './use-sql.ts';
import './query.css';

const FIRST_SQL = `SELECT name, count(*) AS spans, avg(duration_ns) / 1e6 AS mean_ms
FROM v_spans
GROUP BY name
ORDER BY spans DESC
LIMIT 50`;

export function QueryView() {
  const stored = useViewStore((store) => store.filters['query'] ?? '');
  const [sql, setSql] = useState(stored === '' ? FIRST_SQL : stored);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const isOperator = useIsOperator();
  const naming = useNaming();
  const shown = useMaskedBox('query', sql, setSql);
  const { saved, save, remove } = useSavedQueries();
  const { run, start, cancel } = useSql();
  useEffect(() => {
    if (stored !== '') setSql(stored);
  }, [stored]);

  const runNow = (statement = sql): void => {
    const text = statement.trim();
    if (text === '') return;
    setSql(statement);
    // Long statements stay out of the address, which is short.
    if (text.length < 2_000) setFilter('query', statement);
    rememberStatement(text);
    start(text);
  };
  const place = run.error && run.sql === sql.trim() ? sqlErrorPlace(sql, run.error.message) : null;
  const showPlace = (): void => {
    if (!place) return;
    box.current?.focus();
    box.current?.setSelectionRange(place.start, Math.max(place.end, place.start + 1));
  };
  const insert = (text: string): void => {
    const area = box.current;
    if (!area) return;
    area.focus();
    // Keeps the browser's own undo, which setting the value would lose.
    if (!document.execCommand('insertText', false, text)) area.setRangeText(text);
    setSql(naming.typedOf('query', area.value));
  };
  const keep = (): void => {
    const title = name.trim();
    if (title === '') return setProblem('Name the query first.');
    save({ name: title, sql }).then(
      () => setProblem(`Saved in this case as ${title}.`),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  useActions([
    {
      id: 'query.run',
      title: 'Run the statement',
      group: 'Query',
      keys: ['Ctrl+Enter'],
      isGlobal: true,
      run: () => runNow(),
    },
    { id: 'query.edit', title: 'To the statement', group: 'Query', keys: ['/'], run: () => box.current?.focus() },
  ]);
  const editor = (
    <section className="panel query-editor" aria-label="Statement">
      <header className="panel-header">
        <h1>Query</h1>
        <span className="detail text-3">read-only SQL over this case</span>
        <span className="grow" />
        {isOperator && (
          <>
            <input
              className="field"
              aria-label="Name to save the query under"
              placeholder="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button isSmall onClick={keep}>
              Save
            </Button>
          </>
        )}
        {run.isRunning ? (
          <Button isSmall onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button isSmall look="primary" icon="play" shortcut="Ctrl ⏎" onClick={() => runNow()}>
            Run
          </Button>
        )}
      </header>
      <textarea
        ref={box}
        className="query-text mono"
        aria-label="SQL statement"
        aria-invalid={place !== null}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        {...shown}
        onKeyDown={(event) => {
          // Tab goes on to the next control, as everywhere; Esc gives the keys back to the view.
          if (event.key === 'Escape') box.current?.blur();
        }}
      />
      {problem !== '' && (
        <p className="query-said detail text-2" role="status">
          {problem}
          <IconButton icon="close" size={10} label="Dismiss" onClick={() => setProblem('')} />
        </p>
      )}
      <QueryResult run={run} place={place} onShowPlace={showPlace} onStart={runNow} />
    </section>
  );
  const help = (
    <section className="panel query-help" aria-label="Help">
      <QueryShelf
        saved={saved}
        canRemove={isOperator}
        onOpen={(query) => runNow(query)}
        onRemove={(title) => {
          remove(title).catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
        }}
      />
      <SchemaHelp onInsert={insert} />
    </section>
  );
  return (
    <SplitPane
      name="query.help"
      label="Width of the help"
      direction="columns"
      initialShare={0.72}
      minShare={0.18}
      first={editor}
      second={help}
    />
  );
}
