/** The lanes from top to bottom. Which are folded is remembered on this machine. */
import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { xOfTime } from '../../charts/time-axis.ts';
import type { TimeAxis } from '../../charts/time-axis.ts';
import type { Surface } from '../../charts/surface.ts';
import { rowRef } from '../../../shared/model/ids.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, durationText } from '../../stores/time-format.ts';
import { look } from '../../stores/view-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { drawLatency, drawStack, foldRows } from './draw-lanes.ts';
import { FindingBars } from './finding-bars.tsx';
import { isFolded, setFolded, useFoldedLanes } from './folded-lanes.ts';
import { changeGlyph } from '../../ui/change-glyph.ts';
import { LaneCanvas } from './lane-canvas.tsx';
import { LaneFrame } from './lane-frame.tsx';
import { findingRows, LANE_NAMES, laneHeight, latencyBounds } from './lanes.ts';
import type { LaneName } from './lanes.ts';
import { MarkLane } from '../../charts/marks/mark-lane.tsx';
import type { LaneMark } from '../../charts/marks/mark-lane.tsx';
import type { LaneData } from './use-lane-data.ts';

const HEAT_ROWS = 6;

export function Lanes(properties: {
  readonly data: LaneData;
  readonly axis: TimeAxis;
  readonly selectedChangeId: string | null;
  readonly isLow: boolean;
}) {
  const { data, axis, isLow } = properties;
  const folded = useFoldedLanes();
  const notes = useLaneNotes(data, isLow);
  const content: Readonly<Record<LaneName, () => ReactNode>> = {
    changes: () => <ChangesLane data={data} axis={axis} selectedId={properties.selectedChangeId} />,
    alerts: () => <AlertsLane data={data} axis={axis} isLow={isLow} />,
    findings: () => <FindingBars findings={data.findings.shown.slice(0, findingRows(isLow))} axis={axis} />,
    latency: () => <LatencyLane data={data} axis={axis} isLow={isLow} />,
    errors: () => <ErrorsLane data={data} axis={axis} isLow={isLow} />,
    events: () => <EventsLane data={data} axis={axis} />,
    people: () => <PeopleLane data={data} axis={axis} />,
  };
  return (
    <div className={`lanes ${data.isStale ? 'is-stale' : ''}`}>
      {LANE_NAMES.filter((name) => !isLow || name !== 'people' || data.notes.length > 0).map((name) => (
        <LaneFrame
          key={name}
          name={name}
          note={notes[name]}
          isFolded={isFolded(folded, name)}
          isLow={isLow}
          onFold={() => setFolded(name, !isFolded(folded, name))}
        >
          {content[name]()}
        </LaneFrame>
      ))}
    </div>
  );
}

/** What stands under each label: how many, of what. */
function useLaneNotes(data: LaneData, isLow: boolean): Readonly<Record<LaneName, string>> {
  const { lanes, changes, findings, events, notes, isListed } = data;
  return useMemo(() => {
    const sum = (counts: Float64Array | undefined): number => counts?.reduce((total, value) => total + value, 0) ?? 0;
    const alerts = sum(lanes?.alerts.critical) + sum(lanes?.alerts.warning) + sum(lanes?.alerts.info);
    const read = (text: string): string => (lanes ? text : 'reading');
    const bounds = lanes && latencyBounds(lanes.latency.upperBoundsMs, lanes.latency.counts, lanes.bucketCount);
    return {
      changes: isListed ? countText(changes.length) : 'reading',
      alerts: read(alerts === 0 ? 'none here' : countText(alerts)),
      findings: isListed
        ? findingsText(
            findings.shown.length + findings.foldedCount,
            Math.min(findings.shown.length, findingRows(isLow)),
          )
        : 'reading',
      latency: bounds ? `${durationText(bounds.lowMs * 1e6)} – ${durationText(bounds.highMs * 1e6)}` : read('no spans'),
      errors: read(countText(sum(lanes?.errorLogCounts))),
      events: isListed ? countText(events.reduce((total, { count }) => total + count, 0)) : 'reading',
      people: notes.length === 0 ? 'no notes' : countText(notes.length),
    };
  }, [lanes, changes, findings, events, notes, isListed, isLow]);
}

function findingsText(count: number, shown: number): string {
  if (count === 0) return 'none here';
  return count > shown ? `${countText(count)}, top ${shown}` : countText(count);
}

interface LaneProperties {
  readonly data: LaneData;
  readonly axis: TimeAxis;
}
interface StripProperties extends LaneProperties {
  readonly isLow: boolean;
}

function ChangesLane({ data, axis, selectedId }: LaneProperties & { readonly selectedId: string | null }) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const marks = useMemo(
    () =>
      data.changes.map(({ externalId, rowId, title, startTime, changeKind, revision }): LaneMark => {
        const isSelected = externalId === selectedId;
        return {
          id: String(rowId),
          x: xOfTime(axis, startTime),
          words: naming.text(title),
          importance: changeKind === 'deployment' ? 2 : changeKind === 'scaling' ? 0 : 1,
          glyph: <Icon name={changeGlyph(changeKind)} size={12} />,
          title: `${clockText(startTime, zone)} ${changeKind} ${naming.text(title)}${revision === null ? '' : ` ${naming.text(revision)}`}`,
          isSelected,
          onOpen: () =>
            isSelected ? openRows([rowRef('change', rowId)]) : look({ selection: { kind: 'change', id: externalId } }),
        };
      }),
    [data.changes, axis, naming, zone, selectedId],
  );
  return <MarkLane marks={marks} square={18} width={axis.right} className="changes" />;
}

function AlertsLane({ data: { lanes }, axis, isLow }: StripProperties) {
  const draw = useCallback(
    (surface: Surface) => {
      if (!lanes) return;
      const { critical, warning, info } = lanes.alerts;
      const { failFill, warnFill, note } = surface.colours;
      drawStack(surface, axis, lanes, [
        { counts: critical, colour: failFill },
        { counts: warning, colour: warnFill },
        { counts: info, colour: note },
      ]);
    },
    [lanes, axis],
  );
  return <LaneCanvas width={axis.right} height={laneHeight('alerts', false, isLow)} draw={draw} />;
}

function LatencyLane({ data: { lanes }, axis, isLow }: StripProperties) {
  const draw = useCallback(
    (surface: Surface) => {
      if (!lanes) return;
      const { upperBoundsMs, counts } = lanes.latency;
      const rows = foldRows(upperBoundsMs.length, counts, lanes.bucketCount, HEAT_ROWS);
      drawLatency(surface, axis, lanes, { rows, counts });
    },
    [lanes, axis],
  );
  return <LaneCanvas width={axis.right} height={laneHeight('latency', false, isLow)} draw={draw} />;
}

function ErrorsLane({ data: { lanes }, axis, isLow }: StripProperties) {
  const draw = useCallback(
    (surface: Surface) => {
      if (!lanes) return;
      drawStack(surface, axis, lanes, [{ counts: lanes.errorLogCounts, colour: surface.colours.failFill }]);
    },
    [lanes, axis],
  );
  return <LaneCanvas width={axis.right} height={laneHeight('errors', false, isLow)} draw={draw} />;
}

function EventsLane({ data: { events }, axis }: LaneProperties) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const marks = useMemo(
    () =>
      events.map(({ reason, time, count, isTrouble, rowIds }): LaneMark => {
        const words = `${naming.text(reason)}${count > 1 ? ` ×${countText(count)}` : ''}`;
        return {
          id: reason,
          x: Math.min(axis.right, Math.max(0, xOfTime(axis, time))),
          words,
          importance: (isTrouble ? 10 : 0) + Math.log10(1 + count),
          glyph: <Icon name={isTrouble ? 'warning' : 'info'} size={11} />,
          title: `${clockText(time, zone)} ${isTrouble ? 'warning ' : ''}event ${words}`,
          onOpen: () => openRows(rowIds.map((rowId) => rowRef('event', rowId))),
        };
      }),
    [events, axis, naming, zone],
  );
  return <MarkLane marks={marks} square={12} width={axis.right} className="events" />;
}

function PeopleLane({ data: { notes }, axis }: LaneProperties) {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const marks = useMemo(
    () =>
      notes.map(({ id, text, author, anchorTime, kind }): LaneMark => {
        const time = anchorTime ?? 0n;
        return {
          id: String(id),
          x: xOfTime(axis, time),
          words: naming.text(text),
          importance: kind === 'decision' ? 2 : kind === 'action' ? 1 : 0,
          glyph: <Icon name={kind === 'note' ? 'info' : 'notice'} size={11} />,
          title: `${clockText(time, zone)} ${kind}${author === '' ? '' : ` by ${naming.person(author, 'responder')}`}: ${naming.text(text).slice(0, 500)}`,
          onOpen: () => look({ view: 'notes' }),
        };
      }),
    [notes, axis, naming, zone],
  );
  return <MarkLane marks={marks} square={12} width={axis.right} className="people" />;
}
