/** Statements to take from the shelf: saved in the case, run lately on this machine. */
import { IconButton } from '../../ui/controls.tsx';
import { useNaming } from '../../stores/naming.ts';
import { useQueryHistory } from './saved-queries.ts';
import type { SavedQuery } from './saved-queries.ts';

const LISTED_HISTORY = 12;

export function QueryShelf(properties: {
  readonly saved: readonly SavedQuery[];
  readonly canRemove: boolean;
  readonly onOpen: (sql: string) => void;
  readonly onRemove: (name: string) => void;
}) {
  const statements = useQueryHistory((history) => history.statements);
  const { saved } = properties;
  const naming = useNaming();
  return (
    <div className="query-shelf" tabIndex={0} role="region" aria-label="Saved and earlier queries">
      <h2>Saved in this case</h2>
      {saved.length === 0 && (
        <p className="detail text-3">
          {properties.canRemove ? 'None yet. Name a statement and save it.' : 'None yet.'}
        </p>
      )}
      <ul>
        {saved.map(({ name, sql }) => (
          <li key={name}>
            <button
              type="button"
              className="link cut grow"
              dir="auto"
              title={naming.text(sql).slice(0, 500)}
              onClick={() => properties.onOpen(sql)}
            >
              {naming.text(name).slice(0, 120)}
            </button>
            {properties.canRemove && (
              <IconButton
                icon="close"
                size={10}
                label={`Remove ${naming.text(name).slice(0, 60)}`}
                onClick={() => properties.onRemove(name)}
              />
            )}
          </li>
        ))}
      </ul>
      {statements.length > 0 && <h2>Run lately</h2>}
      <ul>
        {statements.slice(0, LISTED_HISTORY).map((sql) => (
          <li key={sql}>
            <button
              type="button"
              className="link cut grow mono"
              dir="auto"
              title={naming.text(sql).slice(0, 500)}
              onClick={() => properties.onOpen(sql)}
            >
              {naming.text(sql).replace(/\s+/g, ' ').slice(0, 120)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
