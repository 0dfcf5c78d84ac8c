/** The worst findings as bars over the time they held, with their words inside, or beside where the bar is short. */
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { readable } from '../../../shared/report/evidence-lines.ts';
import { xOfTime } from '../../charts/time-axis.ts';
import type { TimeAxis } from '../../charts/time-axis.ts';
import { severityOfFinding } from '../../stores/finding-severity.ts';
import { hoverEntity } from '../../stores/hover-time.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { barPlace } from './bar-place.ts';

const ROW_PX = 19;

export function FindingBars({
  findings,
  axis,
}: {
  readonly findings: readonly FindingSummary[];
  readonly axis: TimeAxis;
}) {
  const naming = useNaming();
  const selection = useViewStore((store) => store.selection);
  return (
    <ul className="lane-findings">
      {findings.map((finding, index) => {
        const place = barPlace({ from: xOfTime(axis, finding.start), to: xOfTime(axis, finding.end) }, axis);
        const text = readable(naming.text(finding.text));
        const isSelected = selection?.kind === 'finding' && selection.id === finding.id;
        return (
          <li key={finding.id} style={{ left: place.left, width: place.width, top: 3 + index * ROW_PX }}>
            <button
              type="button"
              className={`finding-bar ${severityOfFinding(finding)}`}
              title={text}
              aria-pressed={isSelected}
              onFocus={() => hoverEntity(finding.entity ? entityKey(finding.entity) : null)}
              onBlur={() => hoverEntity(null)}
              onPointerEnter={() => hoverEntity(finding.entity ? entityKey(finding.entity) : null)}
              onPointerLeave={() => hoverEntity(null)}
              onClick={() => {
                if (isSelected && finding.refs.length > 0) openRows(finding.refs);
                else look({ selection: { kind: 'finding', id: finding.id } });
              }}
            >
              <span
                className="cut"
                dir="auto"
                data-words={place.words}
                style={place.words === 'inside' ? {} : { maxWidth: place.room }}
              >
                {text}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
