/** The connection and its cache, given to every component below. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { createConnection } from './connection.ts';
import type { Connection, ConnectionState, EngineProcedures } from './connection.ts';
import type { HostBridge } from './host-bridge.ts';
import { QueryCache } from './query-cache.ts';

export interface EngineAccess {
  readonly connection: Connection;
  readonly cache: QueryCache;
}

const EngineContext = createContext<EngineAccess | null>(null);

/** Made once per page. */
export function createEngineAccess(host: HostBridge): EngineAccess {
  const connection = createConnection(host);
  return { connection, cache: new QueryCache(connection.procedures) };
}

export function EngineProvider({ access, children }: { readonly access: EngineAccess; readonly children: ReactNode }) {
  const status = useStore(access.connection.state);
  const session = status.status === 'ready' ? status.session : 0;
  useEffect(() => {
    if (session === 0) return;
    access.cache.invalidate();
    const feed = access.connection.procedures['case.changed']({}, () => access.cache.invalidate());
    return () => feed.dispose();
  }, [access, session]);
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

/** False for guests of a shared screen: actions that change the case are then absent. */
export function useIsOperator(): boolean {
  const state = useConnectionState();
  return state.status === 'ready' && state.scope !== 'viewer';
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
