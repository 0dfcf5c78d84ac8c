/** When an entity was unusual, as a strip over the range: failing tall, degraded low, changes as diamonds above. */
import type { EffectiveRange } from '../../stores/effective-range.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { countText, spanText } from '../../stores/time-format.ts';
import { troubleSpan } from './trouble-times.ts';
import type { EntityTrouble } from './trouble-times.ts';

/** A moment is drawn this wide, or nobody would see it. */
const LEAST_WIDTH = '4px';

export function TroubleStrip(properties: {
  readonly trouble: EntityTrouble | undefined;
  readonly range: EffectiveRange;
}) {
  const { trouble, range } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  if (!trouble) return <span className="services-strip" />;
  const share = (time: bigint): string => `${(100 * Number(time - range.from)) / Number(range.to - range.from)}%`;
  const span = troubleSpan(trouble);
  const { findingCount, changeTimes } = trouble;
  const said = [
    span &&
      `${spanText(span.start, span.end, zone)}, ${countText(findingCount)} ${findingCount === 1 ? 'finding' : 'findings'}`,
    changeTimes.length > 0 && `${countText(changeTimes.length)} ${changeTimes.length === 1 ? 'change' : 'changes'}`,
  ].filter((part) => part !== null && part !== false);
  return (
    <span className="services-strip" title={said.join(', ')}>
      <span className="visually-hidden">{said.join(', ')}</span>
      {(['warn', 'fail'] as const).map((severity) =>
        trouble.stretches[severity].map(({ start, end }) => (
          <i
            key={`${severity} ${start}`}
            className={severity}
            style={{ left: `min(${share(start)}, 100% - ${LEAST_WIDTH})`, right: `calc(100% - ${share(end)})` }}
          />
        )),
      )}
      {changeTimes.map((time, index) => (
        <b key={`${time} ${index}`} style={{ left: share(time) }} />
      ))}
    </span>
  );
}
