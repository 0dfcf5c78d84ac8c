/** The other incidents of the case, each with its own first cause: one group of shares per incident, one of them open. */
import { useQuery } from '../../client/use-query.ts';
import { look } from '../../stores/view-state.ts';
import { SafeText, EntityMark, EntityName } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { faultWords } from './fault-words.ts';
import { shareText, shareWord } from './shares.ts';
import { useCauses } from './use-causes.ts';

/** Each asks for its incident; more would cost more than they tell. */
const MOST_GROUPS = 3;

export function OtherIncidents({ currentId }: { readonly currentId: string | null }) {
  const incidents = useQuery('incident.list', {}).data?.incidents ?? [];
  const others = incidents.filter(({ id }) => id !== currentId);
  if (others.length === 0) return null;
  return (
    <section className="cause-others" aria-label="Causes of the other incidents">
      <h3>
        {others.length === 1 ? 'One other incident' : `${others.length} other incidents`}
        <span className="detail text-3"> shares of their own</span>
      </h3>
      {others.slice(0, MOST_GROUPS).map((incident) => (
        <button
          type="button"
          key={incident.id}
          data-walk="incident"
          className="cause-other"
          onClick={() => look({ incidentId: incident.id, selection: null, range: null })}
        >
          <span className={`severity-${incident.severity}`}>
            <Icon name={incident.severity} size={14} />
          </span>
          <span className="cause-words">
            <span className="cut">
              <SafeText>{incident.title}</SafeText>
            </span>
            <FirstCause incidentId={incident.id} />
          </span>
        </button>
      ))}
      {others.length > MOST_GROUPS && (
        <button type="button" className="link detail" onClick={() => look({ view: 'incidents' })}>
          {others.length - MOST_GROUPS} more under Incidents
        </button>
      )}
    </section>
  );
}

function FirstCause({ incidentId }: { readonly incidentId: string }) {
  const { causes } = useCauses(incidentId);
  const first = causes?.listed[0];
  if (!causes) return <span className="detail text-3">reading</span>;
  if (!first) return <span className="detail text-3">no cause stands out</span>;
  return (
    <span className="cause-other-first detail text-3">
      <EntityMark type={first.cause.entity.type} size={14} />
      <EntityName entity={first.cause.entity} />
      <SafeText>{faultWords(first.cause)}</SafeText>
      <b>{shareText(first.hundredths)}</b>
      {shareWord(first.hundredths / 100)}
    </span>
  );
}
