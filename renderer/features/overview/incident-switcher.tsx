/** Which of several incidents is looked at. With one incident it is its short name and no control. */
import type { QueryOutput } from '../../client/query-cache.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Icon } from '../../ui/icon.tsx';

type IncidentList = QueryOutput<'incident.list'>;
const LONGEST_TITLE = 80;

export function IncidentSwitcher({ list, current }: { readonly list: IncidentList; readonly current: string }) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  if (list.incidents.length < 2) return <span>{shortId(0)} · </span>;
  const place = list.incidents.findIndex(({ id }) => id === current);
  return (
    <span className="incident-switcher">
      <span aria-hidden="true">
        {shortId(place)} of {list.incidents.length}
      </span>
      <Icon name="down" size={12} />
      <select
        aria-label="Incident"
        value={current}
        onChange={(event) => look({ incidentId: event.target.value, selection: null, range: null })}
      >
        {list.incidents.map(({ id, title, start, severity }, index) => (
          <option key={id} value={id}>
            {`${shortId(index)} · ${severity} · ${clockText(start, zone, 'minute')} · ${naming.text(title).slice(0, LONGEST_TITLE)}`}
          </option>
        ))}
      </select>
    </span>
  );
}

function shortId(index: number): string {
  return `INC-${index + 1}`;
}
