/** Everything the command box can find at this moment, as commands that go there. */
import { useMemo } from 'react';
import { useQuery } from '../client/use-query.ts';
import { allActions, shownKey, useActionStore } from '../stores/actions.ts';
import type { Command } from '../stores/command-search.ts';
import { useLiveRange, useWholeRange } from '../stores/effective-range.ts';
import { useNaming } from '../stores/naming.ts';
import { usePreferences } from '../stores/preferences.ts';
import { parseTypedRange } from '../stores/time-input.ts';
import { clockText, dayText, durationText } from '../stores/time-format.ts';
import { look, selectEntity, setFilter, useViewStore } from '../stores/view-state.ts';
import { VIEW_ENTRIES } from './views.tsx';

const READ_LIMIT = 2_000;

/** `isOpen` false asks the engine for nothing. */
export function useCommands(isOpen: boolean, typed: string): readonly Command[] {
  const actions = useActionCommands();
  const records = useRecordCommands(isOpen);
  const own = useTypedCommands(typed);
  return useMemo(() => [...records, ...actions, ...own], [records, actions, own]);
}

function useActionCommands(): readonly Command[] {
  const store = useActionStore();
  const ownKeys = usePreferences((preferences) => preferences.keys);
  return useMemo(
    () =>
      allActions(store)
        .filter((action) => !action.isDisabled)
        .map((action) => ({
          id: `action ${action.id}`,
          kind: action.group === 'Views' ? ('view' as const) : ('action' as const),
          title: action.title,
          detail: action.group === 'Views' ? undefined : action.group,
          shortcut: shownKey(action, ownKeys),
          run: action.run,
        })),
    [store, ownKeys],
  );
}

function useRecordCommands(isOpen: boolean): readonly Command[] {
  const naming = useNaming();
  const zone = usePreferences((preferences) => preferences.zone);
  const entities = useQuery('entity.list', isOpen ? {} : null).data?.entities;
  const incidents = useQuery('incident.list', isOpen ? {} : null).data?.incidents;
  const changes = useQuery('change.list', isOpen ? { limit: READ_LIMIT } : null).data?.changes;
  const alerts = useQuery('alert.list', isOpen ? { limit: READ_LIMIT } : null).data?.alerts;
  return useMemo(
    () => [
      ...(incidents ?? []).map(({ id, title, severity, start }, index) => ({
        id: `incident ${id}`,
        kind: 'incident' as const,
        title: naming.text(title),
        detail: `INC-${index + 1}, ${severity}, ${clockText(start, zone)}`,
        run: () => look({ view: 'case', incidentId: id, range: null, selection: null }),
      })),
      ...(entities ?? []).map((entity) => ({
        id: `entity ${entity.type}:${entity.name}`,
        kind: 'entity' as const,
        title: naming.entity(entity),
        detail: naming.isMasked ? entity.type : [entity.type, ...entity.aliases].join(' '),
        run: () => selectEntity({ type: entity.type, name: entity.name }),
      })),
      ...(changes ?? []).map(({ rowId, externalId, title, changeKind, startTime }) => ({
        id: `change ${rowId}`,
        kind: 'change' as const,
        title: naming.text(title),
        detail: `${changeKind}, ${clockText(startTime, zone)}`,
        run: () => look({ view: 'changes', selection: { kind: 'change', id: externalId } }),
      })),
      ...(alerts ?? []).map(({ rowId, externalId, name, severity, startTime }) => ({
        id: `alert ${rowId}`,
        kind: 'alert' as const,
        title: naming.text(name),
        detail: `${severity} alert, ${clockText(startTime, zone)}`,
        run: () => look({ view: 'incidents', selection: { kind: 'alert', id: externalId } }),
      })),
    ],
    [incidents, entities, changes, alerts, naming, zone],
  );
}

/** Commands that are made of the typed text itself: a time range, a filter of the view. */
function useTypedCommands(typed: string): readonly Command[] {
  const view = useViewStore((store) => store.view);
  const zone = usePreferences((preferences) => preferences.zone);
  const whole = useWholeRange();
  const shown = useLiveRange();
  return useMemo(() => {
    const text = typed.trim();
    if (text === '' || text.startsWith('>')) return [];
    const commands: Command[] = [];
    const parsed = whole && shown && /\d|all/.test(text) ? parseTypedRange(text, { whole, shown, zone }) : undefined;
    if (parsed?.isOk) {
      const { range } = parsed;
      commands.push({
        id: 'time',
        kind: 'time',
        title: `Show ${clockText(range.from, zone)} – ${clockText(range.to, zone)}`,
        detail: `${durationText(Number(range.to - range.from))}, ${dayText(range.from, zone)}, typed ${text}`,
        run: () => look({ range }),
      });
    }
    const filtered = FILTERED_VIEWS[view];
    if (filtered) {
      commands.push({
        id: 'filter here',
        kind: 'filter',
        title: `Filter ${VIEW_ENTRIES.find((entry) => entry.view === view)?.title ?? view} by ${text}`,
        run: () => setFilter(filtered, text),
      });
    }
    if (view !== 'logs') {
      commands.push({
        id: 'filter logs',
        kind: 'filter',
        title: `Search logs for ${text}`,
        run: () => look({ view: 'logs', filters: { ...useViewStore.getState().filters, logs: text } }),
      });
    }
    return commands;
  }, [typed, view, zone, whole, shown]);
}

/** Name of the filter box of a view, where it has one. */
const FILTERED_VIEWS: Readonly<Record<string, string>> = {
  case: 'graph',
  incidents: 'incidents',
  services: 'services',
  traces: 'traces',
  logs: 'logs',
  changes: 'changes',
};
