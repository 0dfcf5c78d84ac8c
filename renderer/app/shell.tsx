/** The frame around every view: rail, top bar, time bar, the view itself, status line. */
import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import { useConnectionState, useIsOperator } from '../client/engine-context.tsx';
import { DropLayer } from '../features/import/drop-layer.tsx';
import { StagingBanner } from '../features/import/import-header.tsx';
import { useImportActions } from '../features/import/use-import-actions.ts';
import { StartView } from '../features/start/start-view.tsx';
import { useActions } from '../stores/actions.ts';
import { useOpenCase } from '../stores/open-case.ts';
import { setPreference, THEMES, usePreferences } from '../stores/preferences.ts';
import { usePresentation } from '../stores/presentation.ts';
import { redoStep, undoStep } from '../stores/deeds.ts';
import { look, useViewStore, VIEWS } from '../stores/view-state.ts';
import { Button } from '../ui/controls.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { EmptyState, LoadingState } from '../ui/states.tsx';
import { ConnectionBanner, ProblemBanner } from './connection-banner.tsx';
import { useCopyView } from './use-copy-view.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { useKeyHandler } from './keys.ts';
import { KeysSheet } from './keys-sheet.tsx';
import { usePaneKeys } from './pane-keys.ts';
import { PresentationLayer } from './presentation-layer.tsx';
import { Rail } from './rail.tsx';
import { StatusLine } from './status-line.tsx';
import { TimeBar } from './time-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useHostCommands } from './use-host-commands.ts';
import { useReportActions } from './use-report-actions.ts';
import { useTitle } from './use-title.ts';
import { VIEW_ENTRIES } from './views.tsx';
import './shell.css';
import '../ui/overlays.css';

export function Shell() {
  const theme = usePreferences((preferences) => preferences.theme);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const open = useOpenCase();
  const isOperator = useIsOperator();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useKeyHandler();
  useShellActions(() => setSheetOpen(true));
  useImportActions(isOperator);
  usePaneKeys();
  useHostCommands();
  useReportActions();
  useCopyView();
  useTitle();
  const hasCase = open.status === 'open';
  const roomKey = useRoomKey();
  const screen = (
    <div className={`shell ${hasCase ? '' : 'without-case'}`}>
      <a className="skip-link" href="#main" onClick={skipToView}>
        Skip to the view
      </a>
      {hasCase && <Rail />}
      <TopBar />
      {hasCase && <TimeBar key={open.caseFile} />}
      <main className="shell-main" id="main" tabIndex={-1}>
        <ConnectionBanner />
        <ProblemBanner />
        <StagingBanner hasCase={hasCase} />
        <Content />
      </main>
      <StatusLine />
    </div>
  );
  return (
    <>
      {hasCase ? <PresentationLayer key={open.caseFile + roomKey}>{screen}</PresentationLayer> : screen}
      {isOperator && <DropLayer />}
      {isSheetOpen && <KeysSheet onClose={() => setSheetOpen(false)} />}
      <LiveRegion />
    </>
  );
}

/** A guest's page begins anew when the room masks names or shows them: nothing a view remembers may tell the others. */
function useRoomKey(): string {
  const isOperator = useIsOperator();
  const isMasked = usePresentation((store) => store.isMasked);
  return isOperator ? '' : String(isMasked);
}

/** The address behind `#` belongs to the view, so the link moves the focus by itself. */
function skipToView(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Content() {
  const connection = useConnectionState();
  const open = useOpenCase();
  if (connection.status === 'refused') {
    return (
      <EmptyState
        title="This page and the engine do not fit together."
        action={
          <Button look="primary" onClick={() => window.location.reload()}>
            Load the page again
          </Button>
        }
      >
        {connection.reason}
      </EmptyState>
    );
  }
  if (open.status === 'unknown') return <LoadingState what="Connecting to the engine." />;
  // Another case is another page: nothing a view remembers of the last one may show up in it.
  return open.status === 'none' ? <StartView /> : <CurrentView key={open.caseFile} />;
}

function CurrentView() {
  // The rail answers at once; a view is drawn in pieces, with the one before it in its place until it is whole.
  const view = useDeferredValue(useViewStore((store) => store.view));
  const entry = VIEW_ENTRIES.find((candidate) => candidate.view === view);
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

function useShellActions(showKeys: () => void): void {
  const theme = usePreferences((preferences) => preferences.theme);
  useActions([
    ...VIEW_ENTRIES.map(({ view, title }) => ({
      id: `view.${view}`,
      title: `Open ${title}`,
      group: 'Views',
      keys: [String(VIEWS.indexOf(view) + 1)],
      run: () => look({ view }),
    })),
    {
      id: 'history.back',
      title: 'Where I was',
      group: 'Moving',
      keys: ['Alt+ArrowLeft'],
      isGlobal: true,
      run: () => window.history.back(),
    },
    {
      id: 'history.forward',
      title: 'Where I went',
      group: 'Moving',
      keys: ['Alt+ArrowRight'],
      isGlobal: true,
      run: () => window.history.forward(),
    },
    { id: 'view.undo', title: 'Undo', group: 'Moving', keys: ['Ctrl+Z'], run: undoStep },
    { id: 'view.redo', title: 'Redo', group: 'Moving', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], run: redoStep },
    {
      id: 'theme.next',
      title: 'Next theme',
      group: 'Screen',
      run: () => setPreference({ theme: THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system' }),
    },
    { id: 'keys.show', title: 'Keys of this view', group: 'Screen', keys: ['?'], run: showKeys },
  ]);
}
