/**
 * Everything that happened, on one time axis: changes, alerts, findings, latency, error logs, events, people. Dragging
 * sets the range of every view; the hairline is shared; a selected change runs through all lanes.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { timeTicks, xOfTime } from '../../charts/time-axis.ts';
import type { TimeAxis } from '../../charts/time-axis.ts';
import { useIncidentId, useLiveRange } from '../../stores/effective-range.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { useViewStore } from '../../stores/view-state.ts';
import { Chip, IconButton } from '../../ui/controls.tsx';
import { SafeText } from '../../ui/entity-mark.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useQuery } from '../../client/use-query.ts';
import { AXIS_PX, bucketCountFor, isLow, LABEL_PX, RIGHT_PX } from './lanes.ts';
import { Lanes } from './lane-list.tsx';
import { TimelineTable } from './timeline-table.tsx';
import { timelineSummary } from './timeline-summary.ts';
import { useLaneData } from './use-lane-data.ts';
import type { LaneChange } from './use-lane-data.ts';
import { useLanePointer } from './use-lane-pointer.ts';
import './timeline.css';

export function TimelinePanel() {
  const [isTable, setTable] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(frame);
  const range = useLiveRange();
  const plot = Math.max(0, width - LABEL_PX - RIGHT_PX);
  const axis = useMemo<TimeAxis | null>(
    () => (range && plot > 0 ? { ...range, left: 0, right: plot } : null),
    [range, plot],
  );
  const data = useLaneData(bucketCountFor(plot));
  const selected = useSelectedChangeId();
  const zone = usePreferences((preferences) => preferences.zone);
  const pointer = useLanePointer(frame, axis, zone);
  return (
    <section className="panel timeline" aria-label="Timeline" data-pane="timeline">
      <div className="timeline-header">
        <h2>Timeline</h2>
        <span className="detail text-3 cut">drag to set the range for every view · Ctrl and wheel zoom</span>
        {data.lanes?.isPartial && <Chip look="dashed">partial</Chip>}
        <IconButton
          icon="table"
          label={isTable ? 'Show lanes' : 'Show as table'}
          size={14}
          isPressed={isTable}
          onClick={() => setTable(!isTable)}
        />
      </div>
      <p className="visually-hidden">{timelineSummary(data, zone)}</p>
      {data.error && (
        <p className="timeline-error" role="alert">
          Some lanes could not be read: <SafeText>{data.error.message}</SafeText>
        </p>
      )}
      {isTable ? (
        <TimelineTable data={data} />
      ) : (
        <div ref={frame} className="timeline-frame" {...pointer.handlers}>
          {axis ? (
            <>
              <TimelineGrid axis={axis} />
              <TimelineAxis axis={axis} />
              <ChangeLines axis={axis} changes={data.changes} selectedId={selected} />
              <Lanes data={data} axis={axis} selectedChangeId={selected} isLow={isLow(height)} />
              <KnownVeil axis={axis} />
            </>
          ) : (
            width > 0 && (
              <EmptyState title="Nothing with a time is in this case.">Imported records bring it.</EmptyState>
            )
          )}
          <div ref={pointer.hairline} className="timeline-hairline" hidden>
            <span />
          </div>
          <div ref={pointer.brush} className="timeline-brush" hidden />
        </div>
      )}
    </section>
  );
}

function TimelineAxis({ axis }: { readonly axis: TimeAxis }) {
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <div className="timeline-axis mono" style={{ height: AXIS_PX }} aria-hidden="true">
      {timeTicks(axis, zone).map(({ x, label }) => (
        <span
          key={x}
          style={{ left: LABEL_PX + x }}
          className={x > axis.right - 20 ? 'is-last' : x < 18 ? 'is-first' : ''}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

/** Quiet lines under everything, so that lanes can be read up to the axis. */
function TimelineGrid({ axis }: { readonly axis: TimeAxis }) {
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <div className="timeline-grid" aria-hidden="true">
      {timeTicks(axis, zone).map(({ x }) => (
        <i key={x} style={{ left: LABEL_PX + x }} />
      ))}
    </div>
  );
}

/** The chosen change as a line through every lane, under what they show. */
function ChangeLines(properties: {
  readonly axis: TimeAxis;
  readonly changes: readonly LaneChange[];
  readonly selectedId: string | null;
}) {
  const { axis, changes, selectedId } = properties;
  const selected = changes.find(({ externalId }) => externalId === selectedId);
  if (!selected || selected.startTime < axis.from || selected.startTime > axis.to) return null;
  return <div className="timeline-change-line" style={{ left: LABEL_PX + xOfTime(axis, selected.startTime) }} />;
}

/** After "Known at" the lanes are veiled, not empty. */
function KnownVeil({ axis }: { readonly axis: TimeAxis }) {
  const knownAt = useViewStore((store) => store.knownAt);
  if (knownAt === null || knownAt >= axis.to) return null;
  return <div className="timeline-veil" style={{ left: LABEL_PX + Math.max(0, xOfTime(axis, knownAt)) }} />;
}

/** The change chosen itself, or the one the chosen (else first) cause names. */
function useSelectedChangeId(): string | null {
  const selection = useViewStore((store) => store.selection);
  const incidentId = useIncidentId();
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data;
  if (selection?.kind === 'change') return selection.id;
  if (selection?.kind === 'cause') return selection.key.split('|')[2] ?? null;
  return incident?.hypotheses[0]?.change?.id ?? null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function useSize(frame: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  });
  return size;
}
