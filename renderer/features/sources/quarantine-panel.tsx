/** A file opened in place: why it was taken for what it is, its warnings, and the rows that could not be read. */
import { useState } from 'react';
import { useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { enqueueReading } from '../../stores/import-queue.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { showProblem } from '../../stores/problem.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ReadAsList } from './read-as-list.tsx';
import type { PickOneFile } from './read-as-list.tsx';
import { canBeReadAs, formatWord, isArchive, placeOf, PLAIN_TEXT, undatedText } from './source-files.ts';
import type { SourceRow } from './source-files.ts';

const FIRST_ROWS = 5;
const MORE_ROWS = 200;

export function QuarantinePanel(properties: {
  readonly row: SourceRow;
  readonly onClose: () => void;
  /** null = this person may not choose readers. */
  readonly pickOneFile: PickOneFile | null;
  readonly isChoosing: boolean;
  readonly onChoosing: (isChoosing: boolean) => void;
}) {
  const { row, onClose, pickOneFile, isChoosing, onChoosing } = properties;
  const { file } = row;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const [limit, setLimit] = useState(FIRST_ROWS);
  const asked = file.rejected > 0 ? { path: file.path, limit } : null;
  const { data, error } = useQuery('quarantine.list', asked);
  return (
    <div
      className={`quarantine ${file.rejected > 0 ? 'has-rejected' : ''}`}
      role="region"
      aria-label={`Report of ${naming.text(row.name)}`}
    >
      <header>
        {file.rejected > 0 ? (
          <>
            <Icon name="critical" size={14} className="mark-fail" />
            <span className="strong">
              {file.rejected.toLocaleString('en')} {file.rejected === 1 ? 'row' : 'rows'} in quarantine
            </span>
            <span className="text-3 table-text grow cut">kept byte for byte, not used in the analysis</span>
          </>
        ) : (
          <span className="strong grow">{titleOf(row)}</span>
        )}
        {data && data.total > limit && (
          <Button isSmall onClick={() => setLimit(limit + MORE_ROWS)}>
            {limit === FIRST_ROWS ? 'View all' : `View ${MORE_ROWS} more`}
          </Button>
        )}
        {pickOneFile && canBeReadAs(row) && !isChoosing && (
          <>
            {canBeText(row) && <ReadAsText row={row} onMissing={() => onChoosing(true)} />}
            <Button isSmall shortcut="⇧R" onClick={() => onChoosing(true)}>
              Read as…
            </Button>
          </>
        )}
        <Button isSmall onClick={onClose}>
          Close
        </Button>
      </header>
      {pickOneFile && isChoosing && (
        <ReadAsList row={row} pickOneFile={pickOneFile} onClose={() => onChoosing(false)} />
      )}
      <dl>
        <dt>{file.isReaderChosen ? 'Chosen' : 'Recognised'}</dt>
        <dd>
          <bdi>{naming.text(file.reason)}</bdi>
        </dd>
        {file.warnings.map((warning) => (
          <div key={warning} className="quarantine-warning">
            <dt className="warn">Warning</dt>
            <dd>
              <bdi>{naming.text(withoutStaging(warning))}</bdi>
            </dd>
          </div>
        ))}
        {file.undated && (
          <>
            <dt>Undated</dt>
            <dd>{undatedText(file, zone)}</dd>
          </>
        )}
        <dt>Path</dt>
        <dd>
          <bdi className="mono">{naming.text(withoutStaging(file.path))}</bdi>
        </dd>
        <dt>SHA-256</dt>
        <dd className="mono">{file.sha256}</dd>
      </dl>
      {error && <p className="fail">The rejected rows could not be listed. {naming.text(error.message)}</p>}
      {data && data.records.length > 0 && (
        <table className="quarantine-rows" aria-label="Rejected rows">
          <tbody>
            {data.records.map((record) => (
              <tr key={record.rowId}>
                <td className="text-3">
                  {record.line > 0
                    ? `line ${record.line.toLocaleString('en')}`
                    : `byte ${record.byteOffset.toLocaleString('en')}`}
                </td>
                <td className="strong">
                  <bdi>{naming.text(record.reason)}</bdi>
                </td>
                <td title={naming.text(record.excerpt)}>
                  <bdi className="mono">{naming.text(record.excerpt)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Offered where something was lost or nothing was read. */
function canBeText({ file, rejected }: SourceRow): boolean {
  return file.format !== PLAIN_TEXT && (rejected > 0 || file.format === 'unrecognised');
}

/** One step; where the bytes are gone the list opens, which asks for them. */
function ReadAsText({ row, onMissing }: { readonly row: SourceRow; readonly onMissing: () => void }) {
  const procedures = useProcedures();
  const { file } = row;
  const read = async (): Promise<void> => {
    const { state } = await procedures['import.readers']({ file: file.path });
    if (state === 'ready') enqueueReading(file.path, placeOf(file), PLAIN_TEXT);
    else onMissing();
  };
  return (
    <Button
      isSmall
      onClick={() => {
        read().catch((error: unknown) => showProblem('The file could not be looked at.', error));
      }}
    >
      Read as text instead
    </Button>
  );
}

function titleOf({ file, state }: SourceRow): string {
  if (isArchive(file)) return 'Archive';
  if (file.format === 'unrecognised') return state === 'reading' ? 'Being read' : 'Not read: nobody knows this format';
  return `Read as ${formatWord(file.format)}${file.isReaderChosen ? ', chosen by a person' : ''}`;
}
