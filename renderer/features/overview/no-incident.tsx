/** The answers without an incident: nothing unusual, nothing to tell it from, or no analysis yet. Each with its reasons. */
import type { BlindSpot } from '../../../shared/model/analysis-result.ts';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, dayText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { BlindSpots } from './blind-spots.tsx';
import './overview.css';

export function NoIncident({ list }: { readonly list: QueryOutput<'incident.list'> }) {
  const naming = useNaming();
  const summary = useQuery('case.summary', {}).data;
  const isCalm = isNothingUnusual(list);
  return (
    <section className="no-incident" aria-label="Answer">
      <span className="text-2">
        <Icon name={isCalm ? 'healthy' : 'unknown'} size={28} />
      </span>
      <h1>{isCalm ? 'Nothing unusual in this case' : 'Not enough to name an incident'}</h1>
      <p dir="auto">{naming.text(list.abstainReason ?? 'Nothing exceeds what ordinary stretches of the data show.')}</p>
      {summary && <WhatWasRead summary={summary} />}
      {list.metrics.alertsIn > 0 && (
        <p className="text-2">
          {countText(list.metrics.alertsIn)} {list.metrics.alertsIn === 1 ? 'alert was' : 'alerts were'} weighed and set
          aside.
        </p>
      )}
      <div className="row">
        <Button onClick={() => look({ view: 'sources' })}>Show what was read</Button>
        <Button onClick={() => look({ view: 'incidents' })}>Show the alerts</Button>
      </div>
      <BlindSpots spots={list.blindSpots} />
    </section>
  );
}

/** Calm needs data that says so; without measurements the answer is "not enough". */
function isNothingUnusual({ abstained, abstainReason, blindSpots }: QueryOutput<'incident.list'>): boolean {
  if (!abstained) return true;
  return /^Nothing exceeds/.test(abstainReason ?? '') && !blindSpots.some(({ kind }: BlindSpot) => kind === 'no_data');
}

function WhatWasRead({ summary }: { readonly summary: QueryOutput<'case.summary'> }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const { records, timeRange, fileCount } = summary;
  const kinds = Object.entries(records).filter(([, count]) => count > 0);
  return (
    <p className="text-2">
      Read: {kinds.length === 0 ? 'no records' : kinds.map(([kind, count]) => `${countText(count)} ${kind}`).join(', ')}{' '}
      from {fileCount} {fileCount === 1 ? 'file' : 'files'}
      {timeRange &&
        `, ${dayText(timeRange.start, zone)} ${clockText(timeRange.start, zone)} – ${clockText(timeRange.end, zone)}`}
      .
    </p>
  );
}
