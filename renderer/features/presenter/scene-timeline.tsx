/** Five moments on one thick line; texts alternate above and below so that they do not meet. */
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import type { SceneEvent } from './scenes.ts';

const WIDTH = 1200;
const MARGIN = 60;

export function SceneTimeline(properties: {
  readonly events: readonly SceneEvent[];
  readonly start: bigint;
  readonly end: bigint;
}) {
  const zone = usePreferences((preferences) => preferences.zone);
  const naming = useNaming();
  const { events, start, end } = properties;
  const first = events[0]?.time ?? start;
  const last = events.at(-1)?.time ?? end;
  const span = Math.max(1, Number(last - first));
  const x = (time: bigint): number => MARGIN + (Number(time - first) / span) * (WIDTH - 2 * MARGIN);
  return (
    <ol className="presenter-timeline" aria-label="Main events">
      <svg viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" aria-hidden="true">
        <path className="line" d={`M0 10H${WIDTH}`} />
        <path className="incident" d={`M${x(start)} 10H${x(end)}`} />
      </svg>
      {events.map((event, index) => (
        <li
          key={index}
          className={`event ${event.kind} ${index % 2 === 0 ? 'below' : 'above'}`}
          style={{ insetInlineStart: `${(x(event.time) / WIDTH) * 100}%` }}
          data-side={x(event.time) > WIDTH * 0.7 ? 'end' : 'start'}
        >
          <span>
            <time>{clockText(event.time, zone, 'minute')}</time> <bdi>{naming.text(event.text)}</bdi>
          </span>
        </li>
      ))}
    </ol>
  );
}
