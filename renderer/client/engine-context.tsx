/** The connection and its cache, given to every component below. */
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { createConnection } from './connection.ts';
import type { Connection, ConnectionState, EngineProcedures } from './connection.ts';
import { createHostClient } from './host-client.ts';
import type { HostClient } from './host-client.ts';
import type { HostBridge } from './host-bridge.ts';
import { askForRoom } from './ask-for-room.ts';
import { watchInput } from './last-input.ts';
import { pacedChanges } from './paced-changes.ts';
import { QueryCache } from './query-cache.ts';

export interface EngineAccess {
  readonly connection: Connection;
  readonly cache: QueryCache;
  readonly host: HostClient;
}

const EngineContext = createContext<EngineAccess | null>(null);

/** Made once per page. */
export function createEngineAccess(host: HostBridge): EngineAccess {
  const connection = createConnection(host);
  return { connection, cache: new QueryCache(connection.procedures), host: createHostClient(host) };
}

export function EngineProvider({ access, children }: { readonly access: EngineAccess; readonly children: ReactNode }) {
  const status = useStore(access.connection.state);
  const session = status.status === 'ready' ? status.session : 0;
  const isOperator = status.status === 'ready' && status.scope !== 'viewer';
  useEffect(() => {
    if (session === 0) return;
    access.cache.reconnected();
    const { procedures } = access.connection;
    const input = watchInput(window, isOperator ? askForRoom(() => procedures['job.yield']({})) : undefined);
    const paced = pacedChanges((areas) => access.cache.invalidate(areas), input.at);
    const feed = procedures['case.changed']({}, ({ areas }) => {
      if (areas.includes('case')) access.cache.reset();
      else paced.changed(areas);
    });
    return () => {
      feed.dispose();
      paced.dispose();
      input.dispose();
    };
  }, [access, session, isOperator]);
  return <EngineContext.Provider value={access}>{children}</EngineContext.Provider>;
}

export function useEngine(): EngineAccess {
  const access = useContext(EngineContext);
  if (!access) throw new Error('useEngine is called outside EngineProvider.');
  return access;
}

export function useProcedures(): EngineProcedures {
  return useEngine().connection.procedures;
}

export function useConnectionState(): ConnectionState {
  return useStore(useEngine().connection.state);
}

/** Rises with each connection: what failed with the last one may be asked again. 0 before the first. */
export function useSession(): number {
  const state = useConnectionState();
  const last = useRef(0);
  if (state.status === 'ready') last.current = state.session;
  return last.current;
}

/** The program around the page: dialogs, saving, window title. */
export function useHost(): HostClient {
  return useEngine().host;
}

/** False for guests of a shared screen: actions that change the case are then absent. While the engine is away: as before. */
export function useIsOperator(): boolean {
  const state = useConnectionState();
  const scope = state.status === 'ready' ? state.scope : state.status === 'connecting' ? state.lostScope : null;
  return scope !== null && scope !== 'viewer';
}

/** `value` once it has not changed for `waitMs`. */
export function useSettled<Value>(value: Value, waitMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return settled;
}
