/** The table twin of the lanes: what happened, in order of time, with the same doors to raw rows. */
import { useMemo } from 'react';
import { rowRef } from '../../../shared/model/ids.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { LinkButton } from '../../ui/controls.tsx';
import type { LaneData } from './use-lane-data.ts';

interface Entry {
  readonly key: string;
  readonly time: bigint;
  readonly lane: string;
  readonly text: string;
  readonly refs: readonly string[];
}

const MOST_ROWS = 500;

export function TimelineTable({ data }: { readonly data: LaneData }) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const entries = useMemo(() => entriesOf(data), [data]);
  return (
    <div className="timeline-table" tabIndex={0} role="region" aria-label="Timeline as a table">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">time</th>
            <th scope="col">lane</th>
            <th scope="col">what</th>
            <th scope="col">rows</th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, MOST_ROWS).map(({ key, time, lane, text, refs }) => (
            <tr key={key}>
              <td className="mono">{clockText(time, zone)}</td>
              <td>{lane}</td>
              <td dir="auto" title={naming.text(text)}>
                {naming.text(text)}
              </td>
              <td>{refs.length > 0 && <LinkButton onClick={() => openRows(refs)}>{refs.length}</LinkButton>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {entries.length > MOST_ROWS && (
        <p className="detail text-3">{countText(entries.length - MOST_ROWS)} later ones: choose a shorter range.</p>
      )}
    </div>
  );
}

function entriesOf({ changes, findings, events, notes, lanes }: LaneData): readonly Entry[] {
  const entries: Entry[] = [
    ...changes.map(({ rowId, startTime, title }) => ({
      key: `change ${rowId}`,
      time: startTime,
      lane: 'change',
      text: title,
      refs: [rowRef('change', rowId)],
    })),
    ...findings.shown.map(({ id, start, text, refs }) => ({ key: id, time: start, lane: 'finding', text, refs })),
    ...events.map(({ reason, time, count, rowIds }) => ({
      key: `event ${reason}`,
      time,
      lane: 'event',
      text: `${reason} ×${count}`,
      refs: rowIds.map((rowId) => rowRef('event', rowId)),
    })),
    ...notes.map(({ id, text, anchorTime }) => ({
      key: `note ${id}`,
      time: anchorTime ?? 0n,
      lane: 'note',
      text,
      refs: [],
    })),
    ...(lanes ? storms(lanes) : []),
  ];
  return entries.sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0));
}

/** Alerts and error logs by bucket, where there are any. */
function storms(lanes: NonNullable<LaneData['lanes']>): readonly Entry[] {
  const entries: Entry[] = [];
  for (let bucket = 0; bucket < lanes.bucketCount; bucket++) {
    const time = lanes.startTime + BigInt(Math.round(bucket * lanes.bucketNs));
    const critical = lanes.alerts.critical[bucket] ?? 0;
    const alerts = critical + (lanes.alerts.warning[bucket] ?? 0) + (lanes.alerts.info[bucket] ?? 0);
    const errors = lanes.errorLogCounts[bucket] ?? 0;
    if (alerts > 0) {
      entries.push({
        key: `alerts ${bucket}`,
        time,
        lane: 'alerts',
        text: `${countText(alerts)} alerts began, ${countText(critical)} of them critical`,
        refs: [],
      });
    }
    if (errors > 0) {
      entries.push({
        key: `errors ${bucket}`,
        time,
        lane: 'error logs',
        text: `${countText(errors)} error logs`,
        refs: [],
      });
    }
  }
  return entries;
}
