/** The changes on a time axis above the table, with the first sign of the incident as a line. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { MarkLane } from '../../charts/marks/mark-lane.tsx';
import type { LaneMark } from '../../charts/marks/mark-lane.tsx';
import { timeTicks, xOfTime } from '../../charts/time-axis.ts';
import type { TimeAxis } from '../../charts/time-axis.ts';
import { useLiveRange } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { changeGlyph } from '../../ui/change-glyph.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ChangeRow } from './change-rows.ts';

/** Packing cares for what can be seen; more marks than this cannot be told apart. */
const MOST_MARKS = 2_000;

export function ChangeStrip(properties: { readonly rows: readonly ChangeRow[]; readonly symptomTime: bigint | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const range = useLiveRange();
  const axis = useMemo<TimeAxis | null>(
    () => (range && width > 0 ? { ...range, left: 0, right: width } : null),
    [range, width],
  );
  return (
    <div className="change-strip">
      <div ref={frame} className="change-strip-plot">
        {axis && <StripMarks rows={properties.rows} symptomTime={properties.symptomTime} axis={axis} />}
      </div>
    </div>
  );
}

function StripMarks(properties: {
  readonly rows: readonly ChangeRow[];
  readonly symptomTime: bigint | null;
  readonly axis: TimeAxis;
}) {
  const { rows, axis, symptomTime } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const selection = useViewStore((store) => store.selection);
  const selectedId = selection?.kind === 'change' ? selection.id : null;
  const marks = useMemo(
    () =>
      rows
        .filter(({ change: { startTime } }) => startTime >= axis.from && startTime <= axis.to)
        .slice(0, MOST_MARKS)
        .map(({ change, rank, hops }): LaneMark => ({
          id: String(change.rowId),
          x: xOfTime(axis, change.startTime),
          words: naming.text(change.title),
          importance: (rank === null ? 0 : 100 - rank) + (hops === null ? 0 : 10 - Math.min(10, hops)),
          glyph: <Icon name={changeGlyph(change.changeKind)} size={12} />,
          title: `${clockText(change.startTime, zone)} ${change.changeKind} ${naming.text(change.title)}`,
          isSelected: change.externalId === selectedId,
          onOpen: () => look({ selection: { kind: 'change', id: change.externalId } }),
        })),
    [rows, axis, naming, zone, selectedId],
  );
  const isInside = symptomTime !== null && symptomTime >= axis.from && symptomTime <= axis.to;
  return (
    <>
      {timeTicks(axis, zone, 110).map(({ x, label }) => (
        <span key={label} className="change-tick mono" style={{ left: x }}>
          {label}
        </span>
      ))}
      {isInside && (
        <div className="change-first-sign" style={{ left: xOfTime(axis, symptomTime) }}>
          <span>first sign {clockText(symptomTime, zone)}</span>
        </div>
      )}
      <MarkLane marks={marks} square={18} width={axis.right} className="changes" />
    </>
  );
}
