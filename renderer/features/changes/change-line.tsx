/** One change as a line of the table. */
import { entityKey } from '../../../shared/model/entity.ts';
import { hoverEntity } from '../../stores/hover-time.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, dayText, durationText } from '../../stores/time-format.ts';
import { changeGlyph } from '../../ui/change-glyph.ts';
import { Chip } from '../../ui/controls.tsx';
import { EntityName } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { hopsText } from './change-hops.ts';
import type { ChangeRow } from './change-rows.ts';

const SHORT_COMMIT = 7;
const FAR_NS = 12 * 3_600e9;

export function ChangeLine(properties: {
  readonly row: ChangeRow;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
}) {
  const { row, isChosen } = properties;
  const { change, lagNs, hops } = row;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const [entity] = change.entities;
  const title = naming.text(change.title);
  // A change of another day than the first sign must not read as one of today.
  const isFar = lagNs !== null && Math.abs(lagNs) > FAR_NS;
  const key = entity ? entityKey(entity) : null;
  return (
    <div
      role="listitem"
      className={`change-line ${isChosen ? 'is-chosen' : ''}`}
      onClick={properties.onOpen}
      onPointerEnter={() => hoverEntity(key)}
      onPointerLeave={() => hoverEntity(null)}
    >
      <span className="change-kind" title={change.changeKind}>
        <span className="change-square">
          <Icon name={changeGlyph(change.changeKind)} size={12} />
        </span>
        <span className="cut">{change.changeKind.replace('_', ' ')}</span>
      </span>
      <span className="mono text-2" title={dayText(change.startTime, zone)}>
        {isFar ? shortDay(dayText(change.startTime, zone)) : ''}
        {clockText(change.startTime, zone, isFar ? 'minute' : 'second')}
      </span>
      <span className="cut" dir="auto" title={title}>
        {title}
      </span>
      <span className="cut">
        {entity ? <EntityName entity={entity} /> : <span className="text-3">not said</span>}
        {change.entities.length > 1 && <span className="text-3"> +{change.entities.length - 1}</span>}
      </span>
      <span className="cut mono text-2" title={naming.text(change.revision ?? '')}>
        {naming.text(shortRevision(change.revision ?? ''))}
      </span>
      <span className="cut text-2">
        <bdi>{change.author === null ? '' : naming.person(change.author, 'author')}</bdi>
      </span>
      <span className={`change-number ${lagNs !== null && lagNs < 0 ? 'text-3' : ''}`}>{lagText(lagNs)}</span>
      <span className={hops === null ? 'text-3' : ''}>{hopsText(hops)}</span>
      <span>
        {row.rank !== null ? (
          <Chip look="change">cause {row.rank}</Chip>
        ) : row.isInIncident ? (
          <Chip look="outlined">near in time</Chip>
        ) : (
          <span className="text-3">–</span>
        )}
      </span>
    </div>
  );
}

/** `Mon 18 May 2026` as `18 May `. */
function shortDay(day: string): string {
  return `${day.replace(/^\w+ | \d{4}$/g, '')} `;
}

function lagText(lagNs: number | null): string {
  if (lagNs === null) return '–';
  return lagNs >= 0 ? durationText(lagNs) : `${durationText(-lagNs)} after`;
}

function shortRevision(revision: string): string {
  return /^[0-9a-f]{12,64}$/i.test(revision) ? revision.slice(0, SHORT_COMMIT) : revision;
}
