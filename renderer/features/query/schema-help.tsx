/** Views and tables of the case with a line about each column; a click puts the name into the statement. */
import { useState } from 'react';
import { useQuery } from '../../client/use-query.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';

export function SchemaHelp({ onInsert }: { readonly onInsert: (text: string) => void }) {
  const { data, error } = useQuery('schema.get', {});
  const [word, setWord] = useState('');
  if (error && !data) return <ErrorState title="The schema could not be read." error={error} />;
  if (!data) return <LoadingState what="Reading the schema." />;
  const asked = word.trim().toLowerCase();
  const tables = data.tables.filter(
    ({ name, columns }) =>
      asked === '' ||
      name.toLowerCase().includes(asked) ||
      columns.some((column) => column.name.toLowerCase().includes(asked)),
  );
  return (
    <div className="query-schema">
      <div className="query-schema-bar">
        <h2>Tables</h2>
        <input
          className="field grow"
          type="search"
          aria-label="Part of a table’s or column’s name"
          placeholder="table or column"
          spellCheck={false}
          autoComplete="off"
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
      </div>
      <div className="query-tables" tabIndex={0} role="region" aria-label="Tables and columns">
        {tables.map((table) => (
          <details key={table.name} open={asked !== ''}>
            <summary>
              <code>{table.name}</code> <span className="detail text-3">{table.description}</span>
            </summary>
            <ul>
              {table.columns.map((column) => (
                <li key={column.name}>
                  <button type="button" className="link" onClick={() => onInsert(column.name)}>
                    <code>{column.name}</code>
                  </button>{' '}
                  <span className="detail text-3">
                    {column.type.toLowerCase()}
                    {column.description !== '' && `, ${column.description}`}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </div>
  );
}
