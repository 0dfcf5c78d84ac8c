/** What can be done with the alerts chosen in an incident: an incident of their own, or a place in another one. */
import { useState } from 'react';
import { useEngine } from '../../client/engine-context.tsx';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useActions } from '../../stores/actions.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { regroup, useRegrouping } from '../../stores/regrouping.ts';
import { countText } from '../../stores/time-format.ts';
import { Button } from '../../ui/controls.tsx';
import type { Selected } from './alert-selection.ts';

type Others = QueryOutput<'incident.list'>['incidents'];

export function SplitBar(properties: {
  readonly incidentId: string;
  readonly selected: Selected;
  readonly alertCount: number;
  /** The other incidents of the case. */
  readonly others: Others;
  readonly onClear: () => void;
}) {
  const { incidentId, selected, alertCount, others, onClear } = properties;
  const access = useEngine();
  const by = usePreferences(({ author }) => author);
  const isRunning = useRegrouping(({ state }) => state.status === 'running');
  const isAll = selected.size >= alertCount;
  const isBlocked = isRunning || isAll || selected.size === 0;
  const alerts = [...selected];
  const words = selected.size === 1 ? '1 alert' : `${countText(selected.size)} alerts`;
  const split = (): void => {
    void regroup(access, {
      title: `Splitting ${words} off`,
      deed: 'split an incident',
      from: incidentId,
      start: (procedures) => procedures['grouping.split']({ incidentId, alerts, by }),
      leadsTo: ({ decisions }, ids) =>
        decisions.some(({ grouping, side }) => ids.includes(grouping) && side === 'members'),
    }).then((isDone) => isDone && onClear());
  };
  const move = (toIncidentId: string): void => {
    void regroup(access, {
      title: `Pinning ${words} to another incident`,
      deed: 'pin alerts to another incident',
      from: incidentId,
      start: (procedures) => procedures['grouping.move']({ incidentId, alerts, toIncidentId, by }),
      leadsTo: ({ decisions }, ids) =>
        decisions.some(({ grouping, side }) => ids.includes(grouping) && side === 'both'),
    }).then((isDone) => isDone && onClear());
  };
  useActions([
    {
      id: 'incident.split',
      title: 'Split the chosen alerts into an incident of its own',
      group: 'Incidents',
      keys: ['Shift+S'],
      isDisabled: isBlocked,
      run: split,
    },
    {
      id: 'incident.clear-choice',
      title: 'Choose no alert',
      group: 'Incidents',
      keys: ['Escape'],
      isDisabled: selected.size === 0,
      run: onClear,
    },
  ]);
  if (selected.size === 0) return null;
  return (
    <div className="regroup-bar" role="group" aria-label="Chosen alerts">
      <span className="strong">{words} chosen</span>
      {isAll ? (
        <span className="text-3">These are all; leave one out to split the incident.</span>
      ) : (
        <>
          <Button look="primary" isSmall shortcut="⇧S" isDisabled={isRunning} onClick={split}>
            Split into an incident of its own
          </Button>
          {others.length > 0 && <MoveTo others={others} isDisabled={isRunning} onMove={move} />}
        </>
      )}
      <span className="regroup-bar-end">
        <Button isSmall shortcut="Esc" onClick={onClear}>
          Clear
        </Button>
      </span>
    </div>
  );
}

function MoveTo(properties: {
  readonly others: Others;
  readonly isDisabled: boolean;
  readonly onMove: (incidentId: string) => void;
}) {
  const { others, onMove } = properties;
  const naming = useNaming();
  const [chosen, setChosen] = useState('');
  const target = others.some(({ id }) => id === chosen) ? chosen : (others[0]?.id ?? '');
  return (
    <>
      <label className="row text-3">
        or pin to{' '}
        <select className="field regroup-target" value={target} onChange={(event) => setChosen(event.target.value)}>
          {others.map(({ id, title }) => (
            <option key={id} value={id}>
              {naming.text(title)}
            </option>
          ))}
        </select>
      </label>
      <Button isSmall isDisabled={properties.isDisabled} onClick={() => onMove(target)}>
        Pin
      </Button>
    </>
  );
}
