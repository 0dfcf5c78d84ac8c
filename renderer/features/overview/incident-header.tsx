/** The incident looked at: mark, title, one line of state, and up to five figures the case supports. */
import type { JudgedIncident } from '../../../shared/contract/note-schemas.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { groupingTerms, listText } from './grouping.ts';
import { IncidentSwitcher } from './incident-switcher.tsx';
import { useFigures } from './use-figures.ts';
import './overview.css';

/** Characters that one line of a title holds beside five figures, at 1440 and at 1280 pixels. */
const LONG_TITLE = 66;
const MEDIUM_TITLE = 46;

type IncidentList = QueryOutput<'incident.list'>;

export function IncidentHeader({ incident, list }: { readonly incident: JudgedIncident; readonly list: IncidentList }) {
  const naming = useNaming();
  const title = naming.text(incident.title);
  const figures = useFigures(incident, list);
  return (
    <header className="incident-header">
      <span className={`incident-mark severity-${incident.severity}`} title={incident.severity}>
        <Icon name={incident.severity} size={22} />
      </span>
      <div className="incident-words">
        <h1 className="cut" title={title} dir="auto" data-length={lengthOf(title)}>
          {title}
        </h1>
        <IncidentState incident={incident} list={list} />
      </div>
      {figures.map(({ label, value, more, explanation }) => (
        <div key={label} className="figure" title={naming.text(explanation)}>
          <b>
            {value} {more !== '' && <span className="text-3">{more}</span>}
          </b>
          <span className="text-3">{label}</span>
        </div>
      ))}
    </header>
  );
}

/** Before a title is cut it takes two lines of smaller type; how soon depends on the width of the window. */
function lengthOf(title: string): 'long' | 'medium' | 'short' {
  return title.length > LONG_TITLE ? 'long' : title.length > MEDIUM_TITLE ? 'medium' : 'short';
}

function IncidentState({ incident, list }: { readonly incident: JudgedIncident; readonly list: IncidentList }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const terms = groupingTerms(incident.links);
  const end = list.window?.end;
  const isOver = end !== undefined && end - incident.end > 60_000_000_000n;
  return (
    <div className="incident-state text-3">
      <IncidentSwitcher list={list} current={incident.id} />
      <span className="cut">
        {incident.severity} · {isOver ? `calm since ${clockText(incident.end, zone)}` : 'not over when the data ends'}
        {terms.length > 0 && ` · grouped by ${listText(terms)}`}{' '}
        {incident.links.length > 0 && (
          <LinkButton
            title="The links between its parts, with the reason of each"
            onClick={() => look({ view: 'incidents', incidentId: incident.id })}
          >
            why
          </LinkButton>
        )}
      </span>
    </div>
  );
}
