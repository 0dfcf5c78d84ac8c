/** One row of the list: time, level, entity, message. What is not loaded yet is a grey shape of the same height. */
import { memo } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { LevelWord, MessageText } from '../../ui/log-parts.tsx';
import { clockText } from '../../stores/time-format.ts';
import { setFilter } from '../../stores/view-state.ts';
import type { Zone } from '../../stores/preferences.ts';
import { logText } from './log-pages.ts';
import type { LogRowRef } from './log-pages.ts';
import { EntityText } from './entity-text.tsx';

/** Longer messages are cut here; the whole text stands in the opened row. */
const MAX_SHOWN_LETTERS = 2_000;
const LINE_PX = 16;

export const LogRow = memo(function LogRow(properties: {
  readonly row: LogRowRef;
  readonly zone: Zone;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  /** Height of a wrapped row, CSS pixels; null = one line. */
  readonly wrappedPx: number | null;
}) {
  const { wrappedPx } = properties;
  const { columns, offset } = properties.row;
  const time = columns.timeUnixNano[offset] ?? 0n;
  const severity = columns.severityNumber[offset] ?? 0;
  const message = logText(columns, 'body', offset).slice(0, MAX_SHOWN_LETTERS);
  const template = logText(columns, 'template', offset);
  const traceId = logText(columns, 'traceId', offset);
  const isInferred = columns.isTimeInferred[offset] === 1;
  return (
    <div
      className={`logs-row ${properties.isChosen ? 'is-chosen' : ''} ${properties.isActive ? 'is-active' : ''} ${wrappedPx === null ? '' : 'is-wrapped'}`}
      style={wrappedPx === null ? undefined : { height: wrappedPx }}
    >
      <span
        className="mono text-3"
        title={isInferred ? 'The row has no time of its own; this is its neighbour’s.' : undefined}
      >
        {clockText(time, properties.zone, 'millisecond')}
        {isInferred && '~'}
      </span>
      <LevelWord severityNumber={severity} />
      <span className="cut text-2">
        <EntityText entityKey={logText(columns, 'entity', offset)} />
      </span>
      <span
        className="logs-message"
        style={wrappedPx === null ? undefined : { WebkitLineClamp: Math.floor(wrappedPx / LINE_PX) }}
      >
        <MessageText message={message} template={template} />
      </span>
      {traceId !== '' && (
        <button
          type="button"
          className="logs-link"
          aria-label="Open its trace beside"
          onClick={(event) => {
            event.stopPropagation();
            setFilter('logsTrace', traceId);
          }}
        >
          <Icon name="link" size={13} />
        </button>
      )}
    </div>
  );
});

export function LogRowShape({ index }: { readonly index: number }) {
  return (
    <div className="logs-row logs-shape" aria-hidden="true">
      <i />
      <i />
      <i />
      <i data-step={index % 4} />
    </div>
  );
}
