import { afterEach, expect, it, vi } from 'vitest';
import { contract } from '../../../../shared/contract/contract.ts';
import { createMemoryPorts } from '../../../../shared/rpc/memory-port.ts';
import { serve } from '../../../../shared/rpc/server.ts';
import type { Handlers } from '../../../../shared/contract/derived-types.ts';
import type { Contract } from '../../../../shared/contract/contract.ts';
import { createConnection } from '../../../../renderer/client/connection.ts';
import { createHostClient } from '../../../../renderer/client/host-client.ts';
import type { HostBridge } from '../../../../renderer/client/host-bridge.ts';
import { hostContract } from '../../../../shared/contract/host-contract.ts';
import type { HostContract } from '../../../../shared/contract/host-contract.ts';
import { eventually } from '../../../support/eventually.ts';

afterEach(() => vi.unstubAllGlobals());

/** A page that was served over plain HTTP by another machine: no secure context, and no `crypto.randomUUID`. */
function bridgeOfGuest(): HostBridge {
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) });
  return {
    kind: 'browser',
    openEnginePort: async () => {
      const [page, engine] = createMemoryPorts();
      serve(contract, {} as Handlers<Contract>, engine, { engineVersion: '1.0.0', scope: 'viewer' });
      return page;
    },
    openHostPort: async () => {
      const [page, host] = createMemoryPorts();
      serve(hostContract, {} as Handlers<HostContract>, host, { engineVersion: '1.0.0', scope: 'viewer' });
      return page;
    },
    stageFiles: async () => [],
  };
}

it('connects a guest whose page came over plain HTTP', async () => {
  const connection = createConnection(bridgeOfGuest());
  await eventually(() => expect(connection.state.getState().status).not.toBe('connecting'));
  expect(connection.state.getState()).toMatchObject({ status: 'ready', scope: 'viewer' });
  connection.close();
});

it('reaches the program around the page of such a guest', async () => {
  await expect(createHostClient(bridgeOfGuest()).procedures()).resolves.toHaveProperty('host.describe');
});
