/** The change a cause is about: its revision, title and author, and the place in the code where that is known. */
import type { ChangeSummary } from '../../../shared/model/analysis-result.ts';
import { rowRef } from '../../../shared/model/ids.ts';
import { useQuery } from '../../client/use-query.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { codePlace } from './code-place.ts';
import { shortRevision } from './fault-words.ts';

export function BlamedChange({ change }: { readonly change: ChangeSummary }) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const ref = rowRef('change', change.rowId);
  const { data } = useQuery('row.get', { refs: [ref] });
  const fields = data?.rows[0]?.fields ?? [];
  const author = fields.find(({ name }) => name === 'author')?.value;
  const place = codePlace(fields);
  const title = naming.text(change.title);
  return (
    <div className="cause-change detail text-3">
      {change.revision !== null && <span className="mono">{naming.text(shortRevision(change.revision))}</span>}
      <span className="cut" title={title} dir="auto">
        {title}
        {typeof author === 'string' && author !== '' ? ` · ${naming.person(author, 'author')}` : ''}
        {` · ${clockText(change.time, zone)}`}
      </span>
      <LinkButton onClick={() => openRows([ref])}>{place === '' ? '1 change' : naming.text(place)}</LinkButton>
    </div>
  );
}
