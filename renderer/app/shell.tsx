/** The frame around every view: rail, top bar, time bar, the view itself, status line. */
import { Suspense, useEffect } from 'react';
import { useConnectionState } from '../client/engine-context.tsx';
import { useActions } from '../stores/actions.ts';
import { usePreferences } from '../stores/preferences.ts';
import { look, redoLook, undoLook, useViewStore } from '../stores/view-state.ts';
import { EmptyState, LoadingState } from '../ui/states.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useKeyHandler } from './keys.ts';
import { PresentationLayer } from './presentation-layer.tsx';
import { Rail } from './rail.tsx';
import { VIEW_ENTRIES } from './views.tsx';
import './shell.css';

export function Shell() {
  const theme = usePreferences((preferences) => preferences.theme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useKeyHandler();
  useShellActions();
  return (
    <PresentationLayer>
      <div className="shell">
        <Rail />
        <main className="shell-main" id="main">
          <CurrentView />
        </main>
      </div>
    </PresentationLayer>
  );
}

function CurrentView() {
  const view = useViewStore((store) => store.view);
  const connection = useConnectionState();
  const entry = VIEW_ENTRIES.find((candidate) => candidate.view === view);
  if (connection.status === 'refused') {
    return <EmptyState title="This page and the engine do not fit together.">{connection.reason}</EmptyState>;
  }
  if (!entry) return <EmptyState title="There is no such view.">Choose one on the rail.</EmptyState>;
  const View = entry.component;
  return (
    <ErrorBoundary key={view} what={`The view “${entry.title}”`}>
      <Suspense fallback={<LoadingState what={`Opening ${entry.title}.`} />}>
        <View />
      </Suspense>
    </ErrorBoundary>
  );
}

function useShellActions(): void {
  useActions([
    ...VIEW_ENTRIES.map(({ view, title }, index) => ({
      id: `view.${view}`,
      title: `Open ${title}`,
      group: 'Views',
      keys: [String(index + 1)],
      run: () => look({ view }),
    })),
    {
      id: 'view.back',
      title: 'Where I was',
      group: 'Moving',
      keys: ['Alt+ArrowLeft'],
      isGlobal: true,
      run: () => window.history.back(),
    },
    {
      id: 'view.forward',
      title: 'Where I went',
      group: 'Moving',
      keys: ['Alt+ArrowRight'],
      isGlobal: true,
      run: () => window.history.forward(),
    },
    { id: 'view.undo', title: 'Undo', group: 'Moving', keys: ['Ctrl+Z'], run: undoLook },
    { id: 'view.redo', title: 'Redo', group: 'Moving', keys: ['Ctrl+Shift+Z'], run: redoLook },
  ]);
}
