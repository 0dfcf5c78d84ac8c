/** One lane: its label, which folds it, and what it shows over the time axis. */
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { LANES, laneHeight } from './lanes.ts';
import type { LaneName } from './lanes.ts';

/** A lower lane has its count beside its name, where both fit. */
const TWO_LINES_PX = 30;
const MOST_BESIDE = 12;

export function LaneFrame(properties: {
  readonly name: LaneName;
  /** Count and what it counts. */
  readonly note: string;
  readonly isFolded: boolean;
  /** The panel is too short for lanes of full height. */
  readonly isLow: boolean;
  readonly onFold: () => void;
  readonly children: ReactNode;
}) {
  const { name, isFolded, note } = properties;
  const { title, icon, mark } = LANES[name];
  const height = laneHeight(name, isFolded, properties.isLow);
  const isBeside = height < TWO_LINES_PX;
  return (
    <div className="lane" style={{ height }} data-lane={name}>
      <button
        type="button"
        className="lane-label"
        aria-expanded={!isFolded}
        title={`${title}${note === '' ? '' : `: ${note}`}. ${isFolded ? 'Unfold' : 'Fold'}`}
        onClick={properties.onFold}
      >
        <span className={mark}>
          <Icon name={icon} size={14} />
        </span>
        <span className="lane-title">
          {title}
          {note !== '' && !isBeside && <span className="text-3 cut">{note}</span>}
        </span>
        {isBeside && title.length + note.length <= MOST_BESIDE && <span className="lane-note text-3 cut">{note}</span>}
      </button>
      <div className="lane-plot">{!isFolded && properties.children}</div>
    </div>
  );
}
