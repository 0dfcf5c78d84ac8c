/** The nine views: their place on the rail and the code that is loaded when one is opened. */
import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { ViewName } from '../stores/view-state.ts';
import type { IconName } from '../ui/icon.tsx';
import { withRows } from './with-rows.tsx';

export interface ViewEntry {
  readonly view: ViewName;
  readonly title: string;
  readonly icon: IconName;
  readonly component: LazyExoticComponent<ComponentType>;
  /** Fetches its code ahead of the first drawing. A failure shows itself when it is drawn. */
  readonly preload: () => void;
}

/** In the order of the rail; the place is the digit that opens it. */
export const VIEW_ENTRIES: readonly ViewEntry[] = [
  view('case', 'Case', 'case', async () => (await import('./case-view.tsx')).CaseView),
  view('incidents', 'Incidents', 'incidents', async () =>
    withRows((await import('../features/incidents/incidents-view.tsx')).IncidentsView),
  ),
  view('services', 'Services', 'services', async () => withRows((await import('./services-view.tsx')).ServicesView)),
  view('traces', 'Traces', 'traces', async () => (await import('../features/traces/traces-view.tsx')).TracesView),
  view('logs', 'Logs', 'logs', async () => (await import('./logs-and-trace.tsx')).LogsAndTrace),
  view('changes', 'Changes', 'changes', async () =>
    withRows((await import('../features/changes/changes-view.tsx')).ChangesView),
  ),
  view('notes', 'Notes', 'notes', async () => (await import('../features/notes/notes-view.tsx')).NotesView),
  view('query', 'Query', 'query', async () => (await import('../features/query/query-view.tsx')).QueryView),
  view('sources', 'Sources', 'sources', async () => (await import('./sources-view.tsx')).SourcesView),
];

/** A view is one chunk of its own: `load` imports the module and answers the component. */
export function view(name: ViewName, title: string, icon: IconName, load: () => Promise<ComponentType>): ViewEntry {
  const component = lazy(async () => ({ default: await load() }));
  return { view: name, title, icon, component, preload: () => void load().catch(() => undefined) };
}
