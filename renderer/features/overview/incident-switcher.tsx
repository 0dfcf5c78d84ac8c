/** Which of several incidents is looked at. With one incident it is its short name and no control. */
import type { QueryOutput } from '../../client/query-cache.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';

type IncidentList = QueryOutput<'incident.list'>;
const LONGEST_TITLE = 80;

export function IncidentSwitcher({ list, current }: { readonly list: IncidentList; readonly current: string }) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  if (list.incidents.length < 2) return <span>{shortId(0)} · </span>;
  return (
    <select
      className="incident-switcher"
      aria-label="Incident"
      value={current}
      onChange={(event) => look({ incidentId: event.target.value, selection: null, range: null })}
    >
      {list.incidents.map(({ id, title, start, severity }, index) => (
        <option key={id} value={id}>
          {`${shortId(index)} of ${list.incidents.length} · ${severity} · ${clockText(start, zone, 'minute')} · ${naming.text(title).slice(0, LONGEST_TITLE)}`}
        </option>
      ))}
    </select>
  );
}

function shortId(index: number): string {
  return `INC-${index + 1}`;
}
