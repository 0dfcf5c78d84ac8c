/**
 * The page's one connection to the engine. It reconnects by itself with growing waits; whoever calls a procedure in
 * between gets `unavailable`, and queries are asked again once the engine is back.
 */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { contract } from '../../shared/contract/contract.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { ContractError } from '../../shared/contract/contract-error.ts';
import type { ClientProcedures } from '../../shared/contract/derived-types.ts';
import type { Scope } from '../../shared/contract/procedure.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/client.ts';
import type { HostBridge } from './host-bridge.ts';
import { freshId } from './fresh-id.ts';
import { watchedPort } from './watched-port.ts';

export type EngineProcedures = ClientProcedures<Contract>;

export type ConnectionState =
  | {
      readonly status: 'connecting';
      readonly attempts: number;
      readonly reason: string | null;
      /** When the next try starts, in milliseconds of `Date.now()`; null while one is under way. */
      readonly nextTryMs: number | null;
      /** What the lost connection allowed; null = there was none yet. */
      readonly lostScope: Scope | null;
    }
  | { readonly status: 'ready'; readonly scope: Scope; readonly engineVersion: string; readonly session: number }
  /** Trying again would not help: another version, or a session that has ended. */
  | { readonly status: 'refused'; readonly reason: string };

export interface Connection {
  readonly host: HostBridge;
  readonly state: StoreApi<ConnectionState>;
  /** Calls go to the engine connected at that moment. */
  readonly procedures: EngineProcedures;
  /** Does not wait for the next try. */
  tryNow(): void;
  /** Ends the connection for good. */
  close(): void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
const CONNECTING = { status: 'connecting', attempts: 0, reason: null, nextTryMs: null, lostScope: null } as const;

/** Connects at once and stays connected until `close`. */
export function createConnection(host: HostBridge): Connection {
  const state = createStore<ConnectionState>(() => CONNECTING);
  let client: Client<Contract> | undefined;
  let isClosed = false;
  let session = 0;
  let lostScope: Scope | null = null;
  let waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly attempts: number } | undefined;

  async function connect(attempts: number): Promise<void> {
    if (isClosed) return;
    waiting = undefined;
    const before = state.getState();
    if (before.status === 'connecting') state.setState({ ...before, nextTryMs: null }, true);
    try {
      let isReady = false;
      const port = watchedPort(await host.openEnginePort(), () => {
        // Before the hello the rejected hello says so.
        if (isReady) retry(0, 'The engine went away.');
      });
      const candidate = createClient(contract, port, { requestIdPrefix: `page-${freshId()}` });
      const hello = await candidate.hello;
      if (isClosed) return candidate.dispose();
      isReady = true;
      client = candidate;
      session++;
      lostScope = hello.scope;
      state.setState({ status: 'ready', scope: hello.scope, engineVersion: hello.engineVersion, session }, true);
    } catch (error) {
      if (error instanceof ContractError && !error.retryable && error.code !== 'unavailable') {
        state.setState({ status: 'refused', reason: error.message }, true);
        return;
      }
      retry(attempts, error instanceof Error ? error.message : String(error));
    }
  }

  function retry(attempts: number, reason: string): void {
    if (isClosed || waiting) return;
    client = undefined;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
    const nextTryMs = Date.now() + waitMs;
    state.setState({ status: 'connecting', attempts: attempts + 1, reason, nextTryMs, lostScope }, true);
    waiting = { attempts: attempts + 1, timer: setTimeout(() => void connect(attempts + 1), waitMs) };
  }

  void connect(0);
  return {
    host,
    state,
    procedures: proceduresOf(() => client),
    tryNow() {
      if (!waiting) return;
      clearTimeout(waiting.timer);
      void connect(waiting.attempts);
    },
    close() {
      isClosed = true;
      clearTimeout(waiting?.timer);
      client?.dispose();
    },
  };
}

/** The procedures of whichever client is connected; without one every call fails with `unavailable`. */
function proceduresOf(current: () => Client<Contract> | undefined): EngineProcedures {
  const offline = createClient(contract, {
    post: () => undefined,
    onMessage: () => undefined,
    onClose: (closed) => queueMicrotask(closed),
    close: () => undefined,
  }).procedures;
  const procedures: Record<string, unknown> = {};
  for (const name of Object.keys(contract) as (keyof Contract)[]) {
    procedures[name] = (...parameters: readonly unknown[]) => {
      const call = (current()?.procedures ?? offline)[name] as (...rest: readonly unknown[]) => unknown;
      return call(...parameters);
    };
  }
  return procedures as EngineProcedures;
}
