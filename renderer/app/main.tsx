/** Entry of the page: chooses the host, connects, and draws the shell. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { createBrowserHost } from '../client/browser-host.ts';
import { createDesktopHost } from '../client/desktop-host.ts';
import { createEngineAccess, EngineProvider } from '../client/engine-context.tsx';
import { keepMasking } from '../stores/presentation.ts';
import { followAddress } from '../stores/view-address.ts';
import { useViewStore } from '../stores/view-state.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';
import { VIEW_ENTRIES } from './views.tsx';
import '../ui/tokens.css';
import '../ui/base.css';

// Compiling schemas needs eval, which the content policy rightly refuses.
z.config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
// First: an address is read and told as names may be shown.
keepMasking(sessionStorage);
followAddress();
// Its code comes while the engine is being asked whether a case is open.
const { view } = useViewStore.getState();
VIEW_ENTRIES.find((entry) => entry.view === view)?.preload();
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary what="Faultline">
      <EngineProvider access={createEngineAccess(createDesktopHost() ?? createBrowserHost())}>
        <Shell />
      </EngineProvider>
    </ErrorBoundary>
  </StrictMode>,
);
