/** A file opened in place: why it was taken for what it is, its warnings, and the rows that could not be read. */
import { useState } from 'react';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { withoutStaging } from '../../stores/shown-path.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { formatWord, isArchive } from './source-files.ts';
import type { SourceRow } from './source-files.ts';

const FIRST_ROWS = 5;
const MORE_ROWS = 200;

export function QuarantinePanel({ row, onClose }: { readonly row: SourceRow; readonly onClose: () => void }) {
  const { file } = row;
  const naming = useNaming();
  const [limit, setLimit] = useState(FIRST_ROWS);
  const asked = file.rejected > 0 ? { path: file.path, limit } : null;
  const { data, error } = useQuery('quarantine.list', asked);
  return (
    <div
      className={`quarantine ${file.rejected > 0 ? 'has-rejected' : ''}`}
      role="region"
      aria-label={`Report of ${row.name}`}
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
        <Button isSmall onClick={onClose}>
          Close
        </Button>
      </header>
      <dl>
        <dt>Recognised</dt>
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
        <dt>Path</dt>
        <dd>
          <bdi className="mono">{naming.text(withoutStaging(file.path))}</bdi>
        </dd>
        <dt>SHA-256</dt>
        <dd className="mono">{file.sha256}</dd>
      </dl>
      {error && <p className="fail">The rejected rows could not be listed. {error.message}</p>}
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

function titleOf({ file, state }: SourceRow): string {
  if (isArchive(file)) return 'Archive';
  if (file.format === 'unrecognised') return state === 'reading' ? 'Being read' : 'Not read: nobody knows this format';
  return `Read as ${formatWord(file.format)}`;
}
