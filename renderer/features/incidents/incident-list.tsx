/** The incidents of the case, worst first, each with its span, its alerts over that time and what it holds. */
import { readable } from '../../../shared/report/evidence-lines.ts';
import { SparkBars } from '../../charts/spark-bars.tsx';
import { useQuery } from '../../client/use-query.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { incidentRange } from '../../stores/effective-range.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { countText, durationText, spanText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { SafeText } from '../../ui/entity-mark.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Icon } from '../../ui/icon.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { useDecisionText, useGroupings } from './decision-list.tsx';

type Listed = QueryOutput<'incident.list'>['incidents'][number];

const ROW_PX = 78;
const BUCKETS = 28;

export function IncidentList(properties: {
  readonly incidents: readonly Listed[];
  readonly currentId: string | null;
  /** Ids chosen for merging; null where that cannot be done. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onToggle: (id: string) => void;
}) {
  const { incidents, currentId, chosen } = properties;
  const toggle = (row: number): void => {
    const id = incidents[row]?.id;
    if (id !== undefined && chosen) properties.onToggle(id);
  };
  const index = incidents.findIndex(({ id }) => id === currentId);
  const choose = (next: number): void => {
    const incident = incidents[next];
    if (incident) look({ incidentId: incident.id });
  };
  return (
    <VirtualList
      count={incidents.length}
      rowHeight={ROW_PX}
      label="Incidents, worst first"
      activeIndex={index}
      onActiveChange={choose}
      onToggle={toggle}
      onOpen={(next) => look({ view: 'case', incidentId: incidents[next]?.id ?? null, selection: null })}
      renderRow={(row) => {
        const incident = incidents[row];
        return (
          incident && (
            <IncidentRow
              incident={incident}
              isCurrent={row === index}
              onChoose={() => choose(row)}
              isChosen={chosen?.has(incident.id)}
              onToggle={() => toggle(row)}
            />
          )
        );
      }}
    />
  );
}

function IncidentRow(properties: {
  readonly incident: Listed;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
  /** undefined where incidents cannot be chosen. */
  readonly isChosen: boolean | undefined;
  readonly onToggle: () => void;
}) {
  const { incident, isCurrent, isChosen } = properties;
  const groupings = useGroupings();
  const decisionText = useDecisionText();
  const zone = usePreferences((preferences) => preferences.zone);
  const { severity, title, start, end, alertCount, findingCount, hypothesisCount, decisions } = incident;
  const decided = groupings.get(decisions.at(-1)?.grouping ?? 0);
  return (
    <div role="listitem" className={`incident-row ${isCurrent ? 'is-current' : ''}`}>
      {isChosen !== undefined && (
        <CheckBox
          label="Choose this incident for merging"
          state={isChosen ? 'all' : 'none'}
          onToggle={properties.onToggle}
        />
      )}
      <button type="button" tabIndex={-1} aria-current={isCurrent ? 'true' : undefined} onClick={properties.onChoose}>
        <span className={`severity-${severity}`} title={severity}>
          <Icon name={severity} size={16} />
          <span className="visually-hidden">{severity}</span>
        </span>
        <span className="incident-row-words">
          <span className="incident-row-title strong">
            <SafeText>{readable(title)}</SafeText>
          </span>
          <span className="detail text-3 cut">
            {spanText(start, end, zone)} · {durationText(Number(end - start))}
            {decided && ` · ${decisionText(decided)}`}
          </span>
          <span className="detail text-3 cut">
            {countText(alertCount)} alerts · {countText(findingCount)} findings · {countText(hypothesisCount)} causes
          </span>
        </span>
        <AlertSpark incident={incident} />
      </button>
    </div>
  );
}

/** All alerts of the case in the time of the incident: the shape of its storm. */
function AlertSpark({ incident }: { readonly incident: Listed }) {
  const { data } = useQuery('timeline.lanes', { ...incidentRange(incident, null), bucketCount: BUCKETS });
  if (!data) return null;
  const counts = Array.from(
    data.alerts.critical,
    (value, bucket) => value + (data.alerts.warning[bucket] ?? 0) + (data.alerts.info[bucket] ?? 0),
  );
  return <SparkBars counts={counts} look={incident.severity === 'critical' ? 'fail' : 'warn'} />;
}
