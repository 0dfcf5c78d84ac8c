/** Alerts of one incident, folded by kind; ten thousand of them are as quick as ten. */
import { useCallback, useMemo, useState } from 'react';
import { rowRef } from '../../../shared/model/ids.ts';
import type { Incident } from '../../../shared/model/analysis-result.ts';
import { useNaming } from '../../stores/naming.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText } from '../../stores/time-format.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { VisibleRange } from '../../ui/virtual-list.tsx';
import { alertLines, groupAlerts } from './alert-groups.ts';
import type { AlertLine } from './alert-groups.ts';
import { addRange, rowsOfLine, stateOfRows, toggleRows } from './alert-selection.ts';
import type { LineState, Selected } from './alert-selection.ts';
import { useAlertRows } from './use-alert-rows.ts';
import type { AlertRow } from './use-alert-rows.ts';

const ROW_PX = 28;

export function AlertTable(properties: {
  readonly alerts: Incident['alerts'];
  /** Which are chosen, where they can be. */
  readonly choice?: { readonly selected: Selected; readonly onChange: (selected: Selected) => void } | undefined;
}) {
  const { alerts, choice } = properties;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [active, setActive] = useState(-1);
  const [visible, setVisible] = useState<VisibleRange>({ start: 0, end: 50 });
  const groups = useMemo(() => groupAlerts(alerts), [alerts]);
  const lines = useMemo(() => alertLines(groups, opened), [groups, opened]);
  const rowIds = useMemo(() => lines.map(({ rowId }) => rowId), [lines]);
  const rows = useAlertRows(rowIds, visible);
  const toggle = useCallback((rowId: number) => {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(rowId)) next.add(rowId);
      return next;
    });
  }, []);
  const choose = (index: number, isExtending: boolean): void => {
    const line = lines[index];
    if (!choice || !line) return;
    const { selected, onChange } = choice;
    if (isExtending && active >= 0) onChange(addRange(selected, groups, lines, active, index));
    else onChange(toggleRows(selected, rowsOfLine(groups, line)));
    setActive(index);
  };
  if (alerts.length === 0) {
    return (
      <EmptyState title="No alert is in this incident.">
        It was found in traces, metrics or logs. Alertmanager exports beside them would show who was paged.
      </EmptyState>
    );
  }
  return (
    <VirtualList
      count={lines.length}
      rowHeight={ROW_PX}
      label={`${countText(groups.alertCount)} alerts in ${countText(groups.leads.length)} groups`}
      activeIndex={active}
      onActiveChange={(index, isExtending) => (choice && isExtending ? choose(index, true) : setActive(index))}
      onToggle={(index) => choose(index, false)}
      onOpen={(index) => openAlert(lines[index])}
      onVisibleChange={setVisible}
      renderRow={(index) => {
        const line = lines[index];
        return (
          line && (
            <AlertRowLine
              line={line}
              alert={rows.get(line.rowId)}
              isActive={index === active}
              chosen={choice && stateOfRows(choice.selected, rowsOfLine(groups, line))}
              onChoose={(isExtending) => choose(index, isExtending)}
              onToggle={() => toggle(line.rowId)}
            />
          )
        );
      }}
    />
  );
}

function openAlert(line: AlertLine | undefined): void {
  if (line) openRows([rowRef('alert', line.rowId)]);
}

function AlertRowLine(properties: {
  readonly line: AlertLine;
  readonly alert: AlertRow | undefined;
  readonly isActive: boolean;
  /** undefined where alerts cannot be chosen. */
  readonly chosen: LineState | undefined;
  readonly onChoose: (isExtending: boolean) => void;
  readonly onToggle: () => void;
}) {
  const { line, alert, isActive, chosen } = properties;
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const severity = alert?.severity === 'critical' || alert?.severity === 'warning' ? alert.severity : 'info';
  return (
    <div className={`alert-line ${line.isMember ? 'is-member' : ''} ${isActive ? 'is-active' : ''}`} role="listitem">
      {chosen && (
        <CheckBox
          label={line.foldedCount > 0 ? 'Choose this group of alerts' : 'Choose this alert'}
          state={chosen}
          onToggle={properties.onChoose}
        />
      )}
      {line.foldedCount > 0 ? (
        <button
          type="button"
          className="alert-fold"
          tabIndex={-1}
          aria-expanded={line.isOpen}
          title={line.isOpen ? 'Fold the group' : 'Show the alerts folded into it'}
          onClick={properties.onToggle}
        >
          <Icon name={line.isOpen ? 'down' : 'forward'} size={12} />
          {countText(line.foldedCount + 1)}
        </button>
      ) : (
        <span className="alert-fold" />
      )}
      <span className={`severity-${severity}`} title={severity}>
        <Icon name={severity} size={14} />
      </span>
      {alert ? (
        <>
          <span className="mono text-3">{clockText(alert.startTime, zone)}</span>
          <button type="button" className="alert-name link cut" tabIndex={-1} onClick={() => openAlert(line)}>
            <bdi>{naming.text(alert.name)}</bdi>
          </button>
          <span className="cut grow text-2" dir="auto" title={naming.text(alert.summary)}>
            {naming.text(alert.summary)}
          </span>
          <span className="cut alert-entity text-3" title={naming.text(alert.entities)}>
            <bdi>{naming.text(alert.entities.split(', ')[0]?.replace(/^\w+:/, '') ?? '')}</bdi>
          </span>
          <span className="text-3 alert-state">{alert.state}</span>
        </>
      ) : (
        <span className="text-3">reading</span>
      )}
    </div>
  );
}
