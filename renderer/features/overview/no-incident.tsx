/** The answers without an incident: nothing unusual, nothing to tell it from, or no analysis yet. Each with its reasons. */
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, dayText, isSameDay } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Button } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { BlindSpots } from './blind-spots.tsx';
import { calmAnswer, calmReason, HEADLINES } from '../../../shared/report/calm-answer.ts';
import { NoticedAt } from './noticed-at.tsx';
import './overview.css';

const RECORD_WORDS: readonly (readonly [key: string, word: string])[] = [
  ['spans', 'spans'],
  ['logRecords', 'log records'],
  ['metricPoints', 'metric points'],
  ['alerts', 'alerts'],
  ['changes', 'changes'],
  ['events', 'events'],
  ['flows', 'flows'],
];

export function NoIncident({ list }: { readonly list: QueryOutput<'incident.list'> }) {
  const naming = useNaming();
  const summary = useQuery('case.summary', {}).data;
  const findings = useQuery('finding.list', {}).data?.findings;
  const answer = calmAnswer(summary?.records ?? {}, findings?.length ?? 0);
  return (
    <section className="no-incident" aria-label="Answer">
      <div className="no-incident-answer">
        <span className="text-2">
          <Icon name={answer === 'unknown' ? 'unknown' : 'healthy'} size={28} />
        </span>
        <h1>{HEADLINES[answer]}</h1>
        <p dir="auto">{naming.text(calmReason(list.abstainReason))}</p>
        {summary && <WhatWasRead summary={summary} />}
        {list.metrics.alertsIn > 0 && (
          <p className="text-2">
            {countText(list.metrics.alertsIn)} {list.metrics.alertsIn === 1 ? 'alert was' : 'alerts were'} weighed and
            set aside.
          </p>
        )}
        <NoticedAt />
        <div className="row">
          <Button onClick={() => look({ view: 'sources' })}>Show what was read</Button>
          {list.metrics.alertsIn > 0 && <Button onClick={() => look({ view: 'incidents' })}>Show the alerts</Button>}
        </div>
      </div>
      <BlindSpots spots={list.blindSpots} />
    </section>
  );
}

function WhatWasRead({ summary }: { readonly summary: QueryOutput<'case.summary'> }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const { records, timeRange, fileCount } = summary;
  const counts: Readonly<Record<string, number | undefined>> = records;
  const kinds = RECORD_WORDS.map(([key, word]) => [word, counts[key] ?? 0] as const).filter(([, count]) => count > 0);
  return (
    <p className="text-2">
      Read: {kinds.length === 0 ? 'no records' : kinds.map(([word, count]) => `${countText(count)} ${word}`).join(', ')}{' '}
      from {fileCount} {fileCount === 1 ? 'file' : 'files'}
      {timeRange &&
        `, ${dayText(timeRange.start, zone)} ${clockText(timeRange.start, zone)} – ${isSameDay(timeRange.start, timeRange.end, zone) ? '' : `${dayText(timeRange.end, zone)} `}${clockText(timeRange.end, zone)}`}
      .
    </p>
  );
}
